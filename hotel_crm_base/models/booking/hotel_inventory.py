"""How many rooms of a type are for sale each night, and how many are sold."""

from odoo import api, fields, models


class HotelInventory(models.Model):
    """One night of one room type: rooms to sell and rooms sold. The database refuses one too many."""

    _name = "hotel.inventory"
    _description = "Room Inventory"
    _order = "room_type_id, date"
    _log_access = False
    _rec_name = "date"

    room_type_id = fields.Many2one("hotel.room.type", required=True, ondelete="cascade")
    property_id = fields.Many2one("hotel.property", required=True, ondelete="cascade")
    company_id = fields.Many2one(related="property_id.company_id")
    date = fields.Date(string="Night", required=True)
    rooms = fields.Integer(required=True, default=0, help="Rooms of the type, active on this night.")
    out_of_order = fields.Integer(required=True, default=0)
    limit = fields.Integer(string="Allotment Set", help="What is sold at most, where it is not all rooms. Empty: all.")
    is_limited = fields.Boolean(help="Whether the allotment set counts.")
    allotment = fields.Integer(
        required=True, default=0, help="Rooms for sale: all rooms or the allotment set, without those out of order."
    )
    overbooking = fields.Integer(required=True, default=0, help="Rooms that may be sold beyond the allotment.")
    is_overbooking_set = fields.Boolean(help="Whether the overbooking of this night was set by hand.")
    shortfall = fields.Integer(
        required=True,
        default=0,
        help="Rooms sold beyond both because the hotel lost rooms afterwards. Somebody has to act on it.",
    )
    sold = fields.Integer(required=True, default=0, help="Stays that take a room of this type on this night.")

    free = fields.Integer(string="Left", compute="_compute_free", help="Rooms that may still be sold.")

    _once = models.UniqueIndex("(room_type_id, date)", "A night of a room type stands here once.")
    _never_oversold = models.Constraint(
        "CHECK (sold <= allotment + overbooking + shortfall)", "No room of this type is left for one of these nights."
    )
    _not_negative = models.Constraint(
        "CHECK (sold >= 0 AND rooms >= 0 AND out_of_order >= 0 AND allotment >= 0"
        " AND overbooking >= 0 AND shortfall >= 0)",
        "Numbers of rooms cannot be negative.",
    )
    _property_date_idx = models.Index("(property_id, date)")

    @api.depends("allotment", "overbooking", "sold")
    def _compute_free(self):
        for night in self:
            night.free = max(night.allotment + night.overbooking - night.sold, 0)
