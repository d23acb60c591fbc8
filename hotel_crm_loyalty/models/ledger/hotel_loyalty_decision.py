from odoo import fields, models

KINDS = [
    ("gain", "Tier Gained"),
    ("keep", "Tier Kept"),
    ("downgrade", "Tier Lost"),
    ("rollover", "Rolled Over"),
    ("milestone", "Milestone Reached"),
    ("choice", "Reward Chosen"),
    ("withdraw", "Withdrawn"),
    ("refuse", "Not Counted"),
]


class HotelLoyaltyDecision(models.Model):
    """What the rules decided about a member, and why."""

    _name = "hotel.loyalty.decision"
    _inherit = ["hotel.loyalty.row.mixin"]
    _description = "Loyalty Decision"
    _log_access = False

    kind = fields.Selection(KINDS, required=True, readonly=True)
    effective_date = fields.Date(readonly=True, help="First day on which it holds.")
    until_date = fields.Date(readonly=True)
    tier_id = fields.Many2one("hotel.loyalty.tier", readonly=True, ondelete="restrict")
    previous_tier_id = fields.Many2one("hotel.loyalty.tier", readonly=True, ondelete="restrict")
    is_void = fields.Boolean(string="Void", readonly=True, help="Facts or rules have changed since: it holds no more.")

    _key_unique = models.UniqueIndex("(card_id, key)", "This decision is written already.")
