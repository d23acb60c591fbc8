from odoo import models
from odoo.tools import SQL

from ...intake.layouts import STAY

TABLE = "hotel_bulk_stay_tmp"
REQUIRED = ("source_ref", "property_id", "arrival_date", "departure_date", "state")
#: columns taken over from a row as they are
PLAIN = (
    *("property_id", "room_type_id", "booked_room_type_id", "room_id", "arrival_date", "departure_date"),
    *("state", "guest_country_id", "channel_id", "market_segment_id", "rate_plan_id"),
    *("booked_at", "checked_in_at", "checked_out_at", "cancelled_at"),
)
#: where and when a known stay was before
WAS = "was_property integer, was_arrival date, was_departure date, was_type integer"
#: hook to call for stays that a live load brought into a state
HOOKS = {"in_house": "_after_check_in", "departed": "_after_check_out", "cancelled": "_after_cancel"}


class HotelBulkStay(models.AbstractModel):
    """Bulk loading of stays."""

    _name = "hotel.bulk.stay"
    _inherit = ["hotel.bulk.mixin"]
    _description = "Bulk Loading of Stays"

    def _load(self, rows, source_system, live=False):
        """Load stays; see hotel.bulk.loader._load_stays."""
        tuples, refused = self._prepare_rows(STAY, rows, REQUIRED)
        self.env["hotel.stay"].flush_model()
        self.env["hotel.stay.night"].flush_model()
        kept = self._query_copy_good(TABLE, STAY, tuples, f"id integer, partner_id integer, what text, was text, {WAS}")
        refused += self._query_find_guests(TABLE, kept, source_system)
        refused += self._query_find_stays(kept, source_system)
        self._query_upsert(source_system)
        self._query_nights()
        self.env["hotel.stay"].invalidate_model()
        self.env["hotel.stay.night"].invalidate_model()
        result = self.env.execute_query(SQL("SELECT ord, id, what FROM %s", SQL.identifier(TABLE)))
        self._after_load(live)
        return self._make_result(len(rows), kept, refused, result)

    def _query_find_stays(self, kept, source_system):
        """Find stays that are there; refuse to book again what has begun."""
        self.env.execute_query(
            SQL(
                """UPDATE %s t SET id = s.id, was = s.state, was_property = s.property_id,
                       was_arrival = s.arrival_date, was_departure = s.departure_date, was_type = s.room_type_id
                       FROM hotel_stay s
                    WHERE s.source_system = %s AND s.source_ref = t.source_ref RETURNING 1""",
                SQL.identifier(TABLE),
                source_system,
            )
        )
        begun = SQL("t.was IN ('in_house', 'departed') AND t.state = 'booked'")
        return self._query_refuse(TABLE, kept, "state", "state_back", begun)

    def _query_upsert(self, source_system):
        """Insert new stays, change those whose row differs; SQL because of volume.

        Conflicts are resolved by the unique index on (source_system, source_ref), so that two
        imports of one file at once do not make two stays of one row either.
        """
        values = self._get_column_expressions(source_system)
        changing = [name for name in values if name not in ("source_system", "source_ref", "create_uid", "create_date")]
        compared = [name for name in changing if name not in ("write_uid", "write_date", "partner_id")]
        current = SQL(", ").join(SQL.identifier("hotel_stay", name) for name in compared)
        offered = SQL(", ").join(SQL.identifier("excluded", name) for name in compared)
        self.env.cr.execute(
            SQL(
                """WITH done AS (
                     INSERT INTO hotel_stay (%(names)s) SELECT %(values)s
                       FROM %(table)s t JOIN hotel_property p ON p.id = t.property_id
                       JOIN res_currency c ON c.id = p.currency_id
                      ORDER BY t.ord
                     ON CONFLICT (source_system, source_ref) WHERE source_ref IS NOT NULL
                     DO UPDATE SET %(sets)s,
                         partner_id = COALESCE(hotel_stay.partner_id, excluded.partner_id)
                      WHERE (%(current)s) IS DISTINCT FROM (%(offered)s)
                         OR hotel_stay.partner_id IS NULL AND excluded.partner_id IS NOT NULL
                     RETURNING id, source_ref, xmax = 0 AS is_new)
                   UPDATE %(table)s t SET id = d.id, what = CASE WHEN d.is_new THEN 'new' ELSE 'changed' END
                     FROM done d WHERE d.source_ref = t.source_ref""",
                table=SQL.identifier(TABLE),
                names=SQL(", ").join(map(SQL.identifier, values)),
                values=SQL(", ").join(values.values()),
                sets=SQL(", ").join(
                    SQL("%(name)s = excluded.%(name)s", name=SQL.identifier(name))
                    for name in changing
                    if name != "partner_id"
                ),
                current=current,
                offered=offered,
            )
        )
        self.env.cr.execute(SQL("UPDATE %s SET what = 'same' WHERE what IS NULL", SQL.identifier(TABLE)))

    def _get_column_expressions(self, source_system):
        """Return ``{column of hotel_stay: SQL on t, the row, p, its property, and c, its currency}``."""
        now, uid = SQL("%s", self.env.cr.now()), SQL("%s", self.env.uid)
        values = {name: SQL.identifier("t", name) for name in PLAIN}
        values |= {
            name: SQL("COALESCE(%s, 0)", SQL.identifier("t", name)) for name in ("adults", "children", "infants")
        }
        values |= {
            "partner_id": SQL("t.partner_id"),
            "company_id": SQL("p.company_id"),
            "currency_id": SQL("p.currency_id"),
            "nights": SQL("t.departure_date - t.arrival_date"),
            "is_day_use": SQL("t.departure_date = t.arrival_date"),
            "rate": SQL("COALESCE(round(t.rate, c.decimal_places), 0)"),
            "source_system": SQL("%s", source_system),
            "source_ref": SQL("t.source_ref"),
            "create_uid": uid,
            "create_date": now,
            "write_uid": uid,
            "write_date": now,
        }
        for name, value in self._query_defaults("hotel.stay", values).items():
            values[name] = SQL("%s", value)
        return values

    def _query_nights(self):
        """Make the nights of new and changed stays anew; SQL because of volume.

        The stays are given as an array: where statistics take the nights for few, such as after a
        load that was rolled back, a join reads all stays once for each night there is.
        """
        self.env.cr.execute(SQL("ANALYZE %s", SQL.identifier(TABLE)))
        self.env.execute_query(
            SQL(
                """DELETE FROM hotel_stay_night
                    WHERE stay_id = ANY(ARRAY(SELECT id FROM %s WHERE what = 'changed')) RETURNING 1""",
                SQL.identifier(TABLE),
            )
        )
        self.env.cr.execute(SQL("DROP TABLE IF EXISTS hotel_bulk_night_tmp"))
        self.env.cr.execute(
            SQL(
                """CREATE TEMP TABLE hotel_bulk_night_tmp ON COMMIT DROP AS
                   SELECT id FROM %s WHERE what <> 'same'""",
                SQL.identifier(TABLE),
            )
        )
        self.env.cr.execute(SQL("ANALYZE hotel_bulk_night_tmp"))
        self.env["hotel.stay.night"]._query_insert_for_stays("hotel_bulk_night_tmp")

    def _after_load(self, live):
        """Mark figures of the guests to be refreshed, and call the hooks of a live load."""
        rows = self.env.execute_query(
            SQL(
                """SELECT t.id, t.state, s.partner_id, t.state IS DISTINCT FROM t.was
                     FROM %s t JOIN hotel_stay s ON s.id = t.id WHERE t.what <> 'same'""",
                SQL.identifier(TABLE),
            )
        )
        guests = {partner_id for _id, _state, partner_id, _new in rows if partner_id}
        self._query_queue_figures()
        self._recount_inventory()
        if guests:
            self.env["hotel.guest.token"]._refresh_recency(sorted(guests))
        for state, hook in HOOKS.items() if live else ():
            entered = [stay_id for stay_id, now, _partner, is_new in rows if now == state and is_new]
            if entered:
                getattr(self.env["hotel.stay"].browse(entered), hook)()

    def _recount_inventory(self):
        """Count what these stays take, and took before; facts are never refused."""
        spans = self.env.execute_query(
            SQL(
                """SELECT type_id, MIN(first), MAX(last) FROM (
                     SELECT s.room_type_id, s.arrival_date, s.departure_date FROM %(table)s t
                       JOIN hotel_stay s ON s.id = t.id WHERE t.what <> 'same'
                      UNION ALL
                     SELECT was_type, was_arrival, was_departure FROM %(table)s WHERE what = 'changed'
                   ) span (type_id, first, last) WHERE type_id IS NOT NULL GROUP BY type_id""",
                table=SQL.identifier(TABLE),
            )
        )
        # the inventory is the program's own
        self.env["hotel.inventory"].sudo()._recount(spans)

    def _query_queue_figures(self):
        """Have figures of the guests and days computed anew, also of days that stays have left.

        An array is read once, whatever the planner thinks of a table that grows in this transaction.
        """
        loaded = SQL("stay.id = ANY(ARRAY(SELECT id FROM hotel_bulk_night_tmp))")
        self.env["hotel.stay"]._query_queue_figures(loaded)
        # the queue is the program's own
        self.env["hotel.figure.queue"].sudo()._query_add(
            SQL(
                """SELECT DISTINCT t.was_property, day::date FROM %s t,
                          generate_series(t.was_arrival, GREATEST(t.was_departure - 1, t.was_arrival), '1 day') day
                    WHERE t.what = 'changed'""",
                SQL.identifier(TABLE),
            )
        )
