from odoo import fields, models


class HotelRoomClosure(models.Model):
    """Nights on which a room cannot be let: out of order."""

    _name = "hotel.room.closure"
    _inherit = ["hotel.own.scope.mixin"]
    _description = "Room out of Order"
    _order = "start_date desc, id desc"
    _rec_name = "room_id"

    room_id = fields.Many2one("hotel.room", required=True, ondelete="cascade")
    room_type_id = fields.Many2one(related="room_id.room_type_id", store=True, index=True)
    property_id = fields.Many2one(related="room_id.property_id", store=True, precompute=True, index=True)
    company_id = fields.Many2one(related="property_id.company_id", store=True, index=True)
    start_date = fields.Date(required=True, help="The first night that the room is not let.")
    end_date = fields.Date(required=True, help="The day from which the room is let again.")
    reason = fields.Char(required=True)

    _dates_ordered = models.Constraint("CHECK (end_date > start_date)", "A room is out of order for one night at least.")
    _no_overlap = models.Constraint(
        """EXCLUDE USING gist (int4range(room_id, room_id, '[]') WITH =,
           daterange(start_date, end_date, '[)') WITH &&)""",
        "This room is out of order already on some of these nights.",
    )
