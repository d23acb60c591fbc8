"""Booking analytics against the same figures computed with pandas from the file itself."""

import random
from datetime import date, datetime, timedelta
from unittest import skipUnless

from odoo.tests import tagged

from ..border.bookings_facts import FACTS, MISSING, PATH, BookingsFacts
from ..border.import_common import ImportCase, make_bookings
from .booking_figures import HOTELS, BookingFigures, read_bookings


@tagged("post_install", "-at_install")
class TestBookingFigures(BookingFigures, ImportCase):
    """A small file of the same layout, made here, with all that is odd about the real one."""

    def _make_file(self, size=500):
        dice, rows = random.Random(4), []
        for _number in range(size):
            arrival = date(2016, 7, 1) + timedelta(days=dice.randrange(700))
            nights, lead = dice.choice([0, 1, 1, 2, 3, 9]), dice.choice([0, 0, 1, 5, 20, 100, 400])
            status = dice.choice(["Check-Out", "Check-Out", "Check-Out", "Canceled", "No-Show"])
            done = {"Check-Out": arrival + timedelta(days=nights), "No-Show": arrival}.get(
                status, arrival - timedelta(days=dice.randrange(lead + 1))
            )
            rows.append(
                {
                    "hotel": dice.choice(HOTELS),
                    "is_canceled": int(status != "Check-Out"),
                    "lead_time": lead,
                    "arrival_date_year": arrival.year,
                    "arrival_date_month": f"{arrival:%B}",
                    "arrival_date_day_of_month": arrival.day,
                    "stays_in_weekend_nights": nights // 3,
                    "stays_in_week_nights": nights - nights // 3,
                    "market_segment": dice.choice(["Online TA", "Groups", "Direct"]),
                    "distribution_channel": dice.choice(["TA/TO", "Direct", "GDS"]),
                    "adr": dice.choice([-6.38, 0, dice.randrange(2000, 20000) / 100]),
                    "reservation_status": status,
                    "reservation_status_date": done.isoformat(),
                }
            )
        return make_bookings(*rows)

    def test_our_figures_equal_those_of_pandas(self):
        content = self._make_file()
        self._set_scene(read_bookings(content), date(2017, 3, 31))
        self._load(content)
        self._check_all()

    def test_holds_that_ran_out_are_no_cancellations_and_never_were_on_the_books(self):
        hotel, guest = self.hotel, self._make_guest()
        hotel.business_date = date(2026, 4, 1)
        values = {"arrival": date(2026, 5, 1), "nights": 2, "booked_at": datetime(2026, 3, 1, 12)}
        reservations = self.env["hotel.reservation"].create(
            [
                {"partner_id": guest.id, "property_id": hotel.id, "confirmed_at": at}
                for at in (False, datetime(2026, 3, 2))
            ]
        )
        for reservation in reservations:
            stay = self._make_stay(guest, **values, reservation_id=reservation.id, state="held")
            stay.action_cancel()
            stay.cancelled_at = datetime(2026, 3, 20, 12)
        self._make_stay(guest, **values)
        self._make_stay(guest, **values, state="held")
        bookings = self.env["hotel.booking.report"]._read_group(
            [("property_id", "=", hotel.id), ("state", "!=", "held")], [], ["bookings:sum", "cancelled:sum"]
        )
        self.assertEqual(bookings, [(2, 1)])
        pace = self.env["hotel.pace.report"]
        domain, measures = [("property_id", "=", hotel.id)], ["nights:sum", "pickup_nights:sum"]
        self.assertEqual(pace._read_group(domain, [], measures), [(2, 0)])
        earlier = pace.with_context(hotel_pace_date="2026-03-10")
        self.assertEqual(earlier._read_group(domain, [], ["nights:sum"]), [(4,)])
        self.assertEqual(pace.search_count(domain), 2)
        hotel.business_date = date(2026, 3, 22)  # the pickup of the week has the cancellation
        self.assertEqual(pace._read_group(domain, [], measures), [(2, -2)])

    def test_last_years_night_stands_beside_the_same_day_of_the_week(self):
        hotel, guest = self.hotel, self._make_guest()
        hotel.business_date = date(2028, 2, 1)
        self._make_stay(guest, arrival=date(2027, 3, 2), nights=1, booked_at=datetime(2027, 1, 1), state="departed")
        present, row = self.env["hotel.pace.report"].search([("property_id", "=", hotel.id)], order="date")
        self.assertEqual((present.date, present.nights, present.last_nights), (date(2027, 3, 2), 1, 0))
        self.assertEqual((row.date, row.nights, row.last_nights, row.final_nights), (date(2028, 2, 29), 0, 1, 1))
        self.assertEqual(row.date.weekday(), self.env["hotel.pace.report"]._get_comparable_date(row.date).weekday())

    def test_a_change_of_the_session_is_in_the_next_figure(self):
        """What the ORM has not written yet counts too."""
        hotel, guest = self.hotel, self._make_guest()
        hotel.business_date = date(2026, 4, 1)
        stay = self._make_stay(guest, arrival=date(2026, 5, 1), nights=2, booked_at=datetime(2026, 3, 1))
        pace, domain = self.env["hotel.pace.report"], [("property_id", "=", hotel.id)]
        self.assertEqual(pace._read_group(domain, [], ["nights:sum", "revenue:sum"]), [(2, 200)])
        stay.rate = 150
        self.assertEqual(pace._read_group(domain, [], ["revenue:sum"]), [(300,)])
        stay.booked_at = datetime(2026, 4, 2)
        self.assertEqual(pace._read_group(domain, [], ["nights:sum"])[0][0] or 0, 0)
        hotel.business_date = date(2026, 4, 2)
        self.assertEqual(pace._read_group(domain, [], ["nights:sum"]), [(2,)])


@tagged("post_install", "-at_install")
@skipUnless(PATH.exists(), MISSING)
class TestRealBookingFigures(BookingsFacts, BookingFigures, ImportCase):
    """The real file, loaded once: what the import made of it, and what our reports say of that."""

    def test_our_figures_equal_the_published_facts_and_those_of_pandas(self):
        content = PATH.read_bytes()
        self._set_scene(read_bookings(content, "gzip"), date(2017, 3, 31))
        self._assert_facts(self._load(content))
        for (name,), values in self._read(
            "hotel.booking.report", ["property_id"], ["bookings:sum", "cancelled:sum", "no_shows:sum"]
        ).items():
            self.assertEqual(values, FACTS[name][:3])
        for (name,), values in self._read(
            "hotel.stay.report", ["property_id"], ["nights:sum", "property_revenue:sum"]
        ).items():
            self.assertEqual((values[0], round(float(values[1]), 2)), FACTS[name][3:5])
        self._check_all()
