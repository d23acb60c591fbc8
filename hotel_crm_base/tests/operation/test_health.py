"""Each check sees what it is for: things are broken for real, in the database and on the disk."""

import os
import stat
import subprocess
import tempfile
from datetime import timedelta
from pathlib import Path

from odoo import SUPERUSER_ID, api, fields
from odoo.modules.registry import Registry
from odoo.tests import tagged
from odoo.tests.common import TransactionCase, get_db_name
from odoo.tools import config

from odoo.addons.hotel_crm_base.models.operation import hotel_health_machine

from ...keyfile import write_new_key


@tagged("post_install", "-at_install")
class TestHealth(TransactionCase):
    @classmethod
    def setUpClass(cls):
        # keys are made in a transaction of their own: before the one of the tests, which would not see them
        with Registry(get_db_name()).cursor() as cr:
            api.Environment(cr, SUPERUSER_ID, {})["hotel.data.key"]._get_keyring()
        super().setUpClass()

    def setUp(self):
        super().setUp()
        self.health = self.env["hotel.health"]

    def _find(self, name):
        """Return the codes that a check finds, and what they speak of."""
        self.env.flush_all()
        found, _seconds = self.health._find(name)
        return {finding.code: finding.values for finding in found}

    def test_a_sound_database_has_a_sound_structure(self):
        for name in ("addons", "imports", "postgresql", "indexes", "constraints", "guards", "extensions"):
            with self.subTest(check=name):
                self.assertEqual(self._find(name), {})

    def test_an_index_that_was_dropped(self):
        for index in ("hotel_consumption__source_unique", "res_partner__hotel_guest_code_index"):
            self.env.cr.execute(f'DROP INDEX IF EXISTS "{index}"')
        self.env.cr.execute("DROP INDEX hotel_consumption_source_unique, hotel_stay__reservation_id_index")
        found = self._find("indexes")["index_missing"]
        self.assertEqual(
            (found["count"], found["names"]),
            (2, ["hotel_consumption_source_unique", "hotel_stay__reservation_id_index"]))

    def test_an_index_that_was_left_half_made(self):
        self.env.cr.execute(
            "UPDATE pg_index SET indisvalid = FALSE WHERE indexrelid = 'hotel_consumption_source_unique'::regclass")
        self.assertEqual(self._find("indexes")["index_missing"]["names"], ["hotel_consumption_source_unique"])

    def test_constraints_that_were_dropped(self):
        self.env.cr.execute("""
            ALTER TABLE hotel_consumption DROP CONSTRAINT hotel_consumption_amount_by_hand;
            ALTER TABLE hotel_consumption DROP CONSTRAINT hotel_consumption_stay_id_fkey;
            ALTER TABLE hotel_consumption ALTER COLUMN kind DROP NOT NULL""")
        self.assertEqual(
            self._find("constraints")["constraint_missing"]["names"],
            ["hotel_consumption_amount_by_hand", "hotel_consumption.stay_id", "hotel_consumption.kind"])

    def test_a_guard_that_was_switched_off(self):
        self.env.cr.execute("ALTER TABLE hotel_access_log DISABLE TRIGGER hotel_access_log_guard")
        self.assertEqual(self._find("guards")["trigger_missing"]["names"], ["hotel_access_log_guard"])

    def test_an_addon_that_was_not_upgraded(self):
        self.env["ir.module.module"].search([("name", "=", "hotel_crm_base")]).latest_version = "19.0.0.0.1"
        self.assertEqual(self._find("addons")["addon_old"]["names"], ["hotel_crm_base"])

    def test_jobs(self):
        jobs = self.env["ir.cron"].search([])
        now = fields.Datetime.now()
        jobs.write({"nextcall": now + timedelta(hours=1), "lastcall": now, "failure_count": 0})
        self.assertEqual(self._find("jobs"), {})
        job = self.env.ref("hotel_crm_base.ir_cron_release_holds")
        job.nextcall = now - timedelta(minutes=30)
        named = [["ir.actions.server", job.ir_actions_server_id.id]]
        late = self._find("jobs")["job_late"]
        self.assertEqual(late, {"names": named, "count": 1, "minutes": 30})
        for lang, name in (("en_US", "Hotel CRM: release of rooms that were held too long"), ("zh_CN", "释放")):
            self.assertIn(name, self.health.with_context(lang=lang)._explain("job_late", late)[0])
        jobs.write({"lastcall": now - timedelta(hours=3)})
        self.assertEqual(self._find("jobs")["jobs_stand"], {"minutes": 180})
        job.write({"nextcall": now, "failure_count": 2})
        self.assertEqual(self._find("jobs")["job_failing"]["names"], named)
        job.active = False
        self.assertEqual(self._find("jobs")["job_off"]["names"], named)
        self.env["ir.config_parameter"].set_param("database.is_neutralized", True)
        self.assertEqual(self._find("jobs"), {"neutralized": {}})

    def test_queues(self):
        mails = self.env["mail.mail"].create([{"subject": "A", "state": state} for state in ("outgoing", "exception")])
        self.env["mail.mail"].flush_model()
        self.assertIn("queue_failed", self._find("queues"))
        self.env.cr.execute("UPDATE mail_mail SET create_date = create_date - interval '2 hours' WHERE id = ANY(%s)",
                            [mails.ids])
        self.env.invalidate_all()
        found = self._find("queues")
        self.assertIn(["ir.model", "mail.mail", 1], found["queue_stuck"]["names"])
        self.assertIn("Outgoing Mails: 1", self.health._explain("queue_stuck", found["queue_stuck"])[0])
        says, _todo = self.health.with_context(lang="zh_CN")._explain("queue_stuck", found["queue_stuck"])
        self.assertRegex(says, "邮件: 1")
        self.assertNotIn("Ana", str(found))

    def test_rows_that_wait_to_be_mended(self):
        self.assertEqual(self._find("staging"), {})
        client = self.env["hotel.api.client"].create({"name": "Till", "source_system": "till"})
        self.env["hotel.feed.row"].create({
            "client_id": client.id, "kind": "guests", "row_key": "1", "source_ref": "1",
            "received_at": fields.Datetime.now() - timedelta(hours=5)})
        self.assertEqual(self._find("staging"), {"staging_waits": {"count": 1, "hours": 5}})

    def test_a_full_disk(self):
        for free, code in ((3.0e9, "disk_low"), (0.4e9, "disk_full")):
            usage = type("usage", (), {"free": free, "total": 100e9})
            self.patch(hotel_health_machine.shutil, "disk_usage", lambda _path, usage=usage: usage)
            self.assertIn(code, self._find("disk"))

    def test_a_disk_that_is_really_full(self):
        folder = tempfile.mkdtemp()
        self.addCleanup(os.rmdir, folder)
        if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "none", folder], capture_output=True).returncode:
            self.skipTest("outside: the right to mount a small disk")
        self.addCleanup(subprocess.run, ["umount", folder], check=True)
        Path(folder, "backup").write_bytes(bytes(900_000))
        Path(folder, "conf").write_text(f"[backup]\nfolder = {folder}\nrecipients = x\n")
        self.patch(os, "environ", {**os.environ, "HOTEL_CRM_BACKUP_CONF": f"{folder}/conf"})
        full = self._find("disk")["disk_full"]
        self.assertEqual((full["names"], full["free"]), (["backups"], 0.0))

    def test_the_disk_of_postgresql_is_looked_at_where_it_is_this_machines(self):
        place = self.health._get_places()["PostgreSQL"]
        self.env.cr.execute("SHOW data_directory")
        self.assertEqual((place,), self.env.cr.fetchone())

    def test_the_key_file(self):
        self.env["hotel.data.key"]._get_keyring()
        self.assertEqual(self._find("key"), {})
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "other.pem")
            write_new_key(str(path))
            self.patch(os, "environ", {**os.environ, "HOTEL_CRM_KEY_FILE": str(path)})
            self.env.invalidate_all()
            self.assertIn("key_problem", self._find("key"))
            path.chmod(stat.S_IRUSR | stat.S_IROTH)
            self.env.invalidate_all()
            self.assertIn("chmod 600", self._find("key")["key_problem"]["reason"])

    def test_a_file_that_is_gone(self):
        attachment = self.env["ir.attachment"].create({"name": "a", "raw": b"a file of this test only"})
        self.assertEqual(self._find("files"), {})
        os.unlink(attachment._full_path(attachment.store_fname))
        self.assertEqual(self._find("files")["files_missing"]["count"], 1)

    def test_weak_settings(self):
        self.env["ir.module.module"].search([("name", "=", "base")]).demo = False
        address = self.env["ir.config_parameter"]
        self.patch(config, "options", config.options.new_child({
            "list_db": False, "dbfilter": "", "db_name": ["x"], "dev_mode": [], "test_enable": False,
            "proxy_mode": True}))
        address.set_param("web.base.url", "https://hotel.example.com")
        self.assertEqual({**self._find("server"), **self._find("address")}, {})
        config.options.update(list_db=True, dbfilter="", db_name=[], dev_mode=["reload"], proxy_mode=False)
        self.assertEqual(set(self._find("server")) - {"master_password"}, {"no_dbfilter", "debug_on", *(
            () if config.verify_admin_password("admin") else ("database_list",))})
        self.assertIn("no_proxy", self._find("address"))
        address.set_param("web.base.url", "http://hotel.example.com")
        self.assertEqual(self._find("address"), {"no_tls": {"scheme": "http"}})

    def test_the_password_that_everybody_knows(self):
        admin = self.env.ref("base.user_admin")
        admin._set_encrypted_password(admin.id, admin._crypt_context().hash("admin"))
        self.assertIn("password_default", self._find("password"))
        admin._set_encrypted_password(admin.id, admin._crypt_context().hash("something else 42"))
        self.assertEqual(self._find("password"), {})

    def test_a_check_that_fails_is_a_finding_and_harms_no_other(self):
        self.patch(type(self.health), "_find_old_addons", lambda self: self.env.cr.execute("SELECT nonsense"))
        with self.assertLogs("odoo.addons.hotel_crm_base", "ERROR"), self.assertLogs("odoo.sql_db", "ERROR"):
            self.assertEqual(self._find("addons"), {"failed": {"reason": "UndefinedColumn"}})
        self.assertEqual(self._find("extensions"), {})
