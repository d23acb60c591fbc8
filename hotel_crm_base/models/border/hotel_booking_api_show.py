from odoo import models


class HotelBookingApi(models.AbstractModel):
    """What the booking API shows: values that are JSON, codes instead of ids, nothing about other guests."""

    _inherit = "hotel.booking.api"

    def _show_type(self, answer, rate_plan=""):
        """Return a room type with its offers.

        :param pricing.TypeOffer answer: of the search
        :param str rate_plan: only offers of this plan
        :rtype: dict
        """
        # prices were read as the superuser, by the same right as here
        room_type = self.env["hotel.room.type"].sudo().browse(answer.room_type_id)
        offers = [self._show_offer(offer) for offer in answer.offers]
        return {
            "room_type": room_type.code,
            "name": room_type.name,
            "adults": room_type.capacity_adults,
            "children": room_type.capacity_children,
            "free": answer.free,
            "offers": [offer for offer in offers if not rate_plan or offer["rate_plan"] == rate_plan],
            "problems": [
                {"code": code, "message": message}
                for code, message in zip(answer.codes, answer.problems, strict=True)
            ],
        }

    def _show_offer(self, offer):
        """Return an offer.

        :param pricing.Offer offer: of a search or a price
        :rtype: dict
        """
        plan = self.env["hotel.rate.plan"].sudo().browse(offer.rate_plan_id or [])
        policy = self.env["hotel.cancellation.policy"].sudo().browse(offer.policy_id or [])
        return {
            "rate_plan": plan.code or None,
            "meal_plan": plan.meal_plan or None,
            "total": offer.total_gross,
            "net": offer.total_net,
            "taxes": [tax._asdict() for tax in offer.taxes],
            "deposit": offer.deposit,
            "policy": policy.code or None,
            "nights": [night._asdict() for night in offer.nights],
        }

    def _show_booking(self, reservation):
        """Return a booking; of persons the name of the booker only.

        :param hotel.reservation reservation: as the superuser
        :rtype: dict
        """
        return {
            "reference": reservation.name,
            "state": reservation.state,
            "property": reservation.property_id.code,
            "booker": reservation.partner_id.name,
            "arrival": reservation.arrival_date or None,
            "departure": reservation.departure_date or None,
            "held_until": self._show_moment(reservation.hold_expires_at),
            "free_until": self._show_moment(reservation.free_until_at),
            "currency": reservation.currency_id.name,
            "total": reservation._get_rooms_total(),
            "deposit_percent": reservation.deposit_percent,
            "rooms": [
                self._show_stay(reservation, number, stay)
                for number, stay in enumerate(reservation.stay_ids.sorted("id"), 1)
            ],
        }

    def _show_stay(self, reservation, number, stay):
        return {
            "room": number,
            "state": stay.state,
            "room_type": stay.room_type_id.code,
            "rate_plan": stay.rate_plan_id.code or None,
            "arrival": stay.arrival_date,
            "departure": stay.departure_date,
            "adults": stay.adults,
            "children": stay.children,
            "infants": stay.infants,
            "total": reservation._get_rooms_total(stay),
            "nights": [{"date": night.date, "rate": night.rate} for night in stay.night_ids.sorted("date")],
        }

    def _show_moment(self, moment):
        """Return a moment in UTC as ISO 8601 says it."""
        return moment.strftime("%Y-%m-%dT%H:%M:%SZ") if moment else None
