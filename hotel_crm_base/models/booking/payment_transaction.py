"""Online payments of folios: counted once, and a paid booking is never lost."""

import logging

import psycopg2

from odoo import models
from odoo.exceptions import UserError

_logger = logging.getLogger(__name__)

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

        :returns: in the folio's currency
        :rtype: float
        """
        self.ensure_one()
        if self.payment_id or self.operation == "validation" or self.state not in SECURED:
            return 0.0
        day = (self.last_state_change or self.create_date).date()
        folio = self._get_hotel_folio()
        return self.currency_id._convert(self._get_own_amount(), folio.currency_id, self.company_id, day)

    def _get_own_amount(self):
        """Return the amount less what was captured or voided: that is counted by transactions below this one.

        :rtype: float
        """
        self.ensure_one()
        parts = self.child_transaction_ids.filtered(
            lambda child: child.operation == self.operation and child.state in ("done", "cancel")
        )
        if parts and self.state == "done":
            return 0.0
        return self.currency_id.round(self.amount - sum(parts.mapped("amount")))

    # ---- booking the money ------------------------------------------------------------------

    def _create_payment(self, **extra_create_values):
        """Note the folio on the payment; book it on the account that the folio's invoice will use."""
        folio = self._get_hotel_folio()
        if folio:
            payer = folio.partner_invoice_id.with_company(folio.company_id)
            extra_create_values.setdefault("hotel_folio_id", folio.id)
            extra_create_values.setdefault("destination_account_id", payer.property_account_receivable_id.id)
        payment = super()._create_payment(**extra_create_values)
        if folio:
            (payment | self.source_transaction_id.payment_id)._match_among_themselves()
            folio._settle_invoices()
        return payment

    # ---- after the payment ------------------------------------------------------------------

    def _check_amount_and_confirm_order(self):
        """Folios are confirmed with their reservation, by ``_settle_hotel_folio``."""
        others = self.filtered(lambda tx: not tx._get_hotel_folio())
        return super(PaymentTransaction, others)._check_amount_and_confirm_order()

    def _invoice_sale_orders(self):
        """Folios are invoiced at the check-out: a deposit is no invoice."""
        others = self.filtered(lambda tx: not tx._get_hotel_folio())
        return super(PaymentTransaction, others)._invoice_sale_orders()

    def _post_process(self):
        """Confirm what was paid; what cannot be confirmed is handed to the desk, and the money is kept."""
        result = super()._post_process()
        for tx in self.filtered(lambda tx: tx.state in SECURED and tx.operation not in ("refund", "validation")):
            if tx._get_hotel_folio():
                tx._settle_hotel_folio()
        return result

    def _settle_hotel_folio(self):
        """Confirm the reservation of a folio that was just paid; never fails because of it.

        Conflicts with somebody who works on the same rooms are passed on: Odoo tries again.
        """
        self.ensure_one()
        reservation = self._get_hotel_folio().hotel_reservation_id
        try:
            with self.env.cr.savepoint():
                reservation._lock_folios()
                problem = reservation._accept_payment()
        except psycopg2.OperationalError:
            raise
        except UserError as error:
            problem = str(error)
        except Exception:
            # whatever it was: the money is there, and somebody has to know
            _logger.exception("Reservation %s is paid but could not be confirmed", reservation.id)
            problem = self.env._("The booking could not be confirmed automatically.")
        if problem:
            reservation._hand_payment_to_desk(self, problem)
