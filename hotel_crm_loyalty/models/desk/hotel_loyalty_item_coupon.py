import secrets

from odoo import models

#: as the codes of cards: no letter that is taken for another, 5 bits each
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
CODE_LENGTH = 14


class HotelLoyaltyItem(models.Model):
    _inherit = "hotel.loyalty.item"

    def _issue_coupon(self, card):
        """Issue the coupon of this reward to a member.

        :param loyalty.card card: the member
        :returns: the coupon, which is the member's alone
        :rtype: loyalty.card, with sudo
        """
        self.ensure_one()
        program = self.sudo().coupon_program_id
        code = "".join(secrets.choice(ALPHABET) for _place in range(CODE_LENGTH))
        coupons = self.env["loyalty.card"].sudo().with_context(loyalty_no_mail=True, tracking_disable=True)
        return coupons.create(
            {"program_id": program.id, "partner_id": card.sudo().partner_id.id, "points": 1, "code": code}
        )
