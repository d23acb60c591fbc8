"""Calls in the voice menu: what is said, to whom, and what is noted."""

from datetime import date, datetime, timedelta

from freezegun import freeze_time

from odoo.tests import tagged

from ..contract import read_step
from .call_common import CallCase

NOON = datetime(2026, 5, 4, 11, 0)
ANA = "+351912345678"


@freeze_time(NOON)
@tagged("post_install", "-at_install")
class TestMenuCalls(CallCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.menu = cls._make_menu()
        cls.hotel.business_date = NOON.date()
        cls.guest = cls._make_guest(
            "Ana Costa", phone=ANA, country_id=cls.env.ref("base.pt").id, hotel_birth_date=date(1980, 2, 29)
        )

    def setUp(self):
        super().setUp()
        self.count = 0
        # the counter of tries has a connection of its own, which sees nothing of a test
        self.spent = []
        self._patch(type(self.env["hotel.rate.limit"]), "_spend", lambda model, *asked: self._count_tries(*asked))

    def _count_tries(self, kind, subject, address=""):
        self.spent.append(subject)
        return 60 if self.spent.count(subject) > 6 else 0

    def _dial(self, caller=ANA):
        """Begin a call and return its answer."""
        self.count += 1
        self.caller, self.reference, self.memory = caller, f"menu.{self.count}", {}
        return self._do("start")

    def _do(self, kind, value=""):
        body = {
            "call_id": self.reference,
            "from": self.caller,
            "to": "5000",
            "input": {"kind": kind, "value": value},
            **self.memory,
        }
        step = read_step(body)
        self.call = self.env["hotel.call"]._obtain(self.exchange, step.call_id, step.caller, step.called)
        answer = self.call._answer_step(step)
        self.memory = {name: answer[name] for name in ("node", "lang", "slots")}
        return answer

    def _keys(self, *keys):
        for key in keys:
            answer = self._do("digits", key)
        return answer

    def _said(self, answer):
        return " ".join(action["say"]["text"] for action in answer["actions"] if "say" in action)

    def test_the_menu_speaks_both_languages(self):
        answer = self._dial()
        self.assertEqual([action["say"]["lang"] for action in answer["actions"][:2]], ["zh_CN", "en_US"])
        self.assertIn("zhong1 wen2", answer["actions"][0]["say"]["phonetic"])
        self.assertIn("Welcome to our hotel", self._said(self._keys("2")))

    def test_points_are_told_after_the_proof_only(self):
        self._dial()
        answer = self._keys("2", "1")
        self.assertIn("date of birth", self._said(answer))
        self.assertFalse(self.call.is_identified)
        self.assertIn("does not match", self._said(self._keys("19800101")))
        self.assertIn("not a member", self._said(self._keys("19800229")))
        self.assertEqual((self.call.is_identified, self.call.partner_id), (True, self.guest))

    def test_a_booking_is_told_without_its_room(self):
        room = self._make_room(self.room_type, name="707")
        self._make_stay(
            self.guest,
            arrival=date(2026, 5, 10),
            nights=3,
            state="booked",
            room_type_id=self.room_type.id,
            room_id=room.id,
        )
        self._dial()
        said = self._said(self._keys("2", "2", "19800229"))
        self.assertIn("10 May 2026, 3 nights, is confirmed", said)
        self.assertNotIn("707", said)

    def test_a_forged_number_gets_nothing_personal_and_no_more_than_six_tries(self):
        self._make_stay(self.guest, arrival=date(2026, 5, 10), state="booked")
        heard = []
        for _call in range(4):
            self._dial()
            heard.append(self._said(self._keys("2", "2")))
            heard += [self._said(self._do("digits", guess)) for guess in ("19800101", "19800102", "19800103")]
        # the right one comes too late
        self._dial()
        heard.append(self._said(self._keys("2", "2", "19800229")))
        self.assertNotIn("10 May", " ".join(heard))
        self.assertNotIn("Ana", " ".join(heard))
        self.assertFalse(self.call.is_identified)

    def test_slots_that_somebody_has_made_up_prove_nothing(self):
        self._dial()
        self._keys("2", "1")
        self.memory["slots"] |= {"is_identified": True, "proven": True}
        serve = self.menu.step_ids.filtered(lambda step: step.service == "points")
        self.memory["node"] = serve.parent_id._get_code()
        self.assertNotIn("points", self._said(self._do("timeout")))

    def test_three_failed_proofs_pass_to_a_person(self):
        self._dial()
        answer = self._keys("2", "1", "1111", "1111", "1111")
        self.assertEqual(answer["actions"][-1]["transfer"]["to"], ["PJSIP/agent101"])
        self.assertEqual((self.call.menu_failure, self.call.menu_service), ("not_proven", False))

    def test_where_the_menu_cannot_help_is_kept(self):
        self._dial()
        answer = self._keys("2", "8", "8", "8")
        self.assertIn("transfer", answer["actions"][-1])
        self.assertEqual(self.call.menu_failure, "not_understood")
        self._dial(caller="anonymous")
        self._keys("2", "5")
        self.assertEqual((self.call.menu_failure, self.call.menu_service), ("not_served", False))
        self._dial()
        self._keys("2", "5")
        self.assertEqual((self.call.menu_failure, self.call.menu_service), (False, "callback"))

    def test_a_request_to_book_becomes_a_call(self):
        self._dial()
        self.assertIn("sorry", self._said(self._keys("2", "3", "0230")).lower())
        said = self._said(self._keys("1224", "3"))
        self.assertIn("24 December 2026, 3 nights", said)
        job = self.env["hotel.call.job"].search([("call_id", "=", self.call.id)])
        self.assertEqual((job.kind, job.number, job.partner_id), ("booking", ANA, self.guest))
        self.assertIn("2026-12-24", job.note)

    def test_a_complaint_is_recorded_and_somebody_calls_back(self):
        self._dial()
        self.assertEqual(self._keys("2", "4")["actions"][-1]["record"]["purpose"], "complaint")
        answer = self._do("recorded")
        self.assertEqual(answer["actions"][-1], {"hangup": {}})
        job = self.env["hotel.call.job"].search([("call_id", "=", self.call.id)])
        self.assertEqual(job.kind, "case")
        if "hotel.case" in self.env:
            case = self.env["hotel.case"].search([("partner_id", "=", self.guest.id)])
            self.assertEqual((case.kind, case.property_id), ("complaint", self.hotel))

    def test_do_not_call_is_kept(self):
        self._dial()
        self._keys("2", "9")
        self.assertTrue(self.env["phone.blacklist"].search([("number", "=", ANA)]))

    def test_a_hidden_number_is_not_promised_a_call(self):
        self._dial(caller="anonymous")
        self.assertIn("hidden", self._said(self._keys("2", "5")))

    def test_who_waits_too_long_is_called_back(self):
        self.agent._set_state("busy")
        self._dial()
        self.assertIn("press 1", self._said(self._keys("2", "0")))
        self.assertEqual(self.call.state, "waiting")
        with freeze_time(NOON + timedelta(seconds=60)):
            self.assertIn("press 1", self._said(self._do("timeout")))
        with freeze_time(NOON + timedelta(seconds=200)):
            answer = self._do("timeout")
        self.assertIn("call you back", self._said(answer))
        self.assertEqual(answer["actions"][-1], {"hangup": {}})
        self.assertTrue(self.env["hotel.call.job"].search([("call_id", "=", self.call.id), ("kind", "=", "menu")]))

    def test_a_waiting_caller_gets_the_next_ready_agent(self):
        self.agent._set_state("busy")
        self._dial()
        self._keys("2", "0")
        self.agent._set_state("ready")
        self.assertIn("transfer", self._do("timeout")["actions"][-1])

    def test_callers_are_passed_to_who_speaks_their_language(self):
        english = self._make_agent(number=102, lang_ids=[(6, 0, self.env.ref("base.lang_en").ids)])
        chinese = self.env["res.lang"].with_context(active_test=False).search([("code", "=", "zh_CN")])
        self.agent.lang_ids = chinese
        self.queue.strategy = "ring_all"
        for key, agent in (("1", self.agent), ("2", english)):
            self._dial()
            self.assertEqual(self._keys(key, "0")["actions"][-1]["transfer"]["to"], [agent.endpoint])
        english._set_state("pause")
        self._dial()
        self.assertEqual(
            self._keys("2", "0")["actions"][-1]["transfer"]["to"], [self.agent.endpoint], "better than none"
        )

    def test_vips_go_straight_to_a_person(self):
        self.guest.hotel_vip_code_id = self.env["hotel.vip.code"].search([], limit=1)
        self._dial()
        self.assertIn("transfer", self._keys("2")["actions"][-1])

    def test_outside_the_hours_it_says_so(self):
        self.env["hotel.call.hours"].create(
            {"property_id": self.hotel.id, "weekday": "0", "hour_from": 14, "hour_until": 20}
        )
        self._dial()
        self.assertIn("closed now", self._said(self._keys("2")))

    def test_who_hangs_up_while_waiting_is_called_back_once(self):
        for number in (1, 2):
            reference = f"lost.{number}"
            self._feed(
                self._event(1, "call.incoming", reference, **{"from": ANA, "to": "5000"}),
                self._event(2, "call.answered", reference),
                self._event(3, "agent.ringing", reference, endpoint="PJSIP/agent101"),
                self._event(4, "call.ended", reference, hangup_by="guest"),
            )
        self.assertEqual(self.env["hotel.call.job"].search([("number", "=", ANA)]).kind, "abandoned")

    def test_without_a_menu_a_person_is_rung(self):
        self.menu.state = "archived"
        self.assertEqual(self._dial()["actions"][-1]["transfer"]["to"], ["PJSIP/agent101"])
        self.agent._set_state("offline")
        self.assertIn("press 1", self._said(self._do("transfer_failed")))
        self.assertEqual(self._keys("1")["actions"][-1], {"hangup": {}})
