from datetime import datetime, timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests import tagged

from ...models.border import hotel_rate_limit
from ..common import HotelCase
from ..concurrency import ConcurrencyCase

NOON = datetime(2026, 5, 1, 12, 0, 0)
LIMITS = {"book": (3, 6, 60)}


@tagged("post_install", "-at_install")
class TestRateLimit(HotelCase):
    def setUp(self):
        super().setUp()
        self._patch(hotel_rate_limit, "LIMITS", LIMITS)
        self.registry_enter_test_mode()
        self.limits = self.env["hotel.rate.limit"]

    def _spend(self, times, subject, address="", at=NOON):
        with freeze_time(at):
            return [self.limits._spend("book", subject, address) for _time in range(times)]

    def test_a_subject_is_stopped_at_its_number_and_told_how_long(self):
        self.assertEqual(self._spend(5, "ana", at=NOON + timedelta(seconds=20)), [0, 0, 0, 40, 40])
        self.assertEqual(self._spend(1, "rui"), [0], "another subject has a number of its own")

    def test_the_ceiling_of_an_address_is_for_all_its_subjects(self):
        answers = [self._spend(1, f"guest {number}", "10.0.0.1")[0] for number in range(7)]
        self.assertEqual(answers, [0] * 6 + [60])
        self.assertEqual(self._spend(1, "guest 7", "10.0.0.2"), [0])

    def test_who_is_stopped_does_not_use_up_the_address(self):
        self._spend(30, "greedy", "10.0.0.1")
        self.assertEqual(self._spend(3, "modest", "10.0.0.1"), [0, 0, 0])

    def test_an_administrator_moves_the_ceiling(self):
        self.env["ir.config_parameter"].set_param("hotel_crm_base.rate_limit_book_address", "1")
        self.assertEqual(self._spend(1, "ana", "10.0.0.1") + self._spend(1, "rui", "10.0.0.1"), [0, 60])

    def test_the_end_of_a_period_gives_no_second_helping(self):
        self.assertEqual(self._spend(3, "ana", at=NOON + timedelta(seconds=59)), [0, 0, 0])
        self.assertGreater(self._spend(1, "ana", at=NOON + timedelta(seconds=61))[0], 0)
        self.assertEqual(self._spend(1, "ana", at=NOON + timedelta(seconds=150)), [0])

    def test_the_table_names_nobody(self):
        self._spend(1, "ana@example.com", "10.0.0.1")
        self.env.flush_all()
        keys = " ".join(self.limits.search([]).mapped("key"))
        self.assertNotIn("ana", keys)
        self.assertNotIn("10.0.0.1", keys)

    def test_old_periods_are_forgotten(self):
        self._spend(1, "ana")
        self._spend(1, "ana", at=NOON + timedelta(minutes=30))
        with freeze_time(NOON + timedelta(minutes=31)):
            self.limits._gc_counts()
        self.assertEqual(len(self.limits.search([])), 1)


@tagged("post_install", "-at_install")
class TestRateLimitAtOnce(ConcurrencyCase):
    def test_requests_at_the_same_moment_are_counted_exactly(self):
        with patch.object(hotel_rate_limit, "LIMITS", {"book": (5, 100, 3600)}):
            actions = [lambda env: env["hotel.rate.limit"]._spend("book", "one session", "10.0.0.1")] * 12
            answers = self._at_once(*actions)
        self.assertEqual(len([answer for answer in answers if answer == 0]), 5, answers)
        self.assertEqual(len([answer for answer in answers if answer]), 7, answers)

    def test_a_request_that_fails_is_counted(self):
        def fail(env):
            env["hotel.rate.limit"]._spend("send", "a booking")
            raise ValueError("the page broke")

        answers = self._at_once(fail, fail)
        self.assertTrue(all(isinstance(answer, ValueError) for answer in answers))
        self.env.invalidate_all()
        key = self.env["hotel.rate.limit"]._get_key("send|subject|a booking")
        self.assertEqual(self.env["hotel.rate.limit"].search([("key", "=", key)]).hits, 2)
