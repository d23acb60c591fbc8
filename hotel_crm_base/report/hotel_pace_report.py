from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from . import bands

#: the same day last year is the same day of the week: weekends meet weekends
YEAR_DAYS = 364
PICKUP_DAYS = 7
#: a hold that ran out, or a request that was declined, never was a booking
WAS_BOOKED = SQL("(stay.state <> 'cancelled' OR stay.reservation_id IS NULL OR reservation.confirmed_at IS NOT NULL)")


class HotelPaceReport(models.Model):
    """One night of a booking as it stood on the books, beside the same day last year as it stood then.

    A night is on the books of a day once it was booked and until it is cancelled; nights held are
    not. The day is the property's business date. Callers look back by the context:
    ``hotel_pace_date`` (a date) or ``hotel_pace_days_back`` (a number of days).
    """

    _name = "hotel.pace.report"
    _inherit = ["hotel.report.mixin"]
    _description = "Pace Analysis"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "date"
    _depends = {
        "hotel.stay": [
            "property_id", "company_id", "currency_id", "room_type_id", "state", "channel_id", "market_segment_id",
            "rate_plan_id", "booked_at", "cancelled_at", "arrival_date", "reservation_id",
        ],
        "hotel.stay.night": ["stay_id", "property_id", "date", "rate"],
        "hotel.property": ["tz", "business_date"],
        "hotel.reservation": ["confirmed_at"],
        "res.currency.rate": ["rate", "name", "currency_id", "company_id"],
    }  # fmt: skip

    date = fields.Date(string="Night", readonly=True, help="Nights of last year stand beside those of this year.")
    stay_id = fields.Many2one("hotel.stay", readonly=True)
    property_id = fields.Many2one("hotel.property", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    room_type_id = fields.Many2one("hotel.room.type", readonly=True)
    channel_id = fields.Many2one("hotel.channel", readonly=True)
    market_segment_id = fields.Many2one("hotel.market.segment", readonly=True)
    rate_plan_id = fields.Many2one("hotel.rate.plan", readonly=True)
    booked_date = fields.Date(string="Booked on", readonly=True, help="Date at the property.")
    lead_band = fields.Selection(
        [
            ("0", "Same Day"),
            ("1", "1 to 7 Days"),
            ("8", "8 to 30 Days"),
            ("31", "31 to 90 Days"),
            ("91", "91 to 365 Days"),
            ("366", "Over a Year"),
        ],
        string="Booked before the Night",
        readonly=True,
    )
    nights = fields.Integer(string="Nights on the Books", readonly=True)
    revenue = fields.Monetary(string="Revenue on the Books", readonly=True)
    last_nights = fields.Integer(
        string="Nights, Last Year Then", readonly=True, help="On the books 364 days ago, of the night 364 days earlier."
    )
    last_revenue = fields.Monetary(string="Revenue, Last Year Then", readonly=True)
    final_nights = fields.Integer(
        string="Nights, Last Year in the End", readonly=True, help="Nights that guests stayed in the end."
    )
    final_revenue = fields.Monetary(string="Revenue, Last Year in the End", readonly=True)
    change_nights = fields.Integer(string="More Nights than Last Year", readonly=True)
    pickup_nights = fields.Integer(
        string="Pickup of 7 Days", readonly=True, help="Nights that came in the last 7 days, less those cancelled."
    )
    pickup_revenue = fields.Monetary(string="Pickup Revenue of 7 Days", readonly=True)
    pace = fields.Float(readonly=True, aggregator="avg", help="Nights on the books per 100 of last year then.")
    adr = fields.Monetary(string="ADR on the Books", readonly=True, aggregator="avg")
    last_adr = fields.Monetary(string="ADR, Last Year Then", readonly=True, aggregator="avg")

    @api.model
    def _get_ratios(self):
        return {
            **super()._get_ratios(),
            "pace": ("nights", "last_nights", 100),
            "adr": ("revenue", "nights", 1),
            "last_adr": ("last_revenue", "last_nights", 1),
        }

    @property
    def _table_query(self):
        return SQL(
            """SELECT pace.*, NULL::float AS pace, NULL::numeric AS adr, NULL::numeric AS last_adr
                 FROM (%s UNION ALL %s) pace""",
            self._get_present_query(),
            self._get_past_query(),
        )

    @api.model
    def _get_day(self):
        """Return the day whose books are shown, as an expression over ``property``.

        :rtype: SQL
        """
        day = fields.Date.to_date(self.env.context.get("hotel_pace_date"))
        if day:
            return SQL("%s::date", day)
        back = self.env.context.get("hotel_pace_days_back") or 0
        return SQL("(property.business_date - %s::int)", int(back))

    @api.model
    def _get_on_books(self, day):
        """Return whether a night was on the books of a day, as 1 or 0.

        :param SQL day: a date
        :rtype: SQL
        """
        return SQL("(CASE WHEN booked.date <= %s AND booked.lost_date > %s THEN 1 ELSE 0 END)", day, day)

    @api.model
    def _get_present_query(self):
        """Return the query of the nights on the books and of what came lately."""
        now = self._get_on_books(self._get_day())
        lately = self._get_on_books(SQL("(%s - %s::int)", self._get_day(), PICKUP_DAYS))
        amount = self._get_amount()
        columns = SQL(
            """%(now)s AS nights, %(now)s * %(amount)s AS revenue, 0 AS last_nights, 0::numeric AS last_revenue,
               0 AS final_nights, 0::numeric AS final_revenue, %(now)s AS change_nights,
               %(now)s - %(lately)s AS pickup_nights, (%(now)s - %(lately)s) * %(amount)s AS pickup_revenue""",
            now=now,
            lately=lately,
            amount=amount,
        )
        return self._get_nights_query(SQL("night.id * 2"), SQL("night.date"), columns, SQL("%s + %s > 0", now, lately))

    @api.model
    def _get_past_query(self):
        """Return the query of last year's nights, each beside the night of this year."""
        then = self._get_on_books(SQL("(%s - %s::int)", self._get_day(), YEAR_DAYS))
        final = SQL("(CASE WHEN stay.state IN ('in_house', 'departed') THEN 1 ELSE 0 END)")
        amount = self._get_amount()
        columns = SQL(
            """0, 0::numeric, %(then)s, %(then)s * %(amount)s, %(final)s, %(final)s * %(amount)s, -%(then)s,
               0, 0::numeric""",
            then=then,
            final=final,
            amount=amount,
        )
        day = SQL("night.date + %s::int", YEAR_DAYS)
        return self._get_nights_query(SQL("night.id * 2 + 1"), day, columns, SQL("%s + %s > 0", then, final))

    @api.model
    def _get_amount(self):
        amount = SQL("COALESCE(night.rate, 0)")
        return self.env["res.currency"]._get_day_amount(
            amount, SQL("stay.currency_id"), SQL("company"), SQL("night.date")
        )

    @api.model
    def _get_nights_query(self, row_id, day, columns, condition):
        """Return a query of nights with their dimensions.

        :param SQL row_id: the row's id
        :param SQL day: the night that the row stands beside
        :param SQL columns: measures
        :param SQL condition: rows that count
        """
        return SQL(
            """SELECT %(row_id)s AS id, %(day)s AS date, night.stay_id, night.property_id, stay.company_id,
                      company.currency_id, stay.room_type_id, stay.channel_id, stay.market_segment_id,
                      stay.rate_plan_id, NULLIF(booked.date, '-infinity') AS booked_date,
                      CASE WHEN booked.date > '-infinity' THEN %(band)s END AS lead_band, %(columns)s
                 FROM hotel_stay_night night
                 JOIN hotel_stay stay ON stay.id = night.stay_id AND stay.state <> 'held'
                 JOIN res_company company ON company.id = stay.company_id
                 JOIN hotel_property property ON property.id = stay.property_id
                 LEFT JOIN hotel_reservation reservation ON reservation.id = stay.reservation_id,
                      LATERAL (SELECT COALESCE(%(booked_at)s, '-infinity') AS date,
                                      CASE stay.state
                                           WHEN 'cancelled' THEN COALESCE(%(cancelled_at)s, '-infinity')
                                           WHEN 'no_show' THEN stay.arrival_date + 1
                                           ELSE 'infinity' END AS lost_date OFFSET 0) booked
                WHERE %(was_booked)s AND %(condition)s""",
            row_id=row_id,
            day=day,
            columns=columns,
            condition=condition,
            band=SQL(bands.case(bands.LEAD_DAYS, "(night.date - booked.date)")),
            booked_at=SQL("(stay.booked_at AT TIME ZONE 'UTC' AT TIME ZONE property.tz)::date"),
            cancelled_at=SQL("(stay.cancelled_at AT TIME ZONE 'UTC' AT TIME ZONE property.tz)::date"),
            was_booked=WAS_BOOKED,
        )

    @api.model
    def _get_comparable_date(self, day):
        """Return the night of last year that a night is compared with.

        :rtype: date
        """
        return day - timedelta(days=YEAR_DAYS)
