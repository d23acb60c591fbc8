"""The booking API over HTTP: every error has a status and a code, whatever is sent."""

import json

from odoo.tests import new_test_user, tagged

from .api_calls import BASE
from .booking_api_common import BookingApiCase

DATES = "arrival=2028-02-28&departure=2028-03-01"


@tagged("post_install", "-at_install")
class TestBookingApiErrors(BookingApiCase):
    def test_without_a_valid_key_nothing_is_told(self):
        old = self._make_key(self.account, days=-1)
        portal = self._make_key(new_test_user(self.env, "visitor", groups="base.group_portal"))
        path = f"availability?property=HARB&{DATES}"
        for text in ("", "Basic YTpi", "Bearer", "Bearer x"):
            headers = {"Authorization": text} if text else {}
            response = self.url_open(f"{BASE}/{path}", headers=headers)
            with self.subTest(headers=headers):
                self.assertEqual((response.status_code, response.json()["error"]["code"]), (401, "unauthorized"))
                self.assertEqual(response.headers["WWW-Authenticate"], "Bearer")
        self._assert_error(self._call("GET", path, key=old), 401, "unauthorized")
        self._assert_error(self._call("GET", path, key=portal), 403, "forbidden")
        self.account.active = False
        self._assert_error(self._call("GET", path), 401, "unauthorized")

    def test_only_roles_that_book_may_call(self):
        for role, allowed in (("call_agent", True), ("manager", True), ("housekeeping", False), ("marketing", True)):
            user = self._make_user(role)
            allowed = user.has_group("hotel_crm_base.group_front_office") or role == "call_agent"
            status, _answer = self._call("GET", f"availability?property=HARB&{DATES}", key=self._make_key(user))
            with self.subTest(role=role):
                self.assertEqual(status, 200 if allowed else 403)

    def test_properties_of_others_do_not_exist(self):
        self._assert_error(self._call("GET", f"availability?property=MOUN&{DATES}"), 404, "unknown_property")
        self._assert_error(self._call("GET", f"availability?property=NONE&{DATES}"), 404, "unknown_property")
        self._assert_error(self._book(property="MOUN"), 404, "unknown_property")
        reference = self._book()[1]["reference"]
        stranger = self._make_key(self._make_user("manager", self.other_hotel))
        for method, path, body in (
            ("GET", f"bookings/{reference}", None),
            ("PATCH", f"bookings/{reference}", {"adults": 1}),
            ("POST", f"bookings/{reference}/cancel", {}),
        ):
            with self.subTest(method=method):
                self._assert_error(self._call(method, path, body, key=stranger), 404, "not_found")

    def test_codes_that_nobody_knows_are_named(self):
        for room, code in (({"room_type": "XXX"}, "unknown_room_type"), ({"rate_plan": "XXX"}, "unknown_rate_plan")):
            self._assert_error(self._book(room=room), 404, code)
        self._assert_error(self._book(channel="pigeon"), 422, "invalid_terms")
        self.plan.is_online = False
        self._assert_error(self._book(channel="phone"), 422, "not_for_sale")
        self._assert_error(self._call("GET", "bookings/NONE"), 404, "not_found")

    def test_addresses_that_there_are_not_answer_in_json(self):
        self._assert_error(self._call("GET", "nowhere"), 404, "not_found")
        self._assert_error(self._call("DELETE", "bookings/X"), 404, "not_found")

    def test_bodies_that_are_no_json_are_refused(self):
        headers = {"Idempotency-Key": "first-booking"}
        for data in ("{", "[]", "null", '"text"', '{"a": NaN}', "[" * 50000, b"\xff\xfe", '{"property": "\\ud800"}'):
            status, answer = self._call("POST", "bookings", data=data, headers=headers)
            with self.subTest(data=data[:20]):
                self.assertEqual(status, 400)
                self.assertIn(answer["error"]["code"], ("invalid_json", "invalid_request"))
        form = self._call("POST", "quote", data="a=1", headers={"Content-Type": "application/x-www-form-urlencoded"})
        self._assert_error(form, 415, "unsupported_media_type")

    def test_huge_bodies_are_not_read(self):
        body = json.dumps({"property": "HARB", "note": "x" * 70000})
        self._assert_error(self._call("POST", "quote", data=body), 413, "too_large")
        chunks = (b"x" * 1000 for _number in range(100))
        status, answer = self._call("POST", "quote", data=chunks)
        self.assertIn(status, (400, 411, 413), answer)

    def test_fields_are_checked_one_by_one(self):
        room = self._body()["rooms"][0]
        for values in (
            {"rooms": []},
            {"rooms": "one"},
            {"rooms": [room] * 21},
            {"rooms": [{**room, "adults": 0}]},
            {"rooms": [{**room, "adults": "many"}]},
            {"rooms": [{**room, "adults": True}]},
            {"rooms": [{**room, "adults": 10**30}]},
            {"rooms": [{**room, "arrival": "28.02.2028"}]},
            {"rooms": [{**room, "arrival": "2027-02-29"}]},
            {"rooms": [{**room, "arrival": None}]},
            {"rooms": [{**room, "smoking": True}]},
            {"booker": {}},
            {"booker": {"name": "Ana"}},
            {"booker": {"name": "Ana\u0000", "email": "a@example.com"}},
            {"booker": {"name": "A" * 129, "email": "a@example.com"}},
            {"booker": {"name": "\u200b", "email": "a@example.com"}},
            {"booker": {"name": "Ana", "email": "nobody"}},
            {"booker": {"name": "Ana", "phone": "12"}},
            {"booker": "Ana"},
            {"note": "x" * 1001},
            {"expected_total": "200"},
            {"confirm": "yes"},
            {"nmae": "Ana"},
        ):
            with self.subTest(values=str(values)[:60]):
                self._assert_error(self._book(**values), 400, "invalid_request")

    def test_dates_that_make_no_sense_are_refused(self):
        for room in (
            {"departure": "2028-02-28"},
            {"departure": "2028-02-27"},
            {"arrival": "2028-02-20"},
            {"arrival": "2028-02-26", "departure": "2028-02-28"},
        ):
            with self.subTest(room=room):
                self._assert_error(self._book(room=room), 422, "invalid_terms")
        far = {"arrival": "2029-02-28", "departure": "2029-03-01"}
        self.assertIn(self._book(room=far)[1]["error"]["code"], ("not_for_sale", "sold_out"))

    def test_a_booking_needs_an_idempotency_key(self):
        self._assert_error(self._call("POST", "bookings", self._body()), 400, "idempotency_key_missing")
        self._assert_error(self._book("short"), 400, "invalid_request")

    def test_a_key_is_limited(self):
        self.env["ir.config_parameter"].set_param("hotel_crm_base.rate_limit_api", "2")
        statuses = [self._call("GET", f"availability?property=HARB&{DATES}")[0] for _number in range(3)]
        self.assertEqual(statuses, [200, 200, 429])
        again = {"Authorization": f"bEARER   {self.key}"}
        self.assertEqual(self.url_open(f"{BASE}/availability?property=HARB&{DATES}", headers=again).status_code, 429)
        other = self._make_key(self.account)
        self.assertEqual(self._call("GET", f"availability?property=HARB&{DATES}", key=other)[0], 200)

    def test_a_failure_shows_nothing_of_the_inside(self):
        def fail(*_args):
            raise ZeroDivisionError("secret of the inside")

        self._patch(type(self.env["hotel.booking.api"]), "_get_availability", fail)
        with self.assertLogs("odoo.http", "ERROR"):
            answer = self._call("GET", f"availability?property=HARB&{DATES}")
        self._assert_error(answer, 500, "server_error")
        self.assertNotIn("secret", str(answer))
