from odoo import fields, models


class HotelLoyaltyExtension(models.Model):
    """More time for points that would expire: those of one lot, or all that are open."""

    _name = "hotel.loyalty.extension"
    _inherit = ["hotel.loyalty.fact.mixin"]
    _description = "Extension of Points"

    until_date = fields.Date(required=True, help="They live until this day at least.")
    lot_id = fields.Many2one("hotel.loyalty.lot", ondelete="restrict", help="Empty: all points.")
