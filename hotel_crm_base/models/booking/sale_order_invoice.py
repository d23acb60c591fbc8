"""From folio to invoice: what is due is invoiced, posted, and settled with what was paid."""

import logging

from odoo import models
from odoo.exceptions import RedirectWarning, UserError

from .hotel_reservation_folio import QUIET
from .sale_order import OPEN

_logger = logging.getLogger(__name__)


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _bill(self):
        """Invoice what is due on these folios and settle it with what was paid.

        Where the books refuse (a locked period, no journal), the guest leaves all the same: finance is asked
        to invoice the folio.

        :returns: the new invoices and credit notes, posted
        :rtype: account.move, with sudo
        """
        moves = self.env["account.move"].sudo()
        # guests leave with the desk's rights, which has none on the books
        for folio in self.sudo().filtered(lambda order: order.state == "sale"):
            if not any(line.qty_to_invoice for line in folio.order_line):
                continue
            try:
                with self.env.cr.savepoint():
                    moves |= folio._create_posted_invoices()
            except (UserError, RedirectWarning) as error:
                _logger.warning("Folio %s was not invoiced: %s", folio.id, type(error).__name__)
                folio.hotel_reservation_id._ask_desk(
                    self.env._("To invoice: folio %s", folio.name),
                    self.env._("The folio could not be invoiced: %s", error.args[0] if error.args else ""),
                )
        return moves

    def _create_posted_invoices(self):
        """Invoice what is due on one folio; credit notes for what was taken back more than charged.

        :rtype: account.move
        """
        self.ensure_one()
        folio = self.with_company(self.company_id).with_context(**QUIET, raise_if_nothing_to_invoice=False)
        moves = folio._create_invoices(final=True)
        moves.invoice_date = self.hotel_property_id.business_date
        moves.action_post()
        self._settle_invoices()
        return moves

    def _prepare_invoice(self):
        """Invoices of folios are paid by their folio's payments, and are nobody's to sell."""
        vals = super()._prepare_invoice()
        if self.hotel_reservation_id:
            vals["invoice_user_id"] = False
        return vals

    def _settle_invoices(self):
        """Set the folio's payments, and its credit notes, against its invoices."""
        self.ensure_one()
        moves = self.invoice_ids.filtered(lambda move: move.state == "posted")
        lines = moves.line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable" and not line.reconciled
        )
        lines |= self._get_folio_payments()._get_open_lines()
        for same in lines.grouped("account_id").values():
            if len({line.balance > 0 for line in same}) == 2:
                same.reconcile()

    def _is_complete(self):
        """Return whether nobody is left who could charge this folio: all its guests have left.

        :rtype: bool
        """
        self.ensure_one()
        reservation = self.hotel_reservation_id
        # who has a folio of his or her own charges that one
        own = reservation.folio_ids.filtered(
            lambda folio: folio != self and folio.hotel_folio_kind == "main" and folio.state != "cancel"
        )
        stays = self.hotel_stay_id or (reservation.stay_ids - own.hotel_stay_id | self.order_line.hotel_stay_id)
        return not stays.filtered(lambda stay: stay.state in ("held", "booked", "in_house"))

    def _get_due_of_departed(self):
        """Return what guests who have left owe on this folio; who stays on pays later.

        :rtype: float
        """
        self.ensure_one()
        if self._is_complete():
            return self.hotel_balance
        here = ("held", "booked", "in_house")
        lines = self.order_line.filtered(lambda line: line.hotel_stay_id.state not in here and line.hotel_posted_at)
        return self.currency_id.round(sum(lines.mapped("price_total")) - self.hotel_paid)

    def _get_due_of_leaving(self, stays):
        """Return what is to pay on this folio when these guests leave now; nights to come are dropped.

        :param hotel.stay stays: in house
        :rtype: float
        """
        self.ensure_one()
        here = ("held", "booked", "in_house")
        lines = self.order_line.filtered(
            lambda line: (line.hotel_posted_at or not line.hotel_kind or line._is_slept())
            and (line.hotel_stay_id.state not in here or line.hotel_stay_id in stays)
        )
        return self.currency_id.round(sum(lines.mapped("price_total")) - self.hotel_paid)

    def _close_if_empty(self):
        """Cancel folios that charge nothing and that nothing was paid for."""
        for folio in self.filtered(lambda order: order.state in OPEN and not order.order_line):
            if not folio.hotel_paid and not folio.transaction_ids:
                folio.with_context(**QUIET)._action_cancel()

    def _check_settled(self):
        """Refuse to let guests go who have something to pay, unless it is billed to somebody with credit.

        :raises UserError: with the amount per folio
        """
        for folio in self:
            due = folio._get_due_of_departed()
            if folio.currency_id.compare_amounts(due, 0) > 0 and not folio._is_bill_allowed():
                raise UserError(
                    self.env._(
                        "%(amount)s are still to pay on folio %(folio)s. Take the payment first, bill it to a"
                        " company with credit, or ask a manager.",
                        amount=folio.currency_id.format(due),
                        folio=folio.name,
                    )
                )

    def _is_bill_allowed(self):
        """Return whether this folio is billed later, and its payer still has credit.

        :rtype: bool
        """
        self.ensure_one()
        terms = self.hotel_reservation_id._get_credit_terms(self.partner_invoice_id)
        return self.hotel_is_on_account and bool(terms.get("is_bill_allowed"))

    def _get_stray_lines(self):
        """Return lines that are no stay's, such as discounts: they count when the folio is complete.

        :rtype: sale.order.line
        """
        return self.order_line.filtered(lambda line: not line.hotel_stay_id)
