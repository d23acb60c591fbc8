from odoo import api, fields, models


class HotelCreditReview(models.TransientModel):
    """The decision of an approver about a credit grade."""

    _name = "hotel.credit.review"
    _description = "Review of a Credit Grade"

    grade_id = fields.Many2one(
        "hotel.credit.grade", string="Proposal", required=True, readonly=True, ondelete="cascade"
    )
    partner_id = fields.Many2one(related="grade_id.partner_id")
    company_id = fields.Many2one(related="grade_id.company_id")
    currency_id = fields.Many2one(related="grade_id.currency_id")
    score = fields.Integer(related="grade_id.score")
    spend = fields.Monetary(related="grade_id.spend")
    reason_text = fields.Text(related="grade_id.reason_text")
    proposal_note = fields.Text(related="grade_id.note", string="Proposer's Note")
    is_appeal = fields.Boolean(related="grade_id.is_appeal")
    standard_id = fields.Many2one(
        "hotel.credit.standard",
        string="Grade",
        required=True,
        ondelete="cascade",
        domain="[('company_id', '=', company_id)]",
    )
    limit_amount = fields.Monetary(string="Credit Limit")
    amount_min = fields.Monetary(related="standard_id.amount_min")
    amount_max = fields.Monetary(related="standard_id.amount_max")
    note = fields.Text(help="Needed to refuse, or to decide otherwise than proposed.")

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        grade = self.env["hotel.credit.grade"].browse(values.get("grade_id"))
        if grade:
            values |= {"standard_id": grade.proposed_standard_id.id, "limit_amount": grade.proposed_limit}
        return values

    @api.onchange("standard_id")
    def _onchange_standard_id(self):
        """Keep the amount within what the grade allows."""
        if self.standard_id:
            amount = min(max(self.limit_amount, self.standard_id.amount_min), self.standard_id.amount_max)
            self.limit_amount = amount

    def action_approve(self):
        """Put the grade into force. Callable by approvers.

        :raises AccessError: for everybody else, and for the proposer
        :raises UserError: decided already, or not as the grade allows
        """
        self.ensure_one()
        self.grade_id._approve(self.standard_id, self.limit_amount, self.note)
        return {"type": "ir.actions.act_window_close"}

    def action_refuse(self):
        """Refuse the proposal. Callable by approvers.

        :raises AccessError: for everybody else, and for the proposer
        :raises UserError: decided already, or without a note
        """
        self.ensure_one()
        self.grade_id._refuse(self.note)
        return {"type": "ir.actions.act_window_close"}
