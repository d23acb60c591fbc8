from odoo import fields, models


class AccountPayment(models.Model):
    _inherit = "account.payment"

    hotel_folio_id = fields.Many2one(
        "sale.order",
        string="Folio",
        index="btree_not_null",
        ondelete="restrict",
        copy=False,
        readonly=True,
        help="The folio that this money was given for, or given back from.",
    )
    hotel_reservation_id = fields.Many2one(related="hotel_folio_id.hotel_reservation_id", string="Reservation")

    def _get_amount_for_folio(self):
        """Return what this payment is worth on its folio; money given back is negative.

        :rtype: float
        """
        self.ensure_one()
        return self._get_amount_in(self.hotel_folio_id.currency_id)

    def _get_amount_in(self, currency):
        """Return the amount in a currency, at the rate of the day of the payment.

        :rtype: float
        """
        self.ensure_one()
        amount = self.amount if self.payment_type == "inbound" else -self.amount
        return self.currency_id._convert(amount, currency, self.company_id, self.date)

    def _get_open_lines(self):
        """Return the lines of these payments that settle nothing yet.

        :rtype: account.move.line
        """
        return self.move_id.line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
            and not line.reconciled
            and line.parent_state == "posted"
        )

    def _match_among_themselves(self):
        """Set what was given back against what was given."""
        for lines in self._get_open_lines().grouped("account_id").values():
            signs = {line.balance > 0 for line in lines}
            if len(signs) == 2:
                lines.reconcile()
