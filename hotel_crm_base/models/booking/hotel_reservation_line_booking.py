"""How a room wanted becomes a stay."""

from datetime import timedelta

from odoo import api, models

from ...terms import RoomWish


class HotelReservationLine(models.Model):
    _inherit = "hotel.reservation.line"

    @api.onchange("arrival_date")
    def _onchange_arrival_date(self):
        """Offer one night."""
        if self.arrival_date and (not self.departure_date or self.departure_date <= self.arrival_date):
            self.departure_date = self.arrival_date + timedelta(days=1)

    def _is_open(self):
        """Return whether this room is still to be taken.

        :rtype: bool
        """
        return not self.stay_id or self.stay_id.state in ("cancelled", "no_show")

    def _get_wish(self):
        """Return what is wanted, as a value.

        :rtype: RoomWish
        """
        return RoomWish(
            self.room_type_id.id,
            self.arrival_date,
            self.departure_date,
            adults=self.adults,
            children=self.children,
            infants=self.infants,
            rate_plan_id=(self.rate_plan_id or self.reservation_id.rate_plan_id).id or None,
            room_id=self.room_id.id or None,
            guest_id=self.guest_id.id or None,
        )

    def _get_offer(self):
        """Return the price of this room now, None for day use.

        :rtype: pricing.Offer
        :raises NotForSale: where restrictions forbid it
        """
        return self.reservation_id._price(self._get_wish())

    def _prepare_stay_vals(self, offer, state):
        """Return values of the stay that answers this wish.

        :param pricing.Offer offer: its price, None where there is none
        :param str state: of the stay
        :rtype: dict
        """
        reservation = self.reservation_id
        nights = self.env["hotel.stay.night"]._prepare_nights(reservation.property_id, offer)
        return {
            "reservation_id": reservation.id,
            "partner_id": (self.guest_id or reservation.partner_id).id,
            "property_id": reservation.property_id.id,
            "room_type_id": self.room_type_id.id,
            "room_id": self.room_id.id,
            "arrival_date": self.arrival_date,
            "departure_date": self.departure_date,
            "adults": self.adults,
            "children": self.children,
            "infants": self.infants,
            "channel_id": reservation.channel_id.id,
            "market_segment_id": reservation.market_segment_id.id,
            "rate_plan_id": (self.rate_plan_id or reservation.rate_plan_id).id or (offer and offer.rate_plan_id),
            "rate": self._get_average(offer) if offer else self.room_type_id.list_price,
            "state": state,
            "note": reservation.note,
            "night_ids": [(0, 0, night) for night in nights],
        }

    def _get_average(self, offer):
        rates = [night[1] for night in offer.nights]
        return self.reservation_id.currency_id.round(sum(rates) / len(rates)) if rates else 0.0
