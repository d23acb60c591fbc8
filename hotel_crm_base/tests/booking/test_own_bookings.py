from datetime import timedelta

from odoo.tests import tagged

from .portal_common import PortalCase

PAGES = ("", "/pay", "/change", "/cancel", "/stay.ics")


@tagged("post_install", "-at_install")
class TestOwnBookings(PortalCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ana = cls._make_portal_user("portal_ana", email="ana@example.com")
        cls.rui = cls._make_portal_user("portal_rui", email="rui@example.com")
        cls.booked = cls._book_online(cls.ana.partner_id)
        cls.others = cls._book_online(cls.rui.partner_id, plan=cls.prepaid)
        cls.url = cls.booked.access_url

    def _token(self, reservation=None):
        return (reservation or self.booked)._portal_ensure_token()

    # ---- whose booking it is ------------------------------------------------------------------

    def test_a_login_opens_ones_own_bookings_and_no_others(self):
        self.authenticate("portal_ana", "portal_ana")
        for page in PAGES:
            self.assertEqual(self._get(self.url + page).status_code, 200, page)
            self.assertEqual(self._get(self.others.access_url + page).status_code, 404, page)
        text = self._text(self._get("/my/reservations"))
        self.assertIn(self.booked.name, text)
        self.assertNotIn(self.others.name, text)

    def test_the_link_of_the_email_opens_this_booking_only(self):
        for page in PAGES:
            self.assertEqual(self._get(self.url + page, access_token=self._token()).status_code, 200, page)
            answer = self._get(self.others.access_url + page, access_token=self._token())
            self.assertEqual(answer.status_code, 404, page)
        for wrong in ("x", "None", "False", self._token()[:-1]):
            self.assertEqual(self._get(self.url, access_token=wrong).status_code, 404)

    def test_a_booking_that_is_not_there_is_answered_like_somebody_elses(self):
        there = self._get(self.url, access_token="guess")
        nowhere = self._get("/my/reservations/99999999", access_token="guess")
        self.assertEqual((there.status_code, nowhere.status_code), (404, 404))
        self.assertEqual(self._text(there), self._text(nowhere))

    def test_without_a_link_one_is_asked_to_log_in(self):
        response = self.url_open(self.url, allow_redirects=False)
        self.assertEqual(response.status_code, 303)
        self.assertIn("/web/login?redirect=%2Fmy%2Freservations", response.headers["Location"])

    def test_nothing_is_changed_in_somebody_elses_name(self):
        csrf = self._csrf()
        for page, fields in (
            ("/cancel", {"expected_fee": "0.000000"}),
            ("/change", {"arrival": self.arrival, "departure": self.departure + timedelta(days=1)}),
            ("/resend", {}),
        ):
            fields |= {"csrf_token": csrf, "access_token": self._token(self.others)}
            answer = self._send(self.url + page, fields)
            self.assertEqual(answer.status_code, 404, page)
        self.assertEqual((self.booked.state, self.booked.departure_date), ("confirmed", self.departure))

    def test_guesses_are_limited(self):
        used = []

        def spend(_limits, uses, _address=""):
            # an answer of 404 undoes its transaction, and with it what a test has counted in it
            kinds = [kind for kind, _subject in uses]
            used.extend(kinds)
            return 60 if "link" in kinds and used.count("link") > 2 else 0

        self._patch(type(self.env["hotel.rate.limit"]), "_spend_all", spend)
        answers = [self._get(self.url, access_token=f"guess {number}").status_code for number in range(4)]
        self.assertEqual(answers, [404, 404, 429, 429])
        self.assertEqual(self._get(self.url, access_token=self._token()).status_code, 200)
        self.assertEqual(used.count("link"), 4, "the right link is no guess")

    def test_pages_of_a_booking_are_in_no_cache_and_tell_no_other_site(self):
        headers = self._get(self.url, access_token=self._token()).headers
        self.assertEqual(headers["Cache-Control"], "no-store")
        self.assertEqual(headers["Referrer-Policy"], "same-origin")

    def test_an_address_makes_a_page_say_nothing_of_its_own(self):
        response = self._get(self.url, access_token=self._token(), notice="<b>Call +1 555</b>")
        self.assertNotIn("555", self._text(response))

    # ---- changing -----------------------------------------------------------------------------

    def _ask_change(self, **values):
        query = self._get_query(access_token=self._token(), type=self.room_type.id, **values)
        return self._get(f"{self.url}/change", **query)

    def test_the_price_of_a_change_is_shown_before_it_is_made(self):
        response = self._ask_change(departure=(self.departure + timedelta(days=1)).isoformat())
        text = self._text(response)
        for amount in ("200.00", "300.00", "100.00"):
            self.assertIn(amount, text)
        self.assertEqual(self.booked.departure_date, self.departure, "nothing happens before it is confirmed")
        response = self._send(f"{self.url}/change", self._change_fields(response))
        self.assertIn("Your booking was changed", self._text(response))
        self.assertEqual(self.booked.departure_date, self.departure + timedelta(days=1))
        self.assertEqual(self.booked.amount_total, 300.0)

    def _change_fields(self, response):
        form = next(form for form in response.page.forms if form.get("method") == "post")
        return dict(form.form_values())

    def test_another_room_type_is_had_at_its_price(self):
        query = self._get_query(access_token=self._token()) | {"type": self.suite.id}
        response = self._get(f"{self.url}/change", **query)
        self.assertIn("500.00", self._text(response))
        self._send(f"{self.url}/change", self._change_fields(response))
        self.assertEqual(self.booked.stay_ids.room_type_id, self.suite)

    def test_a_change_at_a_price_of_ones_own_is_shown_again(self):
        response = self._ask_change(departure=(self.departure + timedelta(days=1)).isoformat())
        fields = self._change_fields(response)
        for price in ("0.000000", "", "200.000000"):
            answer = self._send(f"{self.url}/change", fields, expected_total=price)
            self.assertEqual(answer.status_code, 409, price)
        self.assertEqual(self.booked.departure_date, self.departure)

    def test_a_change_that_cannot_be_is_explained(self):
        for _number in range(2):
            self._make_stay(self._make_guest(), arrival=self.departure, room_type_id=self.room_type.id)
        response = self._ask_change(departure=(self.departure + timedelta(days=1)).isoformat())
        self.assertEqual(response.status_code, 200)
        self.assertTrue(response.page.xpath("//div[@role='alert']"))
        self.assertFalse([form for form in response.page.forms if form.get("method") == "post"])

    def test_after_the_free_time_changes_are_the_hotels(self):
        self.booked.free_until_at = self.booked.booked_at - timedelta(hours=1)
        answer = self.url_open(f"{self.url}/change?access_token={self._token()}", allow_redirects=False)
        self.assertEqual(answer.status_code, 303)
        csrf = self._csrf()
        later = self.departure + timedelta(days=1)
        fields = {"csrf_token": csrf, "access_token": self._token(), "arrival": self.arrival, "departure": later}
        self._send(f"{self.url}/change", fields, expected_total="300.000000")
        self.assertEqual(self.booked.departure_date, self.departure)

    # ---- cancelling ---------------------------------------------------------------------------

    def test_the_fee_is_shown_before_a_cancellation(self):
        self.booked.free_until_at = self.booked.booked_at - timedelta(hours=1)
        response = self._get(f"{self.url}/cancel", access_token=self._token())
        self.assertIn("100.00", response.page.find_class("o_hotel_fee")[0].text_content())
        self.assertEqual(self.booked.state, "confirmed")
        fields = self._get_fields(response, "/cancel")
        answer = self._send(f"{self.url}/cancel", fields, expected_fee="0.000000")
        self.assertEqual((answer.status_code, self.booked.state), (409, "confirmed"))
        answer = self._send(f"{self.url}/cancel", fields, reason="Ill, sadly")
        self.assertIn("This booking is cancelled", self._text(answer))
        self.assertEqual((self.booked.state, self.booked.cancel_reason), ("cancelled", "Ill, sadly"))

    def test_a_free_cancellation_gives_the_room_back(self):
        response = self._get(f"{self.url}/cancel", access_token=self._token())
        self.assertIn("free of charge", self._text(response))
        self._send(f"{self.url}/cancel", self._get_fields(response, "/cancel"))
        self.assertEqual(self.booked.state, "cancelled")
        search = self._get(self.hotel._get_page_url(), **self._get_query())
        self.assertIn("Only 1 room left", self._text(search), "the other booking still has one")

    # ---- the rest -----------------------------------------------------------------------------

    def test_the_stay_goes_into_a_calendar(self):
        response = self._get(f"{self.url}/stay.ics", access_token=self._token())
        self.assertTrue(response.headers["Content-Type"].startswith("text/calendar"))
        self.assertIn(self.arrival.strftime("%Y%m%d"), response.text)

    def test_a_month_of_own_stays(self):
        self.authenticate("portal_ana", "portal_ana")
        response = self._get("/my/reservations/calendar", month=self.arrival.strftime("%Y-%m"))
        bars = response.page.find_class("o_hotel_bar")
        self.assertEqual(len(bars), 3, "both nights and the day of departure")
        self.assertEqual({bar.get("href") for bar in bars}, {self.url})
        for month in ("x", "0000-01", "9999-99", "9999-12"):
            self.assertEqual(self._get("/my/reservations/calendar", month=month).status_code, 200, month)

    def test_the_home_page_counts_own_bookings(self):
        self.authenticate("portal_ana", "portal_ana")
        counted = self.make_jsonrpc_request("/my/counters", {"counters": ["hotel_reservation_count"]})
        self.assertEqual(counted, {"hotel_reservation_count": 1})
        self.assertIn("Your Bookings", self._get("/my/home").text)

    def test_the_confirmation_is_sent_again(self):
        before = len(self.booked._get_notices("confirmed"))
        page = self._get(self.url, access_token=self._token())
        response = self._send(f"{self.url}/resend", self._get_fields(page, "/resend"))
        self.assertIn("The message is on its way.", self._text(response))
        self.assertEqual(len(self.booked._get_notices("confirmed")), before + 1)
        answers = [self._send(f"{self.url}/resend", self._get_fields(page, "/resend")).status_code for _time in "1234"]
        self.assertIn(429, answers, "a mailbox is not flooded")


@tagged("post_install", "-at_install")
class TestFindBooking(PortalCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.booked = cls._book_online()

    def _ask(self, number, email):
        fields = {"csrf_token": self._csrf(), "number": number, "email": email}
        return self._send("/hotel/find-booking", fields)

    def test_the_link_goes_to_the_address_of_the_booking(self):
        before = self.booked._get_notices("confirmed")
        response = self._ask(f" {self.booked.name.lower()} ", "BEA@example.com")
        sent = self.booked._get_notices("confirmed") - before
        self.assertEqual((len(sent), sent.partner_id), (1, self.booked.partner_id))
        self.assertIn("If there is a booking", self._text(response))

    def test_the_answer_never_tells_whether_there_is_one(self):
        before = self.booked._get_notices()
        right = self._text(self._ask(self.booked.name, "bea@example.com"))
        sent = self.booked._get_notices()
        self.assertGreater(len(sent), len(before))
        for pair in ((self.booked.name, "eve@example.com"), ("R0", "bea@example.com")):
            self.assertEqual(self._text(self._ask(*pair)), right)
        self.assertEqual(self.booked._get_notices(), sent)

    def test_questions_are_limited(self):
        answers = [self._ask("R0", "bea@example.com").status_code for _time in range(7)]
        self.assertEqual(answers[0], 200)
        self.assertEqual(answers[-1], 429)

    def test_an_address_that_cannot_be_is_said(self):
        response = self._ask("R1", "bea@")
        self.assertEqual(response.status_code, 422)
        self.assertEqual(self._get_fields(response, "/find-booking")["email"], "bea@")
