"""Whatever happens in whatever order: rooms sold are live stays, and no room is given twice."""

from collections import Counter
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.hotel_crm_base.tests.booking.booking_common import BookingCase

DAYS = 8
LIVE = ("held", "booked", "in_house", "departed")
ACTIONS = (
    *("book", "book", "book", "book_room", "confirm", "cancel", "move", "extend", "other_type", "upgrade"),
    *("check_in", "leave", "no_show", "reinstate", "release", "close", "open", "archive", "overbook", "next_day"),
)
STEP = st.tuples(
    st.sampled_from(ACTIONS), st.integers(0, 20), st.integers(0, DAYS - 2), st.integers(1, 4), st.booleans()
)


@tagged("post_install", "-at_install")
class TestInventorySeries(BookingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.suite = cls._make_room_type(cls.hotel, name="Suite")
        cls.rooms |= cls._make_room(cls.suite)
        cls.env["hotel.inventory"]._open_horizon(cls.hotel)

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
    @given(st.lists(STEP, min_size=4, max_size=14))
    def test_sold_is_the_number_of_live_stays(self, steps):
        with self.env.cr.savepoint() as savepoint:
            self.bookings, self.closures = [], self.env["hotel.room.closure"]
            for step in steps:
                self._do(*step)
                self._assert_right(step)
            savepoint.rollback()
        self.env.invalidate_all()

    def _do(self, action, number, day, nights, is_suite):
        """Do one step; what the hotel refuses is undone, as the end of a request would."""
        room_type = self.suite if is_suite else self.room_type
        arrival = self.today + timedelta(days=day)
        try:
            with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                if action.startswith("book"):
                    rooms = room_type.room_ids
                    room = rooms[number % len(rooms)].id if action == "book_room" and rooms else None
                    values = {"arrival": arrival, "nights": nights, "room_type_id": room_type.id, "room_id": room}
                    self.bookings.append(self._book(**values))
                elif action in ("close", "open", "archive", "overbook", "next_day"):
                    self._do_to_hotel(action, number, arrival, nights, room_type)
                elif self.bookings:
                    self._do_to_booking(action, self.bookings[number % len(self.bookings)], arrival, nights, room_type)
                self.env.flush_all()
        except Exception as error:
            if not isinstance(error, UserError) and "taken already" not in str(error):
                raise
            self.bookings = [booking for booking in self.bookings if booking.exists()]
            self.closures = self.closures.exists()
            self.env.invalidate_all()

    def _do_to_hotel(self, action, number, arrival, nights, room_type):
        room = self.rooms[number % len(self.rooms)]
        if action == "close":
            values = {"start_date": arrival, "end_date": arrival + timedelta(days=nights)}
            self.closures |= self.closures.create({"room_id": room.id, "reason": "Test", **values})
        elif action == "open":
            self.closures[:1].unlink()
            self.closures = self.closures.exists()
        elif action == "archive":
            room.active = not room.active
        elif action == "overbook":
            room_type.overbooking = number % 2
        else:
            self.hotel.business_date += timedelta(days=1)

    def _do_to_booking(self, action, booking, arrival, nights, room_type):
        stay = booking.stay_ids[0]
        changes = {
            "move": {"arrival_date": arrival, "departure_date": arrival + timedelta(days=nights)},
            "extend": {"departure_date": stay.departure_date + timedelta(days=nights)},
            "other_type": {"room_type_id": room_type.id},
        }
        calls = {
            "confirm": booking._confirm,
            "cancel": booking._cancel,
            "release": booking._release_hold,
            "reinstate": booking.action_reinstate,
            "check_in": stay.action_check_in,
            "no_show": stay.action_no_show,
            "leave": lambda: stay.write({"state": "departed", "departure_date": self.hotel.business_date}),
            "upgrade": lambda: stay.write({"room_id": room_type.room_ids[:1].id}),
        }
        if action in changes:
            booking._change(stay, changes[action])
        else:
            calls[action]()

    def _assert_right(self, step):
        """Compare the inventory with a count in Python, and rooms with each other."""
        self.env.invalidate_all()
        stays = self.env["hotel.stay"].search([("property_id", "=", self.hotel.id), ("state", "in", LIVE)])
        counted, given_rooms = Counter(), Counter()
        for stay in stays:
            for offset in range(stay.nights):
                night = stay.arrival_date + timedelta(days=offset)
                counted[stay.room_type_id.id, night] += 1
                if stay.room_id and stay.state != "departed":
                    given_rooms[stay.room_id.id, night] += 1
        self.assertLessEqual(max(given_rooms.values(), default=0), 1, step)
        for row in self.env["hotel.inventory"].search([("property_id", "=", self.hotel.id)]):
            key = (row.room_type_id.id, row.date)
            self.assertEqual(row.sold, counted.get(key, 0), (step, key))
            self.assertEqual(row.shortfall, max(0, row.sold - row.allotment - row.overbooking), (step, key))
        for stay in stays:
            self.assertEqual(len(stay.night_ids), stay.nights, step)
            self.assertEqual(stay.reservation_id.line_ids.stay_id, stay.reservation_id.stay_ids, step)
