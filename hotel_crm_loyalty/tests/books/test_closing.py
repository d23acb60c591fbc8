from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .books_common import BooksCase

JANUARY, FEBRUARY, MARCH = date(2026, 1, 15), date(2026, 2, 15), date(2026, 3, 15)


@tagged("post_install", "-at_install")
class TestClosing(BooksCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.value = cls._make_value(0.01)
        cls.card = cls._make_card()
        cls.book = cls._make_book()

    def test_a_period_is_closed_by_one_balanced_posted_entry_with_lines_by_hotel(self):
        annex = self._make_property(name="Harbour Annex", code="ANNE")
        self._make_lot(self.card, 1000, JANUARY, self.hotel)
        self._make_lot(self.card, 500, JANUARY, annex)
        closing = self._close(self.book, FEBRUARY)
        self.assertEqual((closing.start_date, closing.end_date), (date(2026, 1, 1), date(2026, 1, 31)))
        self.assertEqual((closing.points, closing.amount), (1500, 15.0))
        move = closing.move_id
        self.assertEqual((move.state, move.date, move.company_id), ("posted", date(2026, 1, 31), self.company))
        self.assertEqual(
            sorted((line.name, line.account_id, line.balance) for line in move.line_ids),
            sorted(
                [
                    ("Harbour Hotel: Points owed", self.book.liability_account_id, -10.0),
                    ("Harbour Hotel: Points Issued", self.book.issue_account_id, 10.0),
                    ("Harbour Annex: Points owed", self.book.liability_account_id, -5.0),
                    ("Harbour Annex: Points Issued", self.book.issue_account_id, 5.0),
                ]
            ),
        )

    def test_each_kind_of_move_has_its_account(self):
        lot = self._make_lot(self.card, 1000, JANUARY, self.hotel)
        self._make_lot(self.card, 300, JANUARY, kind="post")
        self._make_move(lot, "redeem", -400, JANUARY)
        self._make_move(lot, "return", 100, JANUARY)
        self._make_move(lot, "reverse", -200, JANUARY)
        self._make_move(lot, "expire", -150, JANUARY)
        self._close(self.book, FEBRUARY)
        found = {name: self._balance(self.book, name) for name in ("liability", "issue", "grant", "redeem", "breakage")}
        self.assertEqual(found, {"liability": -6.5, "issue": 8.0, "grant": 3.0, "redeem": -3.0, "breakage": -1.5})

    def test_a_debt_is_no_liability(self):
        lot = self._make_lot(self.card, 100, JANUARY, self.hotel)
        self._make_move(lot, "settle", -40, JANUARY)
        self.env["hotel.loyalty.move"].with_env(lot.env).create(
            {"card_id": self.card.id, "key": "debt", "kind": "settle", "date": JANUARY, "points": 40,
             "reason_code": "debt_paid"}
        )  # fmt: skip
        closing = self._close(self.book, FEBRUARY)
        self.assertEqual((closing.points, closing.amount), (60, 0.6))

    def test_points_keep_the_value_of_the_day_of_their_lot(self):
        lot = self._make_lot(self.card, 1000, JANUARY, self.hotel)
        self._close(self.book, date(2026, 2, 1))
        self._make_value(0.02, date(2026, 2, 1))
        self._make_lot(self.card, 1000, FEBRUARY, self.hotel)
        self._make_move(lot, "redeem", -500, FEBRUARY)
        closing = self._close(self.book, MARCH)
        self.assertEqual(closing.amount, 500 * 0.01 + 1000 * 0.02)

    def test_what_comes_late_is_booked_in_the_current_period_and_stands_apart(self):
        lot = self._make_lot(self.card, 1000, JANUARY, self.hotel)
        first = self._close(self.book, date(2026, 2, 1))
        self._make_move(lot, "redeem", -300, JANUARY)
        self._make_move(lot, "redeem", -100, FEBRUARY)
        first._reconcile()
        self.assertEqual(first.difference, -3.0, "the ledger of January is not what was booked for it")
        second = self._close(self.book, MARCH)
        line = second.line_ids
        self.assertEqual((line.flow, line.current, line.earlier), ("redeem", -1.0, -3.0))
        self.assertEqual(self._balance(self.book, "liability"), -6.0)
        self.assertIn("Earlier periods: Points Redeemed", " ".join(second.move_id.line_ids.mapped("name")))
        self.assertEqual(second.difference, 0)

    def test_closing_again_books_nothing(self):
        self._make_lot(self.card, 1000, JANUARY, self.hotel)
        self.assertEqual(len(self._close(self.book, date(2026, 2, 1))), 1)
        self.assertFalse(self._close(self.book, date(2026, 2, 1)))
        self.assertFalse(self._close(self.book, date(2026, 2, 28)), "the month is not over")
        empty = self._close(self.book, date(2026, 3, 1))
        self.assertFalse(empty.move_id or empty.line_ids)
        self.assertEqual(empty.amount, 10.0)

    def test_the_first_period_brings_the_opening_balance_in(self):
        self._make_lot(self.card, 700, date(2025, 6, 1), self.hotel)
        self._make_lot(self.card, 300, JANUARY, self.hotel)
        closing = self._close(self.book, FEBRUARY)
        self.assertTrue(closing.is_first)
        self.assertEqual(self._balance(self.book, "opening"), 7.0)
        self.assertEqual(self._balance(self.book, "issue"), 3.0)
        self.assertEqual(self._balance(self.book, "liability"), -10.0)

    def test_only_the_last_closing_is_reversed_and_then_closed_again(self):
        lot = self._make_lot(self.card, 1000, JANUARY, self.hotel)
        first = self._close(self.book, date(2026, 2, 1))
        self._make_move(lot, "redeem", -400, FEBRUARY)
        second = self._close(self.book, date(2026, 3, 1))
        with self.assertRaises(UserError):
            first.action_reverse()
        second.action_reverse()
        self.assertEqual((second.state, self.book.closed_date), ("reversed", date(2026, 1, 31)))
        self.assertEqual(second.reversal_move_id.state, "posted")
        self.assertEqual(self._balance(self.book, "liability"), -10.0)
        again = self._close(self.book, date(2026, 3, 1))
        self.assertNotEqual(again, second)
        self.assertEqual(self._balance(self.book, "liability"), -6.0)
        self.assertEqual((again.booked_amount, again.difference), (6.0, 0))
        with self.assertRaises(UserError):
            second.action_reverse()

    def test_values_of_closed_periods_stay(self):
        self._make_lot(self.card, 1000, JANUARY, self.hotel)
        self._close(self.book, date(2026, 2, 1))
        for change in (
            lambda: self.value.write({"amount": 0.02}),
            lambda: self.value.unlink(),
            lambda: self._make_value(0.02, JANUARY),
            lambda: self._make_value(0.02, JANUARY, self.company),
        ):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                change()
        with self.assertRaises(UserError):
            self.book.start_date = date(2025, 1, 1)
        self.book.write({"start_date": self.book.start_date, "is_automatic": True})
        self.assertTrue(self._make_value(0.02, date(2026, 2, 1)))

    def test_points_without_a_value_are_not_closed(self):
        self.value.unlink()
        self._make_lot(self.card, 1000, JANUARY, self.hotel)
        with self.assertRaisesRegex(UserError, "what a point is worth"):
            self._close(self.book, FEBRUARY)

    def test_days_are_closed_one_by_one_and_by_the_job(self):
        self.book.write({"period": "day", "is_automatic": True, "start_date": date(2026, 1, 14)})
        self._make_lot(self.card, 1000, JANUARY, self.hotel)
        self._at(date(2026, 1, 17))
        self._patch(type(self.env["ir.cron"]), "_commit_progress", lambda *args, **kwargs: 60.0)
        self.env["hotel.loyalty.book"]._cron_close()
        closings = self.book.closing_ids.sorted("end_date")
        self.assertEqual(closings.mapped("amount"), [0.0, 10.0, 10.0])
        self.assertEqual(self.book.closed_date, date(2026, 1, 16))

    def test_many_movements_are_closed_by_the_job(self):
        self._make_lot(self.card, 1000, JANUARY, self.hotel)
        self._at(FEBRUARY)
        self._patch(type(self.book), "_query_move_count", lambda books: 600_000)
        self._patch(type(self.env["ir.cron"]), "_commit_progress", lambda *args, **kwargs: 60.0)
        clerk = self._make_user("finance")
        action = self.book.with_user(clerk).action_close()
        self.assertEqual((action["tag"], len(self.book.closing_ids)), ("display_notification", 0))
        self.assertTrue(self.book.ordered_at)
        self.env["hotel.loyalty.book"]._cron_close()
        self.assertEqual((self.book.closing_ids.amount, self.book.ordered_at), (10.0, False))

    def test_books_that_cannot_be_closed_do_not_stop_the_job(self):
        other = self._make_book(self.other_company, is_automatic=True)
        self.book.is_automatic = True
        self._make_lot(self.card, 1000, JANUARY, self.hotel)
        self._at(FEBRUARY)
        self._patch(type(self.env["ir.cron"]), "_commit_progress", lambda *args, **kwargs: 60.0)
        self._patch(self.env.cr, "rollback", lambda: None)  # nothing is to be undone in this test
        close = type(self.book)._close_next

        def fail_once(book):
            if book == other:
                raise UserError(book.env._("no value"))
            return close(book)

        self._patch(type(self.book), "_close_next", fail_once)
        with self.assertLogs("odoo.addons.hotel_crm_loyalty.models.books.hotel_loyalty_book", "WARNING"):
            self.env["hotel.loyalty.book"]._cron_close()
        self.assertEqual(self.book.closed_date, date(2026, 1, 31))

    def test_only_finance_closes_and_reverses(self):
        self._make_lot(self.card, 1000, JANUARY, self.hotel)
        self._at(FEBRUARY)
        for role in ("front_office", "marketing", "service"):
            with self.assertRaises(AccessError):
                self.book.with_user(self._make_user(role)).action_close()
        clerk = self._make_user("finance")
        self.book.with_user(clerk).action_close()
        closing = self.book.closing_ids
        self.assertEqual(closing.move_id.state, "posted")
        with self.assertRaises(AccessError):
            closing.with_user(self._make_user("marketing")).action_reverse()
        with self.assertRaises(AccessError):
            closing.with_user(clerk).write({"amount": 0})
        closing.with_user(clerk).action_reverse()
        with self.assertRaisesRegex(UserError, "No period is over"):
            self._at(date(2026, 1, 20))
            self.book.with_user(clerk).action_close()

    def test_other_entries_on_the_account_are_told(self):
        self._make_lot(self.card, 1000, JANUARY, self.hotel)
        closing = self._close(self.book, FEBRUARY)
        lines = [
            {"account_id": self.book.liability_account_id.id, "balance": -2.5},
            {"account_id": self.book.issue_account_id.id, "balance": 2.5},
        ]
        self.env["account.move"].create(
            {"journal_id": self.book.journal_id.id, "date": JANUARY, "line_ids": [(0, 0, line) for line in lines]}
        )._post(soft=False)
        closing.action_reconcile()
        self.assertEqual((closing.booked_amount, closing.other_amount, closing.difference), (10.0, 2.5, 0))
