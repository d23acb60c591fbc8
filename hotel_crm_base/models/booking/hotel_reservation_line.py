from odoo import fields, models


class HotelReservationLine(models.Model):
    """One room that is wanted: what a reservation asks for before a stay takes it from the inventory."""

    _name = "hotel.reservation.line"
    _inherit = ["hotel.own.scope.mixin"]
    _description = "Room Wanted"
    _order = "reservation_id, sequence, id"
    _rec_name = "room_type_id"

    _guest_fields = ("guest_id",)

    reservation_id = fields.Many2one("hotel.reservation", required=True, index=True, ondelete="cascade")
    property_id = fields.Many2one(related="reservation_id.property_id", store=True, precompute=True, index=True)
    company_id = fields.Many2one(related="property_id.company_id")
    sequence = fields.Integer(default=10)
    room_type_id = fields.Many2one(
        "hotel.room.type", required=True, ondelete="restrict", domain="[('property_id', '=', property_id)]"
    )
    room_id = fields.Many2one(
        "hotel.room", ondelete="restrict", domain="[('room_type_id', '=', room_type_id)]", help="Empty: any."
    )
    rate_plan_id = fields.Many2one("hotel.rate.plan", ondelete="restrict")
    arrival_date = fields.Date(required=True)
    departure_date = fields.Date(required=True)
    adults = fields.Integer(default=1, required=True)
    children = fields.Integer()
    infants = fields.Integer()
    guest_id = fields.Many2one(
        "res.partner", ondelete="restrict", index="btree_not_null", help="Who will sleep here. Empty: the booker."
    )
    stay_id = fields.Many2one("hotel.stay", readonly=True, index="btree_not_null", ondelete="set null", copy=False)

    _dates_ordered = models.Constraint(
        "CHECK (departure_date >= arrival_date)", "The departure is before the arrival."
    )
    _persons_positive = models.Constraint(
        "CHECK (adults > 0 AND children >= 0 AND infants >= 0)", "A room is booked for one adult at least."
    )
    _stay_once = models.UniqueIndex("(stay_id) WHERE stay_id IS NOT NULL", "A stay answers one wish.")
