from odoo import fields, models


class HotelRateRestriction(models.Model):
    """Days on which rooms are not sold, or only to some lengths of stay."""

    _name = "hotel.rate.restriction"
    _inherit = ["hotel.own.scope.mixin"]
    _description = "Rate Restriction"
    _order = "property_id, start_date, id"
    _rec_name = "start_date"

    property_id = fields.Many2one(
        "hotel.property",
        required=True,
        ondelete="cascade",
        default=lambda self: self.env.user._get_hotel_property(),
    )
    company_id = fields.Many2one(related="property_id.company_id", store=True, index=True)
    room_type_id = fields.Many2one(
        "hotel.room.type", ondelete="cascade", domain="[('property_id', '=', property_id)]", help="Empty: all types."
    )
    rate_plan_id = fields.Many2one("hotel.rate.plan", ondelete="cascade", help="Empty: all rate plans.")
    start_date = fields.Date(required=True)
    end_date = fields.Date(required=True, help="The last day, included.")
    weekdays = fields.Char(help="Digits of the days meant, 1 for Monday to 7 for Sunday. Empty: every day.")
    is_closed = fields.Boolean(help="No night of these days is sold.")
    is_closed_to_arrival = fields.Boolean()
    is_closed_to_departure = fields.Boolean()
    min_stay = fields.Integer(string="Minimum Nights", help="Of stays that arrive on these days. 0: no minimum.")
    max_stay = fields.Integer(string="Maximum Nights", help="Of stays that arrive on these days. 0: no maximum.")

    _dates_ordered = models.Constraint("CHECK (end_date >= start_date)", "The last day is before the first.")
    _nights_not_negative = models.Constraint("CHECK (min_stay >= 0 AND max_stay >= 0)", "Nights cannot be negative.")
    _search_idx = models.Index("(property_id, end_date)")
