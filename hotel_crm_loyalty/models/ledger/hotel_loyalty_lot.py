from odoo import fields, models


class HotelLoyaltyLot(models.Model):
    """Points of one member that came in together, and what is left of them."""

    _name = "hotel.loyalty.lot"
    _inherit = ["hotel.loyalty.ledger.mixin"]
    _description = "Lot of Points"
    _log_access = False
    _order = "expiry_date, earned_date, id"
    _rec_name = "key"

    card_id = fields.Many2one("loyalty.card", string="Member", required=True, readonly=True, ondelete="restrict")
    company_id = fields.Many2one(related="card_id.company_id")
    key = fields.Char(required=True, readonly=True)
    kind = fields.Selection(
        [("earn", "Earned"), ("bonus", "Bonus"), ("post", "Posted"), ("return", "Returned")],
        required=True,
        readonly=True,
    )
    granted = fields.Integer(readonly=True)
    remaining = fields.Integer(readonly=True)
    earned_date = fields.Date(required=True, readonly=True)
    available_date = fields.Date(required=True, readonly=True, help="First day on which they can be used.")
    expiry_date = fields.Date(readonly=True, help="Day on which what remains is lost. Empty: not by itself.")
    is_available = fields.Boolean(string="Can Be Used", readonly=True, help="Counted in the points of the card.")
    property_id = fields.Many2one("hotel.property", string="Hotel", readonly=True, ondelete="restrict")
    version_code = fields.Char(string="Version", readonly=True)

    _key_unique = models.UniqueIndex("(card_id, key)", "This lot is there already.")
    _remaining_not_negative = models.Constraint("CHECK (remaining >= 0)", "A lot cannot have less than nothing.")
    _expiry_idx = models.Index("(expiry_date) WHERE remaining > 0")
