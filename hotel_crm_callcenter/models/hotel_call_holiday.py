from odoo import fields, models


class HotelCallHoliday(models.Model):
    """Days on which a hotel's telephone says that it is a holiday."""

    _name = "hotel.call.holiday"
    _description = "Holiday of the Telephone"
    _order = "start_date, id"

    name = fields.Char(required=True, translate=True)
    property_id = fields.Many2one("hotel.property", required=True, index=True, ondelete="cascade")
    start_date = fields.Date(string="First Day", required=True)
    end_date = fields.Date(string="Last Day", required=True)

    _in_order = models.Constraint("CHECK (start_date <= end_date)", "The first day comes before the last one.")
