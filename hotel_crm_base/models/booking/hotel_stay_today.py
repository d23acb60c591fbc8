"""Arrivals and departures of the day, by the business date of each property."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain


class HotelStay(models.Model):
    _inherit = "hotel.stay"

    property_id = fields.Many2one(default=lambda self: self.env.user._get_hotel_property())
    is_arriving_today = fields.Boolean(
        compute="_compute_today", search="_search_is_arriving_today", help="Not here yet."
    )
    is_departing_today = fields.Boolean(
        compute="_compute_today", search="_search_is_departing_today", help="Still here."
    )

    @api.depends("state", "arrival_date", "departure_date", "property_id.business_date")
    def _compute_today(self):
        for stay in self:
            today = stay.property_id.business_date
            stay.is_arriving_today = stay.state in ("held", "booked") and stay.arrival_date == today
            stay.is_departing_today = stay.state == "in_house" and stay.departure_date == today

    @api.onchange("property_id")
    def _onchange_property_id(self):
        """Offer one night from the property's business date; drop a room of another property."""
        if self.property_id and not self.arrival_date:
            self.arrival_date = self.property_id.business_date
        if self.room_type_id.property_id != self.property_id:
            self.room_type_id = False
        if self.room_id.property_id != self.property_id:
            self.room_id = False

    @api.onchange("arrival_date")
    def _onchange_arrival_date(self):
        """Keep the departure behind the arrival."""
        if self.arrival_date and (
            not self.departure_date or self.departure_date < self.arrival_date
        ):
            self.departure_date = self.arrival_date + timedelta(days=1)

    @api.onchange("room_id")
    def _onchange_room_id(self):
        self.room_type_id = self.room_id.room_type_id or self.room_type_id

    def _search_is_arriving_today(self, operator, value):
        return self._search_today("arrival_date", ["held", "booked"], operator, value)

    def _search_is_departing_today(self, operator, value):
        return self._search_today("departure_date", ["in_house"], operator, value)

    @api.model
    def _search_today(self, date_field, states, operator, value):
        """Return the domain of stays in these states whose date is their property's today.

        :param str date_field: the date to compare
        :param list[str] states: the states that count
        :rtype: Domain
        """
        if operator != "in":
            return NotImplemented
        if len(set(value)) > 1:
            return Domain.TRUE
        found = Domain("state", "in", states) & self._get_today_domain(date_field, "=")
        return found if True in value else ~found

    @api.model
    def _get_today_domain(self, date_field, operator):
        """Return the domain of stays whose date compares so with their property's business date.

        :param str date_field: the date to compare
        :rtype: Domain
        """
        # a chain has few properties: one condition for each of their dates
        hotels = self.env["hotel.property"].with_context(active_test=False)
        hotels = hotels.search_fetch([], ["business_date"])
        return Domain.OR(
            Domain("property_id", "in", same_day.ids) & Domain(date_field, operator, day)
            for day, same_day in hotels.grouped("business_date").items()
        )

    @api.model
    def _get_ahead_domain(self):
        """Return the domain of stays that run or are still to come.

        :rtype: Domain
        """
        ahead = Domain("state", "in", ("held", "booked"))
        return Domain("state", "=", "in_house") | (
            ahead & self._get_today_domain("departure_date", ">=")
        )
