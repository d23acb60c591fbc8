"""What the screens of folios show without rights on the books."""

from odoo import api, fields, models
from odoo.tools import format_date


class SaleOrder(models.Model):
    _inherit = "sale.order"

    hotel_invoice_names = fields.Char(
        string="Invoice Numbers", compute="_compute_hotel_invoice_names", compute_sudo=True
    )
    hotel_payment_text = fields.Text(
        string="Payments Taken", compute="_compute_hotel_payment_text", compute_sudo=True
    )

    @api.depends("order_line.invoice_lines.move_id.name")
    def _compute_hotel_invoice_names(self):
        for folio in self:
            names = folio.invoice_ids.filtered(lambda move: move.state == "posted").mapped("name")
            folio.hotel_invoice_names = ", ".join(sorted(names))

    @api.depends("hotel_payment_ids.state", "transaction_ids.state")
    def _compute_hotel_payment_text(self):
        for folio in self:
            lines = [
                (
                    format_date(self.env, payment.date),
                    payment.journal_id.name,
                    payment.name or "",
                    folio.currency_id.format(payment._get_amount_for_folio()),
                )
                for payment in folio._get_folio_payments().sorted("id")
            ]
            txs = folio.transaction_ids | folio.transaction_ids.child_transaction_ids
            lines += [
                (tx.reference, tx.provider_id.name, folio.currency_id.format(tx._get_amount_without_payment()))
                for tx in txs
                if tx._get_amount_without_payment()
            ]
            folio.hotel_payment_text = "\n".join("   ".join(line) for line in lines)
