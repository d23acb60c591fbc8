from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, ValidationError


class HotelCouponPlan(models.TransientModel):
    """A new coupon as marketing plans it: how much off, and for which bookings."""

    _name = "hotel.coupon.plan"
    _description = "Plan a Coupon"

    name = fields.Char(required=True)
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company)
    currency_id = fields.Many2one(related="company_id.currency_id")
    kind = fields.Selection(
        [("percent", "Percent off"), ("amount", "Amount off")], string="Discount", required=True, default="percent"
    )
    percent = fields.Float(default=10.0)
    amount = fields.Monetary()
    valid_days = fields.Integer(string="Valid For (Days)", default=90)
    property_ids = fields.Many2many("hotel.property", string="Hotels", help="Empty: all.")
    least_nights = fields.Integer(string="At Least Nights")
    least_amount = fields.Monetary(string="At Least for")
    weekdays = fields.Char()
    is_for_new = fields.Boolean(string="New Guests Only")
    is_handed_out = fields.Boolean(string="Given by the Desk", default=True)

    @api.constrains("kind", "percent", "amount")
    def _check_discount(self):
        for wizard in self:
            if wizard.kind == "percent" and not 0 < wizard.percent <= 100:
                raise ValidationError(self.env._("A discount is more than 0 and up to 100 percent."))
            if wizard.kind == "amount" and wizard.amount <= 0:
                raise ValidationError(self.env._("Say how much is taken off."))

    def action_plan(self):
        """Make the coupon and open it. Callable by marketing, for companies and hotels that the user works for.

        :rtype: dict: action
        :raises AccessError: another role or company
        """
        self.ensure_one()
        if not self.env.su and not self.env.user.has_group("hotel_crm_base.group_marketing"):
            raise AccessError(self.env._("Coupons are planned by marketing."))
        if self.company_id not in self.env.companies:
            raise AccessError(self.env._("The coupon belongs to another company."))
        self.property_ids.check_access("read")
        # marketing has no rights on Odoo's programmes; what is written here is what was asked for
        program = self.env["loyalty.program"].sudo().create(self._prepare_program_vals())
        action = self.env["ir.actions.act_window"]._for_xml_id("hotel_crm_marketing.loyalty_program_action_coupon")
        form = self.env.ref("hotel_crm_marketing.loyalty_program_view_form_coupon_hotel")
        return {**action, "res_id": program.id, "views": [(form.id, "form")], "view_mode": "form"}

    def _prepare_program_vals(self):
        is_percent = self.kind == "percent"
        reward = {
            "reward_type": "discount",
            "discount_mode": "percent" if is_percent else "per_order",
            "discount": self.percent if is_percent else self.amount,
            "discount_applicability": "order",
            "required_points": 1,
        }
        return {
            "name": self.name,
            "program_type": "coupons",
            "applies_on": "current",
            "trigger": "with_code",
            "company_id": self.company_id.id,
            "currency_id": self.currency_id.id,
            "reward_ids": [Command.clear(), Command.create(reward)],
            "communication_plan_ids": [Command.clear()],
            "hotel_valid_days": self.valid_days,
            "hotel_property_ids": [Command.set(self.property_ids.ids)],
            "hotel_least_nights": self.least_nights,
            "hotel_least_amount": self.least_amount,
            "hotel_weekdays": self.weekdays,
            "hotel_is_for_new": self.is_for_new,
            "hotel_is_handed_out": self.is_handed_out,
        }
