from odoo import api, fields, models

#: conflicts that a person decides one by one; more are left as they are
SHOWN = 200


class HotelMergeUndo(models.TransientModel):
    """The question whether a merge is to be undone, and what becomes of what has changed since."""

    _name = "hotel.merge.undo"
    _description = "Undo a Merge"

    merge_id = fields.Many2one("hotel.merge", required=True, readonly=True, ondelete="cascade")
    kept_id = fields.Many2one(related="merge_id.kept_id")
    gone_id = fields.Many2one(related="merge_id.gone_id")
    problem_text = fields.Text(string="What Stands Against It", readonly=True)
    conflict_count = fields.Integer(string="Changed Since", readonly=True)
    line_ids = fields.One2many("hotel.merge.undo.line", "undo_id", string="Conflicts")

    @api.model
    def _open(self, merge):
        """Look for conflicts and return the action that shows them.

        :raises AccessError: the user may not merge
        """
        merge._check_merge_rights()
        merge.check_access("read")
        self.env.flush_all()
        journal = self.env["hotel.merge.line"].sudo()  # closed to users
        conflicts = journal._query_conflicts(merge)
        problems = merge._get_undo_obstacles()
        undo = self.create(
            {
                "merge_id": merge.id,
                "problem_text": "\n".join(problems),
                "conflict_count": len(conflicts),
                "line_ids": [
                    fields.Command.create(self._prepare_line(journal.browse(line_id), is_gone, value))
                    for line_id, is_gone, value in conflicts[:SHOWN]
                ],
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Undo a Merge"),
            "res_model": self._name,
            "res_id": undo.id,
            "views": [[False, "form"]],
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }

    @api.model
    def _prepare_line(self, line, is_gone, value):
        """Return the values of a conflict, in words."""
        model = next(
            (self.env[name] for name, model in self.env.registry.models.items()
             if model._auto and model._table == line.table_name), None,
        )  # fmt: skip
        field = model._fields.get(line.column_name) if model is not None else None
        title = self.env["ir.model"].sudo()._get(model._name).name if model is not None else line.table_name
        label = field._description_string(self.env) if field else line.column_name
        return {
            "line_number": line.id,
            "label": f"{title} {line.row_number}: {label}" if line.table_name != "res_partner" else label,
            "value_before": self._show(field, line.old_value),
            "value_merged": self._show(field, line.new_value),
            "value_now": self.env._("deleted") if is_gone else self._show(field, value),
            "is_gone": is_gone,
        }

    @api.model
    def _show(self, field, value):
        """Return a value of the journal in words; names only of what the user may see."""
        if value is None or value is False:
            return ""
        if field is not None and field.type == "many2one":
            record = self.env[field.comodel_name].browse(value).exists()
            return record.display_name if record and record.has_access("read") else str(value)
        if field is not None and field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, str(value))
        return str(value)

    def action_undo(self):
        """Undo the merge as decided. Callable by managers, and by the front office with the right to approve.

        :returns: the action that shows the merge
        :rtype: dict
        :raises UserError: with what stands against it
        """
        self.ensure_one()
        forced = self.line_ids.filtered(lambda line: line.is_restored and not line.is_gone)
        self.merge_id._undo(forced.mapped("line_number"))
        return {
            "type": "ir.actions.act_window",
            "res_model": "hotel.merge",
            "res_id": self.merge_id.id,
            "views": [[False, "form"]],
            "target": "current",
        }
