import os
import signal
import subprocess
import sys
import time
from unittest.mock import patch

import psycopg2

from odoo.tests import tagged
from odoo.tests.common import get_db_name
from odoo.tools import config, mute_logger

from ..concurrency import ConcurrencyCase
from .import_common import ImportMakers, make_csv

CHUNK = 20
ROWS = 200
RUN = "odoo.addons.hotel_crm_base.models.border.hotel_import_job_run"
#: a process that loads the import given on its command line, slowly enough to be killed in the middle
CHILD = f"""
import sys, time
import odoo
from odoo import api, SUPERUSER_ID
from odoo.modules.registry import Registry
from odoo.tools import config
config.parse_config(sys.argv[2:])
with Registry(config["db_name"][0]).cursor() as cr:
    env = api.Environment(cr, SUPERUSER_ID, {{}})
    job = env["hotel.import.job"].browse(int(sys.argv[1]))
    run = type(job)
    process = run._process
    def slow(self, engine, part, *args):
        process(self, engine, part, *args)
        env.flush_all()
        print(self.position, flush=True)
        time.sleep(0.3)  # rows are written, their transaction is open
    run._process = slow
    job._run({CHUNK})
"""


@tagged("post_install", "-at_install")
class TestImportCrash(ImportMakers, ConcurrencyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.importer = cls._make_user("manager", login="importer_of_crashes")
        cls.cr.commit()  # pylint: disable=invalid-commit

    def _make_guest_import(self, rows=ROWS, first=1):
        content = make_csv(["no", "name"], *([str(number), f"Guest {number}"] for number in range(first, first + rows)))
        job = self._make_import(content, source_system="crash")
        self._map(job, source_ref="no")
        job = job.with_user(self.env.user)
        job._start("loading")
        self.cr.commit()  # pylint: disable=invalid-commit
        return job

    def _count_guests(self):
        self.env.invalidate_all()
        return self.env["hotel.guest.reference"].search_count([("source_system", "=", "crash")])

    def _assert_whole(self, job, rows=ROWS):
        self.cr.rollback()
        self.env.invalidate_all()
        self.assertEqual((job.state, job.position, self._counts(job)), ("done", rows, (rows, 0, 0, 0)))
        self.assertEqual(self._count_guests(), rows)
        names = self.env["hotel.guest.reference"].search([("source_system", "=", "crash")]).partner_id.mapped("name")
        self.assertEqual(len(set(names)), rows)

    def tearDown(self):
        super().tearDown()
        self.cr.rollback()
        self.cr.execute("DELETE FROM hotel_guest_reference WHERE source_system = 'crash'")
        self.cr.commit()  # pylint: disable=invalid-commit

    def _spawn(self, job):
        options = ["-d", get_db_name(), f"--addons-path={','.join(config['addons_path'])}"]
        rc = os.environ.get("ODOO_RC")
        options += ["-c", rc] if rc else []
        return subprocess.Popen([sys.executable, "-c", CHILD, str(job.id), *options], stdout=subprocess.PIPE, text=True)

    def test_a_killed_process_loses_nothing_and_repeats_nothing(self):
        job = self._make_guest_import()
        child = self._spawn(job)
        for line in child.stdout:
            if line.strip().isdigit() and int(line) >= 3 * CHUNK:
                break  # the third chunk is written and not committed
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()
        self._await_rollback()
        position = job.position
        self.assertTrue(2 * CHUNK <= position < ROWS)
        self.assertEqual(self._count_guests(), position)
        with self._connect() as env:
            job.with_env(env)._run(CHUNK)
        self._assert_whole(job)

    def _await_rollback(self):
        """Wait until the server has noticed that the process is gone."""
        for _attempt in range(100):
            self.cr.rollback()
            self.env.invalidate_all()
            self.cr.execute(
                "SELECT count(*) FROM pg_locks WHERE relation = 'res_partner'::regclass AND pid <> pg_backend_pid()"
            )
            if not self.cr.fetchone()[0]:
                return
            time.sleep(0.1)

    def test_an_error_between_two_chunks_loses_nothing(self):
        job = self._make_guest_import()
        run, calls = type(job), []
        commit = run._commit_chunk

        def fail(self):
            calls.append(self.position)
            if len(calls) == 4:
                raise MemoryError
            return commit(self)

        with patch.object(run, "_commit_chunk", fail), mute_logger(RUN), self._connect() as env:
            job.with_env(env)._run(CHUNK)
        self.cr.rollback()
        self.env.invalidate_all()
        self.assertEqual((job.state, job.position), ("stopped", 3 * CHUNK))
        self.assertEqual(self._count_guests(), 3 * CHUNK)
        job.action_continue()
        self.cr.commit()  # pylint: disable=invalid-commit
        with self._connect() as env:
            job.with_env(env)._run(CHUNK)
        self._assert_whole(job)

    def test_two_runs_of_one_import_at_once_load_each_row_once(self):
        job = self._make_guest_import()
        results = self._at_once(
            lambda env: job.with_env(env)._run(CHUNK),
            lambda env: job.with_env(env)._run(CHUNK),
        )
        self.assertFalse([result for result in results if isinstance(result, Exception)], results)
        self._assert_whole(job)

    def test_two_imports_of_one_file_at_once_load_each_guest_once(self):
        jobs = [self._make_guest_import(), self._make_guest_import()]
        results = self._at_once(
            lambda env: jobs[0].with_env(env)._run(CHUNK),
            lambda env: jobs[1].with_env(env)._run(CHUNK),
        )
        self.assertFalse([result for result in results if isinstance(result, Exception)], results)
        self.cr.rollback()
        self.env.invalidate_all()
        self.assertEqual([job.state for job in jobs], ["done", "done"])
        self.assertEqual(self._count_guests(), ROWS)
        self.assertEqual(sum(job.new_count for job in jobs), ROWS)
        self.assertEqual(sum(job.same_count for job in jobs), ROWS)

    def test_a_connection_in_the_way_is_waited_for(self):
        job = self._make_guest_import()
        store, calls = type(job)._store, []

        def stumble(self, *args):
            calls.append(1)
            if len(calls) == 2:
                raise psycopg2.errors.SerializationFailure
            return store(self, *args)

        with patch.object(type(job), "_store", stumble), self._connect() as env:
            job.with_env(env)._run(CHUNK)
        self._assert_whole(job)
