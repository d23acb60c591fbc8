from datetime import date

from freezegun import freeze_time

from odoo.tests import tagged

from ... import breakage
from .books_common import BooksCase


@tagged("post_install", "-at_install")
class TestVintages(BooksCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_value(0.01)
        cls.card = cls._make_card()
        january = cls._make_lot(cls.card, 100, date(2026, 1, 20), cls.hotel)
        february = cls._make_lot(cls.card, 300, date(2026, 2, 3), cls.hotel)
        march = cls._make_lot(cls.card, 250, date(2026, 3, 3), cls.hotel)
        for lot, kind, points, day in (
            (january, "redeem", -10, date(2026, 1, 25)),
            (january, "redeem", -20, date(2026, 2, 5)),
            (january, "redeem", -15, date(2026, 3, 5)),
            (january, "return", 5, date(2026, 3, 6)),
            (february, "redeem", -30, date(2026, 2, 9)),
            (february, "redeem", -60, date(2026, 3, 9)),
            (march, "reverse", -50, date(2026, 3, 4)),
            (march, "redeem", -20, date(2026, 3, 10)),
        ):
            cls._make_move(lot, kind, points, day)

    def setUp(self):
        super().setUp()
        self._at(date(2026, 4, 2))

    @freeze_time("2026-04-02 12:00:00")
    def test_vintages_are_those_of_the_engine(self):
        """The example of breakage.py, with points taken back and returned."""
        self.env["hotel.loyalty.vintage"]._refresh()
        rows = self.env["hotel.loyalty.vintage"].search([("program_id", "=", self.program.id)], order="issue_date")
        self.assertEqual(rows.mapped("issue_date"), [date(2026, month, 1) for month in (1, 2, 3)])
        self.assertEqual(rows.mapped("issued"), [100, 300, 200])
        self.assertEqual(rows.mapped("redeemed"), [40, 90, 20])
        self.assertEqual(rows.mapped("age"), [3, 2, 1])
        vintages = [
            breakage.Vintage(1, 100, (10, 20, 10)), breakage.Vintage(2, 300, (30, 60)), breakage.Vintage(3, 200, (20,))
        ]  # fmt: skip
        self.assertEqual(rows.mapped("expected"), [round(found.expected) for found in breakage.estimate(vintages)])
        self.assertEqual(rows.mapped("lost"), [60, 180, 120])
        self.assertEqual(rows.mapped("remaining_value"), [0.6, 2.1, 1.8])
        # of February 210 are left, and 30 more are expected to be redeemed
        self.assertEqual(rows.mapped("lost_value"), [0.6, 1.8, 1.2])
        rate = self.env["hotel.loyalty.vintage"]._read_group(
            [("program_id", "=", self.program.id)], [], ["breakage_rate:avg"]
        )[0][0]
        self.assertAlmostEqual(rate, 100 * breakage.get_share(vintages), places=6)

    @freeze_time("2026-04-02 12:00:00")
    def test_curves_have_a_point_for_each_month_of_age(self):
        self.env["hotel.loyalty.vintage"]._refresh()
        curves = self.env["hotel.loyalty.vintage.age"]
        rows = curves.search([("program_id", "=", self.program.id)], order="issue_date, age")
        january = rows.filtered(lambda row: row.issue_date.month == 1)
        self.assertEqual(january.mapped("age"), [0, 1, 2, 3])
        self.assertEqual(january.mapped("redeemed_share"), [10, 20, 10, 0])
        shares = curves._read_group(
            [("program_id", "=", self.program.id), ("is_whole", "=", True)], ["age"], ["redeemed_share:avg"]
        )
        # the curve of breakage.py: 60 of 600, 80 of 400, 10 of 100
        self.assertEqual([round(share, 4) for _age, share in shares], [10, 20, 10])

    def test_counting_twice_changes_nothing(self):
        vintage = self.env["hotel.loyalty.vintage"]
        vintage._refresh()
        first = vintage.search([]).mapped("lost")
        vintage._cron_refresh()
        self.assertEqual(vintage.search([]).mapped("lost"), first)
