from datetime import date

from freezegun import freeze_time

from odoo.tests import tagged

from .loyalty_common import LoyaltyCase


@freeze_time("2026-07-01 12:00:00")
@tagged("post_install", "-at_install")
class TestMerge(LoyaltyCase):
    def setUp(self):
        super().setUp()
        self.one, self.two = self._make_guest("Ana Costa"), self._make_guest("A. Costa")

    def _merge(self, source, target):
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((source | target).ids, target)

    def test_two_members_become_one_with_all_that_they_had(self):
        kept, gone = self._make_member(self.one), self._make_member(self.two, joined=date(2025, 6, 1))
        self._make_departed(self.one, date(2026, 5, 10), spend=500)
        self._make_departed(self.two, date(2026, 5, 20), spend=300)
        (kept | gone)._hotel_evaluate()
        gone._hotel_redeem(250)
        self._merge(self.two, self.one)
        self.assertEqual(kept.points, 100 + 500 + 300 - 250, "the welcome points once")
        self.assertEqual(kept.hotel_joined_date, date(2025, 6, 1))
        self.assertEqual((gone.points, gone.active, gone.hotel_merged_into_id), (0, False, kept))
        self.assertEqual(sum(gone.hotel_lot_ids.mapped("remaining")), 0)
        for card in (kept, gone):
            history = card.history_ids
            self.assertEqual(sum(history.mapped("issued")) - sum(history.mapped("used")), card.points)

    def test_the_card_of_a_guest_who_is_gone_goes_on(self):
        card = self._make_member(self.two)
        self._make_departed(self.two, date(2026, 5, 20), spend=300)
        self._merge(self.two, self.one)
        self.assertEqual((card.partner_id, card.points, card.active), (self.one, 400, True))
        self.assertEqual(self.program._hotel_join(self.one), card)

    def test_three_merges_in_a_row(self):
        three = self._make_guest("Ana C.")
        cards = [self._make_member(guest) for guest in (self.one, self.two, three)]
        for guest, spend in zip((self.one, self.two, three), (100, 200, 300), strict=True):
            self._make_departed(guest, date(2026, 5, 20), spend=spend)
        cards[2].exists()._hotel_evaluate()
        self._merge(three, self.two)
        self._merge(self.two, self.one)
        self.assertEqual(cards[0].points, 700)
        self.assertEqual((cards[1] | cards[2]).hotel_merged_into_id, cards[0])
