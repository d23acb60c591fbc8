"""What the list of backups says is what the logs beside them say; a late one is a finding."""

import json
import tempfile
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import HotelCase


@tagged("post_install", "-at_install")
class TestBackupList(HotelCase):
    def setUp(self):
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        (self.folder / "log").mkdir()
        self.conf = self.folder / "backup.conf"
        self.conf.write_text(f"[backup]\nfolder = {self.folder}\nrecipients = {self.folder}/public.asc\nhour = 0\n")
        self.backups = self.env["hotel.backup"]
        self._patch(type(self.backups), "_get_conf_path", lambda _self: str(self.conf))

    def _log(self, hours, state="good", **values):
        """Write the log of a backup that was begun some hours ago."""
        moment = fields.Datetime.now() - timedelta(hours=hours)
        name = f"{self.env.cr.dbname}-{moment:%Y%m%dT%H%M%SZ}"
        log = {"name": name, "state": state, "size": 5_000_000, "rows": 3_000_000_000, "tables": 700,
               "missing_files": 0, "remote": "copied", "key": "copied", "seconds": 12.5, **values}
        (self.folder / "log" / f"{name}.json").write_text(json.dumps(log))
        return name

    def _find(self):
        self.backups._sync()
        found, _seconds = self.env["hotel.health"]._find("backup")
        return {finding.code for finding in found} - {"copy_unset"}

    def test_the_list_follows_the_logs(self):
        name = self._log(30)
        self._log(2, "failed", error="No space left")
        self.backups._sync()
        failed, good = self.backups.search([])
        self.assertEqual((good.name, good.state, good.megabytes, good.row_count), (name, "good", 5.0, 3e9))
        self.assertEqual((failed.state, failed.problem), ("failed", "No space left"))
        (self.folder / "log" / f"{name}.json").unlink()
        self.backups._sync()
        self.assertEqual(self.backups.search([]), failed)

    def test_one_that_was_killed_has_failed(self):
        self._log(1, "running")
        self.backups._sync()
        self.assertEqual(self.backups.search([]).state, "failed")
        self.assertIn("broken off", self.backups.search([]).problem)

    def test_findings(self):
        self.assertEqual(self._find(), {"backup_none"})
        self._log(40)
        self.assertEqual(self._find(), {"backup_late"})
        self._log(3, "failed", error="pg_dump failed")
        self.assertEqual(self._find(), {"backup_late", "backup_failed"})
        self._log(2)
        self.assertEqual(self._find(), set())
        self._log(1, size=1_000_000, remote="failed", remote_error="No route")
        self.assertEqual(self._find(), {"copy_failed", "backup_shrunk"})
        self.conf.write_text("[backup]\nfolder = x\nretain = 4\n")
        self.assertEqual(self._find(), {"backup_conf"})

    def test_the_job_starts_one_a_day(self):
        with patch.object(type(self.backups), "_start") as start:
            self.backups._cron_backup()
            self.assertEqual(start.call_count, 1)
            self._log(0)
            self.backups._cron_backup()
            self.assertEqual(start.call_count, 1)

    def test_only_administrators_make_one(self):
        with self.assertRaises(AccessError):
            self.backups.with_user(self._make_user("manager")).action_start()
        self._patch(type(self.backups), "_get_conf_path", lambda _self: None)
        with self.assertRaisesRegex(UserError, "Nothing says where backups go"):
            self.backups.with_user(self._make_user("admin")).action_start()

    def test_the_command_line_holds_no_password(self):
        words = self.backups._prepare_arguments()
        self.assertEqual(words[0], "make")
        self.assertFalse(any("pass" in word for word in words))
