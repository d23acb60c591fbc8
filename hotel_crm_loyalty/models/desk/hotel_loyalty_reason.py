from odoo import models


class HotelLoyaltyReason(models.Model):
    """Why somebody of the hotel gave or took points, or gave a tier."""

    _name = "hotel.loyalty.reason"
    _inherit = ["hotel.code.mixin"]
    _description = "Reason of an Adjustment"
