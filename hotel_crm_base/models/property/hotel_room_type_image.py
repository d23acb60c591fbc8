from odoo import fields, models


class HotelRoomTypeImage(models.Model):
    """A further picture of a room type."""

    _name = "hotel.room.type.image"
    _inherit = ["image.mixin", "hotel.cached.mixin"]
    _description = "Picture of a Room Type"
    _order = "sequence, id"

    name = fields.Char(translate=True)
    sequence = fields.Integer(default=10)
    room_type_id = fields.Many2one("hotel.room.type", required=True, index=True, ondelete="cascade")
