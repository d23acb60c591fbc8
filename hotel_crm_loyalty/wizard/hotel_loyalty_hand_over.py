from odoo import fields, models


class HotelLoyaltyHandOver(models.TransientModel):
    """A reward passes into the hands of a member, who says so by name and signature."""

    _name = "hotel.loyalty.hand.over"
    _description = "Hand Over a Reward"

    redemption_id = fields.Many2one(
        "hotel.loyalty.redemption", string="Reward", required=True, readonly=True, ondelete="cascade"
    )
    state = fields.Selection(related="redemption_id.state")
    coupon_code = fields.Char(related="redemption_id.coupon_code")
    signed_by = fields.Char(
        string="Received By", compute="_compute_signed_by", store=True, readonly=False, precompute=True
    )
    signature = fields.Binary()

    def _compute_signed_by(self):
        for wizard in self:
            wizard.signed_by = wizard.redemption_id.partner_id.name

    def action_hand_over(self):
        """Note who received it. Callable by front office, food and beverage, and service.

        :rtype: dict: action
        :raises AccessError: another role
        :raises UserError: nobody's name, or it has gone already
        """
        self.ensure_one()
        self.redemption_id._hand_over(self.signed_by, self.signature)
        return {"type": "ir.actions.act_window_close"}
