from odoo import fields, models


class HotelChannel(models.Model):
    """Where a booking came from: own web site, telephone, an online travel agency, ..."""

    _name = "hotel.channel"
    _inherit = ["hotel.code.mixin"]
    _description = "Booking Channel"

    is_direct = fields.Boolean(
        string="Direct",
        help="The hotel sells here itself and pays no commission.",
    )
