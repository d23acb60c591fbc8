"""What a change of the booking does to its discounts, said before it is done."""

from odoo import models

from ...booking import Room
from ...discounts import Charge, allot


class HotelReservation(models.Model):
    _inherit = "hotel.reservation"

    def _quote_change(self, stay, changes):
        """Say what becomes of the discounts.

        :returns: also ``old_discount`` and ``new_discount`` of the booking with tax, and ``notes``, sentences
            for who asks
        """
        effect = super()._quote_change(stay, changes)
        effect.update(old_discount=0.0, new_discount=0.0, notes=[])
        reservation = self.sudo()  # who asks has no rights on coupons
        uses = reservation.reward_use_ids.filtered(lambda use: use.state in ("held", "used"))
        if not uses or effect["problems"]:
            return effect
        booking, charges = reservation._get_changed_booking(stay.sudo(), changes)
        unfit = reservation._get_unfit_uses(booking)
        terms = [found for use in (uses - unfit).sorted("id") if (found := use._get_terms(charges))]
        coins = sum(sum(parts.values()) for parts in allot(charges, terms).values())
        old, new = sum(uses.mapped("amount")), self.currency_id.round(coins * self.currency_id.rounding)
        notes = [
            self.env._("“%(name)s” does not fit this change: it would be taken off and given back.", name=use.name)
            for use in unfit
        ]
        if self.currency_id.compare_amounts(old, new):
            notes.append(
                self.env._(
                    "The discount on the booking is %(new)s then, instead of %(old)s.",
                    new=self.currency_id.format(new),
                    old=self.currency_id.format(old),
                )
            )
        return {**effect, "old_discount": old, "new_discount": new, "notes": notes}

    def _get_changed_booking(self, stay, changes):
        """Return this booking as a change would make it; with sudo.

        :returns: the booking, and its nights
        :rtype: tuple[booking.Booking, list[discounts.Charge]]
        """
        plan = self._plan_change(stay, self._check_change(stay, changes))
        wish, rounding = plan.wish, self.currency_id.rounding
        product = self.env["hotel.room.type"].browse(wish.room_type_id).product_id
        fixed = self._get_fixed_tax_of(product, self.partner_id)
        standing = {charge.key: charge for charge in self._get_charged_nights()._get_hotel_charges()}
        charges = [charge for key, charge in standing.items() if key[0] != stay.id]
        known = {(night.date, night.rate): (stay.id, night.date) for night in stay.night_ids}
        for day, rate, gross in plan.nights:
            # a night that keeps its price stays as it is on the bill
            charge = standing.get(known.get((day, rate)))
            amount = round(((gross or rate) - fixed) / rounding)
            charges.append(charge or Charge((stay.id, day), amount, product.id, amount))
        now = self._get_booking()
        others = [
            Room(
                (each.booked_room_type_id or each.room_type_id).id, each.arrival_date, each.departure_date,
                each.rate_plan_id.id, each.adults, each.children,
            )
            for each in self._get_live_stays() - stay
        ]  # fmt: skip
        room = Room(
            wish.room_type_id, wish.arrival_date, wish.departure_date, wish.rate_plan_id, wish.adults, wish.children
        )
        return now._replace(charges=tuple(charges), rooms=(*others, room)), charges
