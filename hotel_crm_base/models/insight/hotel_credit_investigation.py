"""Credit investigations: who was asked about a payer, how, and what came of it."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ... import guards


class HotelCreditInvestigation(models.Model):
    """One inquiry about the credit of a payer: agency, method, content and result."""

    _name = "hotel.credit.investigation"
    _inherit = ["hotel.guest.trace.mixin", "hotel.own.scope.mixin"]
    _description = "Credit Investigation"
    _order = "ordered_date desc, id desc"

    _guest_fields = ("partner_id",)

    name = fields.Char(string="Number", readonly=True, copy=False, default="/")
    partner_id = fields.Many2one("res.partner", string="Payer", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, ondelete="restrict"
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    agency = fields.Char(required=True, help="Who was asked: a credit agency, a bank, another hotel, our own desk.")
    method = fields.Selection(
        [
            ("report", "Report of an Agency"),
            ("bank", "Bank Reference"),
            ("trade", "Trade Reference"),
            ("register", "Public Register"),
            ("survey", "Questionnaire"),
            ("visit", "Visit or Interview"),
            ("own", "Own Records"),
        ],
        required=True,
        default="report",
    )
    content = fields.Text(string="Questions", help="What was asked.")
    amount_asked = fields.Monetary(help="Credit that the payer has asked for.")
    ordered_date = fields.Date(string="Ordered", required=True, default=fields.Date.context_today)
    state = fields.Selection(
        [("ordered", "Ordered"), ("received", "Received"), ("cancelled", "Cancelled")],
        required=True,
        default="ordered",
        readonly=True,
        copy=False,
    )
    received_date = fields.Date(string="Received On", readonly=True, copy=False)
    result = fields.Text(copy=False, help="What they answered.")
    score = fields.Integer(
        default=50, copy=False, help="What the answer comes to: 0 (bad) to 100 (excellent); 50 says nothing."
    )
    user_id = fields.Many2one("res.users", string="By", default=lambda self: self.env.user, readonly=True)

    _score_is_share = models.Constraint("CHECK (score BETWEEN 0 AND 100)", "A score is between 0 and 100.")
    _latest_idx = models.Index("(partner_id, company_id, received_date DESC) WHERE state = 'received'")

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            vals_list = [{**vals, "user_id": self.env.uid, "state": "ordered"} for vals in vals_list]
        records = super().create(vals_list)
        for record in records:
            record.name = f"CI{record.id:05d}"
        return records

    def write(self, vals):
        """Refuse changes of what was received; a merge of guests re-points it."""
        is_merge = set(vals) == {"partner_id"} and guards.is_given(self.env.context, guards.MERGE)
        if not is_merge and any(record.state != "ordered" for record in self):
            raise UserError(self.env._("What was received stays as it is. Order another investigation."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_received(self):
        if not guards.is_given(self.env.context, guards.ERASURE) and any(self.filtered(lambda r: r.state != "ordered")):
            raise UserError(self.env._("Investigations are kept: a grade may rest on them."))

    def action_receive(self):
        """Note that the answer has come. Callable by finance.

        :raises UserError: without a result
        """
        self.check_access("write")
        for record in self:
            if not (record.result or "").strip():
                raise UserError(self.env._("Write down what %s has answered.", record.agency))
        self.write({"state": "received", "received_date": fields.Date.context_today(self)})
        return True

    def action_cancel(self):
        """Note that no answer is awaited any more. Callable by finance."""
        self.check_access("write")
        self.write({"state": "cancelled"})
        return True
