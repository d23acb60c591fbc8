from odoo import fields, models


class HotelRoomType(models.Model):
    _inherit = "hotel.room.type"

    included_adults = fields.Integer(default=2, required=True, help="Adults whom the rate of the room includes.")
    extra_adult_rate = fields.Monetary(help="Per night, for each adult beyond those included.")
    child_rate = fields.Monetary(help="Per night and child.")
    overbooking = fields.Integer(help="Rooms that may be sold beyond those there are, each night.")
    is_online = fields.Boolean(string="Bookable Online", default=True)

    _overbooking_not_negative = models.Constraint("CHECK (overbooking >= 0)", "Overbooking cannot be negative.")
    _included_positive = models.Constraint("CHECK (included_adults > 0)", "The rate includes one adult at least.")
