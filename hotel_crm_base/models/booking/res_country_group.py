from odoo import models


class ResCountryGroup(models.Model):
    """Quotes keep which fiscal position belongs to a place: groups of countries are part of that."""

    _name = "res.country.group"
    _inherit = ["res.country.group", "hotel.cached.mixin"]
