from odoo import fields, models


class HotelProperty(models.Model):
    """Whether a hotel calls its guests after their stays."""

    _inherit = "hotel.property"

    departure_call_days = fields.Integer(
        string="Call after the Departure",
        help="Days after which guests who agreed to it are asked by telephone how it was; 0: not at all.",
    )
