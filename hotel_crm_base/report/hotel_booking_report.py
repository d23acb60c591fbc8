from odoo import api, fields, models
from odoo.tools import SQL

from ..selections import same_as
from . import bands
from .hotel_pace_report import WAS_BOOKED


class HotelBookingReport(models.Model):
    """One stay as it was booked: how long before, through whom, and what became of it.

    A hold that ran out and a request that was declined are no bookings, so not cancelled ones.
    """

    _name = "hotel.booking.report"
    _inherit = ["hotel.report.mixin"]
    _description = "Bookings Analysis"
    _auto = False
    _order = "arrival_date desc, id desc"
    _rec_name = "arrival_date"
    _depends = {
        "hotel.stay": [
            "partner_id", "property_id", "company_id", "currency_id", "room_type_id", "state", "channel_id",
            "market_segment_id", "rate_plan_id", "guest_country_id", "adults", "children", "infants", "nights",
            "arrival_date", "departure_date", "booked_at", "rate", "is_day_use", "reservation_id",
        ],
        "hotel.reservation": ["confirmed_at"],
        "hotel.channel": ["is_direct"],
        "hotel.property": ["tz"],
        "res.currency.rate": ["rate", "name", "currency_id", "company_id"],
        "res.partner": ["country_id", "hotel_nationality_id"],
    }  # fmt: skip

    stay_id = fields.Many2one("hotel.stay", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Guest", readonly=True)
    property_id = fields.Many2one("hotel.property", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    room_type_id = fields.Many2one("hotel.room.type", readonly=True)
    channel_id = fields.Many2one("hotel.channel", readonly=True)
    is_direct = fields.Boolean(string="Direct Booking", readonly=True)
    market_segment_id = fields.Many2one("hotel.market.segment", readonly=True)
    rate_plan_id = fields.Many2one("hotel.rate.plan", readonly=True)
    country_id = fields.Many2one("res.country", string="Guest's Country", readonly=True)
    state = fields.Selection(same_as("hotel.stay", "state"), readonly=True)
    is_day_use = fields.Boolean(string="Day Use", readonly=True)
    booked_date = fields.Date(string="Booked on", readonly=True, help="Date at the property.")
    arrival_date = fields.Date(readonly=True)
    departure_date = fields.Date(readonly=True)
    lead_band = fields.Selection(
        [
            ("0", "Same Day"),
            ("1", "1 to 7 Days"),
            ("8", "8 to 30 Days"),
            ("31", "31 to 90 Days"),
            ("91", "91 to 365 Days"),
            ("366", "Over a Year"),
        ],
        string="Booked before Arrival",
        readonly=True,
    )
    bookings = fields.Integer(readonly=True)
    lead_days = fields.Integer(
        string="Lead Time", readonly=True, aggregator="avg", help="Days from booking to arrival."
    )
    cancelled = fields.Integer(readonly=True)
    no_shows = fields.Integer(string="No-Shows", readonly=True)
    cancel_rate = fields.Float(
        string="Cancellation Rate", readonly=True, aggregator="avg", help="Cancelled of 100 bookings."
    )
    no_show_rate = fields.Float(
        string="No-Show Rate", readonly=True, aggregator="avg", help="No-shows of 100 bookings that were not cancelled."
    )
    kept = fields.Integer(string="Not Cancelled", readonly=True)
    nights = fields.Integer(readonly=True)
    persons = fields.Integer(readonly=True)
    amount = fields.Monetary(
        string="Booked Amount", readonly=True, help="Rate by nights, in the company's currency at arrival."
    )

    @api.model
    def _get_ratios(self):
        return {
            **super()._get_ratios(),
            "cancel_rate": ("cancelled", "bookings", 100),
            "no_show_rate": ("no_shows", "kept", 100),
        }

    @property
    def _table_query(self):
        amount = self.env["res.currency"]._get_day_amount(
            SQL("(stay.rate * stay.nights)"), SQL("stay.currency_id"), SQL("company"), SQL("stay.arrival_date")
        )
        booked = "(stay.booked_at AT TIME ZONE 'UTC' AT TIME ZONE property.tz)::date"
        lead = f"(stay.arrival_date - {booked})"
        return SQL(
            """SELECT stay.id, stay.id AS stay_id, stay.partner_id, stay.property_id, stay.company_id,
                      company.currency_id, stay.room_type_id, stay.channel_id,
                      COALESCE(channel.is_direct, FALSE) AS is_direct,
                      stay.market_segment_id, stay.rate_plan_id, stay.state, stay.is_day_use,
                      COALESCE(stay.guest_country_id, guest.country_id, guest.hotel_nationality_id) AS country_id,
                      %(booked)s AS booked_date, stay.arrival_date, stay.departure_date,
                      CASE WHEN stay.booked_at IS NOT NULL THEN %(band)s END AS lead_band,
                      GREATEST(%(lead)s, 0) AS lead_days,
                      1 AS bookings,
                      CASE WHEN stay.state = 'cancelled' THEN 1 ELSE 0 END AS cancelled,
                      CASE WHEN stay.state = 'no_show' THEN 1 ELSE 0 END AS no_shows,
                      CASE WHEN stay.state = 'cancelled' THEN 0 ELSE 1 END AS kept,
                      CASE WHEN stay.state = 'cancelled' THEN 100 ELSE 0 END AS cancel_rate,
                      CASE stay.state WHEN 'cancelled' THEN NULL WHEN 'no_show' THEN 100 ELSE 0 END AS no_show_rate,
                      stay.nights,
                      stay.adults + COALESCE(stay.children, 0) + COALESCE(stay.infants, 0) AS persons,
                      %(amount)s AS amount
                 FROM hotel_stay stay
                 JOIN res_company company ON company.id = stay.company_id
                 JOIN hotel_property property ON property.id = stay.property_id
                 LEFT JOIN hotel_channel channel ON channel.id = stay.channel_id
                 LEFT JOIN res_partner guest ON guest.id = stay.partner_id
                 LEFT JOIN hotel_reservation reservation ON reservation.id = stay.reservation_id
                WHERE %(was_booked)s""",
            was_booked=WAS_BOOKED,
            booked=SQL(booked),
            lead=SQL(lead),
            band=SQL(bands.case(bands.LEAD_DAYS, lead)),
            amount=amount,
        )
