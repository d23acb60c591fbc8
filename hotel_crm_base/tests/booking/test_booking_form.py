from datetime import timedelta

from odoo.tests import tagged

from odoo.addons.hotel_crm_base import visitor

from ...models.booking.errors import CodeRefused
from .portal_common import FORM, PortalCase


@tagged("post_install", "-at_install")
class TestBookingForm(PortalCase):
    def test_a_visitor_books_without_a_login(self):
        path, fields = self._open_form()
        response = self._send(path, fields, **FORM, arrival_hour="18", note="High floor,\nplease")
        booked = self._get_booked()
        self.assertEqual(len(booked), 1)
        self.assertEqual((booked.state, booked.amount_total, booked.channel_id.code), ("confirmed", 200.0, "web"))
        self.assertEqual((booked.arrival_hour, booked.note), (18, "High floor,\nplease"))
        guest = booked.partner_id
        self.assertEqual((guest.name, guest.email), ("Beatriz Nova", "bea@example.com"))
        self.assertTrue(guest.is_hotel_guest and guest.hotel_is_to_match)
        self.assertIn("Your booking is confirmed", self._text(response))
        self.assertIn(booked.name, self._text(response))
        for personal in ("bea", "Nova", "Beatriz"):
            self.assertNotIn(personal, response.url)

    def test_a_booking_without_email_takes_a_phone_of_its_country(self):
        path, fields = self._open_form()
        values = {**FORM, "email": "", "phone": "139 1234 5678", "country_id": str(self.env.ref("base.cn").id)}
        self._send(path, fields, **values)
        self.assertEqual(self._get_booked().partner_id.phone, "+8613912345678")
        self.assertFalse(self._get_booked().partner_id.email)

    def test_a_deposit_holds_the_room_and_asks_for_payment(self):
        path, fields = self._open_form(plan=self.prepaid)
        response = self._send(path, fields, **FORM)
        booked = self._get_booked()
        self.assertEqual((booked.state, booked.deposit_due), ("held", 60.0))
        self.assertIn("/pay?access_token=", response.url)
        self.assertIn("Your room is held for you until", self._text(response))
        self.assertGreater(int(response.page.xpath("//@data-seconds")[0]), 60 * (self.hotel.hold_minutes - 2))

    def test_a_hotel_that_decides_itself_gets_a_request(self):
        self.hotel.is_confirmation_manual = True
        path, fields = self._open_form(plan=self.prepaid)
        response = self._send(path, fields, **FORM)
        booked = self._get_booked()
        self.assertEqual((booked.state, booked.is_hold_endless), ("held", True))
        self.assertIn("the hotel will answer your request soon", self._text(response))
        self.assertNotIn("/pay", response.url)

    def test_what_is_wrong_is_said_and_nothing_typed_is_lost(self):
        path, fields = self._open_form()
        values = {**FORM, "name": "", "email": "bea@", "phone": "12", "note": "Quiet room", "agreed": None}
        response = self._send(path, fields, **values, guest_1="Rui Pinto")
        self.assertEqual(response.status_code, 422)
        text = self._text(response)
        for sentence in ("Please enter your name.", "not a domain", "too short", "Please agree to the terms"):
            self.assertIn(sentence, text)
        again = self._get_fields(response, "/book")
        self.assertEqual((again["email"], again["note"], again["guest_1"]), ("bea@", "Quiet room", "Rui Pinto"))
        self.assertFalse(self._get_booked())
        self._send(path, again, **FORM)
        self.assertEqual(len(self._get_booked()), 1)

    def test_who_sleeps_there_is_somebody_else(self):
        path, fields = self._open_form(rooms=2)
        self._send(path, fields, **FORM, guest_1="Rui Pinto", guest_2="")
        booked = self._get_booked()
        self.assertEqual(booked.amount_total, 400.0)
        self.assertEqual(booked.stay_ids.sorted("id").partner_id.mapped("name"), ["Rui Pinto", "Beatriz Nova"])
        self.assertTrue(all(booked.stay_ids.partner_id.mapped("hotel_is_to_match")))

    def test_the_same_form_twice_is_one_booking(self):
        path, fields = self._open_form()
        first = self._send(path, fields, **FORM)
        second = self._send(path, fields, **FORM)
        self.assertEqual(len(self._get_booked()), 1)
        self.assertEqual(first.url, second.url)
        self.assertEqual(self.env["res.partner"].search_count([("email", "=", "bea@example.com")]), 1)

    def test_another_session_cannot_fetch_a_booking_by_its_form(self):
        path, fields = self._open_form()
        self._send(path, fields, **FORM)
        self.authenticate(None, None)
        _path, own = self._open_form()
        response = self._send(path, own, **FORM, nonce=fields["nonce"])
        self.assertEqual(len(self._get_booked()), 2)
        self.assertNotIn(self._get_booked()[1].access_token, response.url)

    def test_a_known_address_is_neither_attached_nor_told(self):
        known = self._make_guest("Beatriz Nova", email="bea@example.com", phone="+351912345678")
        path, fields = self._open_form()
        response = self._send(path, fields, **{**FORM, "phone": "+351912345678"})
        booked = self._get_booked()
        self.assertNotEqual(booked.partner_id, known)
        self.assertTrue(booked.partner_id.hotel_is_to_match)
        self.assertNotIn(known.hotel_guest_code or "no code", response.text)

    def test_who_is_logged_in_books_as_himself(self):
        user = self._make_portal_user()
        self.authenticate("portal_ana", "portal_ana")
        path, fields = self._open_form()
        self._send(path, fields, agreed="1", name="Somebody Else", email="other@example.com")
        self.assertEqual(self._get_booked().partner_id, user.partner_id)
        self.assertNotEqual(user.partner_id.name, "Somebody Else")

    def test_a_blocked_guest_is_refused_politely_whatever_the_reason(self):
        blocked = self._make_guest("Rui Rude", email="rude@example.com", phone="+351912345678")
        blocked.write({"hotel_block_reason": "damage", "hotel_block_note": "Burnt the sofa"})
        for values in ({"email": "Rude@Example.com"}, {"phone": "912 345 678"}):
            path, fields = self._open_form()
            response = self._send(path, fields, **{**FORM, **values})
            text = self._text(response)
            self.assertIn("we cannot take this booking online", text)
            for secret in ("block", "sofa", "damage"):
                self.assertNotIn(secret, text.lower())
        user = self._make_portal_user()
        user.partner_id.hotel_block_reason = "damage"
        self.authenticate("portal_ana", "portal_ana")
        path, fields = self._open_form()
        self.assertIn("we cannot take this booking online", self._text(self._send(path, fields, agreed="1")))
        self.assertFalse(self._get_booked())
        self.assertFalse(self.env["res.partner"].search([("name", "=", "Beatriz Nova")]), "nothing is left behind")

    def test_the_last_room_goes_to_one_and_the_other_is_shown_what_is_left(self):
        path, fields = self._open_form()
        for _number in range(2):
            self._make_stay(self._make_guest(), arrival=self.arrival, room_type_id=self.room_type.id, state="booked")
        response = self._send(path, fields, **FORM)
        self.assertEqual(response.status_code, 409)
        self.assertIn("booked by somebody else", self._text(response))
        self.assertIn("Sea Suite", self._text(response))
        self.assertFalse(self._get_booked())

    def test_a_code_that_is_refused_is_said_at_its_field(self):
        def refuse(reservation, code):
            raise CodeRefused(f"{code} is over.") if code == "OLD" else AssertionError(code)

        self._patch(type(self.env["hotel.reservation"]), "_apply_code", refuse)
        path, fields = self._open_form()
        response = self._send(path, fields, **FORM, code="OLD")
        self.assertEqual(response.page.get_element_by_id("o_hotel_code_problem").text, "OLD is over.")
        self.assertFalse(self._get_booked())


