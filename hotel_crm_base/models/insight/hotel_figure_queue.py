from odoo import api, fields, models
from odoo.tools import SQL


class HotelFigureQueue(models.Model):
    """A date of a property whose facts changed since its daily figures were computed."""

    _name = "hotel.figure.queue"
    _inherit = ["hotel.change.queue"]
    _description = "Days Whose Figures Are Due"
    _rec_name = "date"
    _log_access = False
    _queued_columns = ("property_id", "date", "with_nights")

    # no foreign key, as with the guests
    property_id = fields.Integer(string="Property (id)", required=True)
    date = fields.Date(required=True)
    with_nights = fields.Boolean(default=True, help="Nights changed, too, not only arrivals or consumption.")

    @api.model
    def _query_add(self, rows, *, with_nights=True):
        """Queue what a query gives, see there.

        :param SQL rows: a SELECT of properties and dates
        :param bool with_nights: until the job has been there, reports count the nights of these days one by one
        """
        return super()._query_add(SQL("SELECT due.*, %s FROM (%s) due (property_id, date)", with_nights, rows))

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
        """Queue all dates of some stays.

        SQL because dates of a range are rows there.

        :param SQL stays: condition on hotel_stay, called ``stay``
        """
        self._query_add(
            SQL(
                """SELECT DISTINCT stay.property_id, day::date FROM hotel_stay stay,
                          generate_series(stay.arrival_date,
                                          GREATEST(stay.departure_date - 1, stay.arrival_date), '1 day') day
                    WHERE %s""",
                stays,
            )
        )

    @api.model
    def _query_add_arrivals(self, stays):
        """Queue the arrivals of the guests of some stays: which one is the first may change.

        SQL, and ``stays``, as above.
        """
        self._query_add(
            SQL(
                """SELECT DISTINCT other.property_id, other.arrival_date FROM hotel_stay other
                    WHERE other.partner_id = ANY(ARRAY(
                          SELECT stay.partner_id FROM hotel_stay stay
                           WHERE stay.partner_id IS NOT NULL AND (%s)))""",
                stays,
            ),
            with_nights=False,
        )

    @api.model
    def _query_add_guests(self, guest_ids):
        """Queue all dates of the stays of some guests, by whose country nights are sorted.

        :param list[int] guest_ids: ids of contacts
        """
        if guest_ids:
            self._query_add_stays(SQL("stay.partner_id = ANY(%s)", guest_ids))

    @api.model
    def _query_add_properties(self, hotels):
        """Queue all dates with nights of some properties, whose amounts are in another currency now.

        SQL because of years of dates.
        """
        self._query_add(
            SQL("SELECT DISTINCT property_id, date FROM hotel_stay_night WHERE property_id = ANY(%s)", hotels.ids)
        )

    @api.model
    def _query_add_consumption(self, lines):
        """Queue the business dates of some consumption.

        SQL because a bulk load queues days of a million rows.

        :param SQL lines: condition on hotel_consumption, called ``line``
        """
        self._query_add(
            SQL("SELECT DISTINCT line.property_id, line.business_date FROM hotel_consumption line WHERE %s", lines),
            with_nights=False,
        )
