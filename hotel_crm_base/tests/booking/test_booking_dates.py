"""Days that are easily got wrong: leap days, New Year, changes of the clock, midnight, other time zones."""

from datetime import date, datetime, timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged

from odoo.addons.hotel_crm_base.models.booking.errors import InvalidTerms
from odoo.addons.hotel_crm_base.tests.booking.booking_common import BookingCase


@tagged("post_install", "-at_install")
class TestBookingDates(BookingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hotel.horizon_days = 400
        cls.env["hotel.inventory"]._open_horizon(cls.hotel)
        cls.room_type.product_id.taxes_id = False

    def _at(self, *moment):
        """Let it be this moment (UTC)."""
        return patch.object(fields.Datetime, "now", lambda *args: datetime(*moment))

    def _nights(self, booking):
        return [str(night.date) for night in booking.stay_ids.night_ids]

    def test_the_night_of_the_29th_of_february_is_sold_and_charged(self):
        booking = self._book(arrival=date(2028, 2, 28), nights=3, confirm=True)
        self.assertEqual(self._nights(booking), ["2028-02-28", "2028-02-29", "2028-03-01"])
        self.assertEqual(self._sold(5), [0, 1, 1, 1, 0])
        booking._change(booking.stay_ids, {"departure_date": date(2028, 2, 29)})
        self.assertEqual(self._sold(5), [0, 1, 0, 0, 0])

    def test_a_stay_over_new_year(self):
        booking = self._book(arrival=date(2028, 12, 30), nights=4)
        self.assertEqual(self._nights(booking), ["2028-12-30", "2028-12-31", "2029-01-01", "2029-01-02"])
        self.assertEqual(sum(booking.stay_ids.night_ids.mapped("rate")), 400)

    def test_nights_in_which_the_clock_changes_are_nights_like_others(self):
        for arrival in (date(2028, 3, 25), date(2028, 10, 28)):
            booking = self._book(arrival=arrival, nights=2)
            self.assertEqual(len(booking.stay_ids.night_ids), 2)
            free = self.env["hotel.inventory"]._get_free(self.hotel, arrival, arrival + timedelta(days=2))
            self.assertEqual(free[self.room_type.id], 1)

    def test_free_hours_pass_as_hours_when_the_clock_changes(self):
        self.hotel.policy_id = self.env["hotel.cancellation.policy"].create({"name": "Day", "code": "d"})
        spring = self._book(arrival=date(2028, 3, 26), confirm=True)
        autumn = self._book(arrival=date(2028, 10, 29), confirm=True)
        self.assertEqual(str(spring.free_until_at), "2028-03-25 14:00:00")
        self.assertEqual(str(autumn.free_until_at), "2028-10-28 15:00:00")

    def test_tonight_is_booked_online_until_the_business_day_ends(self):
        self.hotel.write({"tz": "Asia/Shanghai", "is_day_end_automatic": True, "day_end_time": 4.0})
        with self._at(2028, 2, 28, 15, 59):  # 23:59 in Shanghai
            self.hotel._roll_business_date()
            self.assertEqual(self.hotel.business_date, date(2028, 2, 28))
            booking = self._book(arrival=date(2028, 2, 28), channel="web")
            self.assertEqual(str(booking.hold_expires_at), "2028-02-28 16:19:00")
        with self._at(2028, 2, 28, 16, 5):  # five past midnight: the same night
            self.hotel._roll_business_date()
            booking._confirm()
            late = self._book(arrival=date(2028, 2, 28), channel="web")
            self.assertEqual((booking.state, late.state), ("confirmed", "held"))
        with self._at(2028, 2, 28, 20, 1):  # 4:01 in the morning of the 29th
            self.hotel._roll_business_date()
            with self.assertRaises(InvalidTerms):
                self._book(arrival=date(2028, 2, 28), channel="web")

    def test_the_day_of_the_property_counts_and_not_that_of_the_server(self):
        self.hotel.write({"tz": "Pacific/Auckland", "is_day_end_automatic": True, "day_end_time": 4.0})
        with self._at(2028, 2, 27, 20, 0):  # the 28th, 9:00 in Auckland
            self.hotel._roll_business_date()
            with self.assertRaises(InvalidTerms):
                self._book(arrival=date(2028, 2, 27), channel="web")
            self.assertTrue(self._book(arrival=date(2028, 2, 28), channel="web"))
        self.assertEqual(str(self.hotel._to_utc(date(2028, 2, 28), 15.0)), "2028-02-28 02:00:00")
