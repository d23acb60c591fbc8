"""Makers of reservations with folios, whatever way they were booked."""

from datetime import date, timedelta

from ..common import HotelCase


class FolioMakers:
    """Reservations whose stays stand already, as after a booking."""

    @classmethod
    def _make_folio_scene(cls):
        """Give the hotel a room type that is sold with 15 % on top, and a guest."""
        cls.guest = cls._make_guest("Ana Costa", email="ana@example.com")
        cls.tax = cls.env["account.tax"].create(
            {"name": "VAT 15", "amount": 15.0, "company_id": cls.hotel.company_id.id}
        )
        cls.room_type.product_id.taxes_id = cls.tax
        cls.restaurant = cls._make_outlet(cls.hotel)

    @classmethod
    def _make_reservation(cls, guest=None, stays=1, nights=2, rate=100.0, state="booked", arrival=None, **values):
        """Make a reservation with stays; its folio is not made yet."""
        guest = guest or cls.guest
        hotel = values.pop("hotel", cls.hotel)
        arrival = arrival or hotel.business_date
        reservation = cls.env["hotel.reservation"].create(
            {"partner_id": guest.id, "property_id": hotel.id, **values}
        )
        room_type = cls.room_type if hotel == cls.hotel else hotel.room_type_ids[:1]
        for _number in range(stays):
            cls._make_stay(
                guest,
                hotel,
                arrival,
                nights,
                rate=rate,
                state=state,
                reservation_id=reservation.id,
                room_type_id=room_type.id,
                room_id=cls._make_room(room_type).id,
            )
        return reservation

    @classmethod
    def _make_in_house(cls, **values):
        """Make a reservation whose guests have arrived today, with its folio."""
        reservation = cls._make_reservation(**values)
        reservation._sync_folio()
        reservation.stay_ids.write({"state": "in_house"})
        reservation._confirm_folios()
        return reservation

    def _pay(self, reservation, amount=None, folio=None):
        """Take money at the desk; default all that is open."""
        folio = folio or reservation._get_folio()
        amount = reservation.balance if amount is None else amount
        journal = self.env["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "=", folio.company_id.id)], limit=1
        )
        return folio._take_payment(amount, journal)

    def _sleep(self, hotel, nights=1):
        """Let nights go by: the business date moves on."""
        hotel.business_date = hotel.business_date + timedelta(days=nights)


class FolioCase(FolioMakers, HotelCase):
    """A hotel in dollars with 15 % tax on top, and a guest."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hotel.business_date = date(2026, 5, 1)
        cls._make_folio_scene()
