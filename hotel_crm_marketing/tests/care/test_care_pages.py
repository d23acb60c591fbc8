"""Pages of care: one's own greetings in the portal, and saying no to messages without a login."""

import re

from odoo.tests import HttpCase, new_test_user, tagged

from odoo.addons.hotel_crm_base.tests.common import HotelMakers

from .care_common import CareMakers


@tagged("post_install", "-at_install")
class TestCarePages(CareMakers, HotelMakers, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_hotels()
        cls.guest, cls.other = cls._make_friend("Ana"), cls._make_friend("Rui")
        cls.rule = cls._make_rule(portal_text="Happy birthday, dear guest")
        for guest in (cls.guest, cls.other):
            new_test_user(cls.env, f"care_{guest.name}", groups="base.group_portal", partner_id=guest.id)
        cls.env["hotel.care.greeting"].create(
            {
                "rule_id": cls.rule.id,
                "company_id": cls.rule.company_id.id,
                "partner_id": cls.guest.id,
                "event": "birthday",
                "occasion": "birthday/2026",
                "state": "portal",
            }
        )

    def test_a_guest_sees_the_own_greeting_and_nobody_else_does(self):
        self.authenticate("care_Ana", "care_Ana")
        self.assertIn("Happy birthday, dear guest", self.url_open("/my/greetings").text)
        self.authenticate("care_Rui", "care_Rui")
        page = self.url_open("/my/greetings")
        self.assertEqual(page.status_code, 200)
        self.assertNotIn("Happy birthday, dear guest", page.text)
        self.authenticate(None, None)
        self.assertIn("/web/login", self.url_open("/my/greetings").url)

    def test_a_guest_says_no_by_the_link_of_a_message_without_a_login(self):
        path = self.guest._get_hotel_choice_url().split("/hotel/")[1]
        page = self.url_open(f"/hotel/{path}")
        self.assertEqual(page.status_code, 200)
        self.assertNotIn("Ana", page.text)
        token = re.search(r'name="csrf_token" value="([^"]+)"', page.text).group(1)
        self.assertIn(
            "no more of them", self.url_open(f"/hotel/{path}", data={"csrf_token": token, "purpose": "offer"}).text
        )
        self.assertFalse(self.guest._has_hotel_consent("offer", "email"))
        self.assertTrue(self.guest._has_hotel_consent("greeting", "email"))
        self.url_open(f"/hotel/{path}", data={"csrf_token": token, "purpose": "all"})
        self.assertFalse(self.guest._has_hotel_consent("greeting", "sms"))
        self.assertTrue(self.other._has_hotel_consent("offer", "email"))

    def test_who_unsubscribes_by_the_link_of_a_mailing_hears_nothing_more(self):
        mailing = self.env["mailing.mailing"].create(
            {"subject": "x", "mailing_model_id": self.env["ir.model"]._get_id("res.partner")}
        )
        asked = self.env["hotel.message"]._query_refusals
        self.assertFalse(asked(self.guest, "offer", "email", self.env.company))
        path = mailing._get_unsubscribe_oneclick_url(self.guest.email, self.guest.id).split("/mailing/")[1]
        self.assertEqual(self.url_open(f"/mailing/{path}", data={"List-Unsubscribe": "One-Click"}).status_code, 200)
        self.env.invalidate_all()
        self.assertIn("no more messages", asked(self.guest, "offer", "email", self.env.company)[self.guest.id])

    def test_a_link_that_was_guessed_opens_nothing(self):
        token = self.guest._get_hotel_choice_token()
        for path in (f"{self.other.id}/{token}", f"{self.guest.id}/{'0' * 64}", f"99999999/{token}"):
            self.assertEqual(self.url_open(f"/hotel/messages/{path}").status_code, 404)
