import re
from datetime import date

from freezegun import freeze_time

from odoo.tests import tagged

from .member_common import MemberCase

BORN = "1990-02-28"


@tagged("post_install", "-at_install")
class TestJoining(MemberCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.path = f"/hotel/club/{cls.program.hotel_code}"
        cls.env["ir.config_parameter"].set_param("auth_signup.invitation_scope", "b2b")

    def _get_form(self, ending="/join"):
        answer = self._get(f"{self.path}/join")
        self.assertEqual(answer.status_code, 200)
        return self._get_fields(answer, ending)

    def _join(self, **values):
        fields = {"csrf_token": self._get_form()["csrf_token"], "birth_date": BORN, "agreed": "1"}
        return self._send(f"{self.path}/join", fields, **values)

    def _find_card(self, user=None):
        return self.program._get_hotel_card((user or self.eva).partner_id)

    # ---- with an account ----------------------------------------------------------------------

    def test_a_guest_joins_and_what_was_agreed_to_is_kept_with_its_proof(self):
        self._log_in("eva")
        answer = self._join(offer_email="1")
        self.assertIn("Welcome", self._text(answer))
        self.assertTrue(self._find_card())
        guest = self.eva.partner_id
        self.assertEqual(guest.hotel_birth_date, date(1990, 2, 28))
        consents = {(one.purpose, one.channel): one for one in guest.hotel_consent_ids}
        self.assertEqual(set(consents), {("loyalty", "any"), ("offer", "email")})
        proof = consents["loyalty", "any"]
        self.assertEqual((proof.state, proof.source, proof.user_id), ("given", "web", self.eva))
        self.assertEqual(proof.text_version, f"hotel_club/{self.program.hotel_revision_id.number}")
        self.assertIn(f"{self.path}/join", proof.proof)

    def test_joining_twice_gives_one_card_and_one_consent(self):
        self._log_in("eva")
        self._join()
        csrf = self._csrf()
        fields = {"csrf_token": csrf, "birth_date": BORN, "agreed": "1"}
        answer = self._send(f"{self.path}/join", fields)
        self.assertEqual(answer.status_code, 200)
        self.assertTrue(answer.url.split("?")[0].endswith("/my/club"))
        self.assertEqual(len(self.eva.partner_id.hotel_consent_ids), 1)

    def test_nothing_that_was_typed_is_lost(self):
        self._log_in("eva")
        answer = self._join(agreed=None, birth_date="", offer_sms="1")
        self.assertEqual(answer.status_code, 422)
        self.assertTrue(answer.page.xpath("//input[@name='offer_sms'][@checked]"))
        self.assertFalse(answer.page.xpath("//input[@name='offer_email'][@checked]"))
        self.assertEqual(len(answer.page.find_class("invalid-feedback")), 2)
        self.assertFalse(self._find_card())

    @freeze_time("2026-11-20 12:00:00")
    def test_who_is_too_young_is_told(self):
        self._log_in("eva")
        answer = self._join(birth_date="2008-11-21")
        self.assertEqual(answer.status_code, 409)
        self.assertIn("18 years", self._text(answer))
        self.assertFalse(self._find_card())
        self.assertFalse(self.eva.partner_id.hotel_birth_date, "a refusal changes nothing")
        self.assertEqual(self._join(birth_date="2008-11-20").status_code, 200)

    def test_a_birth_date_that_is_known_is_not_asked_for_again(self):
        self.eva.partner_id.hotel_birth_date = "1980-01-01"
        self._log_in("eva")
        self.assertNotIn("birth_date", self._get_form())
        self._join(birth_date=BORN)
        self.assertEqual(self.eva.partner_id.hotel_birth_date, date(1980, 1, 1))

    def test_a_blocked_guest_is_not_told_why(self):
        self.eva.partner_id.write({"hotel_block_reason": "fraud", "hotel_block_note": "Stole towels"})
        self.env.cr.flush()
        self._log_in("eva")
        answer = self._join()
        self.assertEqual(answer.status_code, 409)
        self.assertNotIn("towels", answer.text)
        self.assertNotIn("Fraud", answer.text)
        self.assertFalse(self._find_card())

    def test_somebody_new_with_a_known_address_is_the_desks_to_match(self):
        self._make_guest("Eva Lang", email="eva@example.com")
        self.eva.partner_id.is_hotel_guest = False
        self._log_in("eva")
        answer = self._join()
        self.assertEqual(answer.status_code, 200)
        self.assertTrue(self.eva.partner_id.is_hotel_guest and self.eva.partner_id.hotel_is_to_match)

    def test_a_closed_account_is_not_opened_by_its_member(self):
        self._set_state(self.card, "closed")
        self._log_in("ana")
        self.assertIn("is closed", self._text(self._get(f"{self.path}/join")))
        self.assertIn("is closed", self._text(self._get("/my/club")))

    def _set_state(self, card, state):
        """What the rules do after years of silence."""
        card.flush_recordset()
        self.env.cr.execute("UPDATE loyalty_card SET hotel_state = %s WHERE id = %s", (state, card.id))
        card.invalidate_recordset()

    # ---- without an account -------------------------------------------------------------------

    def _ask_link(self, email, **values):
        return self._send(f"{self.path}/link", self._get_form("/link"), email=email, **values)

    def _get_mails(self, email):
        return self.env["mail.mail"].search([("email_to", "=", email)])

    def test_the_answer_to_a_known_address_is_that_to_an_unknown_one(self):
        answers = [self._ask_link(email) for email in ("eva@example.com", "new@example.com")]
        self.assertEqual([answer.status_code for answer in answers], [200, 200])
        self.assertEqual(self._text(answers[0]), self._text(answers[1]))
        self.assertIn("log in", self._get_mails("eva@example.com").body_html)
        self.assertNotIn("token", self._get_mails("eva@example.com").body_html)
        self.assertIn("account?token=", self._get_mails("new@example.com").body_html)

    def _get_link(self, email="new@example.com"):
        self._ask_link(email)
        url = re.search(r'href="[^"]*(/hotel/club/[^"]*token=[^"]+)"', self._get_mails(email).body_html)[1]
        return url.replace("&amp;", "&")

    def test_the_link_leads_to_an_account_and_a_membership(self):
        url = self._get_link()
        answer = self._get(url)
        self.assertIn("new@example.com", self._text(answer))
        fields = self._get_fields(answer, "/account")
        self.assertEqual(self._send(f"{self.path}/account", fields, name="7").status_code, 422)
        answer = self._send(f"{self.path}/account", fields, name="Nora Weiss")
        self.assertIn("/web/signup", answer.url)
        form = next(form for form in answer.page.forms if "confirm_password" in form.fields)
        values = dict(form.form_values()) | {"password": "Kx9-long-enough", "confirm_password": "Kx9-long-enough"}
        answer = self._send("/web/signup", values)
        self.assertTrue(answer.url.endswith(f"{self.path}/join"), answer.url)
        user = self.env["res.users"].search([("login", "=", "new@example.com")])
        self.assertEqual((user.partner_id.name, user.partner_id.hotel_is_to_match), ("Nora Weiss", True))
        self._join()
        self.assertTrue(self._find_card(user))

    def test_a_link_that_is_used_twice_makes_one_guest(self):
        url = self._get_link()
        for _time in range(2):
            fields = self._get_fields(self._get(url), "/account")
            self._send(f"{self.path}/account", fields, name="Nora Weiss")
        self.assertEqual(self.env["res.partner"].search_count([("email", "=", "new@example.com")]), 1)

    def test_who_is_known_by_the_address_is_neither_found_nor_changed(self):
        old = self._make_guest("Nora Weiss", email="new@example.com")
        fields = self._get_fields(self._get(self._get_link()), "/account")
        self._send(f"{self.path}/account", fields, name="Somebody Else")
        self.assertEqual(old.name, "Nora Weiss")
        self.assertFalse(old.signup_type)

    def test_links_that_are_forged_or_over_prove_nothing(self):
        url = self._get_link()
        for wrong in (url[:-3], f"{self.path}/account?token=x", f"{self.path}/account", f"{self.path}/account?token="):
            answer = self._get(wrong)
            self.assertEqual(answer.status_code, 404, wrong)
            self.assertNotIn("new@example.com", answer.text)
        with freeze_time("2100-01-01"):
            self.assertFalse(self.env["hotel.member.page"]._read_join_link(self.program, url.partition("token=")[2]))

    def test_wrong_addresses_and_programs_send_nothing(self):
        self.assertEqual(self._ask_link("nobody@").status_code, 422)
        self.assertEqual(self._ask_link("").status_code, 422)
        self.assertEqual(self._ask_link("bot@example.com", company_website="spam").status_code, 200)
        self.assertFalse(self._get_mails("bot@example.com"))

    def test_links_are_limited_by_address(self):
        codes = [self._ask_link("new@example.com").status_code for _time in range(5)]
        self.assertIn(429, codes)
        self.assertLessEqual(len(self._get_mails("new@example.com")), 3)

    def test_where_everybody_may_sign_up_odoos_page_is_the_way(self):
        self.env["ir.config_parameter"].set_param("auth_signup.invitation_scope", "b2c")
        answer = self._get(f"{self.path}/join")
        self.assertTrue(answer.page.xpath(f"//a[@href='/web/signup?redirect={self.path}/join']"))
