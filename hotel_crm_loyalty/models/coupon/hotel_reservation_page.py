from odoo import models

from .hotel_reward_use import LIVE


class HotelReservation(models.Model):
    _inherit = "hotel.reservation"

    def _get_shown_discounts(self):
        """Return what the guest sees of coupons and points on the booking.

        :returns: dicts of ``name`` and ``amount``, with tax
        :rtype: list[dict]
        """
        self.ensure_one()
        # guests see their own booking without rights on coupons
        uses = self.sudo().reward_use_ids.filtered(lambda use: use.state in LIVE)
        return [{"name": use._get_line_text(), "amount": use.amount} for use in uses]
