from odoo import api, fields, models
from odoo.tools import SQL

from ..selections import same_as
from . import bands


class HotelGuestReport(models.Model):
    """One guest at one company with his or her figures; amounts in the company's currency."""

    _name = "hotel.guest.report"
    _inherit = ["hotel.report.mixin", "hotel.guest.trace.mixin"]
    _description = "Guests Analysis"
    _auto = False
    _order = "spend desc, id desc"
    _rec_name = "partner_id"
    _depends = {
        "hotel.guest.metric": [
            "partner_id", "company_id", "stay_count", "night_count", "spend_gross", "cancel_count", "no_show_count",
            "first_arrival_date", "last_departure_date",
        ],
        "res.partner": [
            "country_id", "state_id", "hotel_nationality_id", "hotel_gender", "hotel_birth_date", "hotel_vip_code_id",
            "lang", "hotel_registered_at", "active",
        ],
    }  # fmt: skip

    partner_id = fields.Many2one("res.partner", string="Guest", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    active = fields.Boolean(readonly=True)
    country_id = fields.Many2one("res.country", readonly=True)
    region_id = fields.Many2one("res.country.state", readonly=True)
    nationality_id = fields.Many2one("res.country", readonly=True)
    gender = fields.Selection(same_as("res.partner", "hotel_gender"), readonly=True)
    age_band = fields.Selection(
        [
            ("0", "Under 18"),
            ("18", "18 to 24"),
            ("25", "25 to 34"),
            ("35", "35 to 44"),
            ("45", "45 to 54"),
            ("55", "55 to 64"),
            ("65", "65 and more"),
        ],
        string="Age",
        readonly=True,
    )
    vip_code_id = fields.Many2one("hotel.vip.code", string="VIP", readonly=True)
    spend_band = fields.Selection(bands.AMOUNT_LABELS, string="Amount Spent", readonly=True)
    stay_band = fields.Selection(
        [("0", "No Stay"), ("1", "1 Stay"), ("2", "2 to 4 Stays"), ("5", "5 to 9 Stays"), ("10", "10 Stays and more")],
        string="Number of Stays",
        readonly=True,
    )
    registered_at = fields.Datetime(string="Registered", readonly=True)
    first_arrival_date = fields.Date(readonly=True)
    last_departure_date = fields.Date(readonly=True)
    guests = fields.Integer(readonly=True, aggregator="count_distinct", help="Different guests.")
    stays = fields.Integer(readonly=True)
    nights = fields.Integer(readonly=True)
    cancelled = fields.Integer(string="Cancellations", readonly=True)
    no_shows = fields.Integer(string="No-Shows", readonly=True)
    spend = fields.Monetary(readonly=True, help="Consumption, tax included.")
    frequency = fields.Float(readonly=True, aggregator="avg", help="Stays per guest.")
    spend_per_guest = fields.Monetary(readonly=True, aggregator="avg")

    @api.model
    def _get_ratios(self):
        return {
            **super()._get_ratios(),
            "frequency": ("stays", "guests", 1),
            "spend_per_guest": ("spend", "guests", 1),
        }

    def _read_group_select(self, aggregate_spec, query):
        if aggregate_spec == "guests:count_distinct" and len(self.env.companies) == 1 and not self.env.su:
            # one row per guest then, and no million ids to sort
            return SQL("COUNT(*)")
        return super()._read_group_select(aggregate_spec, query)

    @property
    def _table_query(self):
        return SQL(
            """SELECT metric.id, metric.partner_id, metric.company_id, company.currency_id, guest.active,
                      COALESCE(guest.country_id, guest.hotel_nationality_id) AS country_id,
                      guest.state_id AS region_id, guest.hotel_nationality_id AS nationality_id,
                      guest.hotel_gender AS gender, guest.hotel_vip_code_id AS vip_code_id,
                      CASE WHEN guest.hotel_birth_date IS NOT NULL THEN %(ages)s END AS age_band,
                      %(amounts)s AS spend_band, %(counts)s AS stay_band,
                      guest.hotel_registered_at AS registered_at, metric.first_arrival_date, metric.last_departure_date,
                      metric.partner_id AS guests, metric.stay_count AS stays, metric.night_count AS nights,
                      metric.cancel_count AS cancelled, metric.no_show_count AS no_shows, metric.spend_gross AS spend,
                      metric.stay_count AS frequency, metric.spend_gross AS spend_per_guest
                 FROM hotel_guest_metric metric
                 JOIN res_company company ON company.id = metric.company_id
                 JOIN res_partner guest ON guest.id = metric.partner_id""",
            ages=SQL(bands.case(bands.AGES, "date_part('year', age(guest.hotel_birth_date))")),
            amounts=SQL(bands.case(bands.AMOUNTS, "metric.spend_gross")),
            counts=SQL(bands.case(bands.COUNTS, "metric.stay_count")),
        )
