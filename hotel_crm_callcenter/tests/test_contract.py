"""Contract v1 over HTTP."""

import base64
import hashlib
import random

from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .call_common import BASE, WAVE, ContractCase

FACTS = ("state", "outcome", "wait_s", "talk_s", "connected_at", "ended_at", "number", "called_number")


@tagged("post_install", "-at_install")
class TestContract(ContractCase):
    def test_a_call_is_known_from_the_ring_to_the_end(self):
        guest = self._make_guest("Ana Costa", phone="+351912345678", country_id=self.env.ref("base.pt").id)
        for event in self._talk():
            self.assertEqual(self._call("POST", "events", event), (200, {"ok": True, "duplicate": False}))
        call = self._get_call()
        self.assertEqual((call.partner_id, call.property_id, call.queue_id), (guest, self.hotel, self.queue))
        self.assertEqual((call.state, call.outcome, call.wait_s, call.talk_s), ("ended", "answered", 5.0, 60.0))
        self.assertEqual((call.user_id, call.leg_ids.state), (self.agent.user_id, "ended"))
        self.assertEqual(self.agent.state, "wrap_up")
        self.assertTrue(self.exchange.seen_at)

    def test_events_in_any_order_and_twice_come_to_the_same(self):
        self._call("POST", "events", {"events": self._talk()})
        expected = [self._get_call()[name] for name in FACTS]
        for turn in range(4):
            events = self._talk(f"mixed.{turn}") * 2
            random.Random(turn).shuffle(events)
            status, answer = self._call("POST", "events", {"events": events})
            self.assertEqual((status, answer["duplicates"]), (200, 5))
            call = self._get_call(f"mixed.{turn}")
            self.assertEqual([call[name] for name in FACTS], expected)
            self.assertEqual(len(call.leg_ids), 1)

    def test_the_same_event_again_changes_nothing(self):
        first = self._event(1, "call.incoming", **{"from": "+351912345678", "to": "5000"})
        self.assertFalse(self._call("POST", "events", first)[1]["duplicate"])
        self.assertTrue(self._call("POST", "events", first)[1]["duplicate"])
        self.assertEqual(len(self._get_call().event_ids), 1)

    def test_unknown_events_are_kept_and_numbers_are_not(self):
        event = self._event(1, "weather.changed", **{"from": "+351912345678", "from_name": "Ana"})
        self.assertEqual(self._call("POST", "events", event)[0], 200)
        [kept] = self._get_call().event_ids
        self.assertEqual((kept.kind, kept.data), ("weather.changed", False))

    def test_what_cannot_be_read_is_refused_with_a_code(self):
        event = self._event(1, "call.incoming")
        for change in ({"event_id": None}, {"seq": "x"}, {"ts": "yesterday"}, {"seq": -1}, {"call_id": "a b"}):
            self._assert_error(self._call("POST", "events", {**event, **change}), 400, "invalid_request")
        for data in ("{", "[1]", "\xff", '{"seq": NaN}'):
            self._assert_error(self._call("POST", "events", data=data.encode("latin1")), 400, "invalid_request")
        self._assert_error(self._call("POST", "events", {"events": []}), 400, "invalid_request")
        self._assert_error(self._post("ivr/next", call_id="x", input={"kind": "shout"}), 400, "invalid_request")
        self._assert_error(self._call("POST", "events", {**event, "pbx": "other"}), 403, "wrong_exchange")
        self.assertFalse(self._get_call())

    def test_a_batch_with_one_bad_event_is_refused_whole(self):
        events = [*self._talk()[:2], self._event(9, "call.ended", ts="never")]
        self._assert_error(self._call("POST", "events", {"events": events}), 400, "invalid_request")
        self.assertFalse(self._get_call())

    def test_a_recording_is_kept_once(self):
        self._call("POST", "events", {"events": self._talk()})
        digest = hashlib.sha256(WAVE).hexdigest()
        for _turn in range(2):
            answer = self._call("PUT", f"recordings/call.1?name=talk&sha256={digest}", data=WAVE)
            self.assertEqual(answer, (200, {"ok": True, "size": len(WAVE)}))
        [recording] = self._get_call().recording_ids
        self.assertEqual((recording.duration_s, recording.bytes_count), (1.0, len(WAVE)))
        self._assert_error(self._call("PUT", "recordings/call.1?sha256=0", data=WAVE), 422, "checksum")
        self._assert_error(self._call("PUT", "recordings/call.1", data=b"MZ"), 422, "not_a_recording")
        self._assert_error(self._call("PUT", "recordings/nobody", data=WAVE), 404, "not_found")

    @mute_logger("odoo.http")
    def test_a_recording_is_played_in_parts_to_supervisors_only(self):
        self._call("POST", "events", {"events": self._talk()})
        self._call("PUT", "recordings/call.1?name=talk", data=WAVE)
        recording = self._get_call().recording_ids
        supervisor, agent = self._make_user("call_supervisor"), self._make_user("call_agent")
        path = recording.sound_url
        self.authenticate(supervisor.login, supervisor.login)
        whole = self.url_open(path)
        self.assertEqual((whole.status_code, whole.content), (200, WAVE))
        self.assertEqual(whole.headers["Content-Type"], "audio/wav")
        part = self.url_open(path, headers={"Range": "bytes=44-143"})
        self.assertEqual((part.status_code, part.content), (206, WAVE[44:144]))
        self.assertEqual(part.headers["Content-Range"], f"bytes 44-143/{len(WAVE)}")
        self.assertEqual(self.url_open(f"/web/content/hotel.call.recording/{recording.id}/content").status_code, 404)
        self.assertEqual(len(self._get_call().message_ids.filtered("body")), 2, "nobody is known: noted with the call")
        for user in (agent, self._make_user("call_supervisor", self.other_hotel)):
            self.authenticate(user.login, user.login)
            self.assertEqual(self.url_open(path).status_code, 404)
        self.authenticate(None, None)
        self.assertNotEqual(self.url_open(path, allow_redirects=False).status_code, 200)
        self.assertEqual(self.url_open("/hotel_callcenter/recording/0").status_code, 404)

    def test_a_recorded_prompt_goes_before_spoken_text(self):
        menu = self._make_menu(name="Recorded")
        draft = self.env["hotel.voice.flow"].browse(menu.action_new_version()["res_id"])
        step = draft.step_ids.filtered(lambda step: step.kind == "menu")[:1]
        with self.assertRaises(ValidationError):
            step.prompt_en = base64.b64encode(b"ID3 an mp3")
        step.prompt_en = base64.b64encode(WAVE)
        draft.action_publish()
        begin = {"call_id": "play.1", "from": "+351912345678", "to": "5000", "input": {"kind": "start"}}
        first = self._post("ivr/next", **begin)[1]
        memory = {name: first[name] for name in ("node", "slots", "lang")}
        answer = self._post("ivr/next", **{**begin, **memory, "input": {"kind": "digits", "value": "2"}})[1]
        media = [action["play"]["media"] for action in answer["actions"] if "play" in action]
        self.assertEqual(media, [f"prompt:{step.id}-en_US"])
        path = f"{BASE}/prompts/{step.id}-"
        found = self.url_open(f"{path}en_US", headers={"Authorization": f"Bearer {self.key}"})
        self.assertEqual((found.status_code, found.content), (200, WAVE))
        self._assert_error(self._call("GET", f"prompts/{step.id}-zh_CN"), 404, "not_found")
        foreign = self._make_exchange(self.other_hotel, code="far")._make_key()
        self._assert_error(self._call("GET", f"prompts/{step.id}-en_US", key=foreign), 404, "not_found")

    def test_config_and_health(self):
        self.assertEqual(self._call("GET", "health"), (200, {"ok": True, "pbx": "main"}))
        status, config = self._call("GET", "config")
        self.assertEqual((status, config["fallback"]["to"]), (200, ["PJSIP/agent101"]))

    def test_next_step_passes_to_a_person_and_never_into_silence(self):
        step = {"call_id": "call.1", "from": "+351912345678", "to": "5000", "input": {"kind": "start"}}
        status, answer = self._call("POST", "ivr/next", step)
        self.assertEqual(status, 200)
        self.assertTrue(answer["actions"])
