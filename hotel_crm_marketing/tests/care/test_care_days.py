"""On which day which guests are greeted: both calendars, leap days, time zones, late bookings."""

from datetime import date, timedelta

from odoo.exceptions import ValidationError
from odoo.tests import freeze_time, tagged

from .care_common import CareCase

TODAY = date(2026, 5, 11)


@tagged("post_install", "-at_install")
class TestCareDays(CareCase):
    def _run_on(self, rule, moment):
        with freeze_time(moment):
            rule._query_select()
        return self.env["hotel.care.greeting"].search([("rule_id", "=", rule.id)]).partner_id

    def test_a_birthday_is_greeted_on_its_day(self):
        rule = self._make_rule()
        born, _other = (
            self._make_friend(hotel_birth_date="1980-05-11"),
            self._make_friend(hotel_birth_date="1980-05-12"),
        )
        self.assertEqual(self._run_on(rule, "2026-05-11 11:00:00"), born)

    def test_who_was_born_on_29_february_celebrates_every_year(self):
        rule, leap = self._make_rule(), self._make_friend(hotel_birth_date="2000-02-29")
        self.assertFalse(self._run_on(rule, "2028-02-28 12:00:00"))
        self.assertEqual(self._run_on(rule, "2028-02-29 12:00:00"), leap)
        rule.greeting_ids.unlink()
        self.assertEqual(self._run_on(rule, "2027-02-28 12:00:00"), leap)

    def test_the_day_is_that_of_the_hotel(self):
        lisbon = self._make_rule(property_id=self.hotel.id)
        shanghai = self._make_rule(company_id=self.other_company.id, property_id=self.other_hotel.id)
        guest = self._make_friend(hotel_birth_date="1980-05-12")
        # 20:00 UTC of the 11th is the 12th in Shanghai
        self.assertFalse(self._run_on(lisbon, "2026-05-11 20:00:00"))
        self.assertEqual(self._run_on(shanghai, "2026-05-11 20:00:00"), guest)

    def test_lunar_festivals_come_on_their_days(self):
        days = {
            "spring_festival": ("2026-02-17", "2027-02-06"),
            "lantern": ("2026-03-03", "2027-02-20"),
            "dragon_boat": ("2026-06-19", "2027-06-09"),
            "qixi": ("2026-08-19", "2027-08-08"),
            "mid_autumn": ("2026-09-25", "2027-09-15"),
            "chongyang": ("2026-10-18", "2027-10-08"),
        }
        guest = self._make_friend()
        for festival, dates in days.items():
            rule = self._make_rule("festival", festival=festival)
            for day in dates:
                with self.subTest(festival=festival, day=day):
                    before = date.fromisoformat(day) - timedelta(days=1)
                    rule.greeting_ids.unlink()
                    self.assertNotIn(guest, self._run_on(rule, f"{before} 12:00:00"))
                    self.assertIn(guest, self._run_on(rule, f"{day} 12:00:00"))

    def test_a_job_that_did_not_run_is_made_up_for(self):
        rule, guest = self._make_rule(late_days=2), self._make_friend(hotel_birth_date="1980-05-11")
        self.assertEqual(self._run_on(rule, "2026-05-13 12:00:00"), guest)
        strict = self._make_rule(name="Strict", late_days=1, sequence=99)
        self.assertFalse(self._run_on(strict, "2026-05-13 12:00:00"))

    def test_before_the_arrival_and_late_bookings_too(self):
        rule = self._make_rule("before_arrival", offset_days=-3)
        strict = self._make_rule("before_arrival", offset_days=-3, is_catch_up=False)
        guests = [self._make_friend(f"Guest {days}") for days in range(6)]
        for days, guest in enumerate(guests):
            self._make_stay(guest, arrival=TODAY + timedelta(days=days), state="booked")
        cancelled = self._make_friend("Gone")
        self._make_stay(cancelled, arrival=TODAY + timedelta(days=3), state="cancelled")
        self.assertEqual(self._run_on(rule, "2026-05-11 11:00:00"), sum(guests[:4], self.env["res.partner"]))
        self.assertEqual(self._run_on(strict, "2026-05-11 11:00:00"), guests[3])

    def test_during_and_after_the_stay(self):
        house = self._make_rule("in_stay", offset_days=1)
        after = self._make_rule("after_departure", offset_days=2)
        review = self._make_rule("review", offset_days=2)
        inside, gone = self._make_friend("Inside"), self._make_friend("Gone")
        self._make_stay(inside, arrival=TODAY - timedelta(days=1), nights=3, state="in_house")
        self._make_stay(gone, arrival=TODAY - timedelta(days=4), nights=2, state="departed")
        self.assertEqual(self._run_on(house, "2026-05-11 11:00:00"), inside)
        self.assertEqual(self._run_on(after, "2026-05-11 11:00:00"), gone)
        self.assertEqual(self._run_on(review, "2026-05-11 11:00:00"), gone)
        self.assertEqual(review.purpose, "survey")

    def test_two_rooms_of_one_guest_are_one_greeting(self):
        rule, guest = self._make_rule("before_arrival", offset_days=-3), self._make_friend()
        for _room in range(2):
            self._make_stay(guest, arrival=TODAY + timedelta(days=3), state="booked")
        self.assertEqual(rule._query_select(), 1)

    def test_the_first_stay_comes_round_and_who_stays_away_is_won_back(self):
        anniversary, back = self._make_rule("anniversary"), self._make_rule("win_back", offset_days=180)
        old, away, coming = self._make_friend("Old"), self._make_friend("Away"), self._make_friend("Coming")
        self._make_stay(old, arrival=date(2024, 5, 11), state="departed")
        for guest in (away, coming):
            self._make_stay(guest, arrival=TODAY - timedelta(days=182), nights=2, state="departed")
        self._make_stay(coming, arrival=TODAY + timedelta(days=9), state="booked")
        self.env["hotel.guest.metric"]._refresh_partners((old | away | coming).ids)
        self.assertEqual(self._run_on(anniversary, "2026-05-11 11:00:00"), old)
        self.assertEqual(self._run_on(back, "2026-05-11 11:00:00"), away)

    def test_audience_language_and_company(self):
        segment = self.env["hotel.segment"].create({"name": "VIP", "company_ids": [(6, 0, self.hotel.company_id.ids)]})
        segment.rule_ids = [(0, 0, {"criterion": "guest", "domain": "[('name', 'ilike', 'Segment')]"})]
        inside = self._make_friend("Segment", hotel_birth_date="1980-05-11", lang="en_US")
        self._make_friend("Outside", hotel_birth_date="1980-05-11", lang="en_US")
        self._make_friend("Segment 2", hotel_birth_date="1980-05-11", lang="en_US", company_id=self.other_company.id)
        self._make_friend("Segment 3", hotel_birth_date="1980-05-11", lang=False)
        rule = self._make_rule(segment_id=segment.id, lang="en_US")
        self.assertEqual(self._run_on(rule, "2026-05-11 11:00:00"), inside)

    def test_days_that_make_no_sense_are_refused(self):
        for values in (
            {"event": "before_arrival", "offset_days": 1},
            {"event": "after_departure", "offset_days": -1},
            {"event": "festival", "festival": False},
            {"event": "festival", "festival": "own", "festival_month": 13},
            {"property_id": self.other_hotel.id},
        ):
            with self.subTest(values), self.assertRaises(ValidationError):
                self._make_rule(**values)
