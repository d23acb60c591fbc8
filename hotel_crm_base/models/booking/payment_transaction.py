from odoo import models

#: states in which the money is the hotel's, or kept for it on the guest's card
SECURED = ("authorized", "done")


class PaymentTransaction(models.Model):
    _inherit = "payment.transaction"

    def _get_hotel_folio(self):
        """Return the folio that this transaction pays, or gives money back from.

        :rtype: sale.order, one or none
        """
        self.ensure_one()
        orders = self.sale_order_ids or self.source_transaction_id.sale_order_ids
        return orders.filtered("hotel_reservation_id")[:1]

    def _get_amount_without_payment(self):
        """Return what this transaction is worth on its folio as long as no payment is booked for it.

        Captures and refunds are transactions of their own below it: what was captured is theirs.
        :rtype: float, in the folio's currency
        """
        self.ensure_one()
        if self.payment_id or self.operation == "validation" or self.state not in SECURED:
            return 0.0
        captures = self.child_transaction_ids.filtered(
            lambda child: child.operation == self.operation and child.state in ("done", "cancel")
        )
        folio = self._get_hotel_folio()
        amount = self.amount - sum(captures.mapped("amount"))
        if captures and self.state == "done":
            amount = 0.0
        day = (self.last_state_change or self.create_date).date()
        return self.currency_id._convert(amount, folio.currency_id, self.company_id, day)

    def _create_payment(self, **extra_create_values):
        """Note the folio on the payment; book it on the account that the folio's invoice will use."""
        folio = self._get_hotel_folio()
        if folio:
            payer = folio.partner_invoice_id.with_company(folio.company_id)
            extra_create_values.setdefault("hotel_folio_id", folio.id)
            extra_create_values.setdefault("destination_account_id", payer.property_account_receivable_id.id)
        return super()._create_payment(**extra_create_values)
