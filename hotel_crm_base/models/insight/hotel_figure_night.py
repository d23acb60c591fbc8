"""Nights added up per day, so that reports of occupancy, nights and business mix open at once."""

from odoo import api, fields, models
from odoo.tools import SQL

from ...selections import same_as

#: context key: rows of nights come from this part, where it is kept
PART = "hotel_night_part"
#: part -> what its nights are sorted by besides property, date and state; the part with the fewest rows comes first
PARTS = {
    "room_type": "room_type_id",
    "rate_plan": "rate_plan_id",
    "segment": "market_segment_id",
    "channel": "channel_id",
    "country": "country_id",
    "nationality": "nationality_id",
}
#: with more days of properties due than this, all nights are counted: no slower than to look that many up
MOST_DUE = 250
DIMENSIONS = SQL(", ").join(map(SQL.identifier, PARTS.values()))


class HotelFigureNight(models.Model):
    """Nights of one property, date and state of their stays, by one thing that they may be sorted by.

    Each part holds every night once. A day whose facts changed since stands in the queue of figures
    (``hotel.figure.queue``), written in the transaction of the change, and ``_get_rows`` counts such
    days from the nights themselves: what is read here is never older than the facts.
    """

    _name = "hotel.figure.night"
    _description = "Nights, Added up"
    _log_access = False
    _rec_name = "date"

    part = fields.Selection(
        [
            ("room_type", "Room Type"),
            ("rate_plan", "Rate Plan"),
            ("segment", "Segment"),
            ("channel", "Channel"),
            ("country", "Guest's Country"),
            ("nationality", "Nationality"),
        ],
        required=True,
        readonly=True,
    )
    date = fields.Date(required=True, readonly=True)
    property_id = fields.Many2one("hotel.property", required=True, readonly=True, ondelete="cascade")
    state = fields.Selection(same_as("hotel.stay", "state"), required=True, readonly=True)
    currency_id = fields.Many2one("res.currency", string="Property's Currency", readonly=True)
    room_type_id = fields.Many2one("hotel.room.type", readonly=True)
    rate_plan_id = fields.Many2one("hotel.rate.plan", readonly=True)
    market_segment_id = fields.Many2one("hotel.market.segment", readonly=True)
    channel_id = fields.Many2one("hotel.channel", readonly=True)
    country_id = fields.Many2one("res.country", string="Guest's Country", readonly=True)
    nationality_id = fields.Many2one("res.country", readonly=True)
    nights = fields.Integer(required=True, readonly=True)
    # plain numbers: amounts are not rounded night by night, so that sums are those of the nights
    amount = fields.Float(digits=0, readonly=True, help="Rates of the nights in the company's currency.")
    rate_amount = fields.Float(digits=0, readonly=True, help="Rates of the nights in the property's currency.")

    _part_date_idx = models.Index("(part, date)")
    _property_date_idx = models.Index("(property_id, date)")

    # ---- reading ------------------------------------------------------------------------------

    @api.model
    def _get_rows(self):
        """Return a query of nights with their dimensions, for reports to add up.

        Its columns: id, date, stay_id, property_id, partner_id, company_id, company_currency_id,
        currency_id (of the rates), state, the dimensions of ``PARTS``, nights, amount (in the company's
        currency) and rate_amount. A row is a night; with a part of ``PARTS`` in the context (``PART``) it
        may be many of one day, and dimensions of other parts, stay and guest are empty.

        :rtype: SQL
        """
        part = self.env.context.get(PART)
        days = self._query_due_days() if part else None
        if days is None:
            return self._get_night_rows()
        due = self._get_days_table(days)
        return SQL(
            "%s UNION ALL %s", self._get_kept_rows(part, due if days else None), self._get_night_rows(due)
        ) if days else self._get_kept_rows(part)

    @api.model
    def _query_due_days(self):
        """Return the days whose nights changed since they were added up, None where there are too many.

        SQL because a day may stand in the queue a thousand times. The queue and what is kept are read in
        one snapshot, and a job changes both in one transaction.

        :rtype: list[tuple[int, date]] | None: (id of the property, date)
        """
        rows = self.env.execute_query(
            SQL(
                "SELECT DISTINCT property_id, date FROM hotel_figure_queue WHERE with_nights IS NOT FALSE LIMIT %s",
                MOST_DUE + 1,
            )
        )
        return rows if len(rows) <= MOST_DUE else None

    @api.model
    def _get_days_table(self, days):
        """Return days of properties as a table; the planner knows how many they are.

        :param list[tuple[int, date]] days: (id of the property, date)
        :rtype: SQL
        """
        return SQL(
            "(SELECT * FROM unnest(%s::int[], %s::date[]) AS due(property_id, date)) due",
            [property_id for property_id, _date in days],
            [date for _property_id, date in days],
        )

    @api.model
    def _get_kept_rows(self, part, due=None):
        """Return what is kept of a part, but for the days that are due."""
        return SQL(
            """SELECT kept.id, kept.date, NULL::int AS stay_id, kept.property_id, NULL::int AS partner_id,
                      property.company_id, company.currency_id AS company_currency_id, kept.currency_id, kept.state,
                      %s, kept.nights, kept.amount, kept.rate_amount
                 FROM hotel_figure_night kept
                 JOIN hotel_property property ON property.id = kept.property_id
                 JOIN res_company company ON company.id = property.company_id
                WHERE kept.part = %s %s""",
            SQL(", ").join(SQL.identifier("kept", name) for name in PARTS.values()),
            part,
            SQL(
                "AND NOT EXISTS (SELECT FROM %s WHERE due.property_id = kept.property_id AND due.date = kept.date)",
                due,
            )
            if due
            else SQL(),
        )

    @api.model
    def _get_night_rows(self, due=None):
        """Return one row per night, of all days or of some.

        :param SQL due: days, see ``_get_days_table``
        """
        return SQL(
            """SELECT night.id, night.date, night.stay_id, night.property_id, stay.partner_id, stay.company_id,
                      company.currency_id AS company_currency_id, stay.currency_id, stay.state,
                      stay.room_type_id, stay.rate_plan_id, stay.market_segment_id, stay.channel_id,
                      COALESCE(stay.guest_country_id, guest.country_id, guest.hotel_nationality_id) AS country_id,
                      guest.hotel_nationality_id AS nationality_id, 1 AS nights, %s AS amount,
                      night.rate AS rate_amount
                 FROM %s hotel_stay_night night %s
                 JOIN hotel_stay stay ON stay.id = night.stay_id
                 JOIN res_company company ON company.id = stay.company_id
                 LEFT JOIN res_partner guest ON guest.id = stay.partner_id""",
            self.env["res.currency"]._get_day_amount(
                SQL("night.rate"), SQL("stay.currency_id"), SQL("company"), SQL("night.date")
            ),
            SQL("%s JOIN", due) if due else SQL(),
            SQL("ON night.property_id = due.property_id AND night.date = due.date") if due else SQL(),
        )

    # ---- refresh ------------------------------------------------------------------------------

    @api.model
    def _query_refresh_days(self, days):
        """Add up the nights of some days anew; SQL because of volume.

        :param list[tuple[int, date]] days: (id of the property, date)
        """
        due = self._get_days_table(days)
        self.env.execute_query(
            SQL(
                """DELETE FROM hotel_figure_night kept USING %s
                    WHERE kept.property_id = due.property_id AND kept.date = due.date RETURNING 1""",
                due,
            )
        )
        common = SQL("night.date, night.property_id, night.state, night.currency_id")
        # rows of a part lie together, and a report reads one part
        self.env.cr.execute(
            SQL(
                """INSERT INTO hotel_figure_night
                          (date, property_id, state, currency_id, %(dimensions)s, part, nights, amount, rate_amount)
                   SELECT %(common)s, %(dimensions)s, %(part)s, sum(nights), sum(amount), sum(rate_amount)
                     FROM (%(nights)s) night
                    GROUP BY GROUPING SETS (%(sets)s)
                    ORDER BY %(part)s, night.property_id, night.date""",
                dimensions=DIMENSIONS,
                common=common,
                nights=self._get_night_rows(due),
                part=SQL(
                    "CASE %s END",
                    SQL(" ").join(
                        SQL("WHEN GROUPING(%s) = 0 THEN %s", SQL.identifier(name), part)
                        for part, name in PARTS.items()
                    ),
                ),
                sets=SQL(", ").join(SQL("(%s, %s)", common, SQL.identifier(name)) for name in PARTS.values()),
            )
        )
