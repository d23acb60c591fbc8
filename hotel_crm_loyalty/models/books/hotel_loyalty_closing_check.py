"""Whether ledger and account say the same, asked in another way than the closing counts."""

from collections import defaultdict
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from ... import liability


class HotelLoyaltyClosing(models.Model):
    _inherit = "hotel.loyalty.closing"

    checked_at = fields.Datetime(string="Reconciled", readonly=True)
    ledger_amount = fields.Monetary(
        string="Ledger", readonly=True, help="Points that remained in each lot at the end, by the value of its day."
    )
    booked_amount = fields.Monetary(string="Account", readonly=True, help="Deferred revenue booked by closings.")
    difference = fields.Monetary(
        readonly=True, help="Ledger less account: what came late, and goes into the next closing."
    )
    other_amount = fields.Monetary(
        string="Other Entries", readonly=True, help="Balance of the account that no closing has booked."
    )

    def action_reconcile(self):
        """Compare ledger and account again, as they are now. Callable by finance and managers.

        :raises AccessError: for everybody else
        """
        self.check_access("read")
        if not self.env.user.has_group("hotel_crm_base.group_finance"):
            raise AccessError(self.env._("Books are reconciled by finance."))
        for closing in self.sudo():  # nobody writes closings by hand
            closing._reconcile()

    def _reconcile(self):
        """Note what each lot was worth at the end beside what the account holds."""
        self.ensure_one()
        book, rounding = self.book_id, Decimal(str(self.currency_id.rounding))
        share = Decimal(str(self.breakage_share)) / 100
        by_hotel = defaultdict(list)
        for hotel_id, remaining, redeemed in self._query_lots():
            by_hotel[hotel_id].append((Decimal(remaining), Decimal(redeemed)))
        exact = sum((part[0] for parts in by_hotel.values() for part in parts), Decimal(0))
        exact += sum((liability.get_early_breakage(parts, share) for parts in by_hotel.values()), Decimal(0))
        ledger = liability.to_money(exact, rounding)
        entries = self.search([("book_id", "=", book.id), ("end_date", "<=", self.end_date)])
        booked = self._get_balance(book, (entries.move_id | entries.reversal_move_id).ids)
        shared = self.search([("book_id.liability_account_id", "=", book.liability_account_id.id)])
        others = self._get_balance(book) - self._get_balance(book, (shared.move_id | shared.reversal_move_id).ids)
        self.write(
            {
                "checked_at": fields.Datetime.now(),
                "ledger_amount": float(ledger),
                "booked_amount": float(booked),
                "difference": float(ledger - booked),
                "other_amount": float(others),
            }
        )

    @api.model
    def _get_balance(self, book, move_ids=None):
        """Return the credit balance of the account of deferred revenue, of some entries or of all.

        :rtype: Decimal
        """
        domain = [
            ("account_id", "=", book.liability_account_id.id),
            ("company_id", "=", book.company_id.id),
            ("parent_state", "=", "posted"),
        ]
        if move_ids is not None:
            domain.append(("move_id", "in", move_ids))
        balance = self.env["account.move.line"]._read_group(domain, [], ["balance:sum"])[0][0] or 0
        return -liability.to_money(Decimal(str(balance)), Decimal(str(book.currency_id.rounding)))

    def _query_lots(self):
        """Return the worth of lots at the end, counted from what remains in them now; SQL because of volume.

        :returns: property, value that remained, value redeemed until then, per month of issue, exact, as text
        :rtype: list[tuple]
        """
        self.env.flush_all()
        self.env.cr.execute("SET LOCAL jit = off")
        return self.env.execute_query(
            SQL(
                """WITH ranges AS MATERIALIZED (%(ranges)s),
                   summed AS MATERIALIZED (
                     SELECT lot.property_id, lot.earned_date, sum(lot.remaining) AS remaining, 0 AS redeemed
                       FROM hotel_loyalty_lot lot
                       JOIN loyalty_card card ON card.id = lot.card_id AND card.program_id = %(program)s
                      WHERE lot.remaining > 0
                      GROUP BY 1, 2
                      UNION ALL
                     SELECT lot.property_id, lot.earned_date,
                            -COALESCE(sum(move.points) FILTER (WHERE move.date > %(end)s), 0),
                            -COALESCE(sum(move.points) FILTER (WHERE move.date <= %(end)s), 0)
                       FROM hotel_loyalty_move move
                       JOIN hotel_loyalty_lot lot ON lot.id = move.lot_id
                       JOIN loyalty_card card ON card.id = move.card_id AND card.program_id = %(program)s
                      WHERE move.date > %(end)s OR %(has_share)s AND move.kind IN ('redeem', 'return')
                      GROUP BY 1, 2)
                   SELECT COALESCE(hotel.id, 0), sum(remaining * COALESCE(range.amount, 0))::text,
                          sum(redeemed * COALESCE(range.amount, 0))::text
                     FROM summed
                     JOIN loyalty_program program ON program.id = %(program)s
                     LEFT JOIN hotel_property hotel ON hotel.id = summed.property_id
                     LEFT JOIN ranges range ON range.program_id = program.id AND range.company_id = %(company)s
                          AND summed.earned_date >= range.start_date AND summed.earned_date < range.end_date
                    WHERE %(carrier)s = %(company)s
                    GROUP BY 1, date_trunc('month', summed.earned_date)""",
                ranges=self.env["hotel.loyalty.point.value"]._get_ranges(),
                carrier=self.env["loyalty.program"]._get_hotel_carrier("hotel"),
                company=self.company_id.id,
                program=self.program_id.id,
                end=self.end_date,
                has_share=self.breakage_share > 0,
            )
        )
