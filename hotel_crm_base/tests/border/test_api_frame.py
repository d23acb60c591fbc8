"""API v1 over HTTP: who is let in, and what is answered to everything that is no request."""

import json

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from ...models.border.hotel_api_client import SCOPE
from ..common import ROLES
from .api_calls import BASE
from .api_common import ApiCase


@tagged("post_install", "-at_install")
class TestApiFrame(ApiCase):
    def test_a_client_learns_who_it_is(self):
        status, answer = self._call("GET", "client")
        self.assertEqual((status, answer["source_system"]), (200, "pms"))
        self.assertEqual([hotel["code"] for hotel in answer["properties"]], ["HARB"])
        self.assertEqual(answer["rights"], sorted(self.scopes))
        self.assertTrue(self.client.key_until)

    # ---- keys -------------------------------------------------------------------------------

    @mute_logger("odoo.http")
    def test_without_a_valid_key_nothing_is_told(self):
        old = self.key
        self.key = self.client._make_key()
        for text in ("", "Basic YTpi", "Bearer", "Bearer x", f"Bearer {old}"):
            headers = {"Authorization": text} if text else {}
            for path in ("client", "nowhere"):
                response = self.url_open(f"{BASE}/{path}", headers=headers)
                with self.subTest(headers=headers, path=path):
                    self.assertEqual((response.status_code, response.json()["error"]["code"]), (401, "unauthorized"))
                    self.assertEqual(response.headers["WWW-Authenticate"], "Bearer")
        self.client.action_drop_keys()
        self._assert_error(self._call("GET", "client"), 401, "unauthorized")

    @mute_logger("odoo.http")
    def test_a_client_that_is_archived_or_gone_is_let_in_no_more(self):
        self.client.active = False
        self._assert_error(self._call("GET", "client"), 401, "unauthorized")
        self.client.active = True
        self.assertEqual(self._call("GET", "client")[0], 200)
        self.client.unlink()
        self._assert_error(self._call("GET", "client"), 401, "unauthorized")

    def test_keys_of_people_are_of_no_client(self):
        people = [self._make_user(role) for role in ROLES]
        people.append(new_test_user(self.env, "a_guest", groups="base.group_portal"))
        for user in people:
            key = self.env["res.users.apikeys"].with_user(user).sudo()._generate(SCOPE, "Test", None)
            for method, path in (("GET", "client"), ("POST", "guests"), ("POST", "feeds/pms-example")):
                with self.subTest(user=user.login, path=path):
                    answer = self._call(method, path, {"rows": [{}]} if method == "POST" else None, key=key)
                    self._assert_error(answer, 403, "forbidden")
        key = self.env["res.users.apikeys"].with_user(people[-2]).sudo()._generate(None, "Test", None)
        self._assert_error(self._call("GET", "client", key=key), 403, "forbidden")

    @mute_logger("odoo.http", "odoo.addons.rpc.controllers.jsonrpc")
    def test_a_stolen_key_opens_nothing_but_the_api(self):
        user = self.client.user_id
        self.assertFalse(user._is_internal() or user.has_group("base.group_portal"))
        headers = {"Authorization": f"Bearer {self.key}"}
        for path in ("/json/2/res.partner/search_read", "/json/2/hotel.api.client/search_read"):
            response = self.url_open(path, json={"domain": []}, headers=headers)
            self.assertEqual(response.status_code, 401, response.text)
        for path in ("/hotel/api/v1/availability?property=HARB", "/odoo", "/my", "/hotel_callcenter/v1/health"):
            response = self.url_open(path, headers=headers, allow_redirects=False)
            self.assertIn(response.status_code, (303, 401, 404), path)

    def test_a_technical_user_reads_its_lists_and_nothing_else(self):
        user = self.client.user_id
        names = [name for name in self.registry if name.startswith("hotel.") and not self.registry[name]._abstract]
        found = {}
        for name in (*names, "res.partner", "res.users.log", "sale.order", "mail.message", "ir.attachment"):
            model = self.env[name].with_user(user)
            rights = [kind for kind in ("read", "write", "create", "unlink") if model.has_access(kind)]
            if rights and name.startswith(("hotel.", "res.partner", "sale.")):
                found[name] = rights
        lists = ("property", "channel", "market.segment", "rate.plan", "vip.code", "room.type", "room", "outlet")
        self.assertEqual(found, {f"hotel.{name}": ["read"] for name in (*lists, "service.kind")})
        self.assertEqual(self.env["hotel.property"].with_user(user).search([]), self.hotel)
        self.client.property_ids = False
        self.assertFalse(self.env["hotel.property"].with_user(user).search([]))

    def test_only_administrators_make_and_see_clients(self):
        for role in ("manager", "finance"):
            client = self.client.with_user(self._make_user(role))
            for call in (client.action_make_key, client.action_drop_keys, lambda client=client: client.read(["name"])):
                with self.assertRaises(AccessError):
                    call()
        admin = self._make_user("admin")
        action = self.client.with_user(admin).action_make_key()
        self.assertEqual(self._call("GET", "client", key=action["context"]["default_key"])[0], 200)
        stranger = self._make_user("admin", self.other_hotel)
        self.assertFalse(self.env["hotel.api.client"].with_user(stranger).search([]))
        with self.assertRaises(AccessError):
            self.client.with_user(stranger).action_make_key()

    def test_names_of_systems_are_their_own(self):
        for name in ("manual", "API", " pms"):
            with self.assertRaises(ValidationError):
                self._make_client(source_system=name)
        with self.assertRaises(ValidationError):
            self._make_client(hotels=self.other_hotel, source_system="pms")

    # ---- requests ---------------------------------------------------------------------------

    def test_addresses_and_methods_that_there_are_not(self):
        for path in ("nowhere", "client/more", "", "%00", "client%2Fx"):
            self._assert_error(self._call("GET", path), 404, "not_found")
        for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS"):
            status, answer = self._call(method, "client", {} if method != "OPTIONS" else None)
            self.assertEqual((status, answer["error"]["code"]), (405, "method_not_allowed"))
        self.assertEqual(self.url_open(f"{BASE}/client", method="HEAD", headers=self._head()).status_code, 200)

    def test_any_address_below_is_answered_as_json(self):
        for path, code in (("a%0Ab", "not_found"), ("%C2%85", "not_found"), ("guests/1%0A", "forbidden")):
            self.assertEqual(self._call("GET", path)[1]["error"]["code"], code)
        self._assert_error(self._call("GET", "guests/lookup"), 405, "method_not_allowed")

    def test_an_empty_idempotency_key_is_none(self):
        self.client.scope_ids = self.env["hotel.api.scope"].search([])
        answer = self._call("POST", "guests", {"rows": [{"source_ref": "1"}]}, headers={"Idempotency-Key": ""})
        self._assert_error(answer, 400, "invalid_request", field="Idempotency-Key")

    def test_questions_that_nobody_asked_for_are_named(self):
        self._assert_error(self._call("GET", "client?limit=1"), 400, "invalid_request", field="limit")

    def test_huge_bodies_are_not_read(self):
        body = json.dumps({"name": "x" * (9 * 1024 * 1024)})
        self._assert_error(self._call("POST", "client", data=body), 405, "method_not_allowed")

    def test_a_key_is_limited(self):
        self.env["ir.config_parameter"].set_param("hotel_crm_base.rate_limit_api", "2")
        statuses = [self._call("GET", "client")[0] for _number in range(3)]
        self.assertEqual(statuses, [200, 200, 429])
        self.assertGreater(int(self.headers["Retry-After"]), 0)

    def test_a_failure_shows_nothing_of_the_inside(self):
        def fail(*_args):
            raise ZeroDivisionError("secret of the inside")

        self._patch(type(self.env["hotel.api.client"]), "_api_show", fail)
        with self.assertLogs("odoo.http", "ERROR"):
            answer = self._call("GET", "client")
        self._assert_error(answer, 500, "server_error")
        self.assertNotIn("secret", str(answer))

    def test_a_right_that_was_taken_is_gone_at_once(self):
        stranger = new_test_user(self.env, "lost", groups="hotel_crm_base.group_api_feed")
        key = self.env["res.users.apikeys"].with_user(stranger).sudo()._generate(SCOPE, "Test", None)
        self._assert_error(self._call("GET", "client", key=key), 403, "forbidden")

    def _head(self):
        return {"Authorization": f"Bearer {self.key}"}
