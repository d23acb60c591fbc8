from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..common import ROLES
from .import_common import ImportCase, make_csv

MODELS = ("job", "column", "place", "preset", "row", "error")


@tagged("post_install", "-at_install")
class TestImportSecurity(ImportCase):
    def test_only_managers_and_administrators_import(self):
        for role in ROLES:
            user = self._make_user(role)
            for model in MODELS:
                allowed = role in ("manager", "admin")
                records = self.env[f"hotel.import.{model}"].with_user(user)
                self.assertEqual(records.has_access("read"), allowed, f"{role} {model}")
                self.assertEqual(records.has_access("unlink"), allowed and model not in ("row", "error"))

    def _refused_job(self):
        job = self._make_import(make_csv(["name"], ["=x"]))
        self._run(job)
        return job

    def test_another_manager_does_not_see_refused_rows_and_an_administrator_does(self):
        job = self._refused_job()
        stranger = self._make_user("manager")
        for record in (job, job.bad_row_ids, job.error_ids, job.column_ids):
            with self.assertRaises(AccessError):
                record.with_user(stranger).check_access("read")
            record.with_user(self._make_user("admin")).check_access("read")

    def test_an_administrator_of_another_company_sees_nothing(self):
        job = self._refused_job()
        admin = self._make_user("admin", hotels=self.other_hotel)
        for record in (job, job.bad_row_ids, job.error_ids, job.column_ids):
            self.assertFalse(self.env[record._name].with_user(admin).search([("id", "in", record.ids)]))

    def test_importing_into_a_property_of_others_is_refused(self):
        for values in ({"property_id": self.other_hotel.id}, {}):
            header = ["hotel", "arrival", "nights", "status"]
            content = make_csv(header, ["MOUN", "2025-03-01", "1", "departed"])
            if values:
                with self.assertRaises(ValidationError):
                    self._make_import(content, kind="stays", **values)
            else:
                job = self._make_import(content, kind="stays")
                self.assertFalse(job.place_ids.property_id)
                with self.assertRaises(ValidationError):
                    job.place_ids.property_id = self.other_hotel

    def test_a_property_taken_away_meanwhile_is_refused_row_by_row(self):
        header = ["hotel", "arrival", "nights", "status"]
        job = self._make_import(make_csv(header, ["HARB", "2025-03-01", "1", "departed"]), kind="stays")
        job.action_load()
        self.importer.hotel_property_ids = False
        self._work()
        self.assertEqual(self._errors(job), [(2, "hotel", "HARB", "no_property")])

    def test_an_importer_who_lost_the_role_meanwhile_loads_nothing(self):
        job = self._make_import(make_csv(["name"], ["Ana"]))
        job.action_load()
        self.importer.group_ids = self.env.ref("hotel_crm_base.group_front_office")
        self._work()
        self.assertEqual((job.sudo().state, job.sudo().new_count), ("stopped", 0))

    def test_nobody_imports_in_the_name_of_another(self):
        job = self._make_import(make_csv(["name"], ["Ana"]))
        admin = self.env.ref("base.user_admin")
        for values in ({"user_id": admin.id}, {"state": "loading"}, {"position": 5}):
            with self.assertRaises(AccessError):
                job.write(values)
            with self.assertRaises(AccessError):
                job.create(values)

    def test_a_running_import_is_not_changed(self):
        job = self._make_import(make_csv(["name"], ["Ana"]))
        job.action_load()
        with self.assertRaises(UserError):
            job.source_system = "x"
        with self.assertRaises(UserError):
            job.unlink()
        job.action_stop()
        self.assertEqual(job.state, "stopped")
        self._work()
        self.assertEqual(job.position, 0)

    def test_refusing_says_nothing_about_guests_elsewhere(self):
        """The reason of a refusal holds what the file said, nothing from the database."""
        self._make_guest("Secret", email="ana@example.com")
        self._make_guest("Secret", email="ana@example.com")
        job = self._make_import(make_csv(["name", "email"], ["Ana", "ana@example.com"]), match_email=True)
        self._run(job)
        self.assertNotIn("Secret", f"{job.error_ids.reason}{job.error_ids.value}")
