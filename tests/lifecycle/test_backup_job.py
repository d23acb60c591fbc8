"""The job of the night starts a program of its own, which outlives the request and is read later."""
import os
import shutil
import time
from contextlib import closing

import psycopg2
import pytest
from small_hotel import SmallHotel, make_openpgp_keys

from odoo.tests.common import TransactionCase
from odoo.tools import config

pytestmark = pytest.mark.skipif(not shutil.which("gpg"), reason="outside: gpg (apt-get install gnupg)")


class TestBackupJob(TransactionCase):
    @pytest.fixture(autouse=True)
    def _small(self, tmp_path):
        (tmp_path / "keys").mkdir()
        keys = make_openpgp_keys(tmp_path / "keys")
        self.small = SmallHotel(f"{os.environ.get('TEST_DB', 'test')}_night", tmp_path, keys)
        self.small.create()
        self.small.configure()
        yield
        self.small.drop()

    def test_a_backup_is_made_beside_the_server_and_listed(self):
        backups, small = self.env["hotel.backup"], self.small
        self.patch(type(backups), "_get_database", lambda _self: small.name)
        self.patch(type(backups), "_get_conf_path", lambda _self: str(small.folder / "backup.conf"))
        self.patch(config, "options", config.options.new_child({"data_dir": str(small.data)}))
        with closing(psycopg2.connect(dbname=small.name)) as holder, self.enter_registry_test_mode():
            # a table is locked, so that the backup cannot end; who waits for it is let go after a minute
            holder.cursor().execute("SET idle_in_transaction_session_timeout = 60000; LOCK TABLE guest")
            backups._launch()
            self.assertFalse(small.backups(), "it was not waited for")
        started = time.monotonic()
        while not backups.search([("state", "=", "good")]) and time.monotonic() < started + 300:
            time.sleep(0.2)
            backups._sync()
        made = backups.search([])
        self.assertEqual((made.state, made.table_count, made.problem), ("good", 7, False))
        self.assertEqual(made.row_count, 1000 + 3 + 5)
        self.assertEqual(len(small.backups()), 1)
