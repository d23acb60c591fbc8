from odoo import api, models
from odoo.tools import SQL


class HotelLoyaltyFigureMixin(models.AbstractModel):
    """Figures that a queue says are due: one job at a time computes them, a batch per transaction."""

    _name = "hotel.loyalty.figure.mixin"
    _description = "Loyalty Figures"
    _log_access = False
    #: model of the queue, and how much of it is taken at once
    _figure_queue = ""
    _figure_batch = 100

    @api.model
    def _refresh_changed(self, batch=None):
        """Compute the figures of what changed, batch by batch, and commit each.

        :returns: how many things were computed anew
        :rtype: int
        """
        queue, cron, refreshed = self.env[self._figure_queue], self.env["ir.cron"], 0
        while self._query_try_lock():
            taken = queue._query_take(batch or self._figure_batch)
            self._refresh_taken(taken)
            refreshed += len(taken)
            seconds_left = cron._commit_progress(len(taken), remaining=queue._query_count())
            if not taken or not seconds_left:
                break
        return refreshed

    @api.model
    def _refresh_taken(self, taken):
        """Compute the figures of these now, in the running transaction.

        :param list taken: what the queue names
        """
        raise NotImplementedError

    @api.model
    def _query_try_lock(self):
        """Return whether this transaction may refresh; SQL because an advisory lock is no record."""
        return self.env.execute_query(SQL("SELECT pg_try_advisory_xact_lock(hashtext(%s))", self._table))[0][0]
