"""Jobs come to rest: one that wakes itself with nothing to do would keep a processor busy for ever."""

from odoo.tests import tagged
from odoo.tests.common import TransactionCase


@tagged("post_install", "-at_install")
class TestJobs(TransactionCase):
    def test_a_job_with_nothing_to_do_does_not_wake_itself(self):
        named = self.env["ir.model.data"].search([("model", "=", "ir.cron"), ("module", "=like", "hotel\\_crm\\_%")])
        self.assertGreater(len(named), 5)
        triggers = self.env["ir.cron.trigger"]
        for name in named:
            job = self.env["ir.cron"].browse(name.res_id)
            with self.subTest(job=name.name), self.enter_registry_test_mode():
                for _once in range(3):  # the first does what waits, and may have more to do
                    triggers.search([("cron_id", "=", job.id)]).unlink()
                    job.method_direct_trigger()
                self.assertFalse(triggers.search([("cron_id", "=", job.id)]))
