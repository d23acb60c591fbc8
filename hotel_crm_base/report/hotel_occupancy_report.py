from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.hotel_crm_base.models.insight.hotel_figure_night import PART


class HotelOccupancyReport(models.Model):
    """One date of one room type: rooms to let, nights sold, revenue in the company's currency.

    Rooms to let are the rooms that are active now, less those out of order, for every date from the
    property's first night to its last. Nights of stays without a room type stand in a row without one.
    """

    _name = "hotel.occupancy.report"
    _inherit = ["hotel.report.mixin"]
    _description = "Occupancy Analysis"
    _auto = False
    _order = "date desc, property_id, room_type_id"
    _rec_name = "date"
    _depends = {
        "hotel.property": ["company_id", "active"],
        "hotel.room": ["property_id", "room_type_id", "active"],
        "hotel.room.closure": ["room_id", "room_type_id", "property_id", "start_date", "end_date"],
        "hotel.stay": ["property_id", "company_id", "currency_id", "room_type_id", "state"],
        "hotel.stay.night": ["stay_id", "property_id", "date", "rate"],
        "res.currency.rate": ["rate", "name", "currency_id", "company_id"],
    }

    date = fields.Date(string="Night", readonly=True)
    property_id = fields.Many2one("hotel.property", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    room_type_id = fields.Many2one("hotel.room.type", readonly=True)
    rooms = fields.Integer(string="Rooms to Let", readonly=True)
    out_of_order = fields.Integer(readonly=True, help="Rooms that could not be let; they are not among those to let.")
    nights = fields.Integer(string="Nights Sold", readonly=True, help="Nights that guests stayed.")
    booked_nights = fields.Integer(readonly=True, help="Nights held or booked, not begun.")
    room_revenue = fields.Monetary(readonly=True)
    adr = fields.Monetary(string="ADR", readonly=True, aggregator="avg", help="Room revenue per night sold.")
    occupancy = fields.Float(readonly=True, aggregator="avg", help="Nights sold per 100 rooms to let.")
    revpar = fields.Monetary(string="RevPAR", readonly=True, aggregator="avg", help="Room revenue per room to let.")

    @api.model
    def _get_ratios(self):
        return {
            **super()._get_ratios(),
            "adr": ("room_revenue", "nights", 1),
            "occupancy": ("nights", "rooms", 100),
            "revpar": ("room_revenue", "rooms", 1),
        }

    @property
    def _table_query(self):
        return SQL(
            """SELECT (day.property_id::bigint * 100000 + COALESCE(day.room_type_id, 0)) * 100000
                        + (day.date - DATE '1970-01-01') AS id,
                      day.date, day.property_id, property.company_id, company.currency_id, day.room_type_id,
                      day.rooms, day.out_of_order, day.nights, day.booked_nights, day.room_revenue,
                      day.room_revenue / NULLIF(day.nights, 0) AS adr,
                      100.0 * day.nights / NULLIF(day.rooms, 0) AS occupancy,
                      day.room_revenue / NULLIF(day.rooms, 0) AS revpar
                 FROM (SELECT property_id, room_type_id, date, sum(rooms)::int AS rooms,
                              sum(out_of_order)::int AS out_of_order, sum(nights)::int AS nights,
                              sum(booked_nights)::int AS booked_nights, sum(room_revenue) AS room_revenue
                         FROM (%s UNION ALL %s UNION ALL %s) part
                        GROUP BY property_id, room_type_id, date) day
                 JOIN hotel_property property ON property.id = day.property_id
                 JOIN res_company company ON company.id = property.company_id""",
            self._get_rooms_query(),
            self._get_closures_query(),
            self._get_nights_query(),
        )

    @api.model
    def _get_rooms_query(self):
        """Return the query of rooms to let: one row per property, room type and date."""
        return SQL(
            """SELECT room.property_id, room.room_type_id, day::date AS date, room.rooms, 0 AS out_of_order,
                      0 AS nights, 0 AS booked_nights, 0 AS room_revenue
                 FROM (SELECT property_id, room_type_id, count(*) AS rooms FROM hotel_room
                        WHERE active GROUP BY property_id, room_type_id) room,
                      LATERAL (SELECT min(date) AS first, max(date) AS last FROM hotel_stay_night night
                                WHERE night.property_id = room.property_id) span,
                      generate_series(span.first, span.last, '1 day') day"""
        )

    @api.model
    def _get_closures_query(self):
        """Return the query of rooms out of order with the same columns: they are taken off those to let."""
        return SQL(
            """SELECT closure.property_id, room.room_type_id, day::date, -1, 1, 0, 0, 0
                 FROM hotel_room_closure closure JOIN hotel_room room ON room.id = closure.room_id AND room.active,
                      LATERAL (SELECT min(date) AS first, max(date) AS last FROM hotel_stay_night night
                                WHERE night.property_id = closure.property_id) span,
                      generate_series(GREATEST(closure.start_date, span.first),
                                      LEAST(closure.end_date - 1, span.last), '1 day') day"""
        )

    @api.model
    def _get_nights_query(self):
        """Return the query of nights with the same columns, added up or one by one."""
        nights = self.env["hotel.figure.night"].with_context(**{PART: "room_type"})
        return SQL(
            """SELECT night.property_id, night.room_type_id, night.date, 0, 0,
                      CASE WHEN night.state IN ('in_house', 'departed') THEN night.nights ELSE 0 END,
                      CASE WHEN night.state IN ('held', 'booked') THEN night.nights ELSE 0 END,
                      CASE WHEN night.state IN ('in_house', 'departed') THEN night.amount ELSE 0 END
                 FROM (%s) night
                WHERE night.state NOT IN ('cancelled', 'no_show')""",
            nights._get_rows(),
        )
