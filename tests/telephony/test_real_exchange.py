"""The real thing: Asterisk, the telephone network (sipp), agents' telephones (pjsua2), the bridge, and Odoo."""

import array
import base64
import io
import json
import signal
import wave

from exchange_case import GUEST, RealExchangeCase
from telephony_parts import wait

from odoo.tests import tagged

from odoo.addons.hotel_crm_callcenter.models import hotel_call_job

REASONS = {
    "404": "bad_number",
    "480": "no_answer",
    "486": "busy",
    "603": "rejected",
    "503": "congestion",
    "180": "no_answer",
    "200": "",
}


@tagged("post_install", "-at_install")
class TestRealExchange(RealExchangeCase):
    def test_menu_by_keys_and_a_promise_to_call_back(self):
        with self._bridged():
            self._set_agent("offline")
            self._finish(self.parts.call("25"))
            self._await_end(1)
            outcome, hangup_by, number, partner = self._facts("outcome", "hangup_by", "number", "partner_id")
            self.assertEqual((outcome, hangup_by, number, partner.id), ("self_service", "menu", GUEST, self.guest.id))
            jobs = self._look(lambda env: env["hotel.call.job"].search([("number", "=", GUEST)]).mapped("kind"))
            self.assertEqual(jobs, ["menu"])
            seqs = self._facts("event_ids.seq")[0]
            self.assertEqual(sorted(set(seqs)), list(range(1, max(seqs) + 1)), "no event is missing")

    def test_a_talk_with_an_agent_is_recorded_as_long_as_it_is(self):
        with self._bridged():
            self._set_agent()
            self.parts.start_phone(talk=3)
            self._finish(self.parts.call("20"))
            self._await_end(1)
            outcome, talk, hangup_by, user = self._facts("outcome", "talk_s", "hangup_by", "user_id")
            self.assertEqual((outcome, hangup_by, user.id), ("answered", "agent", self.agent.user_id.id))
            self.assertGreater(talk, 2.2)  # on a busy machine it takes longer to hang up
            wait(lambda: self._facts("recording_ids")[0], 10, "the recording has arrived")
            content = self._look(lambda env: env["hotel.call.recording"].search([], limit=1, order="id desc").content)
            self._check_sound(content, talk)

    def _check_sound(self, content, seconds):
        with wave.open(io.BytesIO(base64.b64decode(content))) as file:
            samples = array.array("h", file.readframes(file.getnframes()))
            length = len(samples) / file.getframerate()
        self.assertAlmostEqual(length, seconds, delta=max(0.1 * seconds, 1.0))
        loud = (sum(sample * sample for sample in samples) / len(samples)) ** 0.5 / 32768
        self.assertGreater(loud, 0.01, "somebody speaks on the recording")

    def test_a_busy_agent_is_missed_and_the_guest_called_back(self):
        with self._bridged():
            self._set_agent()
            self.parts.start_phone(code=486)
            self._finish(self.parts.call("20"))
            self._await_end(1)
            outcome, state, reason = self._facts("outcome", "leg_ids.state", "leg_ids.reason")
            self.assertEqual((outcome, state, reason), ("abandoned", ["missed"], ["busy"]))
            self.assertTrue(self._look(lambda env: env["hotel.call.job"].search_count([("number", "=", GUEST)])))

    def test_every_answer_of_the_network_has_its_reason(self):
        with self._bridged():
            self._set_agent("offline")
            self._patch(hotel_call_job, "RING_S", 6)
            network = self.parts.start_network(len(REASONS))

            def plan(env):
                for ending in REASONS:
                    env["hotel.call.job"]._plan(
                        env["hotel.property"].browse(self.hotel.id),
                        "menu",
                        f"+351900000{ending}",
                        f"real/{ending}",
                        mode="menu_first",
                    )
                env.cr.commit()

            self._look(plan)
            wait(lambda: self._get_results() == REASONS, 60, "all reasons are there")
            self._finish(network)

    def _get_results(self):
        attempts = self._look(
            lambda env: [
                (attempt.job_id.number[-3:], attempt.reason or "")
                for attempt in env["hotel.call.attempt"].search([("status", "!=", False), ("number", "=", 1)])
            ]
        )
        return dict(attempts)

    def test_a_guest_who_hangs_up_in_the_menu(self):
        with self._bridged():
            self._finish(self.parts.call(leaves=True, pause=900))
            self._await_end(1)
            self.assertEqual(self._facts("outcome", "hangup_by"), ("left_menu", "guest"))

    def test_twenty_calls_at_once(self):
        with self._bridged():
            self._set_agent("offline")
            self._finish(self.parts.call("25", count=20, rate=10))
            self._await_end(20, 40)
            self.assertEqual(self._count("self_service"), 20)

    def test_an_error_of_the_bridge_hands_the_guest_to_the_reception(self):
        with self._bridged() as (gate, _bridge):
            phone = self.parts.start_phone(talk=2)
            gate.lie = json.dumps({"node": "x", "lang": "", "slots": {}, "actions": [{"explode": {}}]}).encode()
            self._finish(self.parts.call())
            self.assertIn("CONFIRMED", phone.log.read_text())

    def test_a_bridge_that_is_killed_in_a_talk_takes_it_up_again(self):
        with self._bridged() as (gate, bridge):
            self._set_agent()
            phone = self.parts.start_phone(talk=6)
            guest = self.parts.call("20")
            wait(lambda: "CONFIRMED" in phone.log.read_text(), 20, "they talk")
            wait(lambda: self._count(state="talking"), 10, "Odoo knows that they talk")
            self.parts.stop(bridge, signal.SIGKILL)
            bridge = self.parts.start_bridge(gate.url, self.key)
            wait(lambda: "call.adopted" in bridge.log.read_text(), 10, "the talk is adopted")
            self._finish(guest)
            self._await_end(1)
            self.assertEqual(self._facts("outcome", "hangup_by"), ("answered", "agent"))
            wait(lambda: self._facts("recording_ids")[0], 10, "the recording has arrived")

    def test_a_bridge_that_is_killed_in_the_menu_begins_it_again(self):
        with self._bridged() as (gate, bridge):
            self._set_agent("offline")
            guest = self.parts.call("25", pause=6000)
            wait(lambda: self._count(state="menu"), 10, "the guest is in the menu")
            self.parts.stop(bridge, signal.SIGKILL)
            bridge = self.parts.start_bridge(gate.url, self.key)
            wait(lambda: "call.adopted" in bridge.log.read_text(), 10, "the call is adopted")
            self._finish(guest)
            self._await_end(1)
            self.assertEqual(self._facts("outcome")[0], "self_service")

    def test_without_a_bridge_the_reception_rings(self):
        phone = self.parts.start_phone(talk=2)
        self._finish(self.parts.call())
        self.assertIn("CONFIRMED", phone.log.read_text())
        wait(lambda: self.parts.ari("/channels") == [], 10, "no channel is left")

    def test_without_odoo_the_queue_rings_and_nothing_is_forgotten(self):
        with self._bridged() as (gate, _bridge):
            phone = self.parts.start_phone(talk=2)
            gate.is_open = False
            self._finish(self.parts.call())
            self.assertIn("CONFIRMED", phone.log.read_text())
            self.assertEqual(self._count(), 0)
            gate.is_open = True
            self._await_end(1, 30)
            self.assertEqual(self._facts("outcome", "number"), ("answered", GUEST))
