from odoo import fields, models


class HotelLoyaltyChoice(models.Model):
    """What a member took of the rewards that a milestone offers."""

    _name = "hotel.loyalty.choice"
    _inherit = ["hotel.loyalty.fact.mixin"]
    _description = "Choice at a Milestone"

    decision_id = fields.Many2one("hotel.loyalty.decision", string="Milestone", required=True, ondelete="restrict")
    option = fields.Char(required=True)

    _once = models.UniqueIndex("(decision_id)", "The choice was made already.")
