from odoo import fields, models


class HotelRoomType(models.Model):
    _inherit = "hotel.room.type"

    hotel_award_points = fields.Integer(
        string="Points per Free Night",
        help="For programmes whose free nights have a price in points that the hotel sets.",
    )

    _award_points_not_negative = models.Constraint(
        "CHECK (hotel_award_points IS NULL OR hotel_award_points >= 0)", "Points cannot be less than nothing."
    )
