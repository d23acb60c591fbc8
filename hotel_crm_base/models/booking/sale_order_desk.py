"""Money at the desk: cash, card terminal, transfer; taken and given back without rights on the books."""

from odoo import models
from odoo.exceptions import UserError

from .hotel_reservation_folio import QUIET


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _take_payment(self, amount, journal, memo=""):
        """Book a payment at the desk for this folio. The caller has checked who may.

        :param float amount: in the folio's currency; less than 0 gives money back
        :param account.journal journal: cash or bank of the property's company
        :param str memo: such as the number on the slip of the card terminal
        :returns: the payment, posted and set against the folio's invoices
        :rtype: account.payment, with sudo
        :raises UserError: no amount, another company's journal, or more is given back than was paid
        """
        self.ensure_one()
        folio = self.sudo()  # the desk has no rights on the books
        folio.hotel_reservation_id._lock_folios()
        folio._check_payment(amount, journal.sudo())
        payments = self.env["account.payment"].sudo().with_company(folio.company_id)
        payment = payments.with_context(**QUIET, force_payment_move=True).create(
            folio._prepare_payment_vals(amount, journal, memo)
        )
        payment.action_post()
        payment._match_among_themselves()
        folio._settle_invoices()
        folio.hotel_reservation_id._note_payment(payment)
        return payment

    def _check_payment(self, amount, journal):
        """Refuse what cannot be paid.

        :raises UserError: as ``_take_payment``
        """
        if not self.currency_id.compare_amounts(amount, 0):
            raise UserError(self.env._("Say how much is paid."))
        if journal.type not in ("cash", "bank", "credit") or journal.company_id != self.company_id:
            raise UserError(self.env._("Choose a cash or bank journal of the hotel's company."))
        if self.currency_id.compare_amounts(amount, -self.hotel_paid) < 0:
            raise UserError(
                self.env._("%s were paid: no more is given back.", self.currency_id.format(self.hotel_paid))
            )

    def _prepare_payment_vals(self, amount, journal, memo):
        """Return values of a payment at the desk.

        :rtype: dict
        """
        payer = self.partner_invoice_id.with_company(self.company_id)
        return {
            "payment_type": "inbound" if amount > 0 else "outbound",
            "partner_type": "customer",
            "partner_id": payer.commercial_partner_id.id,
            "destination_account_id": payer.property_account_receivable_id.id,
            "amount": abs(self.currency_id.round(amount)),
            "currency_id": self.currency_id.id,
            "journal_id": journal.id,
            "company_id": self.company_id.id,
            "date": self.hotel_property_id.business_date,
            "memo": " ".join(filter(None, (self.name, memo))),
            "hotel_folio_id": self.id,
        }
