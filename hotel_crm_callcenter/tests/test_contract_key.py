"""The bridge's key: who has one, and what whoever has stolen it can do."""

import xmlrpc.client
from datetime import date

from odoo.exceptions import AccessError
from odoo.modules.neutralize import neutralize_database
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .call_common import BASE, WAVE, ContractCase


@tagged("post_install", "-at_install")
class TestContractKey(ContractCase):
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

    @mute_logger("odoo.http", "odoo.modules.neutralize")
    def test_a_mute_copy_listens_to_no_bridge(self):
        self.assertEqual(self._call("POST", "events", {"events": self._talk()})[0], 200)
        self.env.flush_all()
        neutralize_database(self.env.cr)
        self.env.invalidate_all()
        self._assert_error(self._call("POST", "events", {"events": self._talk()}), 401, "unauthorized")
        self.assertFalse(self.exchange.active)

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

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_attachment")
    def test_a_stolen_key_reaches_no_file(self):
        self._call("POST", "events", {"events": self._talk()})
        self._call("PUT", "recordings/call.1?name=talk", data=WAVE)
        recording = self._get_call().recording_ids
        secret = self.env["ir.attachment"].create({"name": "Secret", "raw": b"secret"})
        headers = {"Authorization": f"Bearer {self.key}"}
        for path in (
            recording.sound_url,
            f"/web/content/hotel.call.recording/{recording.id}/content",
            f"/web/content/{secret.id}",
            f"/web/image/{secret.id}",
        ):
            response = self.url_open(path, headers=headers, allow_redirects=False)
            # of a picture that one may not see there is a placeholder
            self.assertNotIn(b"secret", response.content, path)
            self.assertNotIn(WAVE, response.content, path)
        # the way back is none either: what was sent is not given out
        self.assertIn(self._call_raw("GET", "recordings/call.1"), (404, 405))

    def _call_raw(self, method, path):
        headers = {"Authorization": f"Bearer {self.key}"}
        return self.url_open(f"{BASE}/{path}", headers=headers, method=method).status_code

    @mute_logger("odoo.http", "odoo.addons.rpc.controllers.xmlrpc", "odoo.addons.base.models.res_users")
    def test_a_stolen_key_is_no_password(self):
        user, name = self.exchange.user_id, self.env.cr.dbname
        transport = self.xmlrpc_common._ServerProxy__transport
        common, model = (
            xmlrpc.client.ServerProxy(f"{self.base_url()}/xmlrpc/2/{end}", transport=transport)
            for end in ("common", "object")
        )
        self.assertFalse(common.authenticate(name, user.login, self.key, {}))
        with self.assertRaises(xmlrpc.client.Fault):
            model.execute_kw(name, user.id, self.key, "res.partner", "search_read", [[]], {"limit": 1})
        for path, params in (
            ("/web/session/authenticate", {"db": name, "login": user.login, "password": self.key}),
            ("/jsonrpc", {"service": "common", "method": "login", "args": [name, user.login, self.key]}),
        ):
            answer = self.url_open(path, json={"jsonrpc": "2.0", "method": "call", "params": params}).json()
            self.assertFalse(answer.get("result"), path)

    def test_a_stolen_key_hears_nothing_personal_from_any_step_of_the_menu(self):
        """Whoever has the key may name any number, any step and any memory; without the proof it is all the same."""
        menu = self._make_menu()
        guest = self._make_guest("Ana Costa", phone="+351912345678", country_id=self.env.ref("base.pt").id)
        guest.hotel_birth_date = "1980-02-29"
        self._make_stay(guest, arrival=date(2031, 5, 10), nights=7, state="booked")
        memory = {"is_identified": True, "proven": True, "partner_id": guest.id, "usage": "in"}
        for number, step in enumerate(menu.step_ids):
            for kind, value in (("digits", "1"), ("timeout", ""), ("recorded", "")):
                status, answer = self._post(
                    "ivr/next",
                    call_id=f"forged.{number}.{kind}",
                    node=step._get_code(),
                    slots=memory,
                    input={"kind": kind, "value": value},
                    **{"from": "+351912345678", "to": "5000", "lang": "en_US"},
                )
                self.assertEqual(status, 200)
                said = " ".join(action["say"]["text"] for action in answer["actions"] if "say" in action)
                for secret in ("Ana", "Costa", "May 2031", "7 nights", "1980", "points."):
                    self.assertNotIn(secret, said, step.name)

    def test_a_technical_user_has_no_right_on_any_model_of_ours(self):
        user = self.exchange.user_id
        names = [name for name in self.registry if name.startswith("hotel.") and not self.registry[name]._abstract]
        for name in (*names, "res.partner", "res.users.log", "sale.order", "mail.message", "ir.attachment"):
            model = self.env[name].with_user(user)
            granted = [kind for kind in ("read", "write", "create", "unlink") if model.has_access(kind)]
            self.assertEqual([kind for kind in granted if name.startswith(("hotel.", "res.", "sale."))], [], name)
            self.assertEqual([kind for kind in granted if kind != "read"], [], name)

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
