"""Two people at the same time: an approval, and the last of a payer's credit."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..booking.folio_common import FolioMakers
from ..concurrency import ConcurrencyCase
from .credit_case import CreditMakers


@tagged("post_install", "-at_install")
class TestCreditAtOnce(CreditMakers, FolioMakers, ConcurrencyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_folio_scene()
        cls._make_credit_scene()
        cls.cr.commit()  # pylint: disable=invalid-commit

    def setUp(self):
        super().setUp()
        self.payer = self._make_payer()

    def test_a_grade_is_decided_once(self):
        grade = self._propose(self.payer)
        self.cr.commit()  # pylint: disable=invalid-commit

        def approve(env):
            mine = env["hotel.credit.grade"].browse(grade.id)
            mine._approve(env["hotel.credit.standard"].browse(self.grades["B"].id), 100.0, "Yes")

        def refuse(env):
            env["hotel.credit.grade"].browse(grade.id)._refuse("No")

        _done, late = self._overlap(approve, refuse, user=self.approver)
        self.assertIsInstance(late, UserError)
        self.env.invalidate_all()
        self.assertEqual(grade.state, "approved")

    def test_the_last_of_the_credit_is_used_once(self):
        self._grant(self.payer, "A", 1000.0)
        folios = [self._make_in_house(payer_id=self.payer.id, nights=5)._get_folio() for _number in range(2)]
        self.cr.commit()  # pylint: disable=invalid-commit

        def bill(folio):
            return lambda env: env["sale.order"].browse(folio.id).action_hotel_bill_later()

        _done, late = self._overlap(bill(folios[0]), bill(folios[1]), user=self.desk)
        self.assertIsInstance(late, UserError)
        self.env.invalidate_all()
        self.assertEqual([folio.hotel_is_on_account for folio in folios], [True, False])
