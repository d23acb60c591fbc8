from datetime import date

from psycopg2.errors import CheckViolation

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .books_common import BooksCase

JANUARY, FEBRUARY, MARCH = date(2026, 1, 15), date(2026, 2, 15), date(2026, 3, 15)


@tagged("post_install", "-at_install")
class TestClosingAccounts(BooksCase):
    """Several companies, breakage in proportion, and what settings refuse."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.card = cls._make_card()
        cls._make_value(0.01)

    def test_points_are_owed_by_the_company_of_the_hotel_that_issued_them(self):
        self.other_company.currency_id = self.env.ref("base.JPY")
        self.other_company.currency_id.active = True
        self._make_value(1.5, company=self.other_company)
        self._make_lot(self.card, 1000, JANUARY, self.hotel)
        self._make_lot(self.card, 333, JANUARY, self.other_hotel)
        self._make_lot(self.card, 50, JANUARY, kind="post")
        own, other = self._make_book(), self._make_book(self.other_company)
        self.assertEqual(self._close(own, FEBRUARY).amount, 10.5)
        # 499.5 yen
        self.assertEqual(self._close(other, FEBRUARY).amount, 500)

    def test_points_redeemed_at_a_hotel_of_another_company_are_owed_to_it(self):
        lot = self._make_lot(self.card, 1000, JANUARY, self.hotel)
        self._make_move(lot, "redeem", -300, JANUARY, self.other_hotel)
        self._make_move(lot, "redeem", -200, JANUARY, self.hotel)
        book = self._make_book()
        closing = self._close(book, FEBRUARY)
        self.assertEqual(self._balance(book, "peer"), -3.0)
        self.assertEqual(self._balance(book, "redeem"), -2.0)
        line = closing.line_ids.filtered("peer_company_id")
        self.assertEqual((line.peer_company_id, line.amount, line.property_id), (self.other_company, -3.0, self.hotel))

    def test_without_an_account_for_it_it_is_revenue(self):
        lot = self._make_lot(self.card, 1000, JANUARY, self.hotel)
        self._make_move(lot, "redeem", -300, JANUARY, self.other_hotel)
        book = self._make_book(peer_account_id=False)
        self._close(book, FEBRUARY)
        self.assertEqual(self._balance(book, "redeem"), -3.0)

    def test_breakage_in_proportion_to_redemptions(self):
        """Of 1000 points 20 % are never redeemed: each redeemed point releases 1 / 0.8 of its value."""
        book = self._make_book(policy="proportion", breakage_share=20)
        lot = self._make_lot(self.card, 1000, JANUARY, self.hotel)
        self.assertEqual(self._close(book, date(2026, 2, 1)).amount, 10.0)
        self._make_move(lot, "redeem", -400, FEBRUARY)
        second = self._close(book, date(2026, 3, 1))
        self.assertEqual((second.amount, second.ledger_amount, second.difference), (5.0, 5.0, 0))
        self.assertEqual(self._balance(book, "breakage"), -1.0)
        # all that was expected is redeemed: nothing is owed for the rest
        self._make_move(lot, "redeem", -400, MARCH)
        third = self._close(book, date(2026, 4, 1))
        self.assertEqual((third.points, third.amount, third.difference), (200, 0.0, 0))
        self._make_move(lot, "expire", -200, date(2026, 4, 10))
        fourth = self._close(book, date(2026, 5, 1))
        self.assertEqual((fourth.amount, self._balance(book, "liability")), (0.0, 0.0))
        self.assertEqual(self._balance(book, "breakage"), -2.0)
        self.assertEqual(self._balance(book, "redeem"), -8.0)

    def test_another_estimate_is_caught_up_in_the_current_period(self):
        book = self._make_book(policy="proportion", breakage_share=20)
        lot = self._make_lot(self.card, 1000, JANUARY, self.hotel)
        self._make_move(lot, "redeem", -400, JANUARY)
        self.assertEqual(self._close(book, date(2026, 2, 1)).amount, 5.0)
        book.breakage_share = 50
        closing = self._close(book, date(2026, 3, 1))
        line = closing.line_ids
        self.assertEqual((line.flow, line.current, line.earlier), ("estimate", 0, -3.0))
        self.assertEqual((closing.amount, closing.difference), (2.0, 0))
        book.policy = "expiry"
        last = self._close(book, date(2026, 4, 1))
        self.assertEqual((last.amount, self._balance(book, "breakage")), (6.0, 0))

    def test_the_estimate_is_taken_from_the_ledger(self):
        book = self._make_book(policy="proportion")
        with self.assertRaisesRegex(UserError, "counted yet"):
            book.action_estimate()
        lot = self._make_lot(self.card, 1000, date(2024, 1, 5), self.hotel, expiry=date(2025, 1, 5))
        self._make_move(lot, "redeem", -600, date(2024, 6, 5))
        self._make_move(lot, "expire", -400, date(2025, 1, 5))
        self.env["hotel.loyalty.vintage"]._refresh()
        book.action_estimate()
        self.assertEqual(book.breakage_share, 40)

    def test_lines_carry_the_analytic_account_of_the_hotel(self):
        plan = self.env["account.analytic.plan"].create({"name": "Hotels"})
        account = self.env["account.analytic.account"].create({"name": "Harbour", "plan_id": plan.id})
        self.hotel.hotel_analytic_account_id = account
        self._make_lot(self.card, 1000, JANUARY, self.hotel)
        closing = self._close(self._make_book(), FEBRUARY)
        self.assertEqual(
            closing.move_id.line_ids.mapped("analytic_distribution"), [{str(account.id): 100}, {str(account.id): 100}]
        )

    def test_the_rounding_has_a_line_of_its_own(self):
        annex = self._make_property(name="Harbour Annex", code="ANNE")
        self._make_value(0.001, date(2025, 1, 1))
        book = self._make_book(rounding_account_id=self._make_accounts(self.company, "R")["rounding_account_id"])
        for hotel in (self.hotel, annex):
            self._make_lot(self.card, 5, JANUARY, hotel)  # 0.005 each, 0.01 together
        closing = self._close(book, FEBRUARY)
        self.assertEqual((closing.amount, self._balance(book, "liability")), (0.01, -0.01))
        self.assertEqual(self._balance(book, "rounding"), -0.01)
        self.assertEqual(closing.line_ids.filtered(lambda line: line.flow == "rounding").current, -0.01)

    def test_the_entry_of_a_locked_period_is_of_the_first_open_day(self):
        book = self._make_book()
        self._make_lot(self.card, 1000, JANUARY, self.hotel)
        self.company.hard_lock_date = date(2026, 2, 28)
        closing = self._close(book, FEBRUARY)
        self.assertGreater(closing.move_id.date, date(2026, 2, 28))
        self.assertEqual((closing.end_date, closing.difference), (date(2026, 1, 31), 0))
        closing.action_reverse()
        self.assertEqual((closing.reversal_move_id.state, self._balance(book, "liability")), ("posted", 0))

    def test_settings_that_cannot_be(self):
        book = self._make_book()
        with self.assertRaises(ValidationError):
            book.liability_account_id = book.issue_account_id
        with self.assertRaises(ValidationError):
            self._make_value(1, company=self.company, currency_id=self.env.ref("base.CNY").id)
        other = self._make_accounts(self.other_company, "X")
        with self.assertRaises(UserError):
            book.issue_account_id = other["issue_account_id"]
        for vals in ({"breakage_share": 100}, {"breakage_share": -1}):
            with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation), self.env.cr.savepoint():
                book.write(vals)
        self.assertFalse(self.program.copy().hotel_book_ids)
