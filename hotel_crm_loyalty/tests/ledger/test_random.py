"""Whatever happens to a member: lots add up, nothing is negative, a replay changes nothing, Odoo says the same."""

from datetime import date, timedelta

from freezegun import freeze_time
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.exceptions import UserError
from odoo.tests import tagged

from .loyalty_common import LoyaltyCase

START = date(2026, 1, 1)
CODES = ["hotel_club", "marriott", "hilton", "ihg", "btg"]
POINTS = st.integers(1, 1500)
EVENTS = st.lists(
    st.one_of(
        st.tuples(st.just("stay"), POINTS),
        st.tuples(st.just("dinner"), POINTS),
        st.tuples(st.just("redeem"), POINTS),
        st.tuples(st.just("cancel"), st.integers(0, 9)),
        st.tuples(st.just("refund"), st.integers(0, 9)),
        st.tuples(st.just("adjust"), st.integers(-900, 900).filter(bool)),
        st.tuples(st.just("extend"), st.integers(1, 900)),
        st.tuples(st.just("grant"), st.integers(1, 300)),
        st.tuples(st.just("wait"), st.integers(1, 500)),
    ),
    min_size=1,
    max_size=9,
)


@tagged("post_install", "-at_install")
class TestRandom(LoyaltyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for code in CODES:  # made once, not in each example
            cls._make_program(code)

    @settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
    @given(code=st.sampled_from(CODES), events=EVENTS)
    def test_the_ledger_adds_up(self, code, events):
        with self.env.cr.savepoint() as savepoint:
            self.today = START
            with freeze_time(START):
                self.card = self._make_member(program=self._make_program(code), joined=START)
            for what, number in events:
                with freeze_time(self.today):
                    self._let_happen(what, number)
                    # those whose facts are the same are left out; the replay in _check would find what was missed
                    self.env["hotel.loyalty.evaluation"]._evaluate(self.card, self.today, only_changed=True)
                    self._check()
            savepoint.close(rollback=True)
        self.env.invalidate_all()

    def _let_happen(self, what, number):
        """Do one thing; what is refused is refused."""
        guest, day, card = self.card.partner_id, self.today, {"card_id": self.card.id}
        if what == "stay":
            self._make_departed(guest, day, nights=number % 12, spend=number)
        elif what == "dinner":
            self._make_charge(guest, number, day)
        elif what == "redeem":
            self._redeem(number)
        elif what == "cancel":
            self._cancel(number)
        elif what == "refund":
            own = [("partner_id", "=", guest.id), ("reversal_of_id", "=", False)]
            charges = self.env["hotel.consumption"].search(own)
            charges = charges.filtered(lambda line: not line.is_reversed)
            self.hotel.business_date = day
            charges[number : number + 1].action_reverse("refunded")
        elif what == "adjust":
            self.env["hotel.loyalty.posting"].create({**card, "points": number, "date": day})
        elif what == "extend":
            until = day + timedelta(days=number)
            self.env["hotel.loyalty.extension"].create({**card, "until_date": until, "date": day})
        elif what == "grant":
            tier = self.card.program_id.hotel_tier_ids[-1]
            until = day + timedelta(days=number)
            self.env["hotel.loyalty.grant"].create({**card, "tier_id": tier.id, "until_date": until, "date": day})
        else:
            self.today += timedelta(days=number)

    def _redeem(self, points):
        before = self._get_lots()
        try:
            redemption = self.card._hotel_redeem(points)
        except UserError:
            self.assertLess(self.card.points, points)
            return
        self.assertEqual(sum(before.values()) - sum(self._get_lots().values()), points)
        if points % 2:
            redemption._cancel()
            self.assertEqual(self._get_lots(), before, "each lot has again what it had")

    def _cancel(self, number):
        live = self.env["hotel.loyalty.redemption"].search(
            [("card_id", "=", self.card.id), ("state", "!=", "cancelled")]
        )
        live[number : number + 1].filtered("id")._cancel()

    def _get_lots(self):
        self.card.invalidate_recordset()
        return {lot.key: lot.remaining for lot in self.card.hotel_lot_ids if lot.remaining}

    def _check(self):
        card = self.card
        self.env.invalidate_all()
        lots, moves = card.hotel_lot_ids, card.hotel_move_ids
        self.assertEqual(card.points, sum(lots.filtered("is_available").mapped("remaining")))
        self.assertEqual(card.points + card.hotel_pending, sum(lots.mapped("remaining")))
        for lot in lots:
            of_lot = moves.filtered(lambda move, lot=lot: move.lot_id == lot)
            self.assertEqual(lot.remaining, sum(of_lot.mapped("points")))
        owed = moves.filtered(lambda move: not move.lot_id)
        self.assertEqual(card.hotel_debt, -sum(owed.mapped("points")))
        self.assertGreaterEqual(min([card.points, card.hotel_pending, card.hotel_debt, *lots.mapped("remaining")]), 0)
        history = card.history_ids
        self.assertEqual(card.points, sum(history.mapped("issued")) - sum(history.mapped("used")))
        before = moves, card.hotel_decision_ids, history, lots.mapped("remaining")
        card._hotel_evaluate(self.today)
        self.env.invalidate_all()
        after = card.hotel_move_ids, card.hotel_decision_ids, card.history_ids, card.hotel_lot_ids.mapped("remaining")
        self.assertEqual(after, before, "a replay changes nothing")
