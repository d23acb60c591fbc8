from odoo import fields, models

KINDS = [
    ("earn", "Earned"),
    ("bonus", "Bonus"),
    ("post", "Posted"),
    ("redeem", "Redeemed"),
    ("return", "Returned"),
    ("reverse", "Taken Back"),
    ("expire", "Expired"),
    ("settle", "Debt Paid"),
]


class HotelLoyaltyMove(models.Model):
    """Points that came into a lot or left it; without a lot, what became or ceased to be owed."""

    _name = "hotel.loyalty.move"
    _inherit = ["hotel.loyalty.row.mixin"]
    _description = "Move of Points"
    _log_access = False

    lot_id = fields.Many2one("hotel.loyalty.lot", readonly=True, ondelete="restrict", help="Empty: a debt.")
    kind = fields.Selection(KINDS, required=True, readonly=True)
    points = fields.Integer(readonly=True, required=True)
    available_date = fields.Date(readonly=True)
    expiry_date = fields.Date(readonly=True)
    origin_model = fields.Char(readonly=True)
    origin_id = fields.Many2oneReference(string="Record", model_field="origin_model", readonly=True)
    property_id = fields.Many2one("hotel.property", string="Hotel", readonly=True, ondelete="restrict")

    _key_unique = models.UniqueIndex("(card_id, key)", "This move is booked already.")
    _lot_idx = models.Index("(lot_id) WHERE lot_id IS NOT NULL")
    _date_idx = models.Index("(date, kind)")
