"""The staging area: rows of other systems that could not be taken, until somebody mends or drops them."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ... import identity
from ...intake import feed
from .hotel_import_options import KINDS

#: days that rows are kept after they were taken or dropped
KEEP_DAYS = 30
#: binds what is encrypted to this use
SECRET = "hotel.feed.row.data"
#: rows that one click processes again
AT_ONCE = 5000


class HotelFeedRow(models.Model):
    """One row of another system that could not be taken."""

    _name = "hotel.feed.row"
    _description = "Staged Row"
    _order = "received_at, id"
    _rec_name = "source_ref"

    client_id = fields.Many2one("hotel.api.client", required=True, readonly=True, ondelete="cascade")
    company_id = fields.Many2one(related="client_id.company_id", store=True, precompute=True, index=True)
    property_id = fields.Many2one("hotel.property", readonly=True, index="btree_not_null", ondelete="set null")
    kind = fields.Selection(KINDS, required=True, readonly=True)
    row_key = fields.Char(required=True, readonly=True)
    source_ref = fields.Char(string="Number in the Source", readonly=True)
    state = fields.Selection(
        [("waiting", "Waiting"), ("taken", "Taken"), ("dropped", "Dropped")],
        required=True,
        default="waiting",
        readonly=True,
    )
    data = fields.Json(readonly=True, groups="base.group_system")
    content = fields.Text(compute="_compute_content", compute_sudo=True)
    reasons = fields.Text(compute="_compute_reasons", search="_search_reasons")
    accrues_points = fields.Boolean(readonly=True, default=True)
    tries = fields.Integer(readonly=True, default=1)
    received_at = fields.Datetime(readonly=True, required=True)
    settled_at = fields.Datetime(string="Taken or Dropped at", readonly=True)
    settled_by_id = fields.Many2one("res.users", string="Taken or Dropped by", readonly=True, ondelete="set null")
    note = fields.Char(readonly=True)
    error_ids = fields.One2many("hotel.feed.error", "row_id", string="Errors")

    _waiting_once = models.UniqueIndex(
        "(client_id, kind, row_key) WHERE state = 'waiting'", "This row waits already."
    )
    _waiting_idx = models.Index("(company_id, received_at) WHERE state = 'waiting'")
    _settled_idx = models.Index("(settled_at) WHERE state <> 'waiting'")

    @api.depends("data", "kind")
    def _compute_content(self):
        for row in self:
            row.content = "\n".join(f"{name}: {self._show(name, value)}" for name, value in (row.data or {}).items())

    @api.depends("error_ids.field_label", "error_ids.reason")
    @api.depends_context("lang")
    def _compute_reasons(self):
        for row in self:
            found = row.error_ids.filtered("code")
            row.reasons = "\n".join(f"{error.field_label}: {error.reason}" for error in found) or False

    def _search_reasons(self, operator, value):
        return Domain("error_ids.reason", operator, value)

    @api.model
    def _show(self, name, value):
        """Return what a screen shows of a value; identity numbers are masked."""
        if isinstance(value, dict):
            return "***"
        return identity.mask(str(value)) if name in feed.SECRET else value

    def write(self, vals):
        """People mend errors; all else is the program's."""
        if not self.env.su and set(vals) - {"error_ids"}:
            raise AccessError(self.env._("Only the new value of an error is typed in."))
        return super().write(vals)

    # ---- for people -------------------------------------------------------------------------

    def action_process(self):
        """Take these rows again, with the new values that were typed. For managers and administrators.

        :raises UserError: nothing waits
        """
        self._check_keeper()
        # rows are written by the program
        waiting = self.sudo().filtered(lambda row: row.state == "waiting")[:AT_ONCE]
        if not waiting:
            raise UserError(self.env._("None of these rows waits."))
        waiting._process_again()
        left = waiting.exists().filtered(lambda row: row.state == "waiting")
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if left else "success",
                "message": self.env._(
                    "%(taken)s taken, %(left)s still waiting.", taken=len(waiting) - len(left), left=len(left)
                ),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def action_drop(self):
        """Ask why these rows are dropped. For managers and administrators."""
        self._check_keeper()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Drop Rows"),
            "res_model": "hotel.feed.drop",
            "view_mode": "form",
            "target": "new",
            "context": {"default_row_ids": self.ids},
        }

    def _check_keeper(self):
        self.check_access("read")
        if not self.env.su and not self.env.user.has_group("hotel_crm_base.group_manager"):
            raise AccessError(self.env._("Staged rows are mended by managers and administrators."))

    def _drop(self, note):
        """Give rows up; what stood in them goes, the note stays.

        :param str note: why
        """
        self._check_keeper()
        waiting = self.sudo().filtered(lambda row: row.state == "waiting")  # as above
        waiting._close("dropped", note)
        figures = self.env["hotel.feed.figure"].sudo()
        for (client, kind), rows in waiting.grouped(lambda row: (row.client_id, row.kind)).items():
            figures._query_count(client, kind, {"dropped": len(rows)})

    def _close(self, state, note=False):
        """Note that rows wait no more; their content is kept no longer than it is needed."""
        self.error_ids.unlink()
        self.write(
            {
                "state": state,
                "note": note,
                "data": False,
                "settled_at": fields.Datetime.now(),
                "settled_by_id": self.env.uid,
            }
        )

    # ---- again ------------------------------------------------------------------------------

    def _process_again(self):
        """Send rows through the feed once more, those of a client and kind together."""
        for (client, kind, accrues), rows in self.grouped(
            lambda row: (row.client_id, row.kind, row.accrues_points)
        ).items():
            client._get_technical_user()
            feeds = self.env["hotel.feed"]
            for start in range(0, len(rows), 1000):
                part = rows[start : start + 1000]
                feeds._take(client, kind, [row._get_mended() for row in part], accrues, staged=part)

    def _get_mended(self):
        """Return the values of a row, with what was typed in the list of errors.

        A value of several fields is written as it is shown, parts separated by " / ", or it is the first one's.
        Fields that nobody knows are left out: whoever takes the row again has read that there are none.
        """
        self.ensure_one()
        values = self._reveal(self.data or {})
        for error in self.error_ids.filtered(lambda error: error.code == "unknown_field"):
            values.pop(error.field_names, None)
        for error in self.error_ids.filtered(lambda error: error.new_value is not False):
            names = error.field_names.split(", ")
            parts = error.new_value.split(" / ") if len(names) > 1 else [error.new_value]
            if error.code != "unknown_field" and len(parts) in (1, len(names)):
                values |= dict(zip(names, parts, strict=False))
        return values

    @api.model
    def _conceal(self, row):
        """Return a row as it is stored: texts, identity numbers encrypted."""
        stored = {}
        for name, value in row.items():
            text = feed.to_text(value)
            text = text if isinstance(text, str) else "?"
            if name in feed.SECRET and text:
                text = {"secret": self.env["hotel.data.key"]._get_keyring().encrypt(text, SECRET)}
            stored[feed.to_text(name)[:64]] = text
        return stored

    @api.model
    def _reveal(self, stored):
        """Return a stored row as it came, to be taken again by the program."""
        if not any(isinstance(value, dict) for value in stored.values()):
            return dict(stored)
        ring = self.env["hotel.data.key"]._get_keyring()
        return {
            name: ring.decrypt(value["secret"], SECRET) if isinstance(value, dict) else value
            for name, value in stored.items()
        }

    @api.autovacuum
    def _gc_settled_rows(self):
        """Delete rows that were taken or dropped a month ago; those that wait never go by themselves."""
        limit = fields.Datetime.now() - timedelta(days=KEEP_DAYS)
        old = self.search([("state", "!=", "waiting"), ("settled_at", "<", limit)], limit=10_000)
        old.unlink()
        return len(old), len(old) == 10_000
