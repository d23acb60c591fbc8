from datetime import date

from freezegun import freeze_time

from odoo.tests import tagged

from .loyalty_common import LoyaltyCase


@freeze_time("2026-07-01 12:00:00")
@tagged("post_install", "-at_install")
class TestEvaluation(LoyaltyCase):
    def test_a_stay_earns_points_a_tier_and_a_reason(self):
        card = self._make_member()
        self._make_departed(card.partner_id, date(2026, 5, 10), nights=12, spend=500)
        [outcome] = card._hotel_evaluate().values()
        self.assertEqual(outcome.tier, "silver")
        self.assertEqual(card.points, 600)
        self.assertEqual(card.hotel_tier_id.code, "silver")
        self.assertEqual(sum(card.hotel_lot_ids.mapped("remaining")), 600)
        self.assertIn("500", card.hotel_move_ids.filtered(lambda move: move.kind == "earn").reason)

    def test_evaluating_twice_books_once(self):
        card = self._make_member()
        self._make_departed(card.partner_id, date(2026, 5, 10), spend=500)
        card._hotel_evaluate()
        before = card.hotel_move_ids, card.hotel_decision_ids, card.history_ids
        card._hotel_evaluate()
        self.assertEqual((card.hotel_move_ids, card.hotel_decision_ids, card.history_ids), before)

    def test_redeemed_points_leave_at_once_and_come_back(self):
        card = self._make_member()
        self._make_departed(card.partner_id, date(2026, 5, 10), spend=500)
        redemption = card._hotel_redeem(550)
        self.assertEqual(card.points, 50)
        redemption._cancel()
        self.assertEqual(card.points, 600)
        self.assertEqual(sum(card.history_ids.mapped("issued")) - sum(card.history_ids.mapped("used")), 600)
