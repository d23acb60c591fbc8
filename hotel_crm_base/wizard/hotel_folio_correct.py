from odoo import api, fields, models


class HotelFolioCorrect(models.TransientModel):
    """The question why a charge is taken back, and how much of it."""

    _name = "hotel.folio.correct"
    _description = "Correct a Charge"

    line_id = fields.Many2one("sale.order.line", string="Charge", required=True, readonly=True)
    currency_id = fields.Many2one(related="line_id.currency_id")
    amount = fields.Monetary(compute="_compute_amount", store=True, readonly=False, precompute=True, required=True)
    reason = fields.Char(required=True)

    @api.depends("line_id")
    def _compute_amount(self):
        for wizard in self:
            wizard.amount = wizard.line_id.price_total

    def action_correct(self):
        """Take the charge back. Callable by front office and finance.

        :raises AccessError: another role, or a folio of another property
        :raises UserError: no reason, not due, or more than is left
        """
        self.ensure_one()
        self.line_id.order_id._check_cashier()
        self.line_id._take_back(self.reason, self.amount)
        return {"type": "ir.actions.act_window_close"}
