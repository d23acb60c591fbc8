"""Points that somebody changed past the ledger are found."""

from datetime import date

from odoo.tests import tagged

from odoo.addons.hotel_crm_base.tests.operation.health_common import HealthMakers

from .loyalty_common import LoyaltyCase


@tagged("post_install", "-at_install")
class TestLedgerHealth(HealthMakers, LoyaltyCase):
    def test_points_that_do_not_add_up(self):
        card = self._make_member(self._make_guest())
        self.env["hotel.loyalty.posting"].create({"card_id": card.id, "points": 500, "date": date(2026, 1, 2)})
        card._hotel_evaluate()
        card._hotel_redeem(120)
        self.env.flush_all()
        self.assertGreater(card.points, 0)
        self.assertEqual([self._count(name) for name in ("card", "lot", "debt")], [0, 0, 0])
        self._break("UPDATE loyalty_card SET points = points + 1 WHERE id = %s", card.id)
        self.assertEqual([self._count(name) for name in ("card", "lot", "debt")], [1, 0, 0])
        self._break("UPDATE hotel_loyalty_lot SET remaining = remaining + 1 WHERE id = (SELECT max(id)"
                    " FROM hotel_loyalty_lot WHERE card_id = %s AND is_available)", card.id)
        self.assertEqual([self._count(name) for name in ("card", "lot", "debt")], [0, 1, 0])
        self._break("UPDATE loyalty_card SET hotel_debt = 5 WHERE id = %s", card.id)
        self.assertEqual(self._count("debt"), 1)

    def test_the_ledgers_guards_are_looked_for(self):
        guards = self.env["hotel.health"]._get_guards()
        self.assertIn("hotel_loyalty_move_guard", guards)
        self.env.cr.execute("DROP TRIGGER hotel_loyalty_move_guard ON hotel_loyalty_move")
        found, _seconds = self.env["hotel.health"]._find("guards")
        self.assertEqual(found[0].values["names"], ["hotel_loyalty_move_guard"])
