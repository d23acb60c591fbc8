from odoo import fields, models

WEEKDAYS = [
    ("0", "Monday"),
    ("1", "Tuesday"),
    ("2", "Wednesday"),
    ("3", "Thursday"),
    ("4", "Friday"),
    ("5", "Saturday"),
    ("6", "Sunday"),
]


class HotelCallHours(models.Model):
    """Hours of one weekday in which a hotel answers its telephone; none at all: always."""

    _name = "hotel.call.hours"
    _description = "Hours of the Telephone"
    _order = "property_id, weekday, hour_from"
    _rec_name = "weekday"

    property_id = fields.Many2one("hotel.property", required=True, index=True, ondelete="cascade")
    weekday = fields.Selection(WEEKDAYS, required=True, default="0")
    hour_from = fields.Float(string="From", required=True, default=9.0)
    hour_until = fields.Float(string="Until", required=True, default=18.0)

    _in_day = models.Constraint(
        "CHECK (0 <= hour_from AND hour_from < hour_until AND hour_until <= 24)",
        "Hours lie within the day, the begin before the end.",
    )
