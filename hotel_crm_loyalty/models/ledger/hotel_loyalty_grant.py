from odoo import fields, models


class HotelLoyaltyGrant(models.Model):
    """A tier given to a member who did not earn it: bought, gifted, matched, by invitation."""

    _name = "hotel.loyalty.grant"
    _inherit = ["hotel.loyalty.fact.mixin"]
    _description = "Tier Given"

    tier_id = fields.Many2one("hotel.loyalty.tier", required=True, ondelete="restrict")
    kind = fields.Selection(
        [
            ("bought", "Bought"),
            ("gifted", "Gifted"),
            ("invited", "By Invitation"),
            ("matched", "Matched"),
            ("opening", "Brought Along"),
        ],
        required=True,
        default="gifted",
    )
    until_date = fields.Date(help="Last day. Empty: as if the tier had been earned that day.")
