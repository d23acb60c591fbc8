"""The story of an administrator who opens the health of the hotel in the morning, and the list of backups."""

from datetime import date, datetime

from journey_browser import DESKTOP, PHONE, JourneyCase, again

from odoo.tests import tagged

BASE = "/odoo/action-hotel_crm_base."
#: what shows a check: a line, or a card on a phone; and where one opens it
ROW = {DESKTOP: ".o_data_row", PHONE: ".o_kanban_record"}
CELL = {DESKTOP: ".o_data_row .o_data_cell[name=title]", PHONE: ".o_kanban_record"}


@tagged("post_install", "-at_install")
class TestHealthJourney(JourneyCase):
    def test_an_administrator_looks_what_is_wrong(self):
        self._tell("en_US", DESKTOP, "Append-only tables are guarded")

    @again
    def test_in_chinese(self):
        self._tell("zh_CN", DESKTOP, "只追加表")

    @again
    def test_in_chinese_on_a_phone(self):
        self._tell("zh_CN", PHONE, "只追加表")

    def _break(self):
        """Let many things be wrong at once, as in no hotel."""
        client = self.env["hotel.api.client"].create({"name": "Till", "source_system": "till"})
        self.env["hotel.feed.row"].create({
            "client_id": client.id, "kind": "guests", "row_key": "1", "source_ref": "1",
            "received_at": datetime(2026, 1, 1)})
        self.env["mail.mail"].create({"subject": "A", "state": "exception"})
        job = self.env.ref("hotel_crm_base.ir_cron_release_holds")
        job.write({"nextcall": datetime(2020, 1, 1), "failure_count": 2})
        stay = self._make_stay(self._make_guest("Ana"), arrival=date(2028, 2, 1))
        self.env.flush_all()
        self.env.cr.execute("DELETE FROM hotel_stay_night WHERE stay_id = %s", [stay.id])
        self.env.cr.execute("DROP INDEX hotel_consumption_source_unique")
        self.env.cr.execute("ALTER TABLE hotel_consumption ALTER COLUMN kind DROP NOT NULL")

    def _tell(self, lang, size, guarded):
        self._make_hotels()
        self._make_user("admin", login="keeper", lang=lang)
        self._break()
        shot = f"{lang}_{size[0]}"
        self.env.cr.execute("ALTER TABLE hotel_access_log DISABLE TRIGGER hotel_access_log_guard")
        for number, state in enumerate(("good", "failed")):
            self.env["hotel.backup"].create({
                "name": f"hotel-2028022{number}T020000Z", "made_at": datetime(2028, 2, 20 + number, 2), "state": state,
                "megabytes": 812.4, "row_count": 12_345_678, "seconds": 321.0, "copy_state": "copied",
                "key_state": "apart", "problem": "No space left on device" if state == "failed" else False,
            })
        self.env["hotel.health.check"]._look()
        with self._browse("keeper", f"{BASE}hotel_health_open_action", size) as page:
            page.wait(ROW[size], guarded)
            page.shoot(f"1_health_{shot}")
            page.click(CELL[size])
            page.wait(".o_form_view [name=advice]")
            page.shoot(f"2_finding_{shot}")
        with self._browse("keeper", f"{BASE}hotel_backup_action", size) as page:
            page.wait(".o_data_row", "No space left on device")
            page.shoot(f"3_backups_{shot}")
