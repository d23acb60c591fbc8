"""The story of an activity: planned, approved, published and told by staff; seen, joined and used by a guest."""

from datetime import timedelta

from journey_browser import DESKTOP, PHONE, JourneyCase

from odoo import Command, fields
from odoo.tests import tagged

from odoo.addons.hotel_crm_base.tests.booking.portal_common import PortalMakers
from odoo.addons.hotel_crm_base.tests.security_common import PIXEL

ACTION = "/odoo/action-hotel_crm_marketing.utm_campaign_action_activity"


@tagged("post_install", "-at_install")
class TestMarketingJourney(PortalMakers, JourneyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for lang in ("en_US", "zh_CN"):
            cls.env["res.lang"]._activate_lang(lang)
        cls._make_portal_scene(rooms=4)
        reward = {"reward_type": "discount", "discount_mode": "percent", "discount": 15, "required_points": 1}
        cls.program = cls.env["loyalty.program"].create(
            {
                "name": "Garden",
                "program_type": "coupons",
                "trigger": "with_code",
                "applies_on": "current",
                "hotel_least_nights": 2,
                "reward_ids": [Command.clear(), Command.create(reward)],
                "communication_plan_ids": [Command.clear()],
            }
        )
        for lang in ("en_US", "zh_CN"):
            cls._make_user("marketing", login=f"marketer_{lang}", lang=lang)
        cls.approver = cls._make_user("finance+approver")
        today = fields.Date.today()
        cls.campaign = cls._make_planned(today)
        cls.campaign.with_context(lang="zh_CN").write(
            {
                "title": "花园之夜",
                "hotel_summary": "古树下的音乐与灯笼",
            }
        )
        words = {"For those who stay with us, and their friends.": "欢迎住店宾客与友人。"}
        cls.campaign.update_field_translations("hotel_description", {"zh_CN": words})
        cls.reader = cls._make_guest("Rosa Reader", email="rosa@example.com", phone="+351912000001")
        cls.reader.hotel_record_consent("offer", "any", "given")
        cls.env.cr.flush()

    @classmethod
    def _make_planned(cls, today):
        """Return an activity as a marketer plans it."""
        planner = cls.env["res.users"].search([("login", "=", "marketer_en_US")])
        campaigns = cls.env["utm.campaign"].with_user(planner)
        return campaigns.create(
            {
                "title": "Evening in the garden",
                "hotel_kind": "event",
                "hotel_summary": "Music and lanterns under the old trees",
                "hotel_description": "<p>For those who stay with us, and their friends.</p>",
                "hotel_terms": "<p>One place for each guest.</p>",
                "hotel_property_ids": [Command.set(cls.hotel.ids)],
                "hotel_start_date": today - timedelta(days=2),
                "hotel_end_date": today + timedelta(days=30),
                "hotel_capacity": 20,
                "hotel_program_id": cls.program.id,
                "hotel_mail_subject": "An evening in the garden",
                "hotel_holdout_percent": 0,
                "hotel_picture": PIXEL,
            }
        ).sudo()

    def _tell(self):
        """Run the job that draws and tells audiences; a test does not commit."""
        self._patch(self.env.registry["ir.cron"], "_commit_progress", lambda *args, **options: 60.0)
        self.env["hotel.campaign.member"]._cron_tell()

    def _press(self, page, name):
        page.wait(f"button[name={name}]")
        page.click(f"button[name={name}]")

    def test_1_the_marketer_plans_publishes_tells_and_reads_the_figures(self):
        path = f"{ACTION}/{self.campaign.id}"
        with self._browse("marketer_en_US", path, DESKTOP) as page:
            page.wait("button[name=action_hotel_request]")
            page.shoot("marketing_1_plan")
            self._press(page, "action_hotel_request")
            page.wait_gone("button[name=action_hotel_request]")
        self.env.invalidate_all()
        self.campaign.with_user(self.approver).action_hotel_approve()
        with self._browse("marketer_en_US", path, DESKTOP) as page:
            self._press(page, "action_hotel_publish")
            page.wait("button[name=action_hotel_tell]")
            self._press(page, "action_hotel_tell")
            page.wait(".modal .btn-primary")
            page.click(".modal .btn-primary")
            page.wait("button[name=action_hotel_stop]")
            page.shoot("marketing_2_told")
        self.env.invalidate_all()
        self.assertEqual(self.campaign.hotel_send_state, "drawing")
        self._tell()
        self.assertEqual(self.campaign.hotel_send_state, "done")
        self.assertIn(self.reader, self.campaign.hotel_member_ids.partner_id)
        with self._browse("marketer_zh_CN", path, DESKTOP) as page:
            page.wait("button[name=action_hotel_stop]")
            page.wait(".o_notebook .nav-link[name=figures]")
            page.click(".o_notebook .nav-link[name=figures]")
            page.wait("div[name=hotel_revenue]")
            page.shoot("marketing_3_figures_zh", whole=True)
        with self._browse("marketer_zh_CN", "/odoo/action-hotel_crm_marketing.utm_campaign_action_calendar") as page:
            page.wait(".o_calendar_view")
            page.wait(".fc-event", "花园之夜")
            page.shoot("marketing_4_calendar_zh")

    def _fill(self, page, **values):
        for name, value in values.items():
            page.click(f"[name={name}]")
            page.type(value)

    def _join(self, lang, name):
        """Sign up on a telephone and return the code of the coupon."""
        path = f"{self.campaign._get_hotel_path()}?lang={lang}"
        with self._browse(None, path, size=PHONE) as page:
            page.wait(".o_hotel_signup")
            self.assertFalse(page.is_wider_than_screen())
            page.shoot(f"activity_1_page_{lang}", whole=True)
            self._fill(page, name=name, email=f"{name.split()[0].lower()}@example.com")
            page.evaluate("document.querySelector('#o_hotel_agreed').click()")
            page.click(".o_hotel_signup button[type=submit]")
            page.wait(".o_hotel_signed .o_hotel_coupon_code")
            self.assertFalse(page.is_wider_than_screen())
            page.shoot(f"activity_2_joined_{lang}")
            return page.text(".o_hotel_coupon_code")

    def test_2_a_guest_joins_on_a_telephone_and_uses_the_coupon(self):
        self.campaign.write({"hotel_approved_by_id": self.approver.id})
        self.campaign.action_hotel_publish()
        self._join("zh_CN", "Wei Wang")
        code = self._join("en_US", "Bea Nova")
        query = {**self._get_query(room_type=self.room_type, plan=self.plan), "lang": "en_US"}
        form = f"{self.hotel._get_page_url()}/book?" + "&".join(f"{name}={value}" for name, value in query.items())
        with self._browse(None, form, size=PHONE) as page:
            page.wait(".o_hotel_apply_code")
            self._fill(page, name="Bea Nova", email="bea@example.com", code=code.lower())
            page.click(".o_hotel_apply_code")
            page.wait(".o_hotel_quote_line")
            self.assertIn("170", page.text(".o_hotel_summary_total"))
            page.evaluate("document.querySelector('#o_hotel_agreed').click()")
            page.click(".o_hotel_form button.btn-lg")
            page.wait(".o_hotel_number")
            page.shoot("activity_3_booked")
        self.env.invalidate_all()
        self.assertEqual((self.campaign.hotel_used_count, self.campaign.hotel_booking_count), (1, 1))
        self.assertEqual(self.campaign.hotel_night_count, 2)

    def test_3_care_rules_and_why_a_guest_got_nothing(self):
        self.campaign.write({"hotel_state": "running"})
        self.campaign.action_hotel_tell()
        self._tell()
        rule = self.env["hotel.care.rule"].create(
            {
                "name": "Birthday",
                "event": "birthday",
                "mail_template_id": self.env.ref("hotel_crm_marketing.mail_template_care_birthday").id,
                "sms_template_id": self.env.ref("hotel_crm_marketing.sms_template_care_birthday").id,
                "company_id": self.hotel.company_id.id,
            }
        )
        rule.action_start()
        for lang in ("en_US", "zh_CN"):
            path = f"/odoo/action-hotel_crm_marketing.hotel_care_rule_action/{rule.id}"
            with self._browse(f"marketer_{lang}", path, DESKTOP) as page:
                page.wait("button[name=action_stop]")
                page.shoot(f"care_1_rule_{lang}")
            path = "/odoo/action-hotel_crm_marketing.hotel_care_why_action"
            with self._browse(f"marketer_{lang}", path, DESKTOP) as page:
                page.wait(".modal div[name=partner_id] input")
                page.choose(".modal div[name=partner_id]", "Rosa")
                page.wait(".modal div[name=answer]", "✘")
                page.shoot(f"care_2_why_{lang}")
