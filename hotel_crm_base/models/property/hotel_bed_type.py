from odoo import fields, models


class HotelBedType(models.Model):
    """A kind of bed and how many persons sleep in it."""

    _name = "hotel.bed.type"
    _inherit = ["hotel.code.mixin", "hotel.cached.mixin"]
    _description = "Bed Type"

    sleeps = fields.Integer(default=1, required=True, help="Persons who sleep in one such bed.")

    _sleeps_positive = models.Constraint("CHECK (sleeps > 0)", "At least one person sleeps in a bed.")
