"""Queues of what has to be computed anew. A change adds a row and never waits for another one."""

from odoo import api, models
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
        return self._query_take_where(limit, SQL("TRUE"))

    @api.model
    def _query_take_where(self, limit, condition):
        """Take the oldest of some rows off the queue, as above.

        :param SQL condition: on the queued columns; jobs whose conditions exclude each other never meet
        """
        rows = self.env.execute_query(
            SQL(
                """DELETE FROM %(table)s WHERE id = ANY(ARRAY(
                     SELECT id FROM %(table)s WHERE %(condition)s ORDER BY id LIMIT %(limit)s FOR UPDATE SKIP LOCKED))
                   RETURNING %(columns)s""",
                table=SQL.identifier(self._table),
                condition=condition,
                limit=limit,
                columns=SQL(", ").join(map(SQL.identifier, self._queued_columns)),
            )
        )
        taken = sorted(set(rows))
        return taken if len(self._queued_columns) > 1 else [value for (value,) in taken]

    @api.model
    def _query_count(self, limit=100_000, condition=None):
        """Return about how many rows wait. SQL for the bound.

        :param int limit: count no further
        :param SQL condition: of those that meet it, as above
        """
        return self.env.execute_query(
            SQL(
                "SELECT count(*) FROM (SELECT FROM %s WHERE %s LIMIT %s) AS waiting",
                SQL.identifier(self._table),
                condition or SQL("TRUE"),
                limit,
            )
        )[0][0]
