"""The last room is sold once, with real connections."""

from datetime import timedelta

from odoo.tests import tagged

from odoo.addons.hotel_crm_base.models.booking.errors import SoldOut
from odoo.addons.hotel_crm_base.tests.booking.booking_common import BookingMakers
from odoo.addons.hotel_crm_base.tests.concurrency import ConcurrencyCase


@tagged("post_install", "-at_install")
class TestBookingsAtOnce(BookingMakers, ConcurrencyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_booking_hotel(rooms=3)
        cls.cr.commit()  # pylint: disable=invalid-commit

    def setUp(self):
        super().setUp()
        # a night of its own for each test: what is committed stays until the class is through
        number = sorted(name for name in dir(self) if name.startswith("test_")).index(self._testMethodName)
        self.night = self.today + timedelta(days=5 * number)

    def _book(self, **values):
        terms = self._get_terms(self._get_wish(**{"arrival": self.night, **values}))

        def book(env):
            return env["hotel.reservation"]._book(terms, confirm=True).id

        return book

    def _book_in_turn(self, **values):
        book, hotel_id = self._book(**values), self.hotel.id

        def book_in_turn(env):
            env["hotel.inventory"]._in_turn(env["hotel.property"].browse(hotel_id))
            return book(env)

        return book_in_turn

    def _fill(self, left):
        for _number in range(len(self.rooms) - left):
            self._book()(self.env)
        self.cr.commit()  # pylint: disable=invalid-commit

    def _assert_inventory_right(self, sold, night=None):
        """Check rooms sold and live stays of a night."""
        self.cr.rollback()
        self.env.invalidate_all()
        night = night or self.night
        row = self.env["hotel.inventory"].search(
            [("room_type_id", "=", self.room_type.id), ("date", "=", night)]
        )
        stays = self.env["hotel.stay"].search_count(
            [
                ("room_type_id", "=", self.room_type.id),
                ("arrival_date", "<=", night),
                ("departure_date", ">", night),
                ("state", "in", ("held", "booked", "in_house")),
            ]
        )
        self.assertEqual((row.sold, stays), (sold, sold))

    def assertSoldOut(self, result):
        self.assertIsInstance(result, SoldOut)
        self.assertIn("Sold out: no room of type", str(result))

    def test_two_guests_book_the_last_room_at_once(self):
        self._fill(left=1)
        first, second = self._overlap(self._book(), self._book())
        self.assertIsInstance(first, int)
        self.assertSoldOut(second)
        self._assert_inventory_right(3)

    def test_stays_that_share_one_night_meet_there(self):
        self._fill(left=1)
        first, second = self._overlap(
            self._book(arrival=self.night - timedelta(days=1), nights=2), self._book(nights=3)
        )
        self.assertIsInstance(first, int)
        self.assertSoldOut(second)
        self._assert_inventory_right(0, self.night + timedelta(days=1))

    def test_who_comes_after_a_cancellation_gets_the_room(self):
        self._fill(left=1)
        book = self._book()
        mine = book(self.env)
        self.cr.commit()  # pylint: disable=invalid-commit

        def cancel(env):
            env["hotel.reservation"].browse(mine)._cancel()
            return mine

        _cancelled, second = self._overlap(cancel, self._book())
        self.assertIsInstance(second, int)
        self._assert_inventory_right(3)

    def test_twelve_in_turn_on_three_rooms(self):
        results = self._at_once(*[self._book_in_turn()] * 12)
        self.assertEqual(sum(isinstance(result, int) for result in results), 3, results)
        for result in results:
            if not isinstance(result, int):
                self.assertSoldOut(result)
        self._assert_inventory_right(3)

    def test_a_turn_is_given_back_however_it_ends(self):
        def fail(env):
            env["hotel.inventory"]._in_turn(env["hotel.property"].browse(self.hotel.id))
            raise ValueError("broken")

        self.assertIsInstance(self._at_once(fail)[0], ValueError)
        self.cr.execute("SELECT COUNT(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = %s", [self.hotel.id])
        self.assertEqual(self.cr.fetchone()[0], 0)

    def test_what_was_written_before_a_turn_is_kept(self):
        with self._connect() as env:
            guest = env["res.partner"].create({"name": "Kept"})
            env["hotel.inventory"]._in_turn(env["hotel.property"].browse(self.hotel.id))
            self.assertTrue(guest.exists())

    def test_a_room_is_closed_while_somebody_books_it(self):
        room = self.rooms[0]

        def close(env):
            return env["hotel.room.closure"].create(
                {
                    "room_id": room.id,
                    "start_date": self.night,
                    "end_date": self.night + timedelta(days=1),
                    "reason": "Water",
                }
            ).id

        self._fill(left=1)
        first, second = self._overlap(close, self._book())
        self.assertIsInstance(first, int)
        self.assertSoldOut(second)
        self._assert_inventory_right(2)

    def test_two_changes_for_the_same_last_room(self):
        self._fill(left=1)
        other = self.night + timedelta(days=1)
        mine, yours = (self._book(arrival=other)(self.env) for _number in range(2))
        self.cr.commit()  # pylint: disable=invalid-commit

        def change(booking_id):
            def move(env):
                booking = env["hotel.reservation"].browse(booking_id)
                booking._change(booking.stay_ids, {"arrival_date": self.night, "departure_date": other})
                return booking_id

            return move

        first, second = self._overlap(change(mine), change(yours))
        self.assertEqual(first, mine)
        self.assertSoldOut(second)
        self._assert_inventory_right(3)
        self._assert_inventory_right(1, other)

    def test_a_hold_is_released_once_while_the_guest_confirms(self):
        terms = self._get_terms(self._get_wish(arrival=self.night))
        booking = self.env["hotel.reservation"]._book(terms)
        self.cr.commit()  # pylint: disable=invalid-commit
        number = booking.id
        first, second = self._overlap(
            lambda env: env["hotel.reservation"].browse(number)._confirm(),
            lambda env: env["hotel.reservation"].browse(number)._release_hold(),
        )
        self.assertEqual((first, second), (None, None))
        self._assert_inventory_right(1)
        self.assertEqual(booking.state, "confirmed")
