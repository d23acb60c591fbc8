"""Invoices of folios: who paid them, and what accountants credit by hand."""

from odoo import models


class AccountMove(models.Model):
    _inherit = "account.move"

    def _get_settled_from_outside(self, own_moves):
        """Return how much of this invoice or credit note other entries than a folio's own have settled.

        :param account.move own_moves: invoices and credit notes of the folio: what they settle among
            themselves is no payment
        :returns: in the invoice's currency; negative for money that was given back
        :rtype: float
        """
        self.ensure_one()
        settled = 0.0
        for line in self.line_ids.filtered(lambda line: line.account_id.account_type == "asset_receivable"):
            for partial in line.matched_credit_ids:
                if partial.credit_move_id.move_id._is_money_of_others(own_moves):
                    settled += partial.debit_amount_currency
            for partial in line.matched_debit_ids:
                if partial.debit_move_id.move_id._is_money_of_others(own_moves):
                    settled -= partial.credit_amount_currency
        return settled

    def _is_money_of_others(self, own_moves):
        """Return whether this entry is a payment that no folio counts already.

        :rtype: bool
        """
        self.ensure_one()
        return self not in own_moves and not self.origin_payment_id.hotel_folio_id

    def _post(self, soft=True):
        """Note on folios what accountants credit, or invoice anew, past them."""
        posted = super()._post(soft)
        # accountants need no rights on reservations for their own work
        for line in posted.sudo().filtered(lambda move: move.is_sale_document()).invoice_line_ids:
            line._note_on_folio()
        return posted
