from odoo import fields, models


class HotelProperty(models.Model):
    _inherit = "hotel.property"

    hotel_brand = fields.Char(
        string="Brand", help="What loyalty programmes call the brand of this hotel, such as “luxury”."
    )
