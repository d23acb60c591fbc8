"""Follow-ups that are carried out by telephone: success closes them, failure is kept with its reason."""

from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from ..contract import Result
from .call_common import CallCase

NOON = datetime(2026, 5, 4, 11, 0)
ANA = "+351912345678"


@freeze_time(NOON)
@tagged("post_install", "-at_install")
class TestFollowUpCalls(CallCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hotel.company_id.write({"hotel_quiet_start": 0.0, "hotel_quiet_end": 0.0})
        cls.guest = cls._make_guest("Ana Costa", phone=ANA, country_id=cls.env.ref("base.pt").id)
        cls.guest.hotel_record_consent("survey", "phone", "given")
        cls.follow_up = cls.env["hotel.follow.up"].create(
            {
                "partner_id": cls.guest.id,
                "property_id": cls.hotel.id,
                "reason": "rating",
                "planned_date": NOON.date(),
                "user_id": cls.agent.user_id.id,
                "question": "Why two stars?",
            }
        )
        cls.env["hotel.call.job"]._cron_plan()
        cls.job = cls.env["hotel.call.job"].search([("follow_up_id", "=", cls.follow_up.id)])
        cls.desk = cls.env["hotel.call.desk"].with_user(cls.agent.user_id)

    def _begin(self):
        """Let the bridge make the call, and the agent and the guest talk; return the call."""
        self.assertEqual(self.env["hotel.call.job"]._claim(self.exchange, 5, 60), self.job)
        at = {"call": "out.1", "endpoint": "PJSIP/agent101"}
        numbers = {"from": ANA, "to": "+351210000000"}
        return self._feed(
            self._event(1, "call.outgoing", "out.1", job_id=self.job.id, **numbers),
            self._event(2, "agent.ringing", **at),
            self._event(3, "agent.answered", **at),
        )

    def _reach(self):
        self.job._take_result(Result(1, "answered", talk_s=40.0, call_id="out.1"))

    def _say(self, call, name, note=""):
        result = self.env.ref(f"hotel_crm_callcenter.hotel_call_result_{name}")
        self.desk.save_call(call.id, {"note": note, "result_id": result.id})

    def test_the_desk_says_why_while_it_rings(self):
        self._begin()
        shown = self.desk.get_live()["call"]
        self.assertEqual((shown["job_note"], shown["is_follow_up"]), ("Why two stars?", True))
        self.assertEqual(shown["guest"]["name"], "Ana Costa")

    def test_success_closes_with_what_the_agent_says_whichever_comes_first(self):
        call = self._begin()
        self._say(call, "satisfied", "All well now")
        self.assertEqual(self.follow_up.state, "planned", "they are still talking")
        self._reach()
        self.assertEqual((self.follow_up.state, self.follow_up.result), ("done", "satisfied"))
        self.assertEqual((self.follow_up.note, self.job.state), ("All well now", "done"))

    def test_what_is_said_in_the_wrap_up_closes_it_too(self):
        call = self._begin()
        self._reach()
        self.assertEqual((self.job.state, self.follow_up.state), ("done", "planned"), "nobody knows yet how it went")
        self._say(call, "information")
        self.assertEqual(self.follow_up.state, "planned")
        self._say(call, "unsatisfied", "Still cold")
        self.assertEqual((self.follow_up.state, self.follow_up.result), ("done", "unsatisfied"))
        case = self.env["hotel.case"].search([("partner_id", "=", self.guest.id)])
        self.assertEqual(case.source, "phone", "who is not satisfied is heard again")

    def test_a_failure_that_is_tried_again_closes_nothing(self):
        self._begin()
        self.job._take_result(Result(1, "failed", "busy"))
        self.assertEqual((self.job.state, self.follow_up.state), ("waiting", "planned"))

    def test_what_is_given_up_is_kept_with_its_reason_and_becomes_a_task(self):
        self._begin()
        self.job._take_result(Result(1, "failed", "bad_number"))
        self.assertEqual((self.job.state, self.job.reason), ("failed", "bad_number"))
        self.assertTrue(self.job.activity_ids)
        self.assertEqual((self.follow_up.state, self.follow_up.result), ("done", "not_reached"))
        self.assertIn("bad_number", self.follow_up.note)

    def test_a_follow_up_that_was_made_otherwise_is_not_called(self):
        self.follow_up.action_cancel()
        self.assertFalse(self.env["hotel.call.job"]._claim(self.exchange, 5, 60))
        self.assertEqual((self.job.state, self.job.reason), ("cancelled", "over"))

    def test_a_bridge_names_jobs_of_its_own_exchange_only(self):
        far = self._make_exchange(self.other_hotel, "far")
        event = self._event(1, "call.outgoing", "out.9", job_id=self.job.id, **{"from": "+351900000001", "to": ""})
        call = self._feed(event, exchange=far)
        self.assertFalse(call.partner_id or self.job.attempt_ids.call_id)

    def test_scorecards_count_agents_and_only_supervisors_see_them(self):
        call = self._begin()
        self._feed(
            self._event(4, "agent.left", "out.1", 63, endpoint="PJSIP/agent101"),
            self._event(5, "call.ended", "out.1", 63, talk=60.0),
        )
        with freeze_time(NOON + timedelta(seconds=25)):
            self.agent.since_at = NOON
            self.agent._set_state("ready")
        self._say(call, "booked")
        supervisor = self._make_user("call_supervisor")
        reviews = self.env["hotel.call.review"].with_user(supervisor)
        review = reviews.create({"call_id": call.id, "greeting": "5", "solution": "4"})
        self.assertEqual((review.score, review.user_id), (4.5, self.agent.user_id))
        missed = [
            self._event(1, "call.incoming", "in.1", to="5000"),
            self._event(2, "agent.ringing", "in.1", endpoint="PJSIP/agent101"),
            self._event(3, "agent.missed", "in.1", endpoint="PJSIP/agent101", reason="no_answer"),
        ]
        self._feed(*missed)
        self.env.flush_all()
        [row] = (
            self.env["hotel.call.scorecard"]
            .with_user(supervisor)
            .formatted_read_group(
                [("user_id", "=", self.agent.user_id.id)],
                ["user_id"],
                ["offered_count:sum", "answered_count:sum", "missed_count:sum", "answer_s:avg", "talk_s:avg"]
                + ["wrap_up_s:avg", "booking_rate:avg", "score:avg"],
            )
        )
        row.pop("user_id"), row.pop("__extra_domain")
        self.assertEqual(list(row.values()), [2, 1, 1, 1.0, 60.0, 25.0, 1.0, 4.5])

    def test_a_campaign_is_found_again_in_the_figures(self):
        call = self._begin()
        self._feed(self._event(9, "call.ended", "out.1", 63, talk=60.0))
        self.job.occasion = "Spring"
        self._say(call, "lost")
        self.env.flush_all()
        row = self.env["hotel.call.report"].browse(call.id)
        self.assertEqual((row.occasion, row.job_kind, row.lost_count), ("Spring", "rating", 1))
        self.assertEqual(fields.Datetime.to_string(row.started_at), "2026-05-04 10:00:01")
