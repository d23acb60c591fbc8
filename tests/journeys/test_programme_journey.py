"""The story of a rule: a manager lowers the nights for silver, is told what is wrong, tries it and has it applied."""

from datetime import date, timedelta

from journey_browser import JourneyCase

from odoo import SUPERUSER_ID, api
from odoo.tests import tagged

ACTION = "/odoo/action-hotel_crm_loyalty.loyalty_program_hotel_action"
SILVER = "versions[0].tiers[1]"
NIGHTS = f"{SILVER}.gain.nodes[0].value"


def at(path):
    return f'[data-path="{path}"]'


@tagged("post_install", "-at_install")
class TestProgrammeJourney(JourneyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_hotels()
        cls.env["res.lang"]._activate_lang("zh_CN")
        cls._make_user("manager", login="mia")
        cls._make_user("admin", login="chief")
        cls._make_user("manager", login="wei", lang="zh_CN")
        cls.program = cls.env["loyalty.program"].search([("hotel_code", "=", "hotel_club")])
        cls.cards = cls.env["loyalty.card"]
        today = date.today()  # noqa: TID251  the browser and the server have the clock of the machine
        for number, nights in enumerate((3, 7), 1):
            guest = cls._make_guest(f"Guest {number}")
            card = cls.program._hotel_join(guest, on=today.replace(month=1, day=1))
            cls._make_stay(guest, arrival=today - timedelta(days=nights + 1), nights=nights, state="departed")
            cls.cards |= card
        cls.cards._hotel_evaluate()

    def _work(self):
        """Let the scheduled job run, as another process would."""
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env.ref("hotel_crm_loyalty.hotel_loyalty_cron_rerun").method_direct_trigger()

    def _fill(self, page, path, text):
        """Type into a field of the editor in place of what stands there."""
        page.click(f"{at(path)} input")
        page.evaluate(f"""document.querySelector('{at(path)} input').select()""")
        page.type(text)

    def _save(self, page):
        page.click(".o_form_button_save")
        page.wait_for("document.querySelector('.o_form_status_indicator_buttons.invisible')")

    def _change_silver(self, page):
        """Put a wrong number in, which is kept and told, then a right one."""
        page.click(f'[data-item="{SILVER}"] [data-do=toggle]')
        page.wait(f"{at(NIGHTS)} input")
        page.evaluate(f"""document.querySelector('[data-item="{SILVER}"]').scrollIntoView()""")
        page.shoot("3_tier")
        self._fill(page, NIGHTS, "many")
        page.wait(f"{at(NIGHTS)} [role=alert]", "is not a decimal number")
        page.wait(".o_hotel_programme > .alert-danger", "Silver")
        page.shoot("4_problem")
        self._save(page)
        self.assertEqual(page.value(f"{at(NIGHTS)} input"), "many")
        self._fill(page, NIGHTS, "6")
        page.wait_gone(".o_hotel_programme > .alert-danger")

    def test_a_manager_changes_a_rule_and_a_tier_follows(self):
        self.assertEqual(self.cards.mapped("hotel_tier_id.code"), ["member"])
        with self._browse("mia", f"{ACTION}/{self.program.id}") as page:
            page.wait("div[name=hotel_summary_html]", "Silver: from 10 nights or")
            page.shoot("1_in_words")
            page.click("button[name=action_hotel_draft]")
            page.wait(".o_hotel_programme", "Versions")
            page.shoot("2_editor")
            self._change_silver(page)
            page.click("button[name=action_dry_run]")
            page.wait(".alert-info", "A job works in the background")
            self._work()
            page.wait("div[name=raised_count]", "1")
            page.wait("div[name=tier_ids] .o_data_row", "Silver")
            page.shoot("5_tried")
        draft = self.program.hotel_revision_ids.filtered(lambda revision: revision.state == "draft")
        rerun = draft.rerun_ids
        self.assertEqual(self.cards.mapped("hotel_tier_id.code"), ["member"])
        with self._browse("chief", f"/odoo/action-hotel_crm_loyalty.hotel_loyalty_rerun_action/{rerun.id}") as page:
            page.click("button[name=action_view_lines]")
            page.wait(".o_data_row", "Guest 2")
            page.shoot("6_members")
            page.evaluate("history.back()")
            page.click("button[name=action_apply]")
            page.click(".modal-footer .btn-primary")
            page.wait("div[name=stage]", "Put in Force")
            self._work()
            page.wait("div[name=booked_count]", "1")
            page.shoot("7_applied")
        self.assertEqual(draft.state, "applied")
        self.assertEqual([card.hotel_tier_id.code for card in self.cards], ["member", "silver"])

    def test_the_editor_by_the_keyboard(self):
        draft = self.program.hotel_revision_id.action_draft()["res_id"]
        page_of_draft = f"/odoo/action-hotel_crm_loyalty.hotel_loyalty_revision_action/{draft}"
        with self._browse("mia", page_of_draft) as page:
            page.wait(f'[data-item="{SILVER}"]')
            page.evaluate(f"""document.querySelector('[data-item="{SILVER}"] [data-do=down]').focus()""")
            page.press("Enter")
            page.wait('[data-item="versions[0].tiers[2]"] .o_hotel_programme_title', "Silver")
            self.assertEqual(page.evaluate("document.activeElement.closest('[data-item]').dataset.item"),
                             "versions[0].tiers[2]")  # fmt: skip
            for key in ("Tab", "Tab", "Enter"):  # the last one cannot move down: up, then duplicate
                page.press(key)
            page.wait('[data-item="versions[0].tiers[3]"] .o_hotel_programme_title', "Silver")
            self._save(page)
        content = self.env["hotel.loyalty.revision"].browse(draft).content
        codes = [tier["code"] for tier in content["versions"][0]["tiers"]]
        self.assertEqual(codes, ["member", "gold", "silver", "silver_2"])

    def test_the_screens_in_chinese(self):
        draft = self.program.hotel_revision_id.action_draft()["res_id"]
        with self._browse("wei", f"{ACTION}/{self.program.id}") as page:
            page.wait("div[name=hotel_summary_html]", "银卡：一个自然年内满10间夜")
            page.shoot("1_in_words")
            page.click(".nav-link[name=versions]")
            page.shoot("2_versions")
            page.click(".nav-link[name=tiers]")
            page.wait("div[name=hotel_tier_ids] .o_data_row", "银卡")
            page.shoot("3_tiers")
            page.click(".nav-link[name=revisions]")
            page.click("div[name=hotel_revision_ids] .o_data_row:nth-child(2) button[name=action_open]")
            page.wait(".o_hotel_programme_readonly")
            page.click(f'[data-item="{SILVER}"] [data-do=toggle]')
            page.evaluate(f"""document.querySelector('[data-item="{SILVER}"]').scrollIntoView()""")
            page.shoot("3_read_only")
        with self._browse("wei", f"/odoo/action-hotel_crm_loyalty.hotel_loyalty_revision_action/{draft}") as page:
            page.click(f'[data-item="{SILVER}"] [data-do=toggle]')
            page.wait(f"{at(NIGHTS)} input")
            page.shoot("4_editor")
            page.click("button[name=action_compare]")
            page.wait(".modal-content", "两个版次的规则相同")
        with self._browse("wei", "/odoo/action-hotel_crm_loyalty.hotel_loyalty_load_action") as page:
            page.wait("div[name=fixture]")
            page.shoot("5_load")
        with self._browse("wei", "/odoo/action-hotel_crm_loyalty.hotel_loyalty_what_if_action") as page:
            page.wait("div[name=answer_html]")
            page.shoot("6_what_if")
