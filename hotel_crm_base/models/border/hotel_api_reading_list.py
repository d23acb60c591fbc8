"""Lists of what was changed, page by page, of which nothing is left out.

A row's time of change is the begin of the transaction that wrote it, so a long transaction adds rows in the past
of those that a shorter one has committed meanwhile. A page therefore ends before the begin of the oldest
transaction that is still open: whatever is before that is committed, and seen.
"""

from datetime import datetime, timedelta

from odoo import api, models
from odoo.tools import SQL

from ...rest import cursor
from ...rest.errors import ApiError
from ...rest.reading import PAGE
from ...rest.schema import Text, Whole
from .hotel_api_reading import show_day, show_moment

#: no transaction that writes is older; what only reads (a backup) does not stop the lists for longer
OLDEST = timedelta(minutes=15)
KINDS = [Text(), Whole(0)]
FORMAT = "%Y-%m-%dT%H:%M:%S.%f"


class HotelApiReading(models.AbstractModel):
    _inherit = "hotel.api.reading"

    @api.model
    def _api_guests(self, client, **paging):
        """Return guests that were changed: those of the chain and of the client's company."""
        condition = SQL("row.is_hotel_guest AND (row.company_id IS NULL OR row.company_id = %s)", client.company_id.id)
        rows, place = self._query_page("res.partner", [condition], **paging)
        guests = rows.with_context(active_test=False)
        self.env["hotel.access.log"]._log("list", guests.ids)
        return {"guests": self._show_guests(guests), **place}

    @api.model
    def _api_stays(self, client, **paging):
        """Return stays that were changed at the client's properties."""
        stays, place = self._query_page("hotel.stay", self._get_property_conditions(client), **paging)
        self.env["hotel.access.log"]._log("list", stays.partner_id.ids, model="hotel.stay")
        return {"stays": [self._show_stay(stay) for stay in stays], **place}

    @api.model
    def _api_consumption(self, client, **paging):
        """Return consumption that was posted at the client's properties."""
        lines, place = self._query_page("hotel.consumption", self._get_property_conditions(client), **paging)
        self.env["hotel.access.log"]._log("list", lines.partner_id.ids, model="hotel.consumption")
        return {"consumption": [self._show_charge(line) for line in lines], **place}

    @api.model
    def _get_property_conditions(self, client):
        """Return a condition for each property: the index is by property, then by time."""
        return [SQL("row.property_id = %s", property_id) for property_id in client.property_ids.ids]

    # ---- pages --------------------------------------------------------------------------------

    @api.model
    def _query_page(self, model, conditions, cursor=None, changed_since=None, limit=None):
        """Return the records of a page and where it ends.

        :param list[SQL] conditions: on ``row``; each is asked by itself, for its own part of an index
        :param str cursor: of the page before
        :param datetime changed_since: where to begin without a cursor
        :param int limit: how many records
        :rtype: tuple[Model, dict]
        """
        limit = limit or PAGE
        after = self._read_cursor(cursor, changed_since)
        bound = self._query_bound()
        # a snapshot of its own, taken after the bound: what was open then is committed by now, or begins later
        with self.env.registry.cursor() as cr:
            cr.execute(self._get_page_sql(model, conditions, after, bound, limit + 1))
            rows = cr.fetchall()
        more, rows = len(rows) > limit, rows[:limit]
        # the conditions say what a client may read
        records = self.env[model].sudo().browse(number for _changed, number in rows)
        if rows:
            after = rows[-1]
        return records.exists(), {"next_cursor": self._make_cursor(after), "more": more}

    @api.model
    def _read_cursor(self, text, since):
        """Return time and number of the last row that the caller has."""
        found = cursor.decode(text, KINDS)
        if found is None:
            return (since or datetime(1970, 1, 1), 0)
        if since:
            raise ApiError("“changed_since” is for the first page.", field="changed_since")
        try:
            return datetime.strptime(found[0], FORMAT), found[1]
        except ValueError:
            raise ApiError("The cursor is none of this list.", "invalid_cursor", field="cursor") from None

    @api.model
    def _make_cursor(self, after):
        return cursor.encode([after[0].strftime(FORMAT), after[1]])

    @api.model
    def _query_bound(self):
        """Return the moment before which nobody writes any more; SQL because only the database knows.

        What PostgreSQL does by itself (a vacuum of minutes) writes no rows and holds up no list.
        """
        return self.env.execute_query(
            SQL(
                """SELECT GREATEST(LEAST(clock_timestamp(), MIN(xact_start)), clock_timestamp() - %s::interval)
                          AT TIME ZONE 'UTC'
                     FROM pg_stat_activity
                    WHERE datname = current_database() AND pid <> pg_backend_pid()
                          AND backend_type = 'client backend'""",
                OLDEST,
            )
        )[0][0]

    @api.model
    def _get_page_sql(self, model, conditions, after, bound, limit):
        """Return the query of a page: keyset over (time of change, number), by one index for each condition."""
        table = SQL.identifier(self.env[model]._table)
        parts = [
            SQL(
                """(SELECT row.write_date, row.id FROM %s row
                     WHERE %s AND (row.write_date, row.id) > (%s, %s) AND row.write_date < %s
                     ORDER BY row.write_date, row.id LIMIT %s)""",
                *(table, condition, *after, bound, limit),
            )
            for condition in conditions
        ]
        if not parts:
            return SQL("SELECT NULL, NULL WHERE FALSE")
        return SQL("SELECT * FROM (%s) AS page ORDER BY 1, 2 LIMIT %s", SQL(" UNION ALL ").join(parts), limit)

    # ---- how they are shown -------------------------------------------------------------------

    @api.model
    def _show_stay(self, stay):
        return {
            "id": stay.id,
            "guest_id": stay.partner_id.id or None,
            "property": stay.property_id.code,
            "booking": stay.reservation_id.name or None,
            "state": stay.state,
            "arrival": show_day(stay.arrival_date),
            "departure": show_day(stay.departure_date),
            "room_type": stay.room_type_id.code or None,
            "room": stay.room_id.name or None,
            "rate_plan": stay.rate_plan_id.code or None,
            "channel": stay.channel_id.code or None,
            "checked_in_at": show_moment(stay.checked_in_at),
            "checked_out_at": show_moment(stay.checked_out_at),
            "source_system": stay.source_system or None,
            "source_ref": stay.source_ref or None,
            "changed_at": show_moment(stay.write_date),
        }

    @api.model
    def _show_charge(self, line):
        return {
            "id": line.id,
            "guest_id": line.partner_id.id or None,
            "stay_id": line.stay_id.id or None,
            "property": line.property_id.code,
            "outlet": line.outlet_id.code or None,
            "kind": line.kind,
            "business_date": show_day(line.business_date),
            "bill_ref": line.bill_ref or None,
            "amount_gross": line.amount_gross,
            "amount_net": line.amount_net,
            "currency": line.currency_id.name,
            "reversal_of_id": line.reversal_of_id.id or None,
            "source_system": line.source_system or None,
            "source_ref": line.source_ref or None,
            "changed_at": show_moment(line.write_date),
        }
