from datetime import date, timedelta

from odoo.tests import tagged

from odoo.addons.hotel_crm_base.models.booking.errors import InvalidTerms, NotChangeable, PriceChanged, SoldOut
from odoo.addons.hotel_crm_base.tests.booking.booking_common import BookingCase


@tagged("post_install", "-at_install")
class TestBookingChange(BookingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.suite = cls._make_room_type(cls.hotel, name="Suite")
        cls.suite.product_id.list_price = 300.0
        cls.suite_room = cls._make_room(cls.suite)
        (cls.room_type | cls.suite).product_id.taxes_id = False
        cls.env["hotel.inventory"]._open_horizon(cls.hotel)

    def _day(self, number):
        return self.today + timedelta(days=number)

    def test_a_longer_stay_costs_the_new_nights_and_takes_their_rooms(self):
        booking = self._book(confirm=True, nights=2)
        self.room_type.product_id.list_price = 150.0
        changes = {"departure_date": self._day(3)}
        quote = booking._quote_change(booking.stay_ids, changes)
        self.assertEqual(
            (quote["old_total"], quote["new_total"], quote["difference"], quote["problems"]), (200.0, 350.0, 150.0, [])
        )
        self.assertEqual(self._sold(3), [1, 1, 0])
        booking._change(booking.stay_ids, changes, expected_total=350.0)
        self.assertEqual(booking.stay_ids.night_ids.mapped("rate"), [100.0, 100.0, 150.0])
        self.assertEqual((booking.departure_date, self._sold(3)), (self._day(3), [1, 1, 1]))
        self.assertEqual(booking.line_ids.departure_date, self._day(3))

    def test_another_type_is_priced_anew_and_gives_the_old_room_back(self):
        booking = self._book(confirm=True, nights=2, room_id=self.rooms[0].id)
        booking._change(booking.stay_ids, {"room_type_id": self.suite.id})
        self.assertEqual((self._sold(2), self._sold(2, self.suite)), ([0, 0], [1, 1]))
        self.assertEqual(booking.stay_ids.night_ids.mapped("rate"), [300.0, 300.0])
        self.assertFalse(booking.stay_ids.room_id)

    def test_other_dates_give_the_old_nights_back(self):
        booking = self._book(confirm=True, nights=2)
        before = self._collect("_after_change")
        booking._change(booking.stay_ids, {"arrival_date": self._day(1), "departure_date": self._day(4)})
        self.assertEqual(self._sold(5), [0, 1, 1, 1, 0])
        self.assertEqual(before[0]["arrival_date"], self.today)
        self.assertEqual(before[0]["total"], 200.0)

    def test_a_change_to_nights_that_are_sold_out_changes_nothing(self):
        for _room in self.rooms:
            self._book(arrival=self._day(2))
        booking = self._book(confirm=True, nights=2)
        changes = {"departure_date": self._day(3)}
        self.assertIn("Sold out", booking._quote_change(booking.stay_ids, changes)["problems"][0])
        with self.assertRaises(SoldOut), self.cr.savepoint():
            booking._change(booking.stay_ids, changes)
        self.assertEqual((self._sold(3), booking.departure_date), ([1, 1, 2], self._day(2)))

    def test_a_change_at_another_price_than_shown_is_refused(self):
        booking = self._book(confirm=True)
        with self.assertRaisesRegex(PriceChanged, "200"):
            booking._change(booking.stay_ids, {"departure_date": self._day(2)}, expected_total=150.0)

    def test_who_leaves_early_gives_nights_back_and_who_stays_on_takes_more(self):
        booking = self._book(confirm=True, nights=3, room_id=self.rooms[0].id)
        stay = booking.stay_ids
        stay.action_check_in()
        self.hotel.business_date = self._day(1)
        with self.assertRaises(NotChangeable):
            booking._change(stay, {"arrival_date": self._day(1)})
        booking._change(stay, {"departure_date": self._day(2)})
        self.assertEqual(self._sold(4), [1, 1, 0, 0])
        booking._change(stay, {"departure_date": self._day(4)})
        self.assertEqual(self._sold(4), [1, 1, 1, 1])
        with self.assertRaises(InvalidTerms):
            booking._change(stay, {"departure_date": self.today})
        self._book(arrival=self._day(5), room_id=self.rooms[0].id)
        with self.assertRaisesRegex(SoldOut, "choose another room"):
            booking._change(stay, {"departure_date": self._day(6)})

    def test_nights_slept_keep_their_price_when_a_guest_in_house_moves_to_a_suite(self):
        booking = self._book(confirm=True, nights=3)
        booking.stay_ids.action_check_in()
        self.hotel.business_date = self._day(1)
        booking._change(booking.stay_ids, {"room_type_id": self.suite.id})
        self.assertEqual(booking.stay_ids.night_ids.mapped("rate"), [100.0, 300.0, 300.0])

    def test_more_people_than_beds_are_refused(self):
        booking = self._book(confirm=True)
        with self.assertRaises(InvalidTerms):
            booking._change(booking.stay_ids, {"adults": 5})

    def test_guests_change_online_until_the_free_time_ends(self):
        policy = self.env["hotel.cancellation.policy"].create({"name": "Day", "code": "day", "free_until_hours": 24})
        self.hotel.policy_id = policy
        booking = self._book(confirm=True, arrival=date(2028, 3, 10)).with_context(hotel_by_guest=True)
        changes = {"departure_date": date(2028, 3, 12)}
        self.assertFalse(booking._quote_change(booking.stay_ids, changes)["problems"])
        booking.free_until_at = date(2020, 1, 1)
        self.assertTrue(booking._quote_change(booking.stay_ids, changes)["problems"])
        with self.assertRaises(NotChangeable):
            booking._change(booking.stay_ids, changes)

    def test_the_free_time_moves_with_the_arrival(self):
        self.hotel.policy_id = self.env["hotel.cancellation.policy"].create({"name": "Day", "code": "day"})
        booking = self._book(confirm=True, arrival=date(2028, 3, 10))
        # Lisbon: 15:00 of winter time is 15:00 UTC; on the 26th of March it is 14:00 UTC
        self.assertEqual(str(booking.free_until_at), "2028-03-09 15:00:00")
        booking._change(
            booking.stay_ids, {"arrival_date": date(2028, 3, 26), "departure_date": date(2028, 3, 27)}
        )
        self.assertEqual(str(booking.free_until_at), "2028-03-25 14:00:00")

    def test_a_room_of_another_type_is_an_upgrade_at_the_old_price(self):
        booking = self._book(confirm=True, nights=2)
        stay = booking.stay_ids
        stay.room_id = self.suite_room
        self.assertEqual((stay.room_type_id, stay.booked_room_type_id), (self.suite, self.room_type))
        self.assertEqual((self._sold(2), self._sold(2, self.suite)), ([0, 0], [1, 1]))
        self.assertEqual(stay.night_ids.mapped("rate"), [100.0, 100.0])
        stay.room_id = self.rooms[0]
        self.assertEqual((stay.room_type_id, stay.booked_room_type_id.id), (self.room_type, False))
        self.assertEqual((self._sold(2), self._sold(2, self.suite)), ([1, 1], [0, 0]))

    def test_dates_changed_in_the_stay_itself_reach_the_folio(self):
        booking = self._book(confirm=True, nights=2)
        booking.stay_ids.with_user(self._make_user("front_office")).departure_date += timedelta(days=1)
        lines = booking.stay_ids.folio_line_ids.filtered("hotel_is_night")
        self.assertEqual(sorted(lines.mapped("hotel_service_date")), [self._day(number) for number in range(3)])
        self.assertEqual(self._sold(4), [1, 1, 1, 0])

    def _collect(self, hook):
        calls = []
        bookings = type(self.env["hotel.reservation"])
        self._patch(bookings, hook, lambda reservation, *args: calls.extend(args or [reservation]))
        return calls
