"""Queues of what has to be computed anew. A change adds a row and never waits for another one."""

from odoo import api, fields, models
from odoo.tools import SQL


class HotelChangeQueue(models.AbstractModel):
    """Rows that are only added, in the transaction of the change, and only taken by a job.

    No key is unique, so writers never block each other. A job deletes the rows that it sees and
    reads the facts in the same snapshot: what commits later has a row of its own, and what
    fails brings its rows back. So no change is lost and none is half counted.
    """

    _name = "hotel.change.queue"
    _description = "Queue of Changes"
    _log_access = False
    _queued_columns = ()

    @api.model
    def _query_add(self, rows):
        """Queue what a query gives; SQL because a bulk load queues a million rows.

        :param SQL rows: a SELECT of the queued columns
        """
        self.env.execute_query(
            SQL(
                "INSERT INTO %s (%s) %s RETURNING 1",
                SQL.identifier(self._table),
                SQL(", ").join(map(SQL.identifier, self._queued_columns)),
                rows,
            )
        )

    @api.model
    def _query_take(self, limit):
        """Take the oldest rows off the queue; SQL for ``SKIP LOCKED``.

        :param int limit: how many rows at most; one thing may have several
        :returns: what they name, each once
        :rtype: list of values, or of tuples where a row has several columns
        """
        rows = self.env.execute_query(
            SQL(
                """DELETE FROM %(table)s WHERE id = ANY(ARRAY(
                     SELECT id FROM %(table)s ORDER BY id LIMIT %(limit)s FOR UPDATE SKIP LOCKED))
                   RETURNING %(columns)s""",
                table=SQL.identifier(self._table),
                limit=limit,
                columns=SQL(", ").join(map(SQL.identifier, self._queued_columns)),
            )
        )
        taken = sorted(set(rows))
        return taken if len(self._queued_columns) > 1 else [value for (value,) in taken]

    @api.model
    def _query_count(self):
        """Return about how many rows wait; counted to 100,000 at most. SQL for the bound."""
        return self.env.execute_query(
            SQL(
                "SELECT count(*) FROM (SELECT FROM %s LIMIT 100000) AS waiting",
                SQL.identifier(self._table),
            )
        )[0][0]


class HotelGuestMetricQueue(models.Model):
    """A guest whose facts changed since his or her figures were computed."""

    _name = "hotel.guest.metric.queue"
    _inherit = ["hotel.change.queue"]
    _description = "Guests Whose Figures Are Due"
    _rec_name = "partner_id"
    _log_access = False
    _queued_columns = ("partner_id",)

    # no foreign key: a bulk load would check it a million times, and a guest that is gone does no harm
    partner_id = fields.Integer(string="Guest (id)", required=True)


class HotelFigureQueue(models.Model):
    """A date of a property whose facts changed since its daily figures were computed."""

    _name = "hotel.figure.queue"
    _inherit = ["hotel.change.queue"]
    _description = "Days Whose Figures Are Due"
    _rec_name = "date"
    _log_access = False
    _queued_columns = ("property_id", "date")

    property_id = fields.Integer(string="Property (id)", required=True)
    date = fields.Date(required=True)

    @api.model
    def _query_add_stays(self, stays):
        """Queue all dates of some stays, and the arrivals of their guests: which one is the first may change.

        SQL because dates of a range are rows there.

        :param SQL stays: condition on hotel_stay, called ``stay``
        """
        self._query_add(
            SQL(
                """SELECT stay.property_id, day::date FROM hotel_stay stay,
                          generate_series(stay.arrival_date,
                                          GREATEST(stay.departure_date - 1, stay.arrival_date), '1 day') day
                    WHERE %(stays)s
                   UNION
                   SELECT other.property_id, other.arrival_date
                     FROM hotel_stay stay JOIN hotel_stay other ON other.partner_id = stay.partner_id
                    WHERE %(stays)s""",
                stays=stays,
            )
        )

    @api.model
    def _query_add_consumption(self, lines):
        """Queue the business dates of some consumption.

        SQL because a bulk load queues days of a million rows.

        :param SQL lines: condition on hotel_consumption, called ``line``
        """
        self._query_add(
            SQL("SELECT DISTINCT line.property_id, line.business_date FROM hotel_consumption line WHERE %s", lines)
        )
