from odoo import models


class HotelMarketSegment(models.Model):
    """Why guests of a group travel: leisure, corporate, group, ..."""

    _name = "hotel.market.segment"
    _inherit = ["hotel.code.mixin"]
    _description = "Market Segment"
