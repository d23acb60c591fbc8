from odoo import api, fields, models
from odoo.tools import SQL

from ..selections import same_as


class HotelStayReport(models.Model):
    """One night of a stay, with all that it may be sorted by; amounts in the company's currency."""

    _name = "hotel.stay.report"
    _inherit = ["hotel.night.report.mixin"]
    _description = "Nights Analysis"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "date"
    _depends = {
        "hotel.stay": [
            "partner_id", "property_id", "company_id", "currency_id", "room_type_id", "state", "channel_id",
            "market_segment_id", "rate_plan_id", "guest_country_id", "adults", "children", "infants",
        ],
        "hotel.stay.night": ["stay_id", "property_id", "date", "rate"],
        "res.currency.rate": ["rate", "name", "currency_id", "company_id"],
        "res.partner": ["country_id", "hotel_nationality_id"],
    }  # fmt: skip

    date = fields.Date(string="Night", readonly=True)
    stay_id = fields.Many2one("hotel.stay", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Guest", readonly=True)
    property_id = fields.Many2one("hotel.property", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    property_currency_id = fields.Many2one("res.currency", string="Property's Currency", readonly=True)
    room_type_id = fields.Many2one("hotel.room.type", readonly=True)
    channel_id = fields.Many2one("hotel.channel", readonly=True)
    market_segment_id = fields.Many2one("hotel.market.segment", readonly=True)
    rate_plan_id = fields.Many2one("hotel.rate.plan", readonly=True)
    country_id = fields.Many2one("res.country", string="Guest's Country", readonly=True)
    nationality_id = fields.Many2one("res.country", readonly=True)
    state = fields.Selection(same_as("hotel.stay", "state"), readonly=True)
    nights = fields.Integer(readonly=True, help="Nights that guests stayed.")
    booked_nights = fields.Integer(readonly=True, help="Nights held or booked, not begun.")
    lost_nights = fields.Integer(readonly=True, help="Nights of cancelled stays and no-shows.")
    room_revenue = fields.Monetary(readonly=True, help="Rates of the nights that guests stayed, as agreed.")
    booked_revenue = fields.Monetary(readonly=True, help="Rates of the nights held or booked.")
    property_revenue = fields.Monetary(
        string="Room Revenue (Property's Currency)", currency_field="property_currency_id", readonly=True
    )
    adr = fields.Monetary(string="ADR", readonly=True, aggregator="avg", help="Room revenue per night.")

    @api.model
    def _get_ratios(self):
        return {**super()._get_ratios(), "adr": ("room_revenue", "nights", 1)}

    @api.model
    def _get_night_measures(self):
        return {"nights", "booked_nights", "lost_nights", "room_revenue", "booked_revenue", "property_revenue"}

    @property
    def _table_query(self):
        return SQL(
            """SELECT night.id, night.date, night.stay_id, night.property_id, night.partner_id, night.company_id,
                      night.company_currency_id AS currency_id, night.currency_id AS property_currency_id,
                      night.room_type_id, night.channel_id, night.market_segment_id, night.rate_plan_id, night.state,
                      night.country_id, night.nationality_id, night.nights AS row_count,
                      CASE WHEN %(taken)s THEN night.nights ELSE 0 END AS nights,
                      CASE WHEN %(booked)s THEN night.nights ELSE 0 END AS booked_nights,
                      CASE WHEN night.state IN ('cancelled', 'no_show') THEN night.nights ELSE 0 END AS lost_nights,
                      CASE WHEN %(taken)s THEN night.amount ELSE 0 END AS room_revenue,
                      CASE WHEN %(booked)s THEN night.amount ELSE 0 END AS booked_revenue,
                      CASE WHEN %(taken)s THEN night.rate_amount ELSE 0 END AS property_revenue,
                      CASE WHEN %(taken)s THEN night.amount END AS adr
                 FROM (%(nights)s) night""",
            taken=SQL("night.state IN ('in_house', 'departed')"),
            booked=SQL("night.state IN ('held', 'booked')"),
            nights=self.env["hotel.figure.night"]._get_rows(),
        )
