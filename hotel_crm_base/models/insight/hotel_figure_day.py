"""Figures of each property and day, kept ready so that dashboards open at once."""

from odoo import api, fields, models
from odoo.tools import SQL

from ...selections import same_as

BATCH = 2000
LOCK = "hotel_figure_day"
TAKEN = SQL("stay.state IN ('in_house', 'departed')")


class HotelFigureDay(models.Model):
    """What a property sold on one day, of one kind: rooms to guests of a country, or an outlet's charges.

    Every measure can be added up over any rows, and rates (ADR, occupancy, RevPAR) are ratios of
    sums. Amounts are in the company's currency at the rate of the day.
    """

    _name = "hotel.figure.day"
    _inherit = ["hotel.report.mixin"]
    _description = "Daily Figures"
    _order = "date desc, property_id"
    _log_access = False
    _rec_name = "date"

    part = fields.Selection(
        [("room", "Rooms to Let"), ("stay", "Stays"), ("spend", "Consumption")], required=True, readonly=True
    )
    date = fields.Date(required=True, readonly=True)
    property_id = fields.Many2one("hotel.property", required=True, readonly=True, ondelete="cascade")
    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="cascade")
    currency_id = fields.Many2one("res.currency", required=True, readonly=True, ondelete="cascade")
    country_id = fields.Many2one("res.country", string="Guest's Country", readonly=True, ondelete="set null")
    outlet_id = fields.Many2one("hotel.outlet", readonly=True, ondelete="set null")
    kind = fields.Selection(same_as("hotel.consumption", "kind"), string="Kind of Charge", readonly=True)
    rooms = fields.Integer(string="Rooms to Let", readonly=True)
    nights = fields.Integer(readonly=True)
    room_revenue = fields.Monetary(readonly=True, help="Rates of the nights, as agreed with the guests.")
    arrivals = fields.Integer(readonly=True)
    new_guests = fields.Integer(
        readonly=True, help="Arrivals of guests who never stayed in the company's hotels before."
    )
    persons = fields.Integer(readonly=True, help="Persons who arrived.")
    charges = fields.Integer(readonly=True, help="Charges less those taken back.")
    spend = fields.Monetary(readonly=True, help="Consumption, tax included.")
    adr = fields.Monetary(string="ADR", readonly=True, aggregator="avg", help="Room revenue per night sold.")
    occupancy = fields.Float(readonly=True, aggregator="avg", help="Nights sold per 100 rooms to let.")
    revpar = fields.Monetary(string="RevPAR", readonly=True, aggregator="avg", help="Room revenue per room to let.")

    _property_date_idx = models.Index("(property_id, date)")
    _date_idx = models.Index("(date)")

    @api.model
    def _get_ratios(self):
        return {
            **super()._get_ratios(),
            "adr": ("room_revenue", "nights", 1),
            "occupancy": ("nights", "rooms", 100),
            "revpar": ("room_revenue", "rooms", 1),
        }

    # ---- refresh ----------------------------------------------------------------------------

    @api.model
    def _refresh_changed(self, batch=BATCH):
        """Compute the figures of days whose facts changed, batch by batch, and commit each.

        :returns: how many days of properties were refreshed
        :rtype: int
        """
        queue = self.env["hotel.figure.queue"]
        cron = self.env["ir.cron"]
        refreshed = 0
        while self._query_try_lock():
            days = queue._query_take(batch)
            self._refresh_sales(days)
            refreshed += len(days)
            seconds_left = cron._commit_progress(len(days), remaining=queue._query_count())
            if not days or not seconds_left:
                break
        if self._query_try_lock():
            self._refresh_rooms()
            cron._commit_progress()
        return refreshed

    @api.model
    def _refresh_days(self, days):
        """Compute the figures of these days now, in the running transaction.

        :param list[tuple[int, date]] days: (id of the property, date)
        """
        self._refresh_sales(days)
        self._refresh_rooms()

    @api.model
    def _refresh_sales(self, days):
        """Compute stays and consumption of these days; see ``_refresh_days``."""
        if days:
            self.env.flush_all()
            self._query_spare_compiling()
            self._query_refresh_sales(list(days))
            self.env["hotel.figure.night"]._query_refresh_days(list(days))
            self.invalidate_model()

    @api.model
    def _refresh_rooms(self):
        """Bring the rooms to let of all days in line with the rooms there are."""
        self.env.flush_all()
        self._query_refresh_rooms()
        self.invalidate_model()

    @api.model
    def _query_try_lock(self):
        """Return whether this transaction may refresh; SQL because an advisory lock is no record."""
        return self.env.execute_query(SQL("SELECT pg_try_advisory_xact_lock(hashtext(%s))", LOCK))[0][0]

    @api.model
    def _query_queue_all(self):
        """Queue every day that has a stay or a charge; SQL because there are years of them."""
        self.env["hotel.figure.queue"]._query_add(
            SQL(
                """SELECT property_id, date FROM hotel_stay_night
                   UNION SELECT property_id, arrival_date FROM hotel_stay
                   UNION SELECT property_id, business_date FROM hotel_consumption
                   UNION SELECT property_id, date FROM hotel_figure_day
                   UNION SELECT property_id, date FROM hotel_figure_night"""
            )
        )

    @api.model
    def _query_refresh_sales(self, days):
        """Replace the figures of stays and consumption of some days; SQL because of volume."""
        due = self.env["hotel.figure.night"]._get_days_table(days)
        self.env.execute_query(
            SQL(
                """DELETE FROM hotel_figure_day figure USING %s
                    WHERE figure.property_id = due.property_id AND figure.date = due.date AND figure.part <> 'room'
                   RETURNING 1""",
                due,
            )
        )
        self.env.execute_query(
            SQL(
                """INSERT INTO hotel_figure_day (part, date, property_id, company_id, currency_id, country_id,
                        outlet_id, kind, nights, room_revenue, arrivals, new_guests, persons, charges, spend)
                   SELECT fresh.part, fresh.date, fresh.property_id, company.id, company.currency_id, fresh.country_id,
                          fresh.outlet_id, fresh.kind, fresh.nights, round(fresh.room_revenue, 4), fresh.arrivals,
                          fresh.new_guests, fresh.persons, fresh.charges, round(fresh.spend, 4)
                     FROM (%s UNION ALL %s) fresh
                     JOIN hotel_property property ON property.id = fresh.property_id
                     JOIN res_company company ON company.id = property.company_id
                   RETURNING 1""",
                self._get_stay_figures(due),
                self._get_spend_figures(due),
            )
        )

    @api.model
    def _get_stay_figures(self, due):
        """Return the query of nights and arrivals per day and country of the guest."""
        revenue = self.env["res.currency"]._get_day_amount(
            SQL("night.rate"), SQL("stay.currency_id"), SQL("company"), SQL("night.date")
        )
        return SQL(
            """SELECT 'stay' AS part, stays.date, stays.property_id, stays.country_id, NULL::int AS outlet_id,
                      NULL::varchar AS kind, sum(stays.nights) AS nights, sum(stays.room_revenue) AS room_revenue,
                      sum(stays.arrivals) AS arrivals, sum(stays.new_guests) AS new_guests,
                      sum(stays.persons) AS persons, 0 AS charges, 0::numeric AS spend
                 FROM (SELECT night.date, night.property_id, %(country)s AS country_id, 1 AS nights,
                              %(revenue)s AS room_revenue, 0 AS arrivals, 0 AS new_guests, 0 AS persons
                         FROM %(due)s
                         JOIN hotel_stay_night night ON night.property_id = due.property_id AND night.date = due.date
                         JOIN hotel_stay stay ON stay.id = night.stay_id AND %(taken)s
                         JOIN res_company company ON company.id = stay.company_id
                         LEFT JOIN res_partner guest ON guest.id = stay.partner_id
                       UNION ALL
                       SELECT stay.arrival_date, stay.property_id, %(country)s, 0, 0, 1, %(first)s::int,
                              stay.adults + COALESCE(stay.children, 0) + COALESCE(stay.infants, 0)
                         FROM %(due)s
                         JOIN hotel_stay stay ON stay.property_id = due.property_id
                              AND stay.arrival_date = due.date AND %(taken)s
                         LEFT JOIN res_partner guest ON guest.id = stay.partner_id) stays
                GROUP BY stays.date, stays.property_id, stays.country_id""",
            country=SQL("COALESCE(stay.guest_country_id, guest.country_id, guest.hotel_nationality_id)"),
            revenue=revenue,
            due=due,
            taken=TAKEN,
            first=SQL(
                """(stay.partner_id IS NOT NULL AND NOT EXISTS (
                    SELECT FROM hotel_stay earlier
                     WHERE earlier.partner_id = stay.partner_id AND earlier.company_id = stay.company_id
                       AND earlier.state IN ('in_house', 'departed')
                       AND (earlier.arrival_date, earlier.id) < (stay.arrival_date, stay.id)))"""
            ),
        )

    @api.model
    def _get_spend_figures(self, due):
        """Return the query of charges per day, outlet and kind."""
        spend = self.env["res.currency"]._get_day_amount(
            SQL("line.amount_gross"), SQL("line.currency_id"), SQL("company"), SQL("line.business_date")
        )
        return SQL(
            """SELECT 'spend', line.business_date, line.property_id, NULL::int, line.outlet_id, line.kind,
                      0, 0, 0, 0, 0, sum(CASE WHEN line.reversal_of_id IS NULL THEN 1 ELSE -1 END),
                      sum(%s)
                 FROM %s
                 JOIN hotel_consumption line ON line.property_id = due.property_id AND line.business_date = due.date
                 JOIN res_company company ON company.id = line.company_id
                GROUP BY line.business_date, line.property_id, line.outlet_id, line.kind""",
            spend,
            due,
        )

    @api.model
    def _query_refresh_rooms(self):
        """Keep the number of rooms to let per day, from the first day with a figure to the last.

        Rooms out of order are none to let. What is recorded of past days stays as it was; days
        without a number take the rooms that are active now. SQL because each property has years
        of days.
        """
        self.env.execute_query(
            SQL(
                """WITH span AS (
                     SELECT property.id AS property_id, property.company_id, company.currency_id,
                            property.business_date AS today, days.first, days.last,
                            (SELECT count(*) FROM hotel_room room
                              WHERE room.property_id = property.id AND room.active) AS rooms
                       FROM hotel_property property JOIN res_company company ON company.id = property.company_id,
                            LATERAL (SELECT min(date) AS first, max(date) AS last FROM hotel_figure_day
                                      WHERE property_id = property.id) days
                      WHERE days.first IS NOT NULL),
                   closed AS (
                     SELECT closure.property_id, day::date AS date, count(*) AS rooms
                       FROM hotel_room_closure closure JOIN span ON span.property_id = closure.property_id
                       JOIN hotel_room room ON room.id = closure.room_id AND room.active,
                            generate_series(GREATEST(closure.start_date, span.first),
                                            LEAST(closure.end_date - 1, GREATEST(span.last, span.today)), '1 day') day
                      GROUP BY closure.property_id, day::date),
                   fresh AS (
                     SELECT span.property_id, span.company_id, span.currency_id, span.today, day::date AS date,
                            span.rooms - COALESCE(closed.rooms, 0) AS rooms
                       FROM span CROSS JOIN LATERAL
                            generate_series(span.first, GREATEST(span.last, span.today), '1 day') day
                       LEFT JOIN closed ON closed.property_id = span.property_id AND closed.date = day::date),
                   corrected AS (
                     UPDATE hotel_figure_day figure SET rooms = fresh.rooms FROM fresh
                      WHERE figure.property_id = fresh.property_id AND figure.date = fresh.date
                        AND figure.part = 'room' AND figure.rooms <> fresh.rooms
                        AND (figure.date >= fresh.today OR figure.rooms = 0))
                   INSERT INTO hotel_figure_day (part, date, property_id, company_id, currency_id, rooms)
                   SELECT 'room', fresh.date, fresh.property_id, fresh.company_id, fresh.currency_id, fresh.rooms
                     FROM fresh
                    WHERE NOT EXISTS (SELECT FROM hotel_figure_day figure
                                       WHERE figure.property_id = fresh.property_id AND figure.date = fresh.date
                                         AND figure.part = 'room')
                   RETURNING 1"""
            )
        )
