"""A process that is killed in the middle of a run: each guest is greeted exactly once all the same."""

import os
import signal
import subprocess
import sys
import time

from odoo import fields
from odoo.tests import tagged
from odoo.tests.common import get_db_name
from odoo.tools import config

from odoo.addons.hotel_crm_base.tests.concurrency import ConcurrencyCase

from .care_common import CareMakers

GUESTS, BATCH = 60, 10
#: a process that greets, slowly enough to be killed in the middle; it commits as the job does
CHILD = f"""
import sys, time
from odoo import api, SUPERUSER_ID
from odoo.modules.registry import Registry
from odoo.tools import config
config.parse_config(sys.argv[1:])
with Registry(config["db_name"][0]).cursor() as cr:
    env = api.Environment(cr, SUPERUSER_ID, {{}})
    done = []
    def commit(self, *args, **options):
        if args and args[0]:
            done.append(args[0])
        env.flush_all()
        print(len(done), flush=True)
        time.sleep(0.3)  # what was written last is in an open transaction
        cr.commit()
        return 60.0
    env.registry["ir.cron"]._commit_progress = commit
    env["hotel.care.greeting"]._cron_greet({BATCH})
"""


@tagged("post_install", "-at_install")
class TestCareCrash(CareMakers, ConcurrencyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        today = fields.Date.today()
        # the day of the rule is that of UTC here, also near midnight
        cls.env.company.partner_id.tz = "UTC"
        cls.rule = cls._make_rule(late_days=1)
        cls.guests = cls.env["res.partner"].create(
            [
                {
                    "name": f"Guest {number}",
                    "is_hotel_guest": True,
                    "email": f"crash{number}@example.com",
                    "hotel_birth_date": today.replace(year=1980),
                }
                for number in range(GUESTS)
            ]
        )
        for guest in cls.guests:
            guest.hotel_record_consent("greeting", "any", "given")
        cls.cr.commit()  # pylint: disable=invalid-commit

    def _spawn(self):
        options = ["-d", get_db_name(), f"--addons-path={','.join(config['addons_path'])}"]
        rc = os.environ.get("ODOO_RC")
        options += ["-c", rc] if rc else []
        return subprocess.Popen([sys.executable, "-c", CHILD, *options], stdout=subprocess.PIPE, text=True)

    def _count(self):
        self.cr.rollback()
        self.env.invalidate_all()
        domain = [("partner_id", "in", self.guests.ids), ("dedupe_key", "like", "care/%")]
        return self.env["hotel.message"].search(domain)

    def _greet_here(self, env):
        while greetings := env["hotel.care.greeting"]._take(BATCH):
            greetings._greet()
            env.cr.commit()  # pylint: disable=invalid-commit

    def test_a_killed_run_greets_each_guest_exactly_once_after_all(self):
        child = self._spawn()
        for line in child.stdout:
            if line.strip().isdigit() and int(line) >= 3:
                break  # the third batch is written and not committed
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()
        for _attempt in range(100):
            self.cr.rollback()
            self.cr.execute(
                "SELECT count(*) FROM pg_locks"
                " WHERE relation = 'hotel_care_greeting'::regclass AND pid <> pg_backend_pid()"
            )
            if not self.cr.fetchone()[0]:
                break
            time.sleep(0.1)
        begun = len(self._count())
        self.assertTrue(2 * BATCH <= begun < GUESTS, begun)
        results = self._at_once(self._greet_here, self._greet_here)  # two at once, for good measure
        self.assertFalse([result for result in results if isinstance(result, Exception)], results)
        with self._connect() as env:
            env["hotel.care.rule"]._select_all()
            self._greet_here(env)
        messages = self._count()
        self.assertEqual(len(messages), GUESTS)
        self.assertEqual(messages.partner_id, self.guests)
        self.assertEqual(set(messages.mapped("channel")), {"email"})
        self.assertEqual(self.env["hotel.care.greeting"].search_count([("rule_id", "=", self.rule.id)]), GUESTS)
