from odoo import api, fields, models


class HotelLoyaltyClaimAnswer(models.TransientModel):
    """The answer to a claim: the stay becomes the member's, points are posted, or no."""

    _name = "hotel.loyalty.claim.answer"
    _description = "Answer a Claim"

    claim_id = fields.Many2one("hotel.loyalty.claim", required=True, readonly=True, ondelete="cascade")
    candidate_ids = fields.Many2many(related="claim_id.candidate_ids")
    stay_id = fields.Many2one(
        "hotel.stay", ondelete="cascade", domain="[('id', 'in', candidate_ids)]",
        compute="_compute_stay_id", store=True, readonly=False, precompute=True,
        help="Empty: points are posted without a stay.",
    )  # fmt: skip
    stay_points = fields.Integer(string="The Stay Earns", compute="_compute_stay_points")
    points = fields.Integer(string="Points to Post")
    answer = fields.Text(help="Told to the member.")
    limit = fields.Integer(string="Your Limit", compute="_compute_limit")

    @api.depends("claim_id")
    def _compute_stay_id(self):
        for wizard in self:
            stay = wizard.claim_id.stay_id
            wizard.stay_id = stay if stay in wizard.claim_id.candidate_ids else False

    @api.depends("stay_id")
    def _compute_stay_points(self):
        for wizard in self:
            claim, stay = wizard.claim_id, wizard.stay_id
            offered = stay and stay in claim.candidate_ids
            # what the rules say of the member's own or nobody's stay
            wizard.stay_points = claim.sudo()._get_stay_points(stay.sudo()) if offered else 0

    @api.depends("claim_id")
    def _compute_limit(self):
        for wizard in self:
            program = wizard.claim_id.sudo().program_id
            wizard.limit, _can_grant = self.env["hotel.loyalty.limit"]._get_limit(program, self.env.user)

    def action_approve(self):
        """Say yes. Callable by those who answer claims.

        :rtype: dict: action
        :raises AccessError: another role, or above its limit
        :raises UserError: answered already, or somebody else's stay
        """
        self.ensure_one()
        self.claim_id._approve(self.stay_id, self.points, self.answer)
        return {"type": "ir.actions.act_window_close"}

    def action_refuse(self):
        """Say no. Callable by those who answer claims.

        :rtype: dict: action
        :raises AccessError: another role
        :raises UserError: no reason, or answered already
        """
        self.ensure_one()
        self.claim_id._refuse(self.answer)
        return {"type": "ir.actions.act_window_close"}
