"""Calls to make: whom, when, how often, and what becomes of those that fail."""

from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..contract import ContractError, Result
from .call_common import CallCase

NOON = datetime(2026, 5, 4, 11, 0)


@freeze_time(NOON)
@tagged("post_install", "-at_install")
class TestJobs(CallCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hotel.company_id.write({"hotel_quiet_start": 21.0, "hotel_quiet_end": 9.0})
        portugal = cls.env.ref("base.pt")
        cls.guest = cls._make_guest("Ana Costa", phone="+351912345678", country_id=portugal.id)

    def _make_job(self, **values):
        return self.env["hotel.call.job"].create(
            {
                "property_id": self.hotel.id,
                "exchange_id": self.exchange.id,
                "partner_id": self.guest.id,
                "number": "+351912345678",
                "kind": "menu",
                "queue_id": self.queue.id,
                **values,
            }
        )

    def _claim(self, lease_s=120):
        return self.env["hotel.call.job"]._claim(self.exchange, 5, lease_s)

    def _fail(self, job, reason):
        return job._take_result(Result(job.attempt_count, "failed", reason))

    def test_a_call_that_reaches_the_guest_is_done(self):
        job = self._make_job()
        self.assertEqual(self._claim(), job)
        self.assertEqual(job._prepare_claimed()["agent"], "PJSIP/agent101")
        self.assertFalse(self._claim(), "claimed already")
        self.assertFalse(job._take_result(Result(1, "answered", talk_s=30.0)))
        self.assertTrue(job._take_result(Result(1, "failed", "busy")), "told before: the first one stands")
        self.assertEqual((job.state, job.attempt_ids.status), ("done", "answered"))
        with self.assertRaises(ContractError):
            job._take_result(Result(2, "answered"))

    def test_each_reason_is_tried_again_in_its_way(self):
        for reason, minutes in (
            ("busy", 10),
            ("no_answer", 120),
            ("congestion", 5),
            ("failed", 5),
            ("unreachable", 120),
        ):
            job = self._make_job()
            self._claim()
            self._fail(job, reason)
            self.assertEqual((job.state, job.due_at), ("waiting", NOON + timedelta(minutes=minutes)), reason)
            job.state = "cancelled"

    def test_a_number_that_does_not_exist_becomes_a_task(self):
        supervisor = self._make_user("call_supervisor")
        job = self._make_job()
        self._claim()
        self._fail(job, "bad_number")
        self.assertEqual((job.state, job.reason), ("failed", "bad_number"))
        self.assertEqual(job.activity_ids.user_id, supervisor)
        self.assertIn("correct", job.activity_ids.summary)

    def test_after_the_last_try_it_is_given_to_a_person(self):
        job = self._make_job()
        for turn in range(3):
            with freeze_time(NOON + timedelta(minutes=11 * turn)):
                self.assertEqual(self._claim(), job)
                self._fail(job, "busy")
        self.assertEqual((job.state, len(job.attempt_ids), len(job.activity_ids)), ("failed", 3, 1))

    def test_faults_of_our_own_side_are_no_tries_at_the_guest(self):
        job = self._make_job()
        for turn, reason in enumerate(["congestion"] * 4 + ["busy"] * 2):
            with freeze_time(NOON + timedelta(minutes=15 * turn)):
                self.assertEqual(self._claim(), job)
                self._fail(job, reason)
        self.assertEqual(job.state, "waiting")

    def test_a_lease_that_ends_gives_the_call_to_another_bridge(self):
        job = self._make_job()
        self._claim(lease_s=60)
        with freeze_time(NOON + timedelta(seconds=61)):
            self.assertEqual(self._claim(), job)
            self.assertEqual(job.attempt_count, 2)
            # the first bridge is heard of after all
            job._take_result(Result(1, "failed", "busy"))
            self.assertEqual(job.state, "claimed")
            job._take_result(Result(2, "answered"))
        self.assertEqual(job.state, "done")

    def test_guests_are_called_in_the_hours_of_where_they_live(self):
        self.guest.write({"country_id": self.env.ref("base.jp").id, "phone": "+81312345678"})
        job = self._make_job(number="+81312345678")  # eight in the evening in Tokyo
        with freeze_time("2026-05-04 12:30:00"):  # half past nine
            self.assertFalse(self._claim())
        self.assertEqual((job.state, job.due_at), ("waiting", datetime(2026, 5, 5, 0, 0)))
        self.assertEqual(job.attempt_count, 0)

    def test_who_is_not_to_be_called_is_not(self):
        self.env["phone.blacklist"].sudo()._add(["+351912345678"])
        asked, survey = self._make_job(kind="menu"), self._make_job(kind="win_back")
        self.assertEqual(self._claim(), asked, "what the guest has asked for")
        self.assertEqual((survey.state, survey.reason), ("cancelled", "do_not_call"))

    def test_surveys_need_consent(self):
        job = self._make_job(kind="survey")
        self._claim()
        self.assertEqual((job.state, job.reason), ("cancelled", "no_consent"))
        self.guest.hotel_record_consent("survey", "phone", "given")
        job = self._make_job(kind="survey")
        self.assertEqual(self._claim(), job)

    def test_without_an_agent_the_guest_is_not_called(self):
        self.agent._set_state("pause")
        job = self._make_job()
        self.assertFalse(self._claim())
        self.assertEqual((job.state, job.due_at), ("waiting", NOON + timedelta(seconds=30)))
        self.assertEqual(self._make_job(mode="menu_first"), self._claim())

    def test_one_occasion_is_one_call(self):
        jobs = self.env["hotel.call.job"]
        first = jobs._plan(self.hotel, "abandoned", "+351912345678", "abandoned/1")
        self.assertTrue(first)
        self.assertEqual(jobs._plan(self.hotel, "abandoned", "+351912345678", "abandoned/1"), first)

    def test_staff_take_back_and_call_now(self):
        job = self._make_job(due_at=NOON + timedelta(days=1)).with_user(self._make_user("call_agent"))
        job.action_call_now()
        self.assertEqual(job.due_at, fields.Datetime.now())
        job.action_cancel()
        self.assertEqual(job.state, "cancelled")
        done = self._make_job()
        done.state = "done"
        with self.assertRaises(UserError):
            done.action_cancel()

    def test_a_segment_is_called_once_for_an_occasion(self):
        segment = self.env["hotel.segment"].create({"name": "All", "company_ids": [(6, 0, self.hotel.company_id.ids)]})
        self._make_guest("No Number")
        manager = self._make_user("manager")
        for _turn in range(2):
            wizard = (
                self.env["hotel.call.campaign"]
                .with_user(manager)
                .create({"name": "Spring", "segment_id": segment.id, "property_id": self.hotel.id, "note": "Say hello"})
            )
            action = wizard.action_plan()
        jobs = self.env["hotel.call.job"].search(action["domain"])
        self.assertIn(self.guest, jobs.partner_id)
        self.assertEqual(len(jobs), len(jobs.partner_id))
        self.assertEqual((jobs[:1].state, jobs[:1].kind, jobs[:1].note), ("waiting", "win_back", "Say hello"))
        self.assertEqual(jobs[:1].occasion, "Spring")
        self._claim()
        mine = jobs.filtered(lambda job: job.partner_id == self.guest)
        self.assertEqual((mine.state, mine.reason), ("cancelled", "no_consent"))

    def test_guests_who_left_are_called_some_days_later_and_once(self):
        self.hotel.write({"departure_call_days": 2, "business_date": NOON.date()})
        self._make_stay(self.guest, arrival=NOON.date() - timedelta(days=4), nights=2, state="departed")
        jobs = self.env["hotel.call.job"]
        for _turn in range(2):
            jobs._cron_plan()
        self.assertEqual(jobs.search([("partner_id", "=", self.guest.id)]).kind, "departure")

    def test_calls_that_a_bridge_has_lost_are_closed(self):
        call = self._feed(*self._talk("lost.1")[:4])
        self.agent._set_state("busy")
        with freeze_time(NOON + timedelta(days=1)):
            self.env["hotel.call"]._cron_close_lost()
        self.assertEqual((call.state, call.reason), ("ended", "failed"))
        self.assertEqual(self.agent.state, "wrap_up")
