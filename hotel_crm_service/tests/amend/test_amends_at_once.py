"""Two people at the same instant: amends are carried out once, and a budget is not given twice."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.hotel_crm_base.tests.concurrency import ConcurrencyCase

from .amend_common import AmendMakers


@tagged("post_install", "-at_install")
class TestAmendsAtOnce(AmendMakers, ConcurrencyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_amend_scene()
        cls.cr.commit()

    def test_two_approvals_at_once_give_the_points_once(self):
        kind = self._make_type("points", 0.01)
        amend = self._ask(self._make_guest_case(), kind, points=5000)
        self.assertEqual(amend.state, "waiting")
        self.cr.commit()

        def approve(env):
            env["hotel.amend"].browse(amend.id).action_approve()

        first, second = self._overlap(approve, approve, user=self.approver)
        self.assertIsNone(first)
        self.assertIsInstance(second, UserError)
        postings = self.env["hotel.loyalty.posting"].search([("card_id", "=", self.card.id), ("points", "=", 5000)])
        self.assertEqual(len(postings), 1)

    def test_two_at_once_do_not_give_a_budget_twice(self):
        kind = self._make_type("gift", 10.0)
        bar = self._make_department("Bar", amend_budget=15)
        cases = [self._make_guest_case(department_id=bar.id) for _number in range(2)]
        self.cr.commit()

        def give(case):
            return lambda env: env["hotel.amend"].create({"case_id": case.id, "type_id": kind.id}).state

        states = self._overlap(give(cases[0]), give(cases[1]), user=self.clerk)
        self.assertEqual(states, ["done", "waiting"])
