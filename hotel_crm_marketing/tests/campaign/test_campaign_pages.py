"""Pages of activities over HTTP: who sees them, signing up, sharing."""

import re

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, new_test_user, tagged

from odoo.addons.hotel_crm_base import visitor
from odoo.addons.hotel_crm_base.tests.common import HotelMakers
from odoo.addons.hotel_crm_base.tests.security_common import PIXEL
from odoo.addons.hotel_crm_loyalty.tests.coupon.coupon_common import CouponMakers

from .campaign_common import CampaignMakers


@tagged("post_install", "-at_install")
class TestCampaignPages(CouponMakers, CampaignMakers, HotelMakers, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_hotels()
        cls.campaign = cls._make_campaign(hotel_picture=PIXEL, hotel_program_id=cls._make_coupons().id)
        cls.path = cls.campaign._get_hotel_path()
        cls.reader = new_test_user(cls.env, "activity_ana", groups="base.group_portal")
        cls.reader.partner_id.is_hotel_guest = True

    def _post(self, **values):
        page = self.url_open(self.path).text
        token = re.search(r'name="csrf_token" value="([^"]+)"', page).group(1)
        return self.url_open(self.path, data={"csrf_token": token, **values})

    def test_everybody_sees_what_is_published_and_nobody_what_is_planned(self):
        page = self.url_open(self.path)
        self.assertIn("A concert in the garden", page.text)
        self.assertIn('property="og:title"', page.text)
        self.assertIn(f"{self.path}/picture", page.text)
        self.assertEqual(self.url_open(f"{self.path}/picture").headers["Content-Type"], "image/png")
        self.assertIn(self.campaign.title, self.url_open("/activities").text)
        self.campaign.hotel_state = "planned"
        for path in (self.path, f"{self.path}/picture", "/activities/999999"):
            self.assertEqual(self.url_open(path).status_code, 404)

    def test_a_visitor_signs_up_and_gets_a_coupon_that_the_code_alone_opens(self):
        answer = self._post(name="Bea Nova", email="bea@example.com", agreed="1", offers="1")
        self.assertIn("You take part", answer.text)
        signup = self.campaign.hotel_signup_ids
        self.assertIn(signup.card_id.code, answer.text)
        self.assertFalse(signup.card_id.partner_id)
        self.assertTrue(signup.partner_id.hotel_is_to_match)
        self.assertEqual(signup.partner_id._has_hotel_consent("offer", "email"), signup.partner_id)
        message = self.env["hotel.message"].search([("res_model", "=", signup._name), ("res_id", "=", signup.id)])
        self.assertEqual((message.purpose, message.state), ("transaction", "queued"))

    def test_the_same_address_twice_is_one_sign_up_and_tells_nothing(self):
        for _time in range(2):
            answer = self._post(name="Bea Nova", email="Bea@Example.com", agreed="1")
            self.assertIn("You take part", answer.text)
        self.assertNotIn(self.campaign.hotel_signup_ids.card_id.code, answer.text)
        self.assertEqual((len(self.campaign.hotel_signup_ids), self.campaign.hotel_taken), (1, 1))

    def test_what_is_missing_is_asked_for_and_programs_are_trapped(self):
        self.assertEqual(self._post(name="", email="bea@", agreed="").status_code, 422)
        self.assertIn(
            "You take part", self._post(name="Bot", email="b@example.com", agreed="1", **{visitor.TRAP: "x"}).text
        )
        self.assertFalse(self.campaign.hotel_signup_ids)

    def test_who_is_logged_in_signs_up_as_oneself(self):
        self.authenticate("activity_ana", "activity_ana")
        self.assertIn("You take part", self._post(agreed="1").text)
        signup = self.campaign.hotel_signup_ids
        self.assertEqual((signup.partner_id, signup.card_id.partner_id), (self.reader.partner_id,) * 2)
        signup.with_user(self._make_user("marketing")).action_cancel()
        self.assertEqual(self.campaign.hotel_taken, 0)
        with self.assertRaises(AccessError):
            signup.with_user(self._make_user("finance")).action_cancel()

    def test_members_activities_open_for_members(self):
        self.campaign.hotel_is_members_only = True
        self.assertIn("/web/login", self.url_open(self.path, allow_redirects=False).headers["Location"])
        self.assertNotIn(self.campaign.title, self.url_open("/activities").text)
        self.authenticate("activity_ana", "activity_ana")
        self.assertIn("/hotel/club", self.url_open(self.path, allow_redirects=False).headers["Location"])
        program = self.env["loyalty.program"].search([("hotel_managed", "=", True)], limit=1)
        program._hotel_join(self.reader.partner_id)
        self.assertIn("A concert in the garden", self.url_open(self.path).text)

    def test_a_full_activity_says_so(self):
        self.campaign.write({"hotel_capacity": 1, "hotel_taken": 1})
        self.assertIn("All places are taken", self.url_open(self.path).text)

    def test_shares_have_their_names_in_the_reader_s_language(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        field = self.env["ir.model.fields"]._get("hotel.campaign.signup", "source")
        field.selection_ids.filtered(lambda one: one.value == "weibo").with_context(lang="zh_CN").name = "微博"
        names = [share["name"] for share in self.campaign.with_context(lang="zh_CN")._get_hotel_shares()]
        self.assertIn("微博", names)

    def test_shares_are_counted_and_bring_their_source(self):
        page = self.url_open(self.path).text
        for part in ("service.weibo.com", "facebook.com/sharer", "x.com/intent", "mailto:", "<svg"):
            self.assertIn(part, page)
        link = self.env["link.tracker"].search([("campaign_id", "=", self.campaign.id)])
        self.assertEqual(len(link), 5)
        weibo = link.filtered(lambda each: each.source_id == self.env.ref("hotel_crm_marketing.utm_source_weibo"))
        self.url_open(weibo.short_url)
        weibo.invalidate_recordset()
        self.assertEqual(weibo.count, 1)
        self._post(name="Bea Nova", email="bea@example.com", agreed="1")
        self.assertEqual(self.campaign.hotel_signup_ids.source, "weibo")
