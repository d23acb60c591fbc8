from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...intake import plan, targets


def labels(kind):
    """Return the targets of a kind as a selection."""
    return [(target.name, target.label) for target in targets.BY_KIND[kind].values()]


class HotelImportColumn(models.Model):
    """One column of a file, or one constant, and what it goes to."""

    _name = "hotel.import.column"
    _description = "Import Column"
    _order = "sequence, id"

    job_id = fields.Many2one("hotel.import.job", index="btree_not_null", ondelete="cascade")
    preset_id = fields.Many2one("hotel.import.preset", index="btree_not_null", ondelete="cascade")
    sequence = fields.Integer(default=10)
    name = fields.Char(string="Column", help="As in the first row of the file. Empty for a constant.")
    sample = fields.Char(readonly=True, help="What stands in the first rows.")
    guests_target = fields.Selection(labels("guests"), string="Field of the Guest")
    stays_target = fields.Selection(labels("stays"), string="Field of the Stay")
    consumption_target = fields.Selection(labels("consumption"), string="Field of the Charge")
    services_target = fields.Selection(labels("services"), string="Field of the Service")
    constant = fields.Char(help="The same value for all rows, instead of a column.")
    value_map = fields.Text(string="Values", help="What a value of the file means, one per line: Check-Out = departed")

    @api.constrains("value_map")
    def _check_value_map(self):
        for column in self:
            try:
                plan.parse_value_map(column.value_map)
            except ValueError as error:
                raise ValidationError(
                    self.env._("Values are written as “from = to”, one per line. This is not: %s", error)
                ) from error

    @api.model_create_multi
    def create(self, vals_list):
        columns = super().create(vals_list)
        columns._forget_secrets()
        return columns

    def write(self, vals):
        result = super().write(vals)
        if "sample" not in vals:
            self._forget_secrets()
        return result

    def _forget_secrets(self):
        """Show no identity numbers as samples."""
        self.filtered(
            lambda column: column.sample and "document_number" in (f"{column.guests_target} {column.stays_target}")
        ).sample = False

    def _get_links(self, kind):
        """Return the mapping of these columns.

        :param str kind: guests, stays or consumption
        :rtype: list[plan.Link]
        """
        return [
            plan.Link(
                target=column[f"{kind}_target"],
                column=column.name or "",
                constant=column.constant or "",
                value_map=plan.parse_value_map(column.value_map),
            )
            for column in self
            if column[f"{kind}_target"] and (column.name or column.constant)
        ]

    def _prepare_copy_vals(self):
        """Return values of the same mapping for another job or preset."""
        self.ensure_one()
        kinds = [f"{kind}_target" for kind in targets.KINDS]
        names = ("sequence", "name", *kinds, "constant", "value_map")
        return {name: self[name] for name in names}
