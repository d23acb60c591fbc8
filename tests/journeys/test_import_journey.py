"""The story of a file: an administrator uploads it, is told what is wrong, mends it and loads it."""

import tempfile

from journey_browser import JourneyCase

from odoo import SUPERUSER_ID, api
from odoo.tests import tagged

ACTION = "/odoo/action-hotel_crm_base.hotel_import_job_action"
FILE = """编号,姓名,E-Mail,手机号,生日
1,王伟,wang.wei@example.com,138 0013 8000,1990-02-28
2,Ana Lucía Costa,ana@,+351 912 345 678,
3,,bo@example.com,,1985-12-31
4,Zoë 😀,,,
"""


@tagged("post_install", "-at_install")
class TestImportJourney(JourneyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_hotels()
        cls._make_user("admin", login="chief")

    def _work(self):
        """Let the scheduled job run, as another process would."""
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env.ref("hotel_crm_base.ir_cron_import").method_direct_trigger()

    def _upload(self, page, path):
        root = page._ask("DOM.getDocument")["root"]["nodeId"]
        found = page._ask("DOM.querySelector", nodeId=root, selector="div[name=file] input[type=file]")
        page._ask("DOM.setFileInputFiles", nodeId=found["nodeId"], files=[path])

    def test_an_administrator_loads_a_file_of_guests(self):
        with tempfile.NamedTemporaryFile(suffix=".csv") as file, self._browse("chief", f"{ACTION}/new") as page:
            file.write(FILE.encode())
            file.flush()
            page.wait("div[name=file] input[type=file] ~ *, div[name=file]")
            self._upload(page, file.name)
            page.click("button[name=action_read]")
            page.wait("div[name=column_ids] .o_data_row", count=5)
            page.shoot("columns")
            page.click("button[name=action_check]")
            page.wait(".alert-info", "nothing is written")
            self._work()
            page.wait(".alert-success", "Nothing was written yet")
            self.assertEqual(page.text("div[name=new_count]"), "1")
            self.assertEqual(page.text("div[name=refused_count]"), "3")
            page.shoot("checked")
            page.click("button[name=action_load]")
            page.wait(".alert-info", "being loaded")
            self._work()
            page.wait("button[name=action_load_mended]")
            page.click(".nav-link[name=errors]")
            page.wait("div[name=error_ids] .o_data_row", count=3)
            page.shoot("refused")
            page.click("div[name=error_ids] .o_data_row:nth-child(2) td[name=new_value]")
            page.wait("div[name=error_ids] td[name=new_value] input")
            page.type("ana@example.com")
            page.press("Tab")
            page.click("button[name=action_load_mended]")
            page.wait("div[name=error_ids] .o_data_row", count=2)
            self.assertEqual(page.text("div[name=new_count]"), "2")
            page.shoot("mended")
        guests = self.env["hotel.guest.reference"].search([("source_system", "=", "import")]).partner_id
        self.assertEqual(sorted(guests.mapped("name")), ["Ana Lucía Costa", "Zoë 😀"])
