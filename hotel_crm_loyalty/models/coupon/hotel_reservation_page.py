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

    def _get_points_offers(self, partner):
        """Return the discounts that a member can have for points on this booking: those of a fixed number.

        :param res.partner partner: who is logged in; nobody but the booker is offered any
        :returns: dicts of ``card``, ``reward`` (both with sudo), ``name`` and ``points``
        :rtype: list[dict]
        """
        self.ensure_one()
        if not partner or partner != self.partner_id or self.state not in ("held", "confirmed"):
            return []
        # members have no rights on cards; these are their own
        reservation = self.sudo()
        cards = self.env["loyalty.card"].sudo().search(
            [("partner_id", "=", partner.id), ("hotel_managed", "=", True), ("hotel_state", "=", "active")]
        )
        taken = reservation.reward_use_ids.filtered(lambda use: use.state in LIVE).reward_id
        offers = []
        for card in cards.filtered(lambda card: not reservation._get_points_problem(card)):
            for reward in card.program_id.reward_ids - taken:
                is_fixed = reward.reward_type == "discount" and reward.discount_mode != "per_point"
                if is_fixed and reward._is_for_hotel() and reward.required_points <= card.points:
                    points = int(reward.required_points)
                    offers.append({"card": card, "reward": reward, "name": reward._get_hotel_name(), "points": points})
        return offers
