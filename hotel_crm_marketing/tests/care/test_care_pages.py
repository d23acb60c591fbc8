"""The page of greetings in the portal shows one's own only."""

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
