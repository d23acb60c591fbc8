"""What was paid for folios: at the desk, online, and on their invoices; nothing is counted twice."""

from collections import defaultdict

from odoo import api, fields, models

#: payments that count: given to the hotel, whether or not the bank has confirmed it
GIVEN = ("in_process", "paid")


class SaleOrder(models.Model):
    _inherit = "sale.order"

    hotel_payment_ids = fields.One2many("account.payment", "hotel_folio_id", string="Payments")
    hotel_paid = fields.Monetary(
        string="Paid",
        compute="_compute_hotel_paid",
        compute_sudo=True,
        help="Payments of all kinds, less what was given back.",
    )
    hotel_balance = fields.Monetary(
        string="Balance",
        compute="_compute_hotel_paid",
        compute_sudo=True,
        help="All charges, nights still to come among them, less what was paid.",
    )
    hotel_due = fields.Monetary(
        string="Due Now",
        compute="_compute_hotel_paid",
        compute_sudo=True,
        help="Charges that are due, less what was paid.",
    )

    @api.depends(
        "amount_total",
        "state",
        "transaction_ids.state",
        "transaction_ids.payment_id",
        "transaction_ids.child_transaction_ids.state",
        "hotel_payment_ids.state",
        "hotel_payment_ids.amount",
        "order_line.invoice_lines.move_id.amount_residual",
        "order_line.hotel_posted_at",
    )
    def _compute_hotel_paid(self):
        paid = self._get_hotel_paid()
        for order in self:
            total = order.amount_total if order.state != "cancel" else 0.0
            posted = order.order_line.filtered(lambda line: line.hotel_posted_at or not line.hotel_kind)
            order.hotel_paid = paid.get(order.id, 0.0)
            order.hotel_balance = order.currency_id.round(total - order.hotel_paid)
            order.hotel_due = order.currency_id.round(sum(posted.mapped("price_total")) - order.hotel_paid)

    def _get_hotel_paid(self):
        """Return what was paid for each of these folios, in its currency.

        * payments that name the folio: taken at the desk, or booked for an online transaction;
        * online transactions that are done or authorized and have no payment yet;
        * what accountants and bank statements have settled on the folio's invoices beside those.

        :rtype: dict[int, float]
        """
        paid = defaultdict(float)
        self._fetch_settlements()
        for payment in self._get_folio_payments():
            paid[payment.hotel_folio_id.id] += payment._get_amount_for_folio()
        for folio in self:
            txs = folio.transaction_ids | folio.transaction_ids.child_transaction_ids
            paid[folio.id] += sum(tx._get_amount_without_payment() for tx in txs)
            paid[folio.id] += folio._get_settled_otherwise()
        return {folio.id: folio.currency_id.round(paid[folio.id]) for folio in self}

    def _fetch_settlements(self):
        """Read what settled the invoices of all these folios at once, not folio by folio."""
        moves = self.invoice_ids
        lines = moves.line_ids
        lines.fetch(["account_id", "matched_credit_ids", "matched_debit_ids"])
        partials = lines.matched_credit_ids | lines.matched_debit_ids
        others = (partials.credit_move_id | partials.debit_move_id).move_id
        others.fetch(["origin_payment_id"])
        moves.fetch(["matched_payment_ids"])

    def _get_folio_payments(self):
        """Return the payments that name these folios.

        :rtype: account.payment
        """
        return self.env["account.payment"].search([("hotel_folio_id", "in", self.ids), ("state", "in", GIVEN)])

    def _get_settled_otherwise(self):
        """Return what was settled on this folio's invoices by something else than its own payments.

        :rtype: float
        """
        self.ensure_one()
        invoices = self.invoice_ids.filtered(lambda move: move.state == "posted")
        settled = 0.0
        for invoice in invoices:
            settled += invoice._get_settled_from_outside(invoices)
            for payment in invoice.matched_payment_ids:
                if not payment.move_id and not payment.hotel_folio_id and payment.state in GIVEN:
                    settled += payment._get_amount_in(self.currency_id)
        return settled
