from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from odoo.tests import tagged

from .books_common import BooksCase

FIRST = date(2026, 1, 1)
#: currency -> value of a point that makes fractions of its smallest amount
CURRENCIES = {"JPY": "0.373", "EUR": "0.00437", "KWD": "0.000119"}

lots = st.lists(
    st.tuples(st.integers(0, 150), st.integers(0, 2), st.integers(1, 9999)), min_size=1, max_size=8
)  # day, hotel (2: of none), points
takes = st.lists(
    st.tuples(
        st.integers(0, 7),  # which lot
        st.integers(0, 60),  # days after it was earned
        st.integers(0, 60),  # days until it is booked
        st.sampled_from(["redeem", "expire", "reverse", "settle", "post"]),
        st.integers(1, 100),  # per cent of what remains
        st.booleans(),  # comes back later
    ),
    max_size=12,
)


@tagged("post_install", "-at_install")
class TestClosingRandom(BooksCase):
    """Whatever happens to points, ledger and account agree to the smallest amount after each closing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.scenes = {}
        for name, value in CURRENCIES.items():
            currency = cls.env["res.currency"].with_context(active_test=False).search([("name", "=", name)])
            currency.active = True
            company = cls.env["res.company"].create({"name": f"Hotels {name}", "currency_id": currency.id})
            hotels = [cls._make_property(name=f"{name} {code}", code=f"{name}{code}", company_id=company.id)
                      for code in "AB"]  # fmt: skip
            cls.env["hotel.loyalty.point.value"].create(
                [
                    {"program_id": cls.program.id, "company_id": company.id, "date": FIRST, "amount": float(value)},
                    {
                        "program_id": cls.program.id,
                        "company_id": company.id,
                        "date": FIRST + timedelta(days=45),
                        "amount": float(value) * 1.7,
                    },
                ]
            )
            cls.scenes[name] = (company, hotels, cls._make_book(company, FIRST))

    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
    @given(name=st.sampled_from(sorted(CURRENCIES)), lots=lots, takes=takes, share=st.sampled_from([0, 0, 17.5]))
    def test_ledger_and_account_agree(self, name, lots, takes, share):
        with self.env.cr.savepoint() as savepoint:
            self._play(name, lots, takes, share)
            savepoint.rollback()
        self.env.invalidate_all()

    def _play(self, name, lots, takes, share):
        company, hotels, book = self.scenes[name]
        self.program.hotel_liability_company_id = company
        book.write({"policy": "proportion" if share else "expiry", "breakage_share": share})
        events = self._list_events(hotels, lots, takes)
        self.made, self.left = {}, {}
        for month in range(1, 8):
            end = date(2026, month, 1)
            while events and events[0][0] < end:
                _when, number, *event = events.pop(0)
                self._apply(number, *event)
            for closing in self._close(book, end):
                self.assertReconciled(book, closing, share)
        self.assertFalse(self._close(book, date(2026, 7, 1)), "closing again books nothing")

    def _list_events(self, hotels, lots, takes):
        """Return what is booked when: (day of booking, number of the lot, what, day, ...)."""
        cards = [self._make_card() for _number in range(2)]
        events = []
        for number, (day, hotel, points) in enumerate(lots):
            when = FIRST + timedelta(days=day)
            place = hotels[hotel] if hotel < 2 else None
            events.append((when, number, "open", when, cards[number % 2], points, place))
        for which, after, late, kind, percent, comes_back in takes:
            number = which % len(lots)
            day = FIRST + timedelta(days=lots[number][0] + after)
            events.append((day + timedelta(days=late), number, kind, day, percent))
            if comes_back and kind == "redeem":
                back = day + timedelta(days=late + 20)
                events.append((back, number, "return", back, percent))
        return sorted(events, key=lambda event: (event[0], event[2] != "open", event[1]))

    def _apply(self, number, kind, day, *rest):
        if kind == "open":
            card, points, hotel = rest
            self.made[number] = self._make_lot(card, points, day, hotel)
            self.left[number] = 0
            return
        lot, (percent,) = self.made[number], rest
        if kind == "return":
            points = self.left[number] * percent // 100
            self.left[number] -= points
        else:
            points = -(lot.remaining * percent // 100)
            self.left[number] -= points if kind == "redeem" else 0
        if points:
            self._make_move(lot, kind, points, day)

    def assertReconciled(self, book, closing, share):
        """Compare the account with fractions counted here from the lots."""
        rounding = Fraction(Decimal(str(book.currency_id.rounding)))
        exact = self._count(book, closing.end_date, Fraction(Decimal(str(share))) / 100)
        half_up = (abs(exact) / rounding + Fraction(1, 2)) // 1 * rounding * (1 if exact >= 0 else -1)
        expected = float(half_up)
        self.assertAlmostEqual(-self._balance(book, "liability"), expected, places=6)
        self.assertAlmostEqual(closing.amount, expected, places=6)
        self.assertAlmostEqual(closing.ledger_amount, expected, places=6)
        self.assertEqual(closing.difference, 0)
        self.assertAlmostEqual(sum(closing.move_id.line_ids.mapped("balance")), 0, places=6)
        total = sum(self.env["account.move.line"].search([("company_id", "=", book.company_id.id)]).mapped("balance"))
        self.assertAlmostEqual(total, 0, places=6)

    def _count(self, book, end, share):
        """Return the exact liability, lot by lot, of what is booked by now."""
        values = self.env["hotel.loyalty.point.value"].search([("company_id", "=", book.company_id.id)], order="date")
        vintages = {}
        for lot in self.made.values():
            amounts = [value.amount for value in values if value.date <= lot.earned_date] or [values[0].amount]
            value = Fraction(Decimal(str(amounts[-1])))
            moves = self.env["hotel.loyalty.move"].search([("lot_id", "=", lot.id), ("date", "<=", end)])
            used = -sum(move.points for move in moves if move.kind in ("redeem", "return"))
            vintage = vintages.setdefault((lot.property_id, lot.earned_date.replace(day=1)), [0, 0])
            vintage[0] += sum(moves.mapped("points")) * value
            vintage[1] += used * value
        early = sum(max(min(left, used * share / (1 - share)), 0) for left, used in vintages.values()) if share else 0
        return sum(left for left, _used in vintages.values()) - early
