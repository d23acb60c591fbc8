"""What a case leaves behind: an alert for the next arrival, and the record of a service."""

from odoo import api, fields, models


class HotelCase(models.Model):
    _inherit = "hotel.case"

    is_alert = fields.Boolean(
        string="Tell at Next Arrival", readonly=True, copy=False,
        help="Whoever meets the guest next is told, until somebody has taken note.",
    )  # fmt: skip
    acknowledged_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    acknowledged_at = fields.Datetime(readonly=True, copy=False)
    service_kind_id = fields.Many2one("hotel.service.kind", string="Kind of Service", ondelete="restrict")
    service_record_id = fields.Many2one("hotel.service.record", readonly=True, copy=False, ondelete="set null")

    is_shown = fields.Boolean(string="User May Read It", compute="_compute_is_shown")

    _alert_idx = models.Index("(partner_id) WHERE is_alert")

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_is_shown(self):
        """Ask for all at once whether the user may read them, also where code asks as superuser."""
        shown = set(self.sudo(False)._filtered_access("read")._ids)
        for case in self:
            case.is_shown = case.id in shown

    def action_acknowledge(self):
        """Take note of these cases: nobody else is told any more. Callable by staff who may write them."""
        self.check_access("write")
        # follows from what is done, not written by hand
        self.filtered("is_alert").sudo().write(
            {"is_alert": False, "acknowledged_by_id": self.env.uid, "acknowledged_at": fields.Datetime.now()}
        )

    def _after_enter_state(self, state, before):
        result = super()._after_enter_state(state, before)
        if state in ("solved", "closed"):
            fresh = self.filtered(lambda case: before[case] not in ("solved", "closed"))
            # as above
            fresh.filtered(lambda case: case.kind == "complaint" and case.partner_id).sudo().write({"is_alert": True})
            fresh._record_service()
        return result

    def _record_service(self):
        """Note on the guest's page what was done, once for each request."""
        done = self.filtered(
            lambda case: case.kind == "request" and case.partner_id and not case.sudo().service_record_id
        )
        for case in done:
            # staff of outlets write records of their own guests only
            case.sudo().service_record_id = self.env["hotel.service.record"].sudo().create(case._prepare_service_vals())

    def _prepare_service_vals(self):
        """Return the values of the record of a service.

        :rtype: dict
        """
        kind = self.service_kind_id or self._get_service_kind()
        return {
            "partner_id": self.partner_id.id,
            "stay_id": self.stay_id.id,
            "property_id": self.property_id.id,
            "kind_id": kind.id,
            "user_id": self.user_id.id or self.env.uid,
            "note": self.solution or self.subject,
        }

    @api.model
    def _get_service_kind(self):
        kinds = self.env["hotel.service.kind"]
        return kinds.search([("code", "=", "other")], limit=1) or kinds.search([], limit=1)
