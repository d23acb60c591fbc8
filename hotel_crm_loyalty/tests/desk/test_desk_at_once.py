"""Two real connections at the desk: the last gift goes to one, and nothing is decided or handed over twice."""

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.hotel_crm_base.tests.concurrency import ConcurrencyCase

from ..ledger.loyalty_common import LoyaltyMakers
from .desk_common import DeskMakers


@tagged("post_install", "-at_install")
class TestDeskAtOnce(DeskMakers, LoyaltyMakers, ConcurrencyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.program = cls._make_program(company_id=False)
        cls._make_staff()
        cls.cr.commit()

    def _make_rich(self, points=1000):
        """Return a member with points to spend, committed."""
        card = self._make_member(self._make_guest())
        self._give_points(card, points)
        self._commit()
        return card

    def _commit(self):
        self.env.flush_all()
        self.cr.commit()

    def _see(self, record):
        """Return a record as it is in the database now."""
        self.cr.rollback()
        self.env.invalidate_all()
        return record

    def assertOneWins(self, results):
        lost = [result for result in results if isinstance(result, Exception)]
        self.assertEqual([type(error) for error in lost], [UserError], results)

    def test_the_last_gift_in_stock_goes_to_one(self):
        cards = self._make_rich() | self._make_rich()
        points = cards[0].points
        for way in (self._at_once, self._overlap):
            item = self._make_item(is_stocked=True, stock=1)
            self._commit()

            def take(env, card, item=item):
                card = env["loyalty.card"].browse(card.id)
                return env["hotel.loyalty.item"].browse(item.id)._redeem(card).id

            results = way(lambda env: take(env, cards[0]), lambda env: take(env, cards[1]))
            self.assertOneWins(results)
            self.assertEqual(self._see(item).stock, 0)
            spent = sum(points - card.points for card in cards)
            self.assertEqual(spent, 300)
            item.redemption_ids._cancel()
            self._commit()
            self.assertEqual((self._see(item).stock, cards.mapped("points")), (1, [points, points]))

    def test_the_same_points_buy_one_reward(self):
        card = self._make_rich()
        item = self._make_item(points=int(card.points))
        self._commit()

        def take(env):
            return env["hotel.loyalty.item"].browse(item.id)._redeem(env["loyalty.card"].browse(card.id)).id

        self.assertOneWins(self._overlap(take, take))
        self.assertEqual(self._see(card).points, 0)

    def test_a_request_that_is_sent_twice_is_one_redemption(self):
        card, item = self._make_rich(), self._make_item()
        self._commit()

        def take(env):
            member = env["loyalty.card"].browse(card.id)
            return env["hotel.loyalty.item"].browse(item.id)._redeem(member, request_key="page/7").id

        results = self._overlap(take, take)
        self.assertEqual(len(self._see(item).redemption_ids), 1, results)

    def test_an_adjustment_is_approved_once(self):
        card = self._make_rich()
        before = card.points
        posting = card.with_user(self.clerk)._hotel_adjust(800, self.reason.with_user(self.clerk))
        self._commit()

        def approve(env):
            return env["hotel.loyalty.posting"].browse(posting.id).action_approve() or True

        for way in (self._overlap, self._at_once):
            if way == self._at_once:
                posting = card.with_user(self.clerk)._hotel_adjust(900, self.reason.with_user(self.clerk))
                self._commit()
            self.assertOneWins(way(approve, approve, user=self.approver))
        self.assertEqual(self._see(card).points, before + 1700)

    def test_a_gift_is_handed_over_once(self):
        card, item = self._make_rich(), self._make_item()
        redemption = item._redeem(card, self.hotel, is_desk=True)
        self._commit()

        def give(env):
            env["hotel.loyalty.redemption"].browse(redemption.id)._hand_over("Ana")
            return True

        def take_back(env):
            env["hotel.loyalty.redemption"].browse(redemption.id).action_refuse("no")
            return True

        after = card.points
        self.assertOneWins(self._overlap(give, take_back, user=self.clerk))
        self.assertEqual((self._see(redemption).state, card.points), ("handed_over", after))

    def test_a_stay_of_nobody_becomes_one_members(self):
        cards = self._make_rich() | self._make_rich()
        stay = self._make_stay(
            arrival=fields.Date.today(), nights=0, state="departed", source_system="pms", source_ref="X-1"
        )
        self._commit()

        def claim(env, card):
            card = env["loyalty.card"].browse(card.id)
            hotel = env["hotel.property"].browse(self.hotel.id)
            return card._hotel_claim(hotel, stay.arrival_date, stay.departure_date, "X-1").id

        results = self._overlap(lambda env: claim(env, cards[0]), lambda env: claim(env, cards[1]))
        granted = [("stay_id", "=", stay.id), ("state", "=", "approved")]
        claims = self._see(self.env["hotel.loyalty.claim"]).search(granted)
        self.assertEqual(len(claims), 1, results)
        self.assertEqual(stay.partner_id, claims.partner_id)
