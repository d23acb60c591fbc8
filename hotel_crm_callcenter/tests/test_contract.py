"""Contract v1 over HTTP."""

import hashlib
import random
import xmlrpc.client

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .call_common import WAVE, ContractCase

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

    def test_config_and_health(self):
        self.assertEqual(self._call("GET", "health"), (200, {"ok": True, "pbx": "main"}))
        status, config = self._call("GET", "config")
        self.assertEqual((status, config["fallback"]["to"]), (200, ["PJSIP/agent101"]))

    def test_next_step_passes_to_a_person_and_never_into_silence(self):
        step = {"call_id": "call.1", "from": "+351912345678", "to": "5000", "input": {"kind": "start"}}
        status, answer = self._call("POST", "ivr/next", step)
        self.assertEqual(status, 200)
        self.assertTrue(answer["actions"])

    # ---- the key ------------------------------------------------------------------------------

    @mute_logger("odoo.http")
    def test_no_key_no_entry(self):
        clerk = self._make_user("admin")
        keys = self.env["res.users.apikeys"].with_user(clerk).sudo()
        old = self.exchange._make_key()
        self.key = self.exchange._make_key()
        for key in ("x", "", old, keys._generate("rpc", "Test", None)):
            headers = {"Authorization": f"Bearer {key}"}
            self._assert_error(self._call("POST", "events", self._event(1, "x"), headers=headers), 401, "unauthorized")
        # keys without a scope are Odoo's keys for everything; their users are of no exchange
        key = keys._generate(None, "Test", None)
        self._assert_error(self._call("POST", "events", self._event(1, "x"), key=key), 403, "forbidden")

    @mute_logger("odoo.http", "odoo.addons.rpc.controllers.xmlrpc")
    def test_a_stolen_key_opens_nothing_but_the_contract(self):
        user = self.exchange.user_id
        self.assertFalse(user._is_internal() or user.has_group("base.group_portal"))
        headers = {"Authorization": f"Bearer {self.key}"}
        for path in ("/json/2/res.partner/search_read", "/json/2/hotel.call/search_read"):
            response = self.url_open(path, json={"domain": []}, headers=headers)
            self.assertEqual(response.status_code, 401, response.text)
        for path in ("/web/dataset/call_kw/hotel.call/search_read", "/hotel/api/v1/availability", "/odoo", "/my"):
            response = self.url_open(path, headers=headers, allow_redirects=False)
            self.assertIn(response.status_code, (303, 401, 404, 405, 415), path)
        common = xmlrpc.client.ServerProxy(
            f"{self.base_url()}/xmlrpc/2/common", transport=self.xmlrpc_common._ServerProxy__transport
        )
        self.assertFalse(common.authenticate(self.env.cr.dbname, user.login, self.key, {}))

    def test_a_technical_user_has_no_right_on_any_model_of_ours(self):
        user = self.exchange.user_id
        names = [name for name in self.registry if name.startswith("hotel.") and not self.registry[name]._abstract]
        for name in (*names, "res.partner", "res.users.log", "sale.order", "mail.message", "ir.attachment"):
            model = self.env[name].with_user(user)
            granted = [kind for kind in ("read", "write", "create", "unlink") if model.has_access(kind)]
            self.assertEqual([kind for kind in granted if name.startswith(("hotel.", "res.", "sale."))], [], name)

    def test_a_key_reaches_its_own_exchange_only(self):
        other = self._make_exchange(self.other_hotel, code="other")
        job = self.env["hotel.call.job"].create(
            {"property_id": self.other_hotel.id, "exchange_id": other.id, "number": "+8613912345678"}
        )
        self.assertEqual(self._post("outbound/claim")[1], {"jobs": [], "commands": []})
        body = {"attempt": 1, "status": "answered"}
        self._assert_error(self._call("POST", f"outbound/{job.id}/result", body), 404, "not_found")

    def test_only_administrators_make_keys(self):
        for role in ("manager", "call_supervisor"):
            with self.assertRaises(AccessError):
                self.exchange.with_user(self._make_user(role)).action_make_key()
        admin = self._make_user("admin")
        action = self.exchange.with_user(admin).action_make_key()
        self.assertTrue(action["context"]["default_key"])

    def test_nobody_else_is_let_in_by_the_group(self):
        stranger = new_test_user(self.env, "stranger", groups="hotel_crm_callcenter.group_telephony_bridge")
        key = self.env["res.users.apikeys"].with_user(stranger).sudo()._generate("hotel_telephony", "Test", None)
        self._assert_error(self._call("GET", "health", key=key), 403, "forbidden")
