"""Folios that are billed later: never more than their payer is trusted with."""

from odoo import fields, models
from odoo.exceptions import UserError


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _get_not_invoiced(self):
        """Return what stands on this folio and is neither invoiced nor paid, with tax.

        :rtype: float: in the folio's currency
        """
        self.ensure_one()
        open_amount = self.currency_id.round(self.amount_total - self.amount_invoiced)
        paid = self.currency_id.round(self.hotel_paid - self.amount_invoiced)
        return max(open_amount - max(paid, 0.0), 0.0)

    def _check_credit_left(self):
        """Two desks cannot both use the last of a payer's credit."""
        super()._check_credit_left()
        self.ensure_one()
        reservation = self.hotel_reservation_id
        grade = reservation._get_credit_grade(self.partner_invoice_id)
        if not grade:
            return
        # a row that both write: the later one fails as not serializable, is tried again, and sees the first
        grade.used_at = fields.Datetime.now()
        grade.flush_recordset(["used_at"])
        company = grade.company_id
        used = grade.partner_id._get_hotel_credit_used(company, without=self)
        today = fields.Date.context_today(self)
        due = self.currency_id._convert(self._get_not_invoiced(), company.currency_id, company, today)
        left = grade.limit_amount - used
        if grade.currency_id.compare_amounts(due, left) > 0:
            raise UserError(
                self.env._(
                    "%(payer)s has %(left)s of credit left; this folio is %(due)s.",
                    payer=grade.partner_id.name,
                    left=grade.currency_id.format(max(left, 0.0)),
                    due=grade.currency_id.format(due),
                )
            )
