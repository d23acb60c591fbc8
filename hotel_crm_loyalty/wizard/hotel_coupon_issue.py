import base64

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

#: who gives a coupon to a guest
GIVERS = ("group_front_office", "group_service", "group_marketing", "group_manager")


class HotelCouponIssue(models.TransientModel):
    """A coupon for one guest, given at the desk: for an apology, a birthday, a wish to see him or her again."""

    _name = "hotel.coupon.issue"
    _description = "Give a Coupon"

    partner_id = fields.Many2one("res.partner", string="Guest", required=True, readonly=True)
    program_id = fields.Many2one(
        "loyalty.program",
        string="Coupon",
        required=True,
        domain="[('hotel_is_handed_out', '=', True), ('program_type', 'in', ('coupons', 'next_order_coupons'))]",
    )
    expiration_date = fields.Date(
        string="Valid Until", compute="_compute_expiration_date", store=True, readonly=False, precompute=True
    )
    is_told = fields.Boolean(string="Send It by E-mail", default=True)
    email = fields.Char(related="partner_id.email")
    card_id = fields.Many2one("loyalty.card", readonly=True)
    code = fields.Char(related="card_id.code")
    qr = fields.Binary(compute="_compute_qr")

    @api.depends("program_id")
    def _compute_expiration_date(self):
        for wizard in self:
            program = wizard.program_id
            days = program.hotel_valid_days
            wizard.expiration_date = fields.Date.add(program._get_hotel_today(), days=days) if days else False

    @api.depends("card_id")
    def _compute_qr(self):
        for wizard in self:
            picture = wizard.card_id._get_hotel_qr() if wizard.card_id else ""
            wizard.qr = base64.b64encode(picture.encode()) or False

    def action_give(self):
        """Give the coupon, and show its code. Callable by front office, service, marketing and managers.

        :raises AccessError: another role, or a guest whom the user does not see
        :raises UserError: a coupon that the desk does not give, or a date in the past
        """
        self.ensure_one()
        if not self.env.su and not any(self.env.user.has_group(f"hotel_crm_base.{name}") for name in GIVERS):
            raise AccessError(self.env._("Coupons are given by front office, service and marketing."))
        self.partner_id.check_access("read")
        self.program_id.check_access("read")
        if not self.program_id.hotel_is_handed_out:
            raise UserError(self.env._("This coupon is not given by the desk."))
        if self.expiration_date and self.expiration_date < self.program_id._get_hotel_today():
            raise UserError(self.env._("This day is over already."))
        if self.card_id:
            raise UserError(self.env._("The coupon was given already."))
        cards = self.program_id._hotel_issue(self.partner_id, self.expiration_date or None, is_once=False)
        self.card_id = cards
        if self.is_told and self.partner_id.email:
            self.program_id._tell_hotel_coupons(cards, "transaction", property=self.env.user._get_hotel_property())
        return {
            "type": "ir.actions.act_window",
            "name": self._description,
            "res_model": self._name,
            "res_id": self.id,
            "views": [[False, "form"]],
            "target": "new",
        }
