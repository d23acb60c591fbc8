"""What guests did at all companies together, so that they are found by it without adding up a million rows."""

from odoo import api, fields, models
from odoo.tools import SQL

#: field that is summed up -> field of the sum
CHAIN = {
    name: f"chain_{name}" for name in ("stay_count", "night_count", "cancel_count", "no_show_count")
}


class HotelGuestMetric(models.Model):
    _inherit = "hotel.guest.metric"

    # searched by, never read: what other companies count is not for everybody who reads a row
    chain_stay_count = fields.Integer(string="Stays of the Chain", readonly=True, groups=fields.NO_ACCESS)
    chain_night_count = fields.Integer(string="Nights of the Chain", readonly=True, groups=fields.NO_ACCESS)
    chain_cancel_count = fields.Integer(string="Cancellations of the Chain", readonly=True, groups=fields.NO_ACCESS)
    chain_no_show_count = fields.Integer(string="No-Shows of the Chain", readonly=True, groups=fields.NO_ACCESS)

    _stays_idx = models.Index("(stay_count)")
    _chain_stays_idx = models.Index("(chain_stay_count)")
    _chain_nights_idx = models.Index("(chain_night_count)")

    def init(self):
        """Fill the sums of rows that are older than they."""
        self._query_sum_up(SQL("metric.chain_stay_count IS NULL"))

    @api.model
    def _query_sum_up(self, condition):
        """Write the sums of guests of whom a row fulfils a condition; SQL because of volume.

        :param SQL condition: over ``metric``
        """
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """UPDATE hotel_guest_metric metric SET (%s) = ROW(%s)
                     FROM (SELECT partner_id, %s FROM hotel_guest_metric WHERE partner_id IN
                            (SELECT metric.partner_id FROM hotel_guest_metric metric WHERE %s)
                            GROUP BY partner_id) whole
                    WHERE whole.partner_id = metric.partner_id""",
                SQL(", ").join(map(SQL.identifier, CHAIN.values())),
                SQL(", ").join(SQL.identifier("whole", name) for name in CHAIN.values()),
                SQL(", ").join(
                    SQL("COALESCE(sum(%s), 0) AS %s", SQL.identifier(name), SQL.identifier(total))
                    for name, total in CHAIN.items()
                ),
                condition,
            )
        )
        self.invalidate_model(list(CHAIN.values()))

    # a refresh computes all companies of a guest at once: the sums are a window over its rows

    @api.model
    def _query_column_names(self, queries):
        return [*super()._query_column_names(queries), *CHAIN.values()]

    @api.model
    def _get_column_value(self, name):
        part = next((part for part, total in CHAIN.items() if total == name), None)
        if not part:
            return super()._get_column_value(name)
        return SQL(
            "(sum(COALESCE(%s, 0)) OVER (PARTITION BY partner_id))::int4 AS %s",
            SQL.identifier(part),
            SQL.identifier(name),
        )
