"""Figures of all guests in a few thousand rows, kept ready so that the general manager's dashboard opens at once."""

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ...report import bands
from .hotel_guest_metric_favourite import SEASONS

LOCK = "hotel_guest_figure"
#: months that are shown one by one
MONTHS = 36
#: charts sort groups by their key: numbers of one length
BANDS = [(key.zfill(5), label) for key, label in bands.AMOUNT_LABELS]


class HotelGuestFigure(models.Model):
    """Guests of one company, country, class and amount spent in one period, or of one favourite: added up.

    A guest counts once in a row: guests of several months are not added up, those of the last 12 whole months
    have rows of their own. Country, class and amount are those of today.
    """

    _name = "hotel.guest.figure"
    _inherit = ["hotel.report.mixin"]
    _description = "Guests by Period"
    _order = "part, date desc, company_id"
    _log_access = False
    _rec_name = "date"

    part = fields.Selection(
        [
            ("month", "One Month"),
            ("recent", "Last 12 Months"),
            ("before", "12 Months Before"),
            ("taste", "Favourites"),
        ],
        required=True,
        readonly=True,
    )
    date = fields.Date(string="Period", readonly=True, help="First day of the month, or of the 12 months.")
    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="cascade")
    currency_id = fields.Many2one("res.currency", required=True, readonly=True, ondelete="cascade")
    country_id = fields.Many2one("res.country", readonly=True, ondelete="set null")
    class_id = fields.Many2one("hotel.value.class", string="Value Class", readonly=True, ondelete="set null")
    spend_band = fields.Selection(BANDS, string="Amount Spent", readonly=True)
    room_type_id = fields.Many2one(
        "hotel.room.type", string="Favourite Room Type", readonly=True, ondelete="cascade"
    )
    season = fields.Selection(SEASONS, string="Favourite Season", readonly=True)
    outlet_id = fields.Many2one("hotel.outlet", string="Favourite Outlet", readonly=True, ondelete="cascade")
    preference_id = fields.Many2one("hotel.preference", readonly=True, ondelete="cascade")
    guests = fields.Integer(readonly=True, help="With a stay or a charge in the period.")
    stays = fields.Integer(readonly=True)
    nights = fields.Integer(readonly=True)
    spend = fields.Monetary(string="Revenue", readonly=True, help="Consumption, tax included.")
    frequency = fields.Float(string="Stays per Guest", readonly=True, aggregator="avg")
    spend_per_guest = fields.Monetary(string="Revenue per Guest", readonly=True, aggregator="avg")
    refreshed_at = fields.Datetime(string="As of", readonly=True)

    _part_idx = models.Index("(part, company_id, date)")

    @api.model
    def _get_ratios(self):
        return {
            **super()._get_ratios(),
            "frequency": ("stays", "guests", 1),
            "spend_per_guest": ("spend", "guests", 1),
        }

    @api.model
    def _wake(self):
        """Have the job run soon: what it adds up has just been computed anew."""
        self.env.ref("hotel_crm_base.ir_cron_guest_figure").sudo()._trigger()

    @api.model
    def _cron_refresh(self):
        """Add all guests up anew; a nightly job, and woken when all figures or values were computed."""
        self._refresh(fields.Date.context_today(self))

    @api.model
    def _refresh(self, today):
        """Replace all rows, in the running transaction; one at a time does it.

        :param date today: the last 12 months are the 12 whole ones before its month
        :returns: False where another transaction does it
        :rtype: bool
        """
        [[locked]] = self.env.execute_query(SQL("SELECT pg_try_advisory_xact_lock(hashtext(%s))", LOCK))
        if not locked:
            return False
        self.env.flush_all()
        cr = self.env.cr
        cr.execute("SET LOCAL jit = off")
        cr.execute("SET LOCAL work_mem = '128MB'")
        self._query_guests()
        cr.execute("DELETE FROM hotel_guest_figure")
        for query in self._get_figure_queries(today.replace(day=1)):
            cr.execute(query)
        cr.execute("UPDATE hotel_guest_figure SET refreshed_at = %s", [fields.Datetime.now()])
        self.invalidate_model()
        return True

    @api.model
    def _query_guests(self):
        """Make a temporary table of where each guest belongs; SQL because of volume."""
        cells = self.env["hotel.value.class"]._get_cells()
        self.env.cr.execute("DROP TABLE IF EXISTS hotel_figure_guest")
        self.env.cr.execute(
            SQL(
                """CREATE TEMP TABLE hotel_figure_guest ON COMMIT DROP AS
                   SELECT metric.partner_id, metric.company_id, company.currency_id,
                          COALESCE(guest.country_id, guest.hotel_nationality_id) AS country_id, part.class_id,
                          lpad(%s, 5, '0') AS spend_band, metric.favourite_room_type_id AS room_type_id,
                          metric.favourite_season AS season, metric.favourite_outlet_id AS outlet_id,
                          metric.stay_count AS stays, metric.night_count AS nights, metric.spend_gross AS spend
                     FROM hotel_guest_metric metric
                     JOIN res_company company ON company.id = metric.company_id
                     JOIN res_partner guest ON guest.id = metric.partner_id
                     LEFT JOIN hotel_guest_value worth ON worth.partner_id = metric.partner_id
                          AND worth.company_id = metric.company_id AND worth.property_id IS NULL
                     LEFT JOIN unnest(%s::int[], %s::int[]) part (cell, class_id) ON part.cell = worth.cell""",
                SQL(bands.case(bands.AMOUNTS, "metric.spend_gross")),
                list(cells.keys()),
                list(cells.values()),
            )
        )
        self.env.cr.execute("ANALYZE hotel_figure_guest")

    @api.model
    def _get_figure_queries(self, month):
        """Return the statements that fill this table.

        :param date month: the first day of the present one
        :rtype: list[SQL]
        """
        first, recent, before = (month - relativedelta(months=number) for number in (MONTHS - 1, 12, 24))
        within = SQL("fact.month_date >= %s AND fact.month_date < %s", recent, month)
        earlier = SQL("fact.month_date >= %s AND fact.month_date < %s", before, recent)
        return [
            self._get_period_query("month", SQL("fact.month_date"), SQL("fact.month_date >= %s", first)),
            self._get_period_query("recent", SQL("%s::date", recent), within),
            self._get_period_query("before", SQL("%s::date", before), earlier),
            *self._get_taste_queries(),
        ]

    @api.model
    def _get_period_query(self, part, day, condition):
        """Return the statement that adds guests up who did something in a period, each counted once."""
        return SQL(
            """INSERT INTO hotel_guest_figure (part, date, company_id, currency_id, country_id, class_id, spend_band,
                                               guests, stays, nights, spend)
               SELECT %(part)s, did.day, guest.company_id, guest.currency_id, guest.country_id, guest.class_id,
                      guest.spend_band, count(*), sum(did.stays), sum(did.nights), round(sum(did.spend), 4)
                 FROM (SELECT fact.partner_id, fact.company_id, %(day)s AS day, sum(fact.stay_count) AS stays,
                              sum(fact.night_count) AS nights, sum(fact.spend_gross) AS spend
                         FROM hotel_guest_metric_month fact
                        WHERE (fact.stay_count > 0 OR fact.charge_count > 0) AND %(condition)s
                        GROUP BY 1, 2, 3) did
                 JOIN hotel_figure_guest guest ON guest.partner_id = did.partner_id
                      AND guest.company_id = did.company_id
                GROUP BY did.day, guest.company_id, guest.currency_id, guest.country_id, guest.class_id,
                         guest.spend_band""",
            part=part,
            day=day,
            condition=condition,
        )

    @api.model
    def _get_taste_queries(self):
        """Return the statements that count guests by what they favour, over all time."""
        wishes = SQL(
            "hotel_figure_guest guest JOIN (SELECT DISTINCT partner_id, preference_id FROM hotel_guest_preference) wish"
            " ON wish.partner_id = guest.partner_id"
        )
        sources = {
            "room_type_id": (SQL("guest.room_type_id"), SQL("hotel_figure_guest guest")),
            "season": (SQL("guest.season"), SQL("hotel_figure_guest guest")),
            "outlet_id": (SQL("guest.outlet_id"), SQL("hotel_figure_guest guest")),
            "preference_id": (SQL("wish.preference_id"), wishes),
        }
        return [
            SQL(
                """INSERT INTO hotel_guest_figure (part, company_id, currency_id, country_id, class_id, spend_band,
                                                   %(name)s, guests, stays, nights, spend)
                   SELECT 'taste', guest.company_id, guest.currency_id, guest.country_id, guest.class_id,
                          guest.spend_band, %(what)s, count(*), sum(guest.stays), sum(guest.nights),
                          round(sum(guest.spend), 4)
                     FROM %(source)s
                    WHERE %(what)s IS NOT NULL
                    GROUP BY guest.company_id, guest.currency_id, guest.country_id, guest.class_id, guest.spend_band,
                             %(what)s""",
                name=SQL.identifier(name),
                what=what,
                source=source,
            )
            for name, (what, source) in sources.items()
        ]
