from datetime import date

from freezegun import freeze_time

from odoo.tests import tagged

from .loyalty_common import LoyaltyCase


@freeze_time("2026-07-01 12:00:00")
@tagged("post_install", "-at_install")
class TestQueries(LoyaltyCase):
    def _make_members(self, count):
        """Return members to each of whom everything happens once."""
        cards = self.env["loyalty.card"]
        for number in range(count):
            card = self._make_member(self._make_guest(f"Guest {number}"))
            stay = self._make_departed(card.partner_id, date(2026, 5, 10), nights=11, spend=500)
            self._make_charge(card.partner_id, 40, date(2026, 5, 12))
            charge = self._make_charge(card.partner_id, 60, date(2026, 5, 10), stay_id=stay.id)
            charge.action_reverse("wrong")
            self.env["hotel.loyalty.posting"].create({"card_id": card.id, "points": 50})
            self.env["hotel.loyalty.redemption"].create({"card_id": card.id, "points": 30})
            self.env["hotel.loyalty.grant"].create({"card_id": card.id, "tier_id": self.gold.id})
            cards |= card
        self.env.flush_all()
        self.env.invalidate_all()
        return cards

    def _count(self, cards):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        self.env["hotel.loyalty.evaluation"]._evaluate(cards)
        return self.cr.sql_log_count - before

    def test_a_batch_of_any_size_takes_the_same_queries(self):
        self.gold = self.program.hotel_tier_ids.filtered(lambda tier: tier.code == "gold")
        self._count(self._make_members(1))  # caches
        few, many = self._make_members(2), self._make_members(9)
        self.assertEqual(self._count(few), self._count(many))
        again = self._count(many), self._count(few)
        self.assertEqual(*again)
        self.assertLessEqual(again[0], 30)

    def test_looking_writes_nothing(self):
        self.gold = self.program.hotel_tier_ids.filtered(lambda tier: tier.code == "gold")
        card = self._make_members(1)
        points, moves = card.points, card.hotel_move_ids
        [outcome] = self.env["hotel.loyalty.evaluation"]._look(card).values()
        self.assertGreater(outcome.balance, points)
        card.invalidate_recordset()
        self.assertEqual((card.points, card.hotel_move_ids), (points, moves))
