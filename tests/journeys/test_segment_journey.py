"""The marketer's story: an audience is cut, its size and spend are seen, a copy is kept for a campaign."""

from datetime import timedelta

from journey_browser import DESKTOP, JourneyCase, again

from odoo import fields
from odoo.tests import tagged

ACTION = "/odoo/action-hotel_crm_base.hotel_segment_action"
MODAL = ".modal:not(.o_inactive_modal) "


@tagged("post_install", "-at_install")
class TestSegmentJourney(JourneyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_hotels()
        today = fields.Date.today()
        guests = [cls._make_guest(name) for name in ("王伟", "Ana Costa", "Zoë Lima")]
        for number, guest in enumerate(guests):
            cls._make_stay(guest, arrival=today - timedelta(days=40), nights=2, state="departed")
            cls._make_consumption(guest, amount=200.0 * number, business_date=today - timedelta(days=39))
        cls.env["hotel.guest.metric"]._refresh_partners([guest.id for guest in guests])
        for lang in ("en_US", "zh_CN"):
            cls.env["res.lang"]._activate_lang(lang)
            cls._make_user("marketing", login=f"marketer_{lang}", lang=lang)
        cls.env.cr.flush()

    def _tell(self, lang, name, spend):
        with self._browse(f"marketer_{lang}", f"{ACTION}/new", DESKTOP) as page:
            page.click("div[name=name] input")
            page.type(name)
            page.click("div[name=rule_ids] .o_field_x2many_list_row_add a")
            page.wait(MODAL + "div[name=criterion]")
            page.click(MODAL + "div[name=criterion] input, " + MODAL + "div[name=criterion] select")
            page.wait(".o_select_menu_item", spend)
            page.evaluate(
                "[...document.querySelectorAll('.o_select_menu_item')]"
                f".find(el => el.textContent.includes('{spend}')).click()"
            )
            page.wait(MODAL + "div[name=number] input")
            page.click(MODAL + "div[name=number] input")
            page.evaluate("document.activeElement.select()")
            page.type("300")
            page.shoot("1_rule")
            page.click(MODAL + ".o_form_button_save, " + MODAL + "footer .btn-primary")
            page.wait_gone(MODAL)
            page.wait("div[name=member_spend]", "400")
            page.shoot("2_figures")
            page.click(".o_form_button_save")
            page.wait("button[name=action_freeze]")
            page.click("button[name=action_freeze]")
            page.wait("div[name=source_id]", name)
            page.shoot("3_copy")
            page.click("button[name=action_open_members]")
            page.wait(".o_data_row", "Zoë Lima", count=1)
            page.shoot("4_members")
        copy = self.env["hotel.segment"].search([("source_id.name", "=", name)])
        self.assertEqual((copy.kind, copy.member_count, copy.member_spend), ("static", 1, 400))

    @again
    def test_an_audience_en(self):
        self._tell("en_US", "Spenders", "Spend")

    def test_an_audience_zh(self):
        self._tell("zh_CN", "高消费客群", "消费")
