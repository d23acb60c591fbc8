"""The story of an administrator who opens the health of the hotel in the morning, and the list of backups."""

from datetime import datetime

from journey_browser import DESKTOP, JourneyCase

from odoo.tests import tagged

BASE = "/odoo/action-hotel_crm_base."


@tagged("post_install", "-at_install")
class TestHealthJourney(JourneyCase):
    def test_an_administrator_looks_what_is_wrong(self):
        self._make_hotels()
        self._make_user("admin", login="keeper", lang="en_US")
        self.env.cr.execute("ALTER TABLE hotel_access_log DISABLE TRIGGER hotel_access_log_guard")
        for number, state in enumerate(("good", "failed")):
            self.env["hotel.backup"].create({
                "name": f"hotel-2028022{number}T020000Z", "made_at": datetime(2028, 2, 20 + number, 2), "state": state,
                "megabytes": 812.4, "row_count": 12_345_678, "seconds": 321.0, "copy_state": "copied",
                "key_state": "apart", "problem": "No space left on device" if state == "failed" else False,
            })
        self.env["hotel.health.check"]._look()
        with self._browse("keeper", f"{BASE}hotel_health_open_action", DESKTOP) as page:
            page.wait(".o_data_row", "Append-only tables are guarded")
            page.shoot("1_health")
            page.click(".o_data_row .o_data_cell[name=title]")
            page.wait(".o_form_view [name=advice]")
            page.shoot("2_finding")
        with self._browse("keeper", f"{BASE}hotel_backup_action", DESKTOP) as page:
            page.wait(".o_data_row", "No space left on device")
            page.shoot("3_backups")
