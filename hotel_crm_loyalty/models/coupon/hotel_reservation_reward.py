"""Putting rewards on bookings and taking them off again: the one door for codes, desk, members and Odoo's wizards."""

from odoo import models

from ...discounts import allot
from .hotel_reward_use import LIVE


class HotelReservation(models.Model):
    _inherit = "hotel.reservation"

    def _take_reward(self, reward, card, points=None):
        """Put a reward on this booking and take the coupon, or the points, for it. With sudo.

        :param loyalty.reward reward: of the card's programme
        :param loyalty.card card: a coupon, or a member's card
        :param int points: of a reward by point, how many are used; default what one reward costs
        :returns: ``error`` and a sentence where it cannot be; else empty, as Odoo's orders have it
        :rtype: dict
        """
        self.ensure_one()
        self._lock_folios()
        if reward.program_id != card.program_id or not reward._is_for_hotel():
            return {"error": self.env._("This reward cannot be used for rooms.")}
        cost = reward.required_points if points is None else points
        if cost < reward.required_points or not self._can_reduce(reward, cost):
            return {"error": self.env._("There is nothing that this could reduce.")}
        if card.hotel_managed:
            return self._take_points_reward(reward, card, cost)
        if not card._take_hotel_points(cost):
            return {"error": self.env._("This code has been used already.")}
        card._note_hotel_points(cost, self)
        kind = "code" if card.program_id.program_type == "promo_code" else "coupon"
        self._add_use(card, kind, reward._get_hotel_name(), reward_id=reward.id, points=cost)
        return {}

    def _can_reduce(self, reward, points):
        """Return whether a reward would take something off this booking, with what stands on it already.

        :rtype: bool
        """
        if reward.reward_type != "discount":
            return bool(reward.reward_product_ids)
        charges = self._get_charged_nights()._get_hotel_charges()
        terms = [*self._get_discount_terms(charges), reward._get_hotel_terms("new", self.property_id, charges, points)]
        return bool(allot(charges, terms)["new"])

    def _add_use(self, card, kind, name, **values):
        """Write down that something is used on this booking, and reckon the bills anew.

        :rtype: hotel.reward.use
        """
        use = self.env["hotel.reward.use"]._permitted().create(
            {"card_id": card.id, "kind": kind, "name": name, "reservation_id": self.id, **values}
        )
        if self.state != "held":
            use._confirm()
        self._sync_discounts()
        return use.sudo()

    def _get_discount_terms(self, charges):
        """Return what the uses on this booking take off, in the order in which they came.

        :param list[discounts.Charge] charges: the nights
        :rtype: list[discounts.Terms]
        """
        uses = self.reward_use_ids.filtered(lambda use: use.state in LIVE)
        return [terms for use in uses.sorted("id") if (terms := use._get_terms(charges))]

    # ---- taking off again -------------------------------------------------------------------

    def _get_unfit_uses(self, booking=None):
        """Return the coupons and codes whose conditions this booking does not fulfil any more. With sudo.

        What was checked when they came, such as the date on which they expire, is not asked again.

        :param booking.Booking booking: as it would be; default as it is
        :rtype: hotel.reward.use
        """
        self.ensure_one()
        uses = self.reward_use_ids.filtered(lambda use: use.state in LIVE and use.kind in ("coupon", "code"))
        if not uses:
            return uses
        booking = booking or self._get_booking()
        return uses.filtered(lambda use: use.program_id._get_hotel_lasting_problem(booking))

    def _drop_unfit_uses(self):
        """Take off what does not fit any more, give it back, and say so on the booking. With sudo.

        :returns: what was taken off
        :rtype: hotel.reward.use
        """
        self.ensure_one()
        unfit = self._get_unfit_uses()
        for use in unfit:
            self._drop_use(use, self.env._("It does not fit the booking any more."))
        return unfit

    def _drop_use(self, use, reason):
        """Take one coupon, or points, off this booking and give them back. With sudo.

        :param hotel.reward.use use: a live one
        :param str reason: in words
        """
        self._lock_folios()
        amount = self.currency_id.format(use.amount)
        use._give_back(reason)
        self._sync_discounts()
        values = {"name": use.name, "amount": amount, "reason": reason}
        body = self.env._("“%(name)s” (%(amount)s) was taken off. %(reason)s", **values)
        self.message_post(body=body, subtype_xmlid="mail.mt_note")
