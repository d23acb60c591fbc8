"""Splitting folios: who pays what, charges moved between open folios, bills sent to companies with credit."""

from odoo import models
from odoo.exceptions import AccessError, UserError

from .hotel_reservation_folio import QUIET

#: who takes money and splits folios
CASHIERS = ("hotel_crm_base.group_front_office", "hotel_crm_base.group_finance")


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _check_cashier(self):
        """Refuse those who may not work on these folios. Asked before anything is done with sudo.

        :raises AccessError: another role, or a folio of another property
        """
        if not self.env.su and not any(self.env.user.has_group(group) for group in CASHIERS):
            raise AccessError(self.env._("Folios are kept by front office and finance."))
        self.check_access("read")
        if any(not folio.hotel_reservation_id for folio in self):
            raise AccessError(self.env._("This is no folio of the hotel."))

    def action_hotel_pay(self):
        """Open the wizard that takes a payment, or gives money back. Callable by front office and finance."""
        self._check_cashier()
        return self._open_hotel_wizard("hotel.folio.payment", default_folio_id=self.id)

    def action_hotel_split(self):
        """Open the wizard that splits this folio. Callable by front office and finance."""
        self._check_cashier()
        reservation = self.hotel_reservation_id
        return self._open_hotel_wizard("hotel.folio.split", default_reservation_id=reservation.id)

    def action_hotel_bill_now(self):
        """Invoice what is due on this folio now. Callable by front office and finance.

        :raises UserError: nothing is due
        """
        self._check_cashier()
        self.hotel_reservation_id._lock_folios()
        if not self._bill():
            raise UserError(self.env._("Nothing is due on this folio that is not invoiced already."))
        return True

    def action_hotel_bill_later(self):
        """Let the payer of this folio pay later; only payers with credit. Callable by front office and finance.

        :raises UserError: the hotel gives this payer no credit
        """
        self._check_cashier()
        for folio in self.sudo():  # the rights were checked above
            payer = folio.partner_invoice_id
            if not folio.hotel_reservation_id._get_credit_terms(payer).get("is_bill_allowed"):
                raise UserError(self.env._("%s has no credit here.", payer.name))
            folio._check_credit_left()
            terms = folio.partner_invoice_id.with_company(folio.company_id).property_payment_term_id
            folio.with_context(**QUIET).write({"hotel_is_on_account": True, "payment_term_id": terms.id})
        return True

    def _check_credit_left(self):
        """Hook: refuse to bill this folio later, where it is more than its payer is trusted with.

        :raises UserError: with a sentence for the desk
        """

    def _open_hotel_wizard(self, model, **defaults):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env[model]._description,
            "res_model": model,
            "views": [[False, "form"]],
            "target": "new",
            "context": defaults,
        }

    def _move_charges(self, lines):
        """Put charges of other folios of the reservation on this one; the caller has checked who may.

        Corrections go with what they correct.

        :param sale.order.line lines: none of them invoiced
        :raises UserError: invoiced, or of another reservation, or this folio is closed
        """
        self.ensure_one()
        folio = self.sudo()  # the rights were checked by the caller
        folio.hotel_reservation_id._lock_folios()
        lines = lines.sudo() - folio.order_line
        if not lines:
            return
        lines |= lines.hotel_corrected_line_id
        lines |= lines.search([("hotel_corrected_line_id", "in", lines.ids)])
        if not folio._is_open_folio() or lines.order_id.hotel_reservation_id - folio.hotel_reservation_id:
            raise UserError(self.env._("Charges are moved between open folios of one reservation."))
        if lines.invoice_lines:
            raise UserError(self.env._("What is invoiced stays where it is: correct it and charge it anew."))
        if folio.currency_id != lines.currency_id:
            raise UserError(self.env._("The folios are in different currencies."))
        lines.with_context(**QUIET).write({"order_id": folio.id})
