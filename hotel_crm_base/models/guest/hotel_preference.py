from odoo import fields, models


class HotelPreference(models.Model):
    """Something that guests may prefer, chosen from a list."""

    _name = "hotel.preference"
    _inherit = ["hotel.code.mixin"]
    _description = "Preference"

    category_id = fields.Many2one(
        "hotel.preference.category", required=True, index=True, ondelete="restrict"
    )
