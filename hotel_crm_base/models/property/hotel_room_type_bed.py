from odoo import fields, models


class HotelRoomTypeBed(models.Model):
    """So many beds of one kind in a room type."""

    _name = "hotel.room.type.bed"
    _inherit = ["hotel.cached.mixin"]
    _description = "Beds of a Room Type"
    _order = "room_type_id, id"

    room_type_id = fields.Many2one("hotel.room.type", required=True, index=True, ondelete="cascade")
    bed_type_id = fields.Many2one("hotel.bed.type", required=True, ondelete="restrict")
    quantity = fields.Integer(default=1, required=True)

    _quantity_positive = models.Constraint("CHECK (quantity > 0)", "Give the number of beds.")
