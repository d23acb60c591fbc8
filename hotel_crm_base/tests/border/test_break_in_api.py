"""What an attacker with the key of one system tries on those of others: their rows, keys, cursors, hotels."""

import base64
import json

from odoo.tests import tagged

from odoo.addons.hotel_crm_base.rest.schema import Record

from .test_feed import FeedCase

ALL = ("guests.read", "stays.read", "consumption.read", "guests.write", "stays.write", "consumption.write")


@tagged("post_install", "-at_install")
class TestBreakInApi(FeedCase):
    scopes = (*ALL, "services.write")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sister = cls._make_property(name="Sister", code="SIST")
        # the same chain and system, another hotel; and another company
        cls.thief = cls._make_client(*cls.scopes, hotels=cls.sister, name="Thief", accrues_points=True)
        cls.far = cls._make_client(*cls.scopes, hotels=cls.other_hotel, name="Far", source_system="far")
        cls.thief_key, cls.far_key = cls.thief._make_key(), cls.far._make_key()

    def _steal(self, kind, *rows):
        """Send rows of the sister hotel as the other client of the same system; return codes of their reasons."""
        answer = self._send(kind, *({"property": "SIST", **row} for row in rows), key=self.thief_key)
        return {code for code, _field in self._reasons(answer)}

    def test_an_idempotency_key_of_another_client_replays_nothing(self):
        row = {"source_ref": "G1", "name": "Ana Costa", "email": "ana@example.com"}
        first = self._send("guests", row, idempotency="night-of-today")
        self.assertEqual(first["created"], 1)
        answer = self._send("guests", row, idempotency="night-of-today", key=self.far_key)
        self.assertNotIn("Idempotent-Replayed", self.headers)
        self.assertEqual(answer["created"], 1)
        answer = self._send("guests", {"source_ref": "X"}, idempotency="night-of-today", key=self.thief_key)
        self.assertNotIn("Idempotent-Replayed", self.headers)

    def test_a_cursor_of_another_client_shows_ones_own_rows_only(self):
        self._send("stays", self._stay())
        [mine] = self._call("GET", "stays?limit=1")[1]["stays"]
        begin = base64.urlsafe_b64encode(json.dumps(["1970-01-01T00:00:00.000000", 0]).encode()).decode().rstrip("=")
        page = self._call("GET", f"stays?cursor={begin}")[1]
        self.assertIn(mine["id"], [stay["id"] for stay in page["stays"]])
        for key in (self.thief_key, self.far_key):
            self.assertEqual(self._call("GET", f"stays?cursor={begin}", key=key)[1]["stays"], [])
            self.assertEqual(self._call("GET", f"stays?cursor={page['next_cursor']}", key=key)[1]["stays"], [])

    def test_odd_cursors_are_refused_not_run(self):
        for values in (["1970-01-01T00:00:00.000000", "0"], ["' OR 1=1", 0], [0, 0], ["9999-99-99", 0], [], {"a": 1},
                       ["1970-01-01T00:00:00.000000", 2**70], ["1970-01-01T00:00:00.000000", -1]):  # fmt: skip
            text = base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")
            status, answer = self._call("GET", f"stays?cursor={text}")
            self.assertTrue(status == 200 or answer["error"]["code"] == "invalid_cursor", (values, answer))

    def test_no_body_takes_a_field_that_it_does_not_name(self):
        for endpoint in self.env["hotel.api"]._get_endpoints():
            if not isinstance(endpoint.body, Record):
                continue
            for name in ("company_id", "client", "uid", "staged", "kind", "__class__"):
                path = endpoint.path.replace("{id}", "1")
                status, answer = self._call(endpoint.method, path, {name: 1})
                self.assertEqual((status, answer["error"]["code"]), (400, "invalid_request"), (endpoint.path, name))

    def test_no_row_sets_what_is_not_the_systems_to_say(self):
        names = ("id", "partner_id", "company_id", "hotel_is_blocked", "is_hotel_guest", "hotel_credit_limit",
                 "source_system", "accrues_points", "write_uid", "user_ids")  # fmt: skip
        for kind, row in (("guests", {"source_ref": "G1", "name": "Ana"}), ("stays", self._stay())):
            answer = self._send(kind, *({**row, name: 1} for name in names))
            self.assertEqual([code for code, _field in self._reasons(answer)], ["unknown_field"] * len(names))
        self.assertFalse(self._find("hotel.stay", "S1"))

    def test_the_sister_hotels_rows_are_not_changed_taken_back_or_hung_on(self):
        self._send("stays", self._stay(state="in_house"))
        self._send("consumption", self._charge(stay_ref="S1"))
        service = {"source_ref": "V1", "kind": self._find_kind(), "served_at": "2026-05-01T10:00:00Z"}
        service["guest_ref"] = "G1"
        self._send("services", service)
        stay = {name: value for name, value in self._stay(state="cancelled").items() if name != "property"}
        self.assertEqual(self._steal("stays", stay), {"other_property"})
        charge = {"source_ref": "C9", "kind": "food", "business_date": "2026-05-02", "amount_gross": -61.5,
                  "amount_net": -50}  # fmt: skip
        self.assertEqual(self._steal("consumption", {**charge, "reversal_of_ref": "C1"}), {"reversal_amount"})
        self.assertEqual(self._steal("consumption", {**charge, "amount_gross": 5, "stay_ref": "S1"}), {"no_stay"})
        self.assertEqual(
            self._steal("consumption", {**charge, "source_ref": "C1", "amount_gross": 61.5, "amount_net": 50,
                                        "guest_ref": "G1"}), {"changed"},
        )  # fmt: skip
        self.assertEqual(self._steal("services", service), {"changed"})
        self.assertEqual(self._find("hotel.stay", "S1").state, "in_house")
        self.assertEqual(self._find("hotel.consumption", "C1").property_id, self.hotel)
        self.assertFalse(self._find("hotel.consumption", "C9"))

    def _find_kind(self):
        return self.env["hotel.service.kind"].search([], limit=1).code

    def test_a_hotel_is_not_reached_by_its_code(self):
        for code in ("HARB", self.other_hotel.code, "harb", " HARB", str(self.hotel.id)):
            reasons = self._steal("stays", self._stay(property=code))
            self.assertEqual(reasons, {"no_property"}, code)

    def test_guests_of_another_company_are_reached_by_no_address(self):
        guest = self._make_guest("Ana Costa", email="ana@example.com", company_id=self.hotel.company_id.id)
        self.env["hotel.guest.reference"].create(
            {"partner_id": guest.id, "source_system": "pms", "source_ref": "G77"}
        )
        self.far.scope_ids = self.env["hotel.api.scope"].search([])
        for endpoint in self.env["hotel.api"]._get_endpoints():
            if "{id}" in endpoint.path:
                status, answer = self._call("GET", endpoint.path.replace("{id}", str(guest.id)), key=self.far_key)
                self.assertEqual((status, answer["error"]["code"]), (404, "not_found"), endpoint.path)
        path = "guests/by-reference?source_ref=G77&source_system=pms"
        self.assertEqual(self._call("GET", path, key=self.far_key)[0], 404)
        self.assertEqual(self._call("GET", path)[1]["id"], guest.id)
        found = self._call("POST", "guests/lookup", {"query": "Ana Costa"}, key=self.far_key)[1]
        self.assertEqual(found["guests"], [])
        # a match by e-mail is no way to somebody else's guest either
        self.far.match_email = True
        self._send("guests", {"source_ref": "F1", "name": "X", "email": "ana@example.com"}, key=self.far_key)
        mine = self.env["hotel.guest.reference"].search([("source_system", "=", "far"), ("source_ref", "=", "F1")])
        self.assertNotEqual(mine.partner_id, guest)

    def test_a_technical_user_signs_in_nowhere(self):
        user = self.client.sudo().user_id
        self.authenticate(None, None)
        for password in (self.key, "", user.login):
            params = {"db": self.env.cr.dbname, "login": user.login, "password": password}
            answer = self.url_open("/web/session/authenticate", json={"params": params}).json()
            self.assertIn("error", answer)
        self.assertFalse(user._is_internal())
        self.env["res.users"].reset_password(user.login)
        self.assertFalse(self.env["mail.mail"].search([("email_to", "ilike", user.login)]))
