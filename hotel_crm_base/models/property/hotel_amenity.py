from odoo import models


class HotelAmenity(models.Model):
    """Something a room type offers: bathtub, balcony, sea view, ..."""

    _name = "hotel.amenity"
    _inherit = ["hotel.code.mixin", "hotel.cached.mixin"]
    _description = "Amenity"
