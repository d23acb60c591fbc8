"""What tests of the booking API share: a property with rooms, accounts with keys, and calls over HTTP."""

from datetime import date, timedelta

from odoo import fields
from odoo.tests import HttpCase

from ..common import HotelMakers
from .api_calls import ApiCalls

FIRST = date(2028, 2, 27)


class BookingApiMakers(HotelMakers):
    """A property that sells two rooms from 27 February 2028, and an account with a key."""

    @classmethod
    def _make_api(cls, rooms=2):
        cls._make_hotels()
        cls.hotel.write({"business_date": FIRST, "horizon_days": 60, "is_day_end_automatic": False})
        cls.room_type.write({"code": "DBL", "list_price": 100.0})
        cls.room_type.product_id.taxes_id = False
        cls.env["hotel.rate.plan"].search([]).active = False
        cls.plan = cls.env["hotel.rate.plan"].create({"name": "Flexible", "code": "FLEX", "deposit_percent": 20.0})
        for _number in range(rooms):
            cls._make_room(cls.room_type)
        cls.env["hotel.inventory"]._open_horizon(cls.hotel)
        cls.account = cls._make_user("front_office")
        cls.key = cls._make_key(cls.account)

    @classmethod
    def _make_key(cls, user, days=1):
        """Make an API key of an account; a negative number of days makes an old one."""
        keys = cls.env["res.users.apikeys"].with_user(user).sudo()
        return keys._generate(None, "Test", fields.Datetime.now() + timedelta(days=days))

    @classmethod
    def _body(cls, **values):
        """Return a booking of one room for two nights."""
        room = {
            "room_type": "DBL",
            "rate_plan": "FLEX",
            "arrival": "2028-02-28",
            "departure": "2028-03-01",
            **values.pop("room", {}),
        }
        booker = {"name": "Ana Costa", "email": "ana.costa@example.com"}
        return {"property": "HARB", "rooms": [room], "booker": booker, **values}


class BookingApiCase(ApiCalls, BookingApiMakers, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context=dict(cls.env.context, tracking_disable=True))
        cls._make_api()

    def _book(self, idempotency="first-booking", **values):
        return self._call("POST", "bookings", self._body(**values), headers={"Idempotency-Key": idempotency})
