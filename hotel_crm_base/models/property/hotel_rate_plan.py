from odoo import fields, models


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