@tagged("post_install", "-at_install")
class TestBookingFormAttacks(PortalCase):
    def test_a_price_of_ones_own_is_refused(self):
        path, fields = self._open_form()
        for price in ("1.000000", "0", "-200", "", "nan", "200.000001"):
            response = self._send(path, fields, **FORM, expected_total=price)
            self.assertEqual(response.status_code, 422, price)
            self.assertIn("The price has changed", self._text(response))
        self.assertFalse(self._get_booked())

    def test_a_price_that_changed_is_shown_before_it_is_booked(self):
        path, fields = self._open_form()
        self.room_type.product_id.list_price = 120.0
        response = self._send(path, fields, **FORM)
        self.assertEqual(response.status_code, 422)
        self.assertIn("240.00", self._text(response))
        self._send(path, self._get_fields(response, "/book"), **FORM)
        self.assertEqual(self._get_booked().amount_total, 240.0)

    def test_rooms_plans_and_dates_that_are_not_on_offer_are_not_booked(self):
        members = self.plan.copy({"code": "TMEM", "audience": "member"})
        foreign = self._make_room_type(self.other_hotel)
        path, fields = self._open_form()
        past = (self.hotel.business_date - timedelta(days=3)).isoformat()
        for values in (
            {"type": foreign.id},
            {"type": "7 OR 1=1"},
            {"plan": members.id},
            {"plan": "x"},
            {"adults": "9"},
            {"rooms": "9"},
            {"arrival": past},
            {"departure": "2099-01-01"},
        ):
            with self.subTest(values):
                self.assertIn(self._send(path, fields, **FORM, **values).status_code, (200, 409))
        self.assertFalse(self._get_booked())

    def test_a_form_without_its_token_is_refused(self):
        path, fields = self._open_form()
        self.assertEqual(self._send(path, fields, **FORM, csrf_token=None).status_code, 400)
        self.assertEqual(self._send(path, fields, **FORM, csrf_token="x").status_code, 400)
        self.assertFalse(self._get_booked())

    def test_a_program_that_fills_in_everything_books_nothing(self):
        path, fields = self._open_form()
        response = self._send(path, fields, **FORM, **{visitor.TRAP: "http://spam.example"})
        self.assertEqual(response.status_code, 422)
        self.assertFalse(self._get_booked())

    def test_markup_and_control_signs_do_no_harm(self):
        path, fields = self._open_form()
        evil = "<script>alert(1)</script>\u202e"
        response = self._send(path, fields, **{**FORM, "name": f"Ana {evil}"}, note=f"{evil}\x07", guest_1=evil)
        self.assertNotIn("<script>alert", response.text)
        self.assertIn("&lt;script&gt;alert", response.text)
        self.assertNotIn("\u202e", self._get_booked().partner_id.name)

    def test_bookings_of_one_session_are_limited(self):
        path, fields = self._open_form()
        answers = {self._send(path, fields, **{**FORM, "name": ""}).status_code for _time in range(14)}
        self.assertEqual(answers, {422, 429})

    def test_a_hotel_that_is_not_online_takes_none(self):
        path, fields = self._open_form()
        self.hotel.is_online = False
        self.assertEqual(self._send(path, fields, **FORM).status_code, 404)
        self.assertFalse(self._get_booked())
