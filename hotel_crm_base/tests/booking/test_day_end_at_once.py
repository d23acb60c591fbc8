"""Two people end the same day at the same moment: it ends once."""

from datetime import date, timedelta

from odoo.tests import tagged

from ..concurrency import ConcurrencyCase
from .folio_common import FolioMakers

DAY = date(2026, 5, 1)


@tagged("post_install", "-at_install")
class TestDayEndAtOnce(FolioMakers, ConcurrencyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hotel.business_date = DAY
        cls._make_folio_scene()
        cls.stay = cls._make_in_house(nights=5).stay_ids
        cls.cr.commit()

    def _end(self, env, day):
        day_end = env["hotel.property"].browse(self.hotel.id)._run_day_end(day)
        env.cr.commit()
        return day_end.id

    def test_two_ends_of_one_day_are_one(self):
        day = self.hotel.business_date
        first, second = self._at_once(lambda env: self._end(env, day), lambda env: self._end(env, day))
        self.assertEqual(first, second)
        self.cr.rollback()
        self.env.invalidate_all()
        self.assertEqual(self.hotel.business_date, day + timedelta(days=1))
        day_end = self.env["hotel.day.end"].browse(first)
        self.assertEqual((day_end.state, day_end.nights_posted), ("done", 1))
        posted = self.stay.folio_line_ids.filtered("hotel_posted_at")
        self.assertEqual(posted.mapped("hotel_service_date").count(day), 1)

    def test_the_job_leaves_a_day_that_somebody_is_ending_alone(self):
        day = self.hotel.business_date

        def by_hand(env):
            return env["hotel.property"].browse(self.hotel.id)._run_day_end(day).id

        def by_clock(env):
            return env["hotel.property"].browse(self.hotel.id)._run_day_end(day, pause=lambda done: 1).id

        first, second = self._overlap(by_hand, by_clock)
        self.assertNotIsInstance(first, Exception)
        # the job either left it, or came after the other one and found it done
        self.cr.rollback()
        self.env.invalidate_all()
        ends = self.env["hotel.day.end"].search([("property_id", "=", self.hotel.id), ("date", "=", day)])
        self.assertEqual((ends.ids, ends.nights_posted), ([first], 1))
        self.assertEqual(self.hotel.business_date, day + timedelta(days=1))
        self.assertEqual(type(second).__name__, "LockError")
