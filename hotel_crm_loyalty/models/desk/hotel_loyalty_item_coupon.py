from odoo import models
from odoo.exceptions import UserError


class HotelLoyaltyItem(models.Model):
    _inherit = "hotel.loyalty.item"

    def _issue_coupon(self, card):
        """Issue the coupon of this reward to a member, as often as points are spent on it.

        :param loyalty.card card: the member
        :returns: the coupon, which is the member's alone
        :rtype: loyalty.card, with sudo
        :raises UserError: its programme has no coupons
        """
        self.ensure_one()
        coupon = self.sudo().coupon_program_id._hotel_issue(card.sudo().partner_id, is_once=False)
        if not coupon:
            raise UserError(self.env._("No coupon could be given."))
        return coupon
