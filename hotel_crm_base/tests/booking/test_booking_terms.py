from datetime import date, datetime, timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from odoo.addons.hotel_crm_base.tests.booking.booking_common import BookingCase


@tagged("post_install", "-at_install")
class TestBookingTerms(BookingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.policy = cls.env["hotel.cancellation.policy"].create(
            {"name": "Two days", "code": "two", "free_until_hours": 48, "fee_kind": "nights", "fee_value": 1}
        )
        cls.hotel.policy_id = cls.policy
        cls.room_type.product_id.taxes_id = False

    def _at(self, *moment):
        """Let it be this moment (UTC)."""
        return patch.object(fields.Datetime, "now", lambda *args: datetime(*moment))

    def test_a_cancellation_is_free_to_the_minute_and_costs_a_night_afterwards(self):
        booking = self._book(confirm=True, arrival=date(2028, 3, 10), nights=3)
        self.assertEqual(str(booking.free_until_at), "2028-03-08 15:00:00")
        self.assertEqual(booking._get_cancellation_fee(datetime(2028, 3, 8, 15, 0)), 0)
        self.assertEqual(booking._get_cancellation_fee(datetime(2028, 3, 8, 15, 1)), 100)
        with self._at(2028, 3, 9, 12):
            quote = booking._quote_cancel()
            self.assertEqual((quote["fee"], quote["refund"]), (100, 0))
            self.assertIn("100", quote["sentence"])
            booking._cancel("Ill")
        self.assertEqual((booking.state, booking.fee_due), ("cancelled", 100))

    def test_a_percentage_is_of_the_whole_booking(self):
        self.policy.write({"fee_kind": "percent", "fee_value": 80})
        booking = self._book(confirm=True, arrival=date(2028, 3, 10), nights=3)
        self.assertEqual(booking._get_cancellation_fee(datetime(2028, 3, 10)), 240)

    def test_the_terms_stay_as_they_were_booked(self):
        booking = self._book(confirm=True, arrival=date(2028, 3, 10))
        self.policy.write({"free_until_hours": 500, "fee_kind": "none"})
        self.assertEqual(booking._get_cancellation_fee(datetime(2028, 3, 10)), 100)

    def test_held_rooms_are_given_up_free_of_charge(self):
        booking = self._book(arrival=date(2028, 3, 1))
        self.assertEqual(booking._get_cancellation_fee(datetime(2028, 3, 1, 20)), 0)

    def test_the_clock_of_the_property_decides_also_when_it_changes(self):
        # Lisbon goes to summer time in the night to the 26th of March 2028: 15:00 is 14:00 UTC then
        booking = self._book(confirm=True, arrival=date(2028, 3, 26))
        self.assertEqual(str(booking.free_until_at), "2028-03-24 14:00:00")

    def test_a_no_show_costs_what_the_terms_say(self):
        self.policy.write({"no_show_fee_kind": "percent", "no_show_fee_value": 90})
        booking = self._book(confirm=True, nights=2)
        booking.stay_ids.action_no_show()
        self.assertEqual((booking.state, booking._get_no_show_fee()), ("no_show", 180))

    def test_only_managers_waive_the_fee(self):
        booking = self._book(confirm=True)
        clerk, manager = self._make_user("front_office"), self._make_user("manager")
        with self._at(2028, 2, 27, 20):
            with self.assertRaises(AccessError):
                booking.with_user(clerk).action_cancel("Friend", waive_fee=True)
            booking.with_user(manager).action_cancel("Friend", waive_fee=True)
        self.assertEqual((booking.state, booking.fee_due), ("cancelled", 0))

    def test_the_desk_sees_the_fee_before_it_cancels(self):
        booking = self._book(confirm=True)
        clerk = self._make_user("front_office")
        with self._at(2028, 2, 27, 20):
            form = Form(
                self.env["hotel.reservation.cancel"].with_user(clerk).with_context(default_reservation_id=booking.id)
            )
            self.assertEqual(form.fee, 100)
            form.reason = "Ill"
            form.save().action_apply()
        self.assertEqual((booking.state, booking.cancel_reason), ("cancelled", "Ill"))

    def test_the_desk_sees_the_price_before_it_changes(self):
        booking = self._book(confirm=True)
        clerk = self._make_user("call_agent")
        form = Form(
            self.env["hotel.stay.change"].with_user(clerk).with_context(default_stay_id=booking.stay_ids.id)
        )
        form.departure_date = self.today + timedelta(days=3)
        self.assertEqual((form.old_total, form.new_total, form.difference), (100, 300, 200))
        form.save().action_apply()
        self.assertEqual(self._sold(4), [1, 1, 1, 0])

    def test_a_request_is_declined_with_a_reason(self):
        self.hotel.is_confirmation_manual = True
        booking = self._book(channel="web")
        self.assertEqual((booking.state, booking.hold_expires_at, booking.is_hold_endless), ("held", False, True))
        booking.action_decline("We are closed that week.")
        self.assertEqual((booking.state, booking.cancel_reason), ("cancelled", "We are closed that week."))
        self.assertEqual(self._sold(1), [0])

    def test_a_manager_sets_what_is_for_sale(self):
        manager = self._make_user("manager")
        for _room in self.rooms:
            self._book()
        form = Form(self.env["hotel.inventory.set"].with_user(manager))
        form.property_id = self.hotel
        form.start_date = self.today
        form.end_date = self.today + timedelta(days=2)
        form.limit_mode = "set"
        form.limit = 1
        form.overbooking_mode = "set"
        form.overbooking = 3
        form.save().action_set()
        nights = self.env["hotel.inventory"].search([("room_type_id", "=", self.room_type.id)], order="date", limit=4)
        self.assertEqual(nights.mapped("allotment"), [1, 1, 1, 2])
        self.assertEqual(nights.mapped("overbooking"), [3, 3, 3, 0])
        form = Form(self.env["hotel.inventory.set"].with_user(manager))
        form.property_id = self.hotel
        form.start_date = form.end_date = self.today
        form.overbooking_mode = "clear"
        form.save().action_set()
        self.assertEqual((nights[0].overbooking, nights[0].shortfall, nights[0].free), (0, 1, 0))
        clerk = self._make_user("front_office")
        with self.assertRaises(AccessError):
            self.env["hotel.inventory.set"].with_user(clerk).create({"property_id": self.hotel.id})

    def test_a_group_of_rooms_for_somebody_else_is_one_booking(self):
        friend = self._make_guest("Rui Pinto")
        wishes = [self._get_wish(guest_id=friend.id), self._get_wish()]
        booking = self.env["hotel.reservation"]._book(self._get_terms(*wishes))
        self.assertEqual(booking.stay_ids.partner_id, friend | self.guest)
        self.assertEqual((len(booking.stay_ids), self._sold(1)), (2, [2]))
        friend.hotel_block_reason = "damage"
        with self.assertRaisesRegex(Exception, "Rui Pinto"):
            self.env["hotel.reservation"]._book(self._get_terms(self._get_wish(guest_id=friend.id)))

    def test_one_room_of_several_is_cancelled_alone_and_the_last_one_ends_the_booking(self):
        wishes = [self._get_wish(), self._get_wish()]
        booking = self.env["hotel.reservation"]._book(self._get_terms(*wishes), confirm=True)
        first, second = booking.stay_ids
        with self._at(2028, 2, 1):
            first.action_cancel()
            self.assertEqual((booking.state, self._sold(1)), ("confirmed", [1]))
            self.assertFalse(booking.cancelled_at)
            second.action_cancel()
            self.assertEqual((booking.state, self._sold(1)), ("cancelled", [0]))
            self.assertTrue(booking.cancelled_at)
            first.action_reinstate()
        self.assertEqual((booking.state, booking.cancelled_at, self._sold(1)), ("confirmed", False, [1]))

    def test_a_clerk_and_an_agent_book_with_their_own_rights(self):
        for role in ("front_office", "call_agent"):
            user = self._make_user(role)
            booking = self._book(env=self.env(user=user), confirm=True)
            with self.subTest(role):
                self.assertEqual(booking.state, "confirmed")
                booking.action_cancel("Test")
                self.assertEqual(booking.state, "cancelled")
        with self.assertRaises(AccessError):
            self._book(env=self.env(user=self._make_user("housekeeping")))
