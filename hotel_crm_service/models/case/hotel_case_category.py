from odoo import models


class HotelCaseCategory(models.Model):
    """What a case is about: cleanliness, noise, staff, food, ..."""

    _name = "hotel.case.category"
    _inherit = ["hotel.code.mixin"]
    _description = "Case Category"
