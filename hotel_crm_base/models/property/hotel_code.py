"""Coded lists: what people choose from instead of typing."""

from odoo import fields, models


class HotelCodeMixin(models.AbstractModel):
    """A short coded list: a code for machines, a translated name for people."""

    _name = "hotel.code.mixin"
    _description = "Hotel Coded List"
    _order = "sequence, name, id"
    _rec_names_search = ["name", "code"]

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="Short code used by imports and other systems.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _code_unique = models.UniqueIndex("(code)", "This code is in use already.")


class HotelChannel(models.Model):
    """Where a booking came from: own web site, telephone, an online travel agency, ..."""

    _name = "hotel.channel"
    _inherit = ["hotel.code.mixin"]
    _description = "Booking Channel"

    is_direct = fields.Boolean(
        string="Direct",
        help="The hotel sells here itself and pays no commission.",
    )


class HotelMarketSegment(models.Model):
    """Why guests of a group travel: leisure, corporate, group, ..."""

    _name = "hotel.market.segment"
    _inherit = ["hotel.code.mixin"]
    _description = "Market Segment"


class HotelRatePlan(models.Model):
    """Terms under which a room is sold, such as bed and breakfast."""

    _name = "hotel.rate.plan"
    _inherit = ["hotel.code.mixin"]
    _description = "Rate Plan"

    meal_plan = fields.Selection(
        [
            ("room_only", "Room Only"),
            ("breakfast", "Bed and Breakfast"),
            ("half_board", "Half Board"),
            ("full_board", "Full Board"),
            ("all_inclusive", "All Inclusive"),
        ],
        default="room_only",
        required=True,
    )


class HotelAmenity(models.Model):
    """Something a room type offers: bathtub, balcony, sea view, ..."""

    _name = "hotel.amenity"
    _inherit = ["hotel.code.mixin"]
    _description = "Amenity"


class HotelBedType(models.Model):
    """A kind of bed and how many persons sleep in it."""

    _name = "hotel.bed.type"
    _inherit = ["hotel.code.mixin"]
    _description = "Bed Type"

    sleeps = fields.Integer(default=1, required=True, help="Persons who sleep in one such bed.")

    _sleeps_positive = models.Constraint("CHECK (sleeps > 0)", "At least one person sleeps in a bed.")
