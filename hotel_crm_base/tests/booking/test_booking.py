from datetime import timedelta

from odoo.tests import tagged

from odoo.addons.hotel_crm_base.models.booking.errors import GuestRefused, InvalidTerms, SoldOut
from odoo.addons.hotel_crm_base.tests.booking.booking_common import BookingCase


@tagged("post_install", "-at_install")
class TestBooking(BookingCase):
    def test_a_booking_is_held_confirmed_and_cancelled(self):
        booking = self._book(nights=2)
        self.assertEqual(booking.state, "held")
        self.assertTrue(booking.hold_expires_at)
        self.assertTrue(booking.name)
        self.assertEqual(self._sold(2), [1, 1])
        booking._confirm()
        self.assertEqual((booking.state, booking.hold_expires_at), ("confirmed", False))
        self.assertEqual(booking.stay_ids.state, "booked")
        booking._cancel("Changed plans")
        self.assertEqual((booking.state, booking.cancel_reason), ("cancelled", "Changed plans"))
        self.assertEqual(self._sold(2), [0, 0])

    def test_the_last_room_is_sold_once(self):
        for _room in self.rooms:
            self._book()
        with self.assertRaisesRegex(SoldOut, "Sold out: no room of type"):
            self._book()

    def test_the_same_request_twice_is_one_booking(self):
        first = self._book(source_system="web", source_ref="abc")
        self.assertEqual(self._book(source_system="web", source_ref="abc"), first)
        self.assertEqual(self._sold(1), [1])

    def test_what_makes_no_sense_is_refused(self):
        for values in (
            {"nights": -1},
            {"nights": 0, "channel": "web"},
            {"arrival": self.today - timedelta(days=1)},
            {"adults": 9},
            {"adults": 0},
            {"room_type_id": 0},
        ):
            with self.subTest(values=values), self.assertRaises(InvalidTerms):
                self._book(**values)

    def test_a_blocked_guest_is_refused_politely_online_and_with_the_reason_at_the_desk(self):
        self.guest.hotel_block_reason = "payment"
        with self.assertRaisesRegex(GuestRefused, "Unpaid Bills"):
            self._book()
        with self.assertRaisesRegex(GuestRefused, "^We are sorry"):
            self._book(channel="web")

    def test_a_hold_that_runs_out_gives_the_rooms_back(self):
        booking = self._book()
        booking.hold_expires_at -= timedelta(hours=1)
        with self.enter_registry_test_mode():
            self.env.ref("hotel_crm_base.ir_cron_release_holds").method_direct_trigger()
        self.assertEqual((booking.state, booking.is_hold_released), ("cancelled", True))
        self.assertEqual(self._sold(1), [0])
        booking._confirm()
        self.assertEqual((booking.state, self._sold(1)), ("confirmed", [1]))
