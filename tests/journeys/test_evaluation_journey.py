"""After an activity: what it brought and how guests liked it, on screen and paper; and guests who want no more."""

import io
from datetime import timedelta

from journey_browser import DESKTOP, PHONE, JourneyCase

from odoo import Command, fields
from odoo.tests import tagged
from odoo.tools.pdf import PdfReader

from odoo.addons.hotel_crm_base.tests.booking.portal_common import PortalMakers
from odoo.addons.hotel_crm_service.tests.survey.survey_common import SurveyMakers

SCORES = (9, 10, 8, 10, 9, 7, 5, 8, 6, 7)


@tagged("post_install", "-at_install")
class TestEvaluationJourney(PortalMakers, SurveyMakers, JourneyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_portal_scene()
        for lang in ("en_US", "zh_CN"):
            cls.env["res.lang"]._activate_lang(lang)
            cls._make_user("marketing", login=f"marketer_{lang}", lang=lang)
        cls.env["hotel.survey.rule"].search([]).active = False
        cls.rule = cls._make_rule()
        today = fields.Date.today()
        cls.campaign = cls.env["utm.campaign"].create(
            {
                "title": "Evening in the garden",
                "hotel_kind": "event",
                "hotel_summary": "Music and lanterns under the old trees",
                "hotel_company_id": cls.hotel.company_id.id,
                "hotel_property_ids": [Command.set(cls.hotel.ids)],
                "hotel_start_date": today - timedelta(days=20),
                "hotel_end_date": today + timedelta(days=1),
                "hotel_budget": 400.0,
                "hotel_cost": 450.0,
                "hotel_lessons": "Begin an hour earlier.",
            }
        )
        cls.campaign.with_context(lang="zh_CN").write({"title": "花园之夜", "hotel_summary": "古树下的音乐与灯笼"})
        cls.campaign.write({"hotel_state": "running", "hotel_told_at": f"{today - timedelta(days=18)} 08:00:00"})
        cls._make_outcome(today)
        cls.campaign.hotel_state = "ended"
        cls.env.cr.flush()

    @classmethod
    def _make_outcome(cls, today):
        """Guests of both sides, half of those told booked; ten answered, six of them took part."""
        for number in range(60):
            guest = cls._make_surveyed(f"Guest {number}")
            is_held = number % 4 == 0
            values = {"company_id": cls.campaign.hotel_company_id.id, "partner_id": guest.id, "is_holdout": is_held}
            cls.env["hotel.campaign.member"].create({"campaign_id": cls.campaign.id, "state": "asked", **values})
            if number % (6 if is_held else 2) == 0:
                booked = {"booked_at": f"{today - timedelta(days=10)} 10:00:00", "room_type_id": cls.suite.id}
                cls._make_stay(guest, arrival=today + timedelta(days=number), **booked)
            if number < len(SCORES):
                cls._answer(cls._make_link(cls.rule, cls._make_departed(guest)), nps=SCORES[number])
                if number < 6:
                    cls.campaign._sign_up(guest)

    def test_1_the_marketer_reads_what_it_earned_and_how_guests_liked_it(self):
        path = f"/odoo/action-hotel_crm_marketing.utm_campaign_action_activity/{self.campaign.id}"
        with self._browse("marketer_en_US", path, DESKTOP) as page:
            page.wait(".alert-warning", "More was spent")
            page.click("button[name=action_hotel_evaluate]")
            page.wait("button[name=action_download]")
            page.wait("div[name=satisfaction]", "88.3")
            page.shoot("evaluation_1_en", whole=True)
        found = self.campaign.hotel_evaluation_ids
        self.assertEqual((found.participant_count, found.satisfaction_count, found.others_count), (6, 6, 4))
        path = f"/odoo/action-hotel_crm_marketing.hotel_campaign_evaluation_action/{found.id}"
        with self._browse("marketer_zh_CN", path, DESKTOP) as page:
            page.wait("div[name=satisfaction]", "88.3")
            page.shoot("evaluation_2_zh", whole=True)
        if self.env["ir.actions.report"]._get_print_browser():
            self._print(found)

    def _print(self, evaluation):
        marketer = self.env["res.users"].search([("login", "=", "marketer_zh_CN")])
        for lang, words in (("en_US", "Satisfaction of Participants"), ("zh_CN", "花园之夜")):
            reports = self.env["ir.actions.report"].with_user(marketer)
            reports = reports.with_context(lang=lang, force_report_rendering=True)
            content, kind = reports._render_qweb_pdf("hotel_crm_marketing.campaign_evaluation", evaluation.ids)
            pages = PdfReader(io.BytesIO(content)).pages
            self.assertEqual((kind, len(pages) <= 2), ("pdf", True))
            self.assertIn(words, pages[0].extract_text())

    def test_2_a_guest_says_no_on_a_telephone_without_a_login(self):
        guest = self._make_surveyed("Rosa Reader")
        for purpose in ("offer", "greeting", "loyalty"):
            guest.hotel_record_consent(purpose, "any", "given")
        path = f"/hotel/{guest._get_hotel_choice_url().split('/hotel/')[1]}"
        for lang in ("zh_CN", "en_US"):
            with self._browse(None, f"{path}?lang={lang}", size=PHONE) as page:
                page.wait(".o_hotel_choices form")
                self.assertFalse(page.is_wider_than_screen())
                page.shoot(f"choices_{lang}")
        with self._browse(None, path, size=PHONE) as page:
            page.click(".o_hotel_choices form .btn-outline-secondary")
            page.wait(".o_hotel_done")
            page.shoot("choices_done")
        self.assertFalse(guest._has_hotel_consent("offer", "email"))
        self.assertTrue(guest._has_hotel_consent("greeting", "email"))

    def test_3_the_page_is_shared_by_a_code_that_wechat_scans(self):
        self.campaign.hotel_state = "running"
        for lang in ("zh_CN", "en_US"):
            with self._browse(None, f"{self.campaign._get_hotel_path()}?lang={lang}", size=PHONE) as page:
                page.click(".o_hotel_sharing_wechat summary")
                page.wait(".o_hotel_sharing_wechat svg")
                self.assertFalse(page.is_wider_than_screen())
                page.shoot(f"wechat_{lang}", whole=True)
                found = page.evaluate("document.querySelector(\"meta[property='og:title']\").content")
                self.assertEqual(found, self.campaign.with_context(lang=lang).title)
