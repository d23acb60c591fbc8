"""Two put different rules in force at the same moment: one of them does."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.hotel_crm_base.tests.concurrency import ConcurrencyCase


@tagged("post_install", "-at_install")
class TestRulesAtOnce(ConcurrencyCase):
    def test_one_of_two_is_in_force_and_the_other_is_a_draft(self):
        program = self.env["loyalty.program"]._hotel_load("ln_club")
        applied = program.hotel_revision_id
        drafts = [applied.action_draft()["res_id"] for _number in range(2)]
        admin = self._make_user("admin")
        self.cr.commit()

        def put_in_force(draft_id):
            return lambda env: env["hotel.loyalty.revision"].browse(draft_id).action_apply()

        results = self._overlap(*map(put_in_force, drafts), user=admin)
        self.env.invalidate_all()
        revisions = self.env["hotel.loyalty.revision"].browse(drafts)
        self.assertFalse([error for error in results if isinstance(error, Exception) and not
                          isinstance(error, UserError)], results)  # fmt: skip
        self.assertEqual(program.hotel_revision_ids.filtered(lambda one: one.state == "applied"),
                         program.hotel_revision_id)  # fmt: skip
        self.assertIn(program.hotel_revision_id, revisions)
        self.assertEqual(applied.state, "superseded")
