"""A hotel with rooms for sale, and bookings of them."""

from datetime import date, timedelta

from odoo.addons.hotel_crm_base.terms import BookingTerms, RoomWish
from odoo.addons.hotel_crm_base.tests.common import HotelCase

#: the business date of these tests; they set it, so that no clock matters
TODAY = date(2028, 2, 27)


class BookingMakers:
    """Makers of bookings; the class has ``hotel``, ``room_type``, ``guest`` and ``today``."""

    @classmethod
    def _make_booking_hotel(cls, rooms=2):
        """Give the property this many rooms for sale from today on."""
        cls.today = TODAY
        cls.hotel.write({"business_date": TODAY, "is_day_end_automatic": False, "horizon_days": 60})
        cls.room_type.product_id.list_price = 100.0
        cls.rooms = cls.env["hotel.room"].union(*(cls._make_room(cls.room_type) for _number in range(rooms)))
        cls.guest = cls._make_guest()
        cls.env["hotel.inventory"]._open_horizon(cls.hotel)

    @classmethod
    def _get_wish(cls, arrival=None, nights=1, **values):
        arrival = arrival or cls.today
        room_type_id = values.pop("room_type_id", cls.room_type.id)
        return RoomWish(room_type_id, arrival, arrival + timedelta(days=nights), **values)

    @classmethod
    def _get_terms(cls, *wishes, **values):
        values = {"property_id": cls.hotel.id, "partner_id": cls.guest.id, "channel": "phone", **values}
        return BookingTerms(rooms=wishes, **values)

    @classmethod
    def _book(cls, confirm=False, env=None, **values):
        """Book one room; values are those of the room wanted and of the terms."""
        of_terms = {name: values.pop(name) for name in set(values) & set(BookingTerms.__dataclass_fields__)}
        terms = cls._get_terms(cls._get_wish(**values), **of_terms)
        return (env or cls.env)["hotel.reservation"]._book(terms, confirm=confirm)

    def _sold(self, nights, room_type=None):
        """Return the rooms sold of the first nights."""
        rows = self.env["hotel.inventory"].search_fetch(
            [
                ("room_type_id", "=", (room_type or self.room_type).id),
                ("date", ">=", self.today),
                ("date", "<", self.today + timedelta(days=nights)),
            ],
            order="date",
        )
        return rows.mapped("sold")


class BookingCase(BookingMakers, HotelCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_booking_hotel()
