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
