"""Makers of ledgers and books: lots and moves as the evaluation would have booked them, and accounts."""

from datetime import date
from unittest.mock import patch

from odoo.tools import SQL

from odoo.addons.hotel_crm_base.tests.common import HotelCase

from ...models import guards

ACCOUNTS = {
    "liability": "liability_current",
    "issue": "income",
    "redeem": "income",
    "breakage": "income_other",
    "grant": "expense",
    "peer": "liability_current",
    "opening": "equity",
    "rounding": "expense",
}


class BooksMakers:
    """A programme of the chain, lots of it, and the books of companies; on the environment of the class."""

    @classmethod
    def _make_programme(cls, **values):
        """Make a programme that counts in all hotels, its days by UTC."""
        programs = cls.env["loyalty.program"]
        found = programs.search([("hotel_code", "=", "hotel_club"), ("hotel_managed", "=", True)])
        program = found or programs._hotel_load("hotel_club", currency=cls.env.company.currency_id)
        program.write({"hotel_tz": "UTC", "hotel_liability_company_id": cls.hotel.company_id.id, **values})
        cls.tiers = program.hotel_tier_ids.sorted("rank")
        return program

    @classmethod
    def _make_card(cls, guest=None, joined=date(2024, 1, 1), **values):
        guest = guest or cls._make_guest()
        ledger = {guards.LEDGER.key: guards.LEDGER}
        card = cls.env["loyalty.card"].with_context(**ledger).create(
            {"program_id": cls.program.id, "partner_id": guest.id, "points": 0}
        )
        card.write({"hotel_joined_date": joined, "hotel_tier_id": cls.tiers[0].id, **values})
        return card

    @classmethod
    def _make_lot(cls, card, points, day, hotel=None, expiry=None, kind="earn", key=None):
        """Make a lot with the move that opened it."""
        ledger = {guards.LEDGER.key: guards.LEDGER}
        key = key or f"{kind}/test/{len(card.hotel_lot_ids) + 1}"
        lot = cls.env["hotel.loyalty.lot"].with_context(**ledger).create(
            {
                "card_id": card.id,
                "key": key,
                "kind": kind,
                "granted": points,
                "remaining": 0,
                "earned_date": day,
                "available_date": day,
                "expiry_date": expiry,
                "is_available": True,
                "property_id": hotel and hotel.id,
            }
        )
        cls._make_move(lot, kind, points, day, hotel)
        return lot

    @classmethod
    def _make_move(cls, lot, kind, points, day, hotel=None, reason="spend"):
        """Make a move of a lot, and let the lot and its card follow."""
        ledger = {guards.LEDGER.key: guards.LEDGER}
        card = lot.card_id
        move = cls.env["hotel.loyalty.move"].with_context(**ledger).create(
            {
                "card_id": card.id,
                "lot_id": lot.id,
                "key": f"{kind}/test/{cls.env['hotel.loyalty.move'].search_count([])}",
                "kind": kind,
                "date": day,
                "points": points,
                "property_id": hotel and hotel.id,
                "origin": "stay:0" if kind == "earn" else "rule",
                "reason_code": reason,
            }
        )
        lot.with_context(**ledger).remaining += points
        card.with_context(**ledger).points += points
        return move

    @classmethod
    def _make_value(cls, amount, day=date(2020, 1, 1), company=None, **values):
        return cls.env["hotel.loyalty.point.value"].create(
            {
                "program_id": cls.program.id,
                "amount": amount,
                "date": day,
                "company_id": company and company.id,
                **values,
            }
        )

    @classmethod
    def _make_accounts(cls, company, code="L"):
        """Make an account of each purpose and a journal."""
        accounts = {
            f"{name}_account_id": cls.env["account.account"]
            .create(
                {
                    "name": f"Loyalty {name}",
                    "code": f"{code}{number:03}",
                    "account_type": kind,
                    "company_ids": [(6, 0, company.ids)],
                }
            )
            .id
            for number, (name, kind) in enumerate(ACCOUNTS.items())
        }
        journal = cls.env["account.journal"].create(
            {"name": "Loyalty", "code": f"{code}OY", "type": "general", "company_id": company.id}
        )
        return {**accounts, "journal_id": journal.id}

    @classmethod
    def _make_book(cls, company=None, start=date(2026, 1, 1), **values):
        company = company or cls.hotel.company_id
        return cls.env["hotel.loyalty.book"].create(
            {
                "program_id": cls.program.id,
                "company_id": company.id,
                "start_date": start,
                **cls._make_accounts(company),
                **values,
            }
        )

    def _at(self, day):
        """Let the programme's clock say this day."""
        model = type(self.env["loyalty.program"])
        patcher = patch.object(model, "_get_hotel_today", lambda program: day)
        self.addCleanup(patcher.stop)
        patcher.start()

    def _close(self, book, today):
        """Close all periods that are over on a day.

        :rtype: hotel.loyalty.closing: the earliest first
        """
        closings = self.env["hotel.loyalty.closing"]
        with patch.object(type(self.env["loyalty.program"]), "_get_hotel_today", lambda program: today):
            while closing := book._close_next():
                closings |= closing
        return closings

    def _balance(self, book, name):
        """Return the debit balance of an account of the books, posted entries only."""
        lines = self.env["account.move.line"].search(
            [("account_id", "=", book[f"{name}_account_id"].id), ("parent_state", "=", "posted")]
        )
        return book.currency_id.round(sum(lines.mapped("balance")))

    def _refresh(self):
        """Count all figures now."""
        days = [day for (day,) in self.env.execute_query(SQL("SELECT DISTINCT date FROM hotel_loyalty_move"))]
        self.env["hotel.loyalty.figure.day"]._refresh_days(days)
        cards = self.env["loyalty.card"].search([("hotel_managed", "=", True)])
        self.env["hotel.loyalty.figure.member"]._refresh_cards(cards.ids)
        self.env["hotel.loyalty.vintage"]._refresh()
        self.env["hotel.loyalty.liability.report"]._refresh()


class BooksCase(BooksMakers, HotelCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context=dict(cls.env.context, allowed_company_ids=cls.hotel.company_id.ids))
        cls.company = cls.hotel.company_id
        cls.program = cls._make_programme()
