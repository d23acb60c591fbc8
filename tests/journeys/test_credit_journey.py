"""The story of an approver who reviews a credit grade, and of the desk that reads what it allows."""

from datetime import timedelta

from journey_browser import DESKTOP, JourneyCase, again

from odoo import fields
from odoo.tests import tagged

from odoo.addons.hotel_crm_base.tests.insight.credit_case import CreditMakers

BASE = "/odoo/action-hotel_crm_base."
MODAL = ".modal:not(.o_inactive_modal) "


@tagged("post_install", "-at_install")
class TestCreditJourney(CreditMakers, JourneyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_hotels()
        cls._make_credit_scene()
        for lang in ("en_US", "zh_CN"):
            cls.env["res.lang"]._activate_lang(lang)
            cls._make_user("approver", login=f"approver_{lang}", lang=lang)
            cls._make_user("front_office", login=f"desk_{lang}", lang=lang)
            cls._make_user("finance", login=f"finance_{lang}", lang=lang)

    def _make_regular(self, name):
        """Make a guest who came often, once not."""
        today = fields.Date.today()
        guest = self._make_guest(name)
        for number in range(12):
            self._make_stay(guest, arrival=today - timedelta(days=30 * number + 40), state="departed")
            self._make_consumption(guest, amount=900.0, business_date=today - timedelta(days=30 * number + 40))
        self._make_stay(guest, arrival=today - timedelta(days=20), state="no_show")
        survey = self.env["hotel.credit.investigation"].create(
            {"partner_id": guest.id, "company_id": self.company.id, "agency": "Bank of the Harbour", "method": "bank",
             "content": "Does the guest pay in time?", "result": "Always", "score": 90}
        )
        survey.action_receive()
        return guest

    def _tell(self, lang, name):
        guest = self._make_regular(name)
        grade = self._propose(guest, note="Asks for 30 days")
        with self._browse(f"approver_{lang}", f"{BASE}hotel_credit_grade_action_review", DESKTOP) as page:
            page.wait(".o_data_row", name)
            page.shoot("1_to_review")
            page.click(".o_data_row .o_data_cell[name=partner_id]")
            page.wait("[name=reason_text]")
            page.shoot("2_grade")
            page.click("button[name=action_review]")
            page.wait(MODAL + "[name=limit_amount] input")
            page.shoot("3_review")
            page.click(MODAL + "button[name=action_approve]")
            page.wait_gone(MODAL)
            page.wait("[name=valid_until]")
            page.shoot("4_approved")
        self.assertEqual((grade.state, grade.is_current), ("approved", True))
        with self._browse(f"desk_{lang}", f"{BASE}res_partner_action_hotel_guest/{guest.id}", DESKTOP) as page:
            page.wait("[name=hotel_credit_text]", grade.standard_id.name)
            page.shoot("5_desk")
        with self._browse(f"finance_{lang}", f"{BASE}res_partner_action_hotel_guest/{guest.id}", DESKTOP) as page:
            page.click(".o_notebook_headers [name=credit]")
            page.wait("[name=hotel_credit_grade_ids] .o_data_row")
            page.shoot("6_finance")
        with self._browse(f"finance_{lang}", f"{BASE}hotel_credit_standard_action", DESKTOP) as page:
            page.wait(".o_data_row")
            page.shoot("7_standards")

    def test_an_approver_reviews_en(self):
        self._tell("en_US", "Ana Costa")

    @again
    def test_an_approver_reviews_zh(self):
        self._tell("zh_CN", "王伟")
