"""The booking API over HTTP: looking, booking, changing, cancelling."""

from odoo.tests import tagged

from .booking_api_common import BookingApiCase

DATES = "property=HARB&arrival=2028-02-28&departure=2028-03-01"


@tagged("post_install", "-at_install")
class TestBookingApi(BookingApiCase):
    def test_availability_tells_types_offers_and_prices(self):
        status, answer = self._call("GET", f"availability?{DATES}&adults=2")
        self.assertEqual(status, 200, answer)
        [room_type] = answer["room_types"]
        self.assertEqual((room_type["room_type"], room_type["free"]), ("DBL", 2))
        [offer] = room_type["offers"]
        self.assertEqual((offer["rate_plan"], offer["total"], offer["deposit"]), ("FLEX", 200.0, 40.0))
        self.assertEqual([night["date"] for night in offer["nights"]], ["2028-02-28", "2028-02-29"])

    def test_availability_names_why_nothing_is_sold(self):
        status, answer = self._call("GET", f"availability?{DATES}&adults=5&room_type=DBL")
        self.assertEqual(status, 200)
        self.assertEqual(answer["room_types"][0]["problems"][0]["code"], "too_small")
        self.assertEqual(answer["room_types"][0]["offers"], [])

    def test_a_quote_is_the_price_of_one_room(self):
        body = {"property": "HARB", "room_type": "DBL", "arrival": "2028-02-28", "departure": "2028-03-01"}
        status, answer = self._call("POST", "quote", body)
        self.assertEqual((status, answer["total"], answer["currency"]), (200, 200.0, self.hotel.currency_id.name))
        self._assert_error(self._call("POST", "quote", {**body, "adults": 9}), 422, "invalid_terms")
        self.env["hotel.rate.restriction"].create(
            {"property_id": self.hotel.id, "start_date": "2028-02-28", "end_date": "2028-02-28", "is_closed": True}
        )
        self._assert_error(self._call("POST", "quote", body), 422, "not_for_sale")

    def test_a_booking_holds_a_room_and_makes_a_guest_to_match(self):
        known = self._make_guest("Ana Costa", email="ana.costa@example.com")
        status, booking = self._book()
        self.assertEqual((status, booking["state"], booking["total"]), (201, "held", 200.0), booking)
        self.assertTrue(booking["held_until"])
        reservation = self._find(booking)
        self.assertNotEqual(reservation.partner_id, known)
        self.assertTrue(reservation.partner_id.hotel_is_to_match)
        self.assertEqual(reservation.stay_ids.rate_plan_id, self.plan)
        self.assertEqual(self._call("GET", f"bookings/{booking['reference']}"), (200, booking))

    def _find(self, booking):
        self.env.invalidate_all()
        return self.env["hotel.reservation"].search([("name", "=", booking["reference"])])

    def test_names_of_all_scripts_arrive_as_they_are(self):
        for _number in range(2):
            self._make_room(self.room_type)
        for number, name in enumerate(("王伟", "Łukasz Żółć", "محمد علي", "Zoë O’Neil 👍")):
            status, booking = self._book(f"name-{number}-key", booker={"name": name, "phone": "+351912345678"})
            self.assertEqual((status, booking["booker"]), (201, name), booking)

    def test_a_confirmed_booking_is_booked_at_once(self):
        status, booking = self._book(confirm=True)
        self.assertEqual((status, booking["state"], booking["held_until"]), (201, "confirmed", None))
        self.hotel.is_confirmation_manual = True
        status, booking = self._book("second-booking", confirm=True)
        self.assertEqual((status, booking["state"]), (201, "held"))

    def test_the_same_request_twice_is_one_booking(self):
        first, second = self._book(), self._book()
        self.assertEqual((first[0], second[0]), (201, 200))
        self.assertEqual(first[1], second[1])
        self.assertEqual(len(self.env["hotel.reservation"].search([("source_system", "=", "api")])), 1)
        self._assert_error(self._book(note="Late arrival"), 409, "idempotency_conflict")

    def test_a_key_of_another_account_is_another_key(self):
        self._book()
        other = self._make_key(self._make_user("manager"))
        headers = {"Idempotency-Key": "first-booking"}
        status, _booking = self._call("POST", "bookings", self._body(note="Mine"), key=other, headers=headers)
        self.assertEqual(status, 201)

    def test_sold_out_leaves_nothing_behind(self):
        self._book("one-booking"), self._book("two-booking")
        before = self.env["res.partner"].search_count([])
        self._assert_error(self._book("three-booking"), 409, "sold_out")
        self.env.invalidate_all()
        self.assertEqual(self.env["res.partner"].search_count([]), before)
        self.assertEqual(len(self.env["hotel.reservation"].search([("source_system", "=", "api")])), 2)

    def test_two_rooms_of_which_one_is_left_are_not_booked_by_half(self):
        self._book("one-booking")
        room = self._body()["rooms"][0]
        self._assert_error(self._book("two-rooms-key", rooms=[room, room]), 409, "sold_out")
        self.env.invalidate_all()
        rows = self.env["hotel.inventory"].search([("date", "=", "2028-02-28"), ("property_id", "=", self.hotel.id)])
        self.assertEqual(rows.mapped("sold"), [1])

    def test_another_price_than_expected_is_refused(self):
        self._assert_error(self._book(expected_total=150.0), 409, "price_changed")
        self.assertEqual(self._book("second-booking", expected_total=200.0)[0], 201)

    def test_a_change_shows_its_price_first(self):
        reference = self._book(confirm=True)[1]["reference"]
        path, body = f"bookings/{reference}", {"departure": "2028-03-02"}
        status, effect = self._call("PATCH", path, {**body, "dry_run": True})
        self.assertEqual((status, effect["difference"], effect["problems"]), (200, 100.0, []))
        self.assertEqual(self._call("GET", path)[1]["departure"], "2028-03-01")
        self._assert_error(self._call("PATCH", path, {**body, "expected_total": 1.0}), 409, "price_changed")
        status, booking = self._call("POST", f"{path}/change", {**body, "expected_total": 300.0})
        self.assertEqual((status, booking["departure"], booking["total"]), (200, "2028-03-02", 300.0), booking)
        self._assert_error(self._call("PATCH", path, {**body, "room": 2}), 404, "not_found")

    def test_a_cancellation_shows_its_fee_first(self):
        reference = self._book(confirm=True)[1]["reference"]
        status, effect = self._call("POST", f"bookings/{reference}/cancel", {"dry_run": True})
        self.assertEqual((status, effect["fee"]), (200, 0.0), effect)
        status, booking = self._call("POST", f"bookings/{reference}/cancel", {"reason": "Ill"})
        self.assertEqual((status, booking["state"]), (200, "cancelled"), booking)
        self.assertEqual(self._call("POST", f"bookings/{reference}/cancel", {})[1]["state"], "cancelled")
        status, answer = self._call("GET", f"availability?{DATES}")
        self.assertEqual(answer["room_types"][0]["free"], 2)

    def test_a_blocked_guest_is_refused_politely(self):
        self._make_guest("Rui Pinto", phone="+351912345678", hotel_block_reason="payment")
        answer = self._book(booker={"name": "Somebody Else", "phone": "00351 912 345 678", "email": "x@example.com"})
        self._assert_error(answer, 403, "guest_refused")
        self.assertNotIn("Rui", str(answer))

    def test_a_guest_code_is_for_the_front_office(self):
        guest = self._make_guest("Rui Pinto", company_id=self.hotel.company_id.id)
        booker = {"guest_code": guest.hotel_guest_code}
        booking = self._book(booker=booker)[1]
        self.assertEqual(self._find(booking).partner_id, guest)
        self._assert_error(self._book("unknown-guest", booker={"guest_code": "nobody"}), 404, "unknown_guest")
        self.key = self._make_key(self._make_user("call_agent"))
        self.addCleanup(self.__dict__.pop, "key")
        self._assert_error(self._book("an-agents-key", booker=booker), 403, "forbidden")
        self.assertEqual(self._book("an-agents-key")[0], 201)
