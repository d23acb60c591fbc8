"""Whatever members and desks do with rewards: points, stock and redemptions agree."""

from contextlib import suppress

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.exceptions import UserError
from odoo.tests import tagged

from .desk_common import DeskCase

NAMES = ("redeem", "approve", "hand_over", "refuse")
STEPS = st.lists(st.tuples(st.sampled_from(NAMES), st.integers(0, 4)), max_size=14)


@tagged("post_install", "-at_install")
class TestRewardsRandom(DeskCase):
    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
    @given(steps=STEPS, needs_approval=st.booleans())
    def _check(self, steps, needs_approval):
        with self.env.cr.savepoint() as point:
            self._walk(steps, needs_approval)
            point.rollback()
        self.env.invalidate_all()

    def _walk(self, steps, needs_approval):
        item = self._make_item(points=150, is_stocked=True, stock=3, needs_approval=needs_approval)
        card = self.card.with_user(self.clerk)
        for name, place in steps:
            done = item.redemption_ids.sorted("id").with_user(self.clerk)
            # what is refused has changed nothing, as is checked below
            with suppress(UserError), self.env.cr.savepoint():
                if name == "redeem":
                    item._redeem(card, self.hotel)
                elif done:
                    self._do(done[place % len(done)], name)
            self._check_sums(item)

    def _do(self, redemption, name):
        if name == "approve":
            redemption.action_approve()
        elif name == "hand_over":
            redemption._hand_over("Ana")
        else:
            redemption.action_refuse("no")

    def _check_sums(self, item):
        self.env.invalidate_all()
        kept = item.redemption_ids.filtered(lambda redemption: redemption.state != "cancelled")
        self.assertEqual(item.stock, 3 - len(kept))
        self.assertEqual(self.card.points, self.start - sum(kept.mapped("points")))
        remaining = sum(self.card.hotel_lot_ids.filtered("is_available").mapped("remaining"))
        self.assertEqual(self.card.points, remaining)
        for redemption in item.redemption_ids:
            self.assertEqual(redemption.state == "handed_over", bool(redemption.handed_over_at))

    def test_points_stock_and_redemptions_agree(self):
        self._give_points(self.card, 400)
        self.start = self.card.points
        self._check()
