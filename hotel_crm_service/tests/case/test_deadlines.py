"""The engine of deadlines: random weeks, places, pauses, and nights in which the clock is changed."""

from datetime import datetime, timedelta

from hypothesis import given, reject, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from odoo.addons.hotel_crm_service import deadlines

ZONES = ("UTC", "Europe/Lisbon", "America/New_York", "Asia/Shanghai", "Australia/Lord_Howe")
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)).map(lambda moment: moment.replace(microsecond=0))
SPAN = st.tuples(st.integers(0, 23), st.integers(1, 24)).filter(lambda span: span[0] < span[1])
WEEKS = st.dictionaries(st.integers(0, 6), st.lists(SPAN, min_size=1, max_size=2).map(tuple), min_size=1)
HOURS = st.none() | st.builds(deadlines.Hours, st.sampled_from(ZONES), WEEKS)
MINUTES = st.integers(1, 5000)


def as_pauses(start, parts):
    """Return pauses after a start: (minutes until it begins, minutes it lasts), one after the other."""
    pauses, moment = [], start
    for gap, length in parts:
        begin = moment + timedelta(minutes=gap)
        moment = begin + timedelta(minutes=length)
        pauses.append((begin, moment))
    return pauses


PARTS = st.lists(st.tuples(st.integers(0, 3000), st.integers(1, 3000)), max_size=3)


@tagged("post_install", "-at_install")
class TestDeadlines(BaseCase):
    @settings(max_examples=150, deadline=None)
    @given(HOURS, MOMENTS, MINUTES, PARTS)
    def test_between_start_and_deadline_lie_exactly_the_minutes(self, hours, start, minutes, parts):
        pauses = as_pauses(start, parts)
        due = deadlines.deadline(hours, start, minutes, pauses)
        if not due:
            reject()
        self.assertEqual(deadlines.seconds_between(hours, start, due, pauses), minutes * 60)
        self.assertLess(deadlines.seconds_between(hours, start, due - timedelta(seconds=1), pauses), minutes * 60)

    @settings(max_examples=150, deadline=None)
    @given(HOURS, MOMENTS, MINUTES, st.integers(1, 2000), PARTS)
    def test_more_minutes_and_more_pauses_are_never_earlier(self, hours, start, minutes, more, parts):
        due, later = (deadlines.deadline(hours, start, number) for number in (minutes, minutes + more))
        # an hour a week: it lies beyond the days that are looked at
        if not later:
            reject()
        self.assertGreater(later, due)
        self.assertGreaterEqual(deadlines.deadline(hours, start, minutes, as_pauses(start, parts)), due)

    @settings(max_examples=100, deadline=None)
    @given(HOURS, MOMENTS, MOMENTS, MOMENTS)
    def test_times_add_up(self, hours, first, second, third):
        a, b, c = sorted((first, second, third))
        parts = deadlines.seconds_between(hours, a, b) + deadlines.seconds_between(hours, b, c)
        self.assertEqual(parts, deadlines.seconds_between(hours, a, c))

    @settings(max_examples=100, deadline=None)
    @given(MOMENTS, MINUTES, PARTS)
    def test_day_and_night_a_pause_before_the_deadline_moves_it_by_its_length(self, start, minutes, parts):
        pauses = as_pauses(start, parts)
        due = deadlines.deadline(None, start, minutes, pauses)
        stood = sum((end - begin for begin, end in pauses if begin < due), timedelta())
        self.assertEqual(due, start + timedelta(minutes=minutes) + stood)

    def test_a_night_in_which_the_clock_is_changed_has_its_own_length(self):
        night = deadlines.Hours("Europe/Lisbon", {6: ((0, 6),)})
        whole = datetime(2026, 3, 29), datetime(2026, 3, 30)
        self.assertEqual(deadlines.seconds_between(night, *whole), 5 * 3600)
        whole = datetime(2026, 10, 24, 23), datetime(2026, 10, 26)
        self.assertEqual(deadlines.seconds_between(night, *whole), 7 * 3600)
        gone = deadlines.Hours("Europe/Lisbon", {6: ((1, 2),)})  # the hour that is left out
        self.assertEqual(deadlines.seconds_between(gone, datetime(2026, 3, 29), datetime(2026, 3, 30)), 0)

    def test_a_place_that_never_opens_and_a_clock_that_stands_have_no_deadline(self):
        start = datetime(2026, 5, 1)
        self.assertIsNone(deadlines.deadline(deadlines.Hours("UTC", {}), start, 1))
        closed = deadlines.Hours("UTC", {0: ((9, 17),)}, ((start, start + timedelta(days=900)),))
        self.assertIsNone(deadlines.deadline(closed, start, 1))
        self.assertIsNone(deadlines.deadline(None, start, 5, [(start, None)]))

    def test_every_second_week_may_differ(self):
        hours = deadlines.Hours("UTC", {0: ((9, 10),)}, second_week={2: ((9, 10),)})
        self.assertEqual(deadlines.deadline(hours, datetime(2026, 1, 1), 60), datetime(2026, 1, 5, 10))
        self.assertEqual(deadlines.deadline(hours, datetime(2026, 1, 6), 60), datetime(2026, 1, 14, 10))
