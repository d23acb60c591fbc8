from odoo import api, fields, models


class HotelFolioPayment(models.TransientModel):
    """Money that the desk takes for a folio, or gives back."""

    _name = "hotel.folio.payment"
    _description = "Payment at the Desk"

    folio_id = fields.Many2one("sale.order", required=True, readonly=True)
    currency_id = fields.Many2one(related="folio_id.currency_id")
    balance = fields.Monetary(related="folio_id.hotel_balance")
    amount = fields.Monetary(
        required=True,
        compute="_compute_amount",
        store=True,
        readonly=False,
        precompute=True,
        help="Less than 0: money is given back.",
    )
    journal = fields.Selection(
        "_get_journals",
        string="Paid By",
        required=True,
        default=lambda self: self._get_default_journal(),
    )
    memo = fields.Char(string="Reference", help="Such as the number on the slip of the card terminal.")

    @api.model
    def _get_journals(self):
        """Return the cash and bank journals of the user's companies: the desk has no rights on journals."""
        journals = self.env["account.journal"].sudo().search(
            [("type", "in", ("cash", "bank", "credit")), ("company_id", "in", self.env.companies.ids)],
            order="sequence, id",
        )
        several = len(self.env.companies) > 1
        return [
            (str(journal.id), f"{journal.name} ({journal.company_id.name})" if several else journal.name)
            for journal in journals
        ]

    @api.model
    def _get_default_journal(self):
        """Return the first journal of the company of the folio: no other one can take its money."""
        folio = self.env["sale.order"].browse(self.env.context.get("default_folio_id")).sudo()
        offered = self.env["account.journal"].sudo().browse(int(key) for key, _name in self._get_journals())
        fitting = offered.filtered(lambda journal: not folio or journal.company_id == folio.company_id)
        return str(fitting[0].id) if fitting else False

    @api.depends("folio_id")
    def _compute_amount(self):
        for wizard in self:
            wizard.amount = wizard.folio_id.hotel_balance

    def action_pay(self):
        """Book the payment. Callable by front office and finance.

        :raises AccessError: another role, or a folio of another property
        :raises UserError: no amount, or more is given back than was paid
        """
        self.ensure_one()
        self.folio_id._check_cashier()
        # the desk has no rights on journals; which one fits the folio is checked there
        journal = self.env["account.journal"].sudo().browse(int(self.journal))
        self.folio_id._take_payment(self.amount, journal, self.memo or "")
        return {"type": "ir.actions.act_window_close"}
