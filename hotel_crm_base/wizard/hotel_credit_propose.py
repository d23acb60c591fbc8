from odoo import fields, models


class HotelCreditPropose(models.TransientModel):
    """The request to grade a payer, or to look at a decision again."""

    _name = "hotel.credit.propose"
    _description = "Propose a Credit Grade"

    partner_id = fields.Many2one("res.partner", string="Payer", required=True, ondelete="cascade")
    company_id = fields.Many2one(
        "res.company", required=True, ondelete="cascade", default=lambda self: self.env.company
    )
    is_appeal = fields.Boolean(string="Appeal")
    note = fields.Text(help="What the approver should know; of an appeal: what the payer says.")

    def action_propose(self):
        """Score the payer and hand the proposal to the approvers. Callable by finance.

        :rtype: dict: action
        :raises AccessError: for everybody else
        """
        self.ensure_one()
        grade = self.partner_id._propose_hotel_credit(self.company_id, note=self.note, is_appeal=self.is_appeal)
        action = self.env["ir.actions.act_window"]._for_xml_id("hotel_crm_base.hotel_credit_grade_action")
        return {**action, "views": [[False, "form"]], "res_id": grade.id, "target": "current"}
