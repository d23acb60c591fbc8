from odoo import api, fields, models


class HotelLoyaltyAdjust(models.TransientModel):
    """Points that somebody of the hotel wants to give a member, or to take."""

    _name = "hotel.loyalty.adjust"
    _description = "Adjust Points"

    card_id = fields.Many2one("loyalty.card", string="Member", required=True, readonly=True, ondelete="cascade")
    partner_id = fields.Many2one(related="card_id.partner_id", string="Guest")
    direction = fields.Selection([("give", "Give"), ("take", "Take")], required=True, default="give")
    points = fields.Integer(required=True)
    reason_id = fields.Many2one("hotel.loyalty.reason", required=True, ondelete="cascade")
    note = fields.Char(string="What Happened", help="Kept with the points, and told to the member.")
    expiry_date = fields.Date(string="Expire On", help="Empty: by the rules of the programme.")
    available = fields.Float(related="card_id.points", string="Balance")
    limit = fields.Integer(string="Your Limit", compute="_compute_limit")
    is_above = fields.Boolean(compute="_compute_limit")

    @api.depends("card_id", "points")
    def _compute_limit(self):
        for wizard in self:
            program = wizard.card_id.sudo().program_id
            wizard.limit, _can_grant = self.env["hotel.loyalty.limit"]._get_limit(program, self.env.user)
            wizard.is_above = abs(wizard.points) > wizard.limit

    def action_adjust(self):
        """Give or take the points, or ask for approval. Callable by those who look after members.

        :rtype: dict: action
        :raises AccessError: another role
        :raises UserError: what stands against it
        """
        self.ensure_one()
        points = abs(self.points) * (1 if self.direction == "give" else -1)
        posting = self.card_id._hotel_adjust(points, self.reason_id, self.note, self.expiry_date)
        return posting._tell_user()
