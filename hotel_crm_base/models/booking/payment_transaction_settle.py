"""Asking providers for what is left of a booking: capture, release, refund, charge of a stored card."""

import logging

import psycopg2

from odoo import models

_logger = logging.getLogger(__name__)


class PaymentTransaction(models.Model):
    _inherit = "payment.transaction"

    def _is_under_way(self):
        """Return whether the provider has been asked and has not answered for good."""
        self.ensure_one()
        return self.state in ("draft", "pending", "authorized")

    def _capture_for_hotel(self, amount):
        """Capture authorized amounts as far as needed; release the rest.

        :param float amount: what is owed
        :returns: what is still missing
        :rtype: float
        """
        for tx in self:
            own = tx._get_own_amount()
            part = min(own, amount)
            if tx._ask_provider("capture", part):
                amount = tx.currency_id.round(amount - part)
            tx._ask_provider("void", tx.currency_id.round(own - part))
        return amount

    def _refund_for_hotel(self, amount):
        """Refund payments, the latest first.

        :param float amount: what is to be given back
        :returns: what could not be given back online
        :rtype: float
        """
        paid = self.filtered(lambda tx: tx.state == "done" and tx.operation != "refund" and tx.amount > 0)
        for tx in paid.sorted("id", reverse=True):
            currency = tx.currency_id
            if currency.compare_amounts(amount, 0) <= 0:
                break
            gone = tx.child_transaction_ids.filtered(
                lambda child: child.operation == "refund" and child.state not in ("cancel", "error")
            )
            left = currency.round(tx._get_refundable() + sum(gone.mapped("amount")))
            part = min(left, amount)
            partly = currency.compare_amounts(part, tx.amount) < 0
            support = tx.provider_id.support_refund
            if support not in (False, "none") and not (partly and support == "full_only"):
                if tx._ask_provider("refund", part):
                    amount = currency.round(amount - part)
        return amount

    def _get_refundable(self):
        """Return what of this transaction can be given back; a captured one gives by its captures."""
        self.ensure_one()
        return self._get_own_amount() if not self.payment_id else self.amount

    def _charge_for_hotel(self, reservation, amount):
        """Charge a card that the guest has left.

        :param hotel.reservation reservation: what for
        :param float amount: in the property's currency
        :returns: what could not be charged
        :rtype: float
        """
        token = self.token_id.filtered("active").sorted("id", reverse=True)[:1]
        under_way = self.filtered(lambda tx: tx.operation == "offline" and tx._is_under_way())
        if under_way:
            return 0.0
        if not token:
            return amount
        folio = reservation._get_folio(kind="fee")
        tx = self.create(
            {
                "provider_id": token.provider_id.id,
                "payment_method_id": token.payment_method_id.id,
                "reference": self._compute_reference(token.provider_id.code, prefix=folio.name),
                "amount": amount,
                "currency_id": reservation.currency_id.id,
                "partner_id": token.partner_id.id,
                "token_id": token.id,
                "operation": "offline",
                "sale_order_ids": [(6, 0, folio.ids)],
            }
        )
        tx._ask_provider("charge_with_token")
        return 0.0 if tx.state not in ("error", "cancel") else amount

    def _ask_provider(self, what, *amount):
        """Ask the provider; a refusal is noted and left to the desk.

        :param str what: capture, void, refund or charge_with_token
        :param float amount: of which more than 0 is asked for
        :returns: whether the provider did not refuse
        :rtype: bool
        """
        self.ensure_one()
        if amount and self.currency_id.compare_amounts(amount[0], 0) <= 0:
            return False
        try:
            answer = getattr(self, f"_{what}")(*amount) or self
        except psycopg2.OperationalError:
            raise
        except Exception as error:
            # other bookings wait behind this one; the desk does by hand what the provider does not
            _logger.warning("The provider of transaction %s refused: %s (%s)", self.id, what, type(error).__name__)
            return False
        return answer.state not in ("error", "cancel") or what == "void"
