from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...rate_calendar import Restriction, clean_weekdays


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

    @api.depends("property_id", "room_type_id", "is_closed", "min_stay", "max_stay", "start_date", "end_date")
    def _compute_display_name(self):
        for restriction in self:
            rooms = restriction.room_type_id.name or self.env._("All room types")
            restriction.display_name = f"{rooms}: {restriction._get_summary()}"

    @api.constrains("weekdays")
    def _check_weekdays(self):
        for restriction in self:
            try:
                clean_weekdays(restriction.weekdays)
            except ValueError as error:
                raise ValidationError(
                    self.env._("Weekdays are digits from 1 for Monday to 7 for Sunday, such as 67.")
                ) from error

    @api.constrains("property_id", "room_type_id")
    def _check_same_property(self):
        for restriction in self:
            if restriction.room_type_id.property_id not in (restriction.property_id, self.env["hotel.property"]):
                raise ValidationError(self.env._("The room type belongs to another property."))

    @api.constrains("start_date", "is_closed", "is_closed_to_arrival", "is_closed_to_departure", "min_stay", "max_stay")
    def _check_says_something(self):
        for restriction in self:
            if not restriction._get_summary():
                raise ValidationError(self.env._("Say what is not sold: closed days, or a length of stay."))
            if 0 < restriction.max_stay < restriction.min_stay:
                raise ValidationError(self.env._("The minimum of nights is above the maximum."))

    def _get_summary(self):
        """Return in some words what is not sold; empty where nothing is said."""
        self.ensure_one()
        parts = [
            (self.is_closed, self.env._("closed")),
            (self.is_closed_to_arrival, self.env._("no arrivals")),
            (self.is_closed_to_departure, self.env._("no departures")),
            (self.min_stay, self.env._("%(nights)s nights or longer", nights=self.min_stay)),
            (self.max_stay, self.env._("%(nights)s nights or shorter", nights=self.max_stay)),
        ]
        return ", ".join(text for said, text in parts if said)

    @api.model
    def _get_engine_fields(self):
        """Return the names of the fields that `_to_engine` reads."""
        return [
            *("start_date", "end_date", "weekdays", "room_type_id", "rate_plan_id", "min_stay", "max_stay"),
            *("is_closed", "is_closed_to_arrival", "is_closed_to_departure"),
        ]

    def _to_engine(self):
        """Return the restriction as the engine takes it.

        :rtype: rate_calendar.Restriction
        """
        self.ensure_one()
        return Restriction(
            first=self.start_date,
            last=self.end_date,
            weekdays=clean_weekdays(self.weekdays),
            room_type_id=self.room_type_id.id or None,
            rate_plan_id=self.rate_plan_id.id or None,
            is_closed=self.is_closed,
            is_closed_to_arrival=self.is_closed_to_arrival,
            is_closed_to_departure=self.is_closed_to_departure,
            min_stay=self.min_stay,
            max_stay=self.max_stay,
        )
