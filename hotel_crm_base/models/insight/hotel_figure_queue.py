from odoo import api, fields, models
from odoo.tools import SQL


class HotelFigureQueue(models.Model):
    """A date of a property whose facts changed since its daily figures were computed."""

    _name = "hotel.figure.queue"
    _inherit = ["hotel.change.queue"]
    _description = "Days Whose Figures Are Due"
    _rec_name = "date"
    _log_access = False
    _queued_columns = ("property_id", "date")

    # no foreign key, as with the guests
    property_id = fields.Integer(string="Property (id)", required=True)
    date = fields.Date(required=True)

    @api.model
    def _query_take(self, limit):
        """Take days off the queue with all their rows: a day that a large import has touched a hundred
        times is computed once. SQL because there may be a million rows.

        One job at a time takes days (see ``hotel.figure.day``), so none is locked.

        :param int limit: how many days at most, the earliest first
        :returns: (id of the property, date)
        :rtype: list[tuple[int, date]]
        """
        rows = self.env.execute_query(
            SQL(
                """WITH due AS (
                     SELECT DISTINCT date, property_id FROM hotel_figure_queue ORDER BY date, property_id LIMIT %s),
                   taken AS (
                     DELETE FROM hotel_figure_queue queue USING due
                      WHERE queue.date = due.date AND queue.property_id = due.property_id)
                   SELECT property_id, date FROM due ORDER BY property_id, date""",
                limit,
            )
        )
        return [tuple(row) for row in rows]

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
                   SELECT other.property_id, other.arrival_date FROM hotel_stay other
                    WHERE other.partner_id = ANY(ARRAY(
                          SELECT stay.partner_id FROM hotel_stay stay
                           WHERE stay.partner_id IS NOT NULL AND (%(stays)s)))""",
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
