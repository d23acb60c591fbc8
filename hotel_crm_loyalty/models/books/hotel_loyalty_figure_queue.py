from odoo import api, fields, models
from odoo.tools import SQL


class HotelLoyaltyFigureQueue(models.Model):
    """A day whose moves of points changed since its figures were computed."""

    _name = "hotel.loyalty.figure.queue"
    _inherit = ["hotel.change.queue"]
    _description = "Days Whose Loyalty Figures Are Due"
    _rec_name = "date"
    _log_access = False
    _queued_columns = ("date",)

    date = fields.Date(required=True, index=True)

    @api.model
    def _query_take(self, limit):
        """Take days off the queue with all their rows: one that a thousand batches touched is computed once.

        One job at a time takes days (see ``hotel.loyalty.figure.day``), so none is locked. SQL because there
        may be many rows.

        :param int limit: how many days at most, the earliest first
        :rtype: list[date]
        """
        rows = self.env.execute_query(
            SQL(
                """WITH due AS (SELECT DISTINCT date FROM hotel_loyalty_figure_queue ORDER BY date LIMIT %s),
                        taken AS (DELETE FROM hotel_loyalty_figure_queue queue USING due WHERE queue.date = due.date)
                   SELECT date FROM due ORDER BY date""",
                limit,
            )
        )
        return [date for (date,) in rows]
