"""Reasons of law for which a guest's data must be kept for the time being."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError


class HotelPrivacyHold(models.Model):
    """While it stands, nothing of a guest is erased."""

    _name = "hotel.privacy.hold"
    _inherit = ["hotel.guest.trace.mixin"]
    _description = "Legal Hold"
    _order = "id desc"
    _rec_name = "partner_id"

    partner_id = fields.Many2one("res.partner", string="Guest", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="partner_id.company_id")
    reason = fields.Text(required=True, help="Such as the file number of a lawsuit or of an authority's order.")
    until_date = fields.Date(string="Until", help="Left empty, it stands until somebody lifts it.")
    lifted_at = fields.Datetime(string="Lifted On", readonly=True, copy=False)
    lifted_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    is_standing = fields.Boolean(string="Standing", compute="_compute_is_standing", search="_search_is_standing")

    @api.depends("until_date", "lifted_at")
    def _compute_is_standing(self):
        today = fields.Date.context_today(self)
        for hold in self:
            hold.is_standing = not hold.lifted_at and (not hold.until_date or hold.until_date >= today)

    def _search_is_standing(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        standing = fields.Domain("lifted_at", "=", False) & (
            fields.Domain("until_date", "=", False) | fields.Domain("until_date", ">=", today)
        )
        return standing if True in value else ~standing

    @api.constrains("until_date")
    def _check_until_date(self):
        for hold in self:
            if hold.until_date and hold.until_date < fields.Date.context_today(self):
                raise ValidationError(self.env._("A hold ends in the future."))

    def action_lift(self):
        """Let the hold end now. Callable by managers.

        :raises AccessError: for others
        """
        if not self.env.user.has_group("hotel_crm_base.group_manager"):
            raise AccessError(self.env._("Managers lift a legal hold."))
        self.filtered("is_standing").write({"lifted_at": fields.Datetime.now(), "lifted_by_id": self.env.uid})
