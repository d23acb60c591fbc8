from odoo import fields, models

KINDS = [
    ("partner", "Partner"),
    ("buy", "Bought"),
    ("transfer", "Transfer"),
    ("gift", "Gift"),
    ("adjust", "Adjustment"),
    ("opening", "Opening Balance"),
]


class HotelLoyaltyPosting(models.Model):
    """Points that come or go by themselves: an adjustment, a transfer, points of a partner."""

    _name = "hotel.loyalty.posting"
    _inherit = ["hotel.loyalty.fact.mixin"]
    _description = "Posting of Points"
    _changing_fields = frozenset({"state", "approver_id", "decided_at"})

    kind = fields.Selection(KINDS, required=True, default="adjust")
    points = fields.Integer(required=True, help="Less than 0 where they are taken away.")
    expiry_date = fields.Date()
    status_points = fields.Integer()
    lots = fields.Json(help="Of a transfer: points and the day on which they expire, of each lot.")
    state = fields.Selection(
        [("waiting", "Waiting for Approval"), ("posted", "Posted"), ("refused", "Refused")],
        required=True,
        default="posted",
    )
    approver_id = fields.Many2one("res.users")
    decided_at = fields.Datetime()
    peer_card_id = fields.Many2one("loyalty.card", string="Other Member", ondelete="restrict")

    _something = models.Constraint("CHECK (points <> 0 OR status_points <> 0)", "Post one point or more.")
