from datetime import date

from freezegun import freeze_time

from odoo.tests import tagged
from odoo.tools import SQL

from odoo.addons.hotel_crm_base.tests.guest.merge_common import MergeLooks

from .loyalty_common import LoyaltyCase

#: rows are only added here: what was booked is booked back
LEDGER = ("hotel_loyalty_move", "hotel_loyalty_decision", "hotel_loyalty_lot", "loyalty_history")


@freeze_time("2026-07-01 12:00:00")
@tagged("post_install", "-at_install")
class TestMergeUndo(MergeLooks, LoyaltyCase):
    def setUp(self):
        super().setUp()
        self.one, self.two = self._make_guest("Ana Costa"), self._make_guest("A. Costa")
        self.kept, self.gone = self._make_member(self.one), self._make_member(self.two, joined=date(2025, 6, 1))
        self._make_departed(self.one, date(2026, 5, 10), spend=500)
        self._make_departed(self.two, date(2026, 5, 20), spend=300)
        self.cards = self.kept | self.gone
        self.cards._hotel_evaluate()
        self.gone._hotel_redeem(250)

    def _merge(self, kept=None, gone=None):
        merge = self.env["hotel.merge"]._merge_guests(kept or self.one, gone or self.two)
        self.env.invalidate_all()
        return merge

    def _undo(self, merge):
        merge._undo()
        self.env.invalidate_all()

    def _get_balance(self):
        """Return what is left of each member's points: lots, and the sums of all moves."""
        self.env.flush_all()
        lots = SQL(
            """SELECT card_id, key, remaining, granted, expiry_date FROM hotel_loyalty_lot
                WHERE card_id = ANY(%s) AND remaining > 0 ORDER BY 1, 2""",
            self.cards.ids,
        )
        moves = SQL(
            "SELECT card_id, SUM(points) FROM hotel_loyalty_move WHERE card_id = ANY(%s) GROUP BY 1 ORDER BY 1",
            self.cards.ids,
        )
        return self.env.execute_query(lots), self.env.execute_query(moves)

    def test_two_members_become_one_and_two_again(self):
        self.env["hotel.guest.metric"]._refresh_partners((self.one | self.two).ids)
        before, balance = self._look_at_all_tables(LEDGER), self._get_balance()
        rows = self.env["hotel.loyalty.move"].search([("card_id", "in", self.cards.ids)])
        known = [(row.id, row.key, row.points, row.card_id.id) for row in rows]
        merge = self._merge()
        self.assertEqual(self.kept.points, 100 + 500 + 300 - 250, "the welcome points once")
        self.assertEqual(self.kept.hotel_joined_date, date(2025, 6, 1))
        self.assertEqual((self.gone.points, self.gone.active), (0, False))
        self.assertEqual((self.gone.hotel_merged_into_id, self.gone.partner_id), (self.kept, self.one))
        self._undo(merge)
        self._assert_same_tables(before, self._look_at_all_tables(LEDGER))
        self.assertEqual(self._get_balance(), balance)
        self.assertEqual([(row.id, row.key, row.points, row.card_id.id) for row in rows], known)
        for card in self.cards:
            history = card.history_ids
            self.assertEqual(sum(history.mapped("issued")) - sum(history.mapped("used")), card.points)

    def test_points_that_were_spent_since_are_spent_after_an_undo(self):
        merge = self._merge()
        self.kept._hotel_redeem(100)
        self._undo(merge)
        self.assertEqual((self.kept.points, self.gone.points), (100 + 500 - 100, 100 + 300 - 250))

    def test_the_only_card_moves_and_comes_back(self):
        three = self._make_guest("Ana C.")
        merge = self._merge(three, self.two)
        self.assertEqual((self.gone.partner_id, self.gone.points, self.gone.active), (three, 150, True))
        self._undo(merge)
        self.assertEqual((self.gone.partner_id, self.gone.points), (self.two, 150))

    def test_an_account_that_is_closed_does_not_swallow_an_open_one(self):
        self.env.cr.execute("UPDATE loyalty_card SET hotel_state = 'closed' WHERE id = %s", [self.kept.id])
        self.env.invalidate_all()
        merge = self._merge()
        self.assertEqual((self.kept.hotel_merged_into_id, self.gone.hotel_state), (self.gone, "active"))
        self.assertEqual((self.gone.partner_id, self.gone.active), (self.one, True))
        self._undo(merge)
        self.assertFalse(self.kept.hotel_merged_into_id)

    def test_coupons_go_along(self):
        program = self.env["loyalty.program"].create({"name": "Offer", "program_type": "coupons"})
        coupon = self.env["loyalty.card"].create({"program_id": program.id, "partner_id": self.two.id})
        merge = self._merge()
        self.assertEqual(coupon.partner_id, self.one)
        self._undo(merge)
        self.assertEqual(coupon.partner_id, self.two)
