from datetime import date
from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.hotel_crm_base.tests.concurrency import ConcurrencyCase

from .books_common import BooksMakers


@tagged("post_install", "-at_install")
class TestClosingConcurrency(BooksMakers, ConcurrencyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.program = cls._make_programme()
        cls._make_value(0.01)
        cls.book = cls._make_book()
        cls._make_lot(cls._make_card(), 1000, date(2026, 1, 15), cls.hotel)
        cls.cr.commit()
        today = patch.object(type(cls.env["loyalty.program"]), "_get_hotel_today", lambda program: date(2026, 2, 15))
        cls.startClassPatcher(today)

    def test_two_at_once_close_a_period_once(self):
        def close(env):
            return env["hotel.loyalty.book"].browse(self.book.id)._close_next().id

        first, second = self._overlap(close, close)
        self.assertTrue(first)
        self.assertFalse(second, "the second one finds it closed")
        self.env.transaction.clear()
        self.assertEqual(len(self.book.closing_ids), 1)
        self.assertEqual(self._balance_of(self.book), -10.0)

    def _balance_of(self, book):
        lines = self.env["account.move.line"].search([("account_id", "=", book.liability_account_id.id)])
        return sum(lines.mapped("balance"))
