from odoo import fields, models


class HotelServiceKind(models.Model):
    """A kind of service that staff do for guests: transfer, wake-up call, luggage, ..."""

    _name = "hotel.service.kind"
    _inherit = ["hotel.code.mixin"]
    _description = "Kind of Service"

    is_damage = fields.Boolean(string="Damage", help="Records of this kind count against the guest's credit.")
