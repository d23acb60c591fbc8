from odoo import fields, models


class HotelVipCode(models.Model):
    """A degree of attention that a guest is to be given."""

    _name = "hotel.vip.code"
    _inherit = ["hotel.code.mixin"]
    _description = "VIP Code"

    description = fields.Char(translate=True, help="What the desk does for such a guest.")
