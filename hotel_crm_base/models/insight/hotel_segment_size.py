import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

_logger = logging.getLogger(__name__)
#: milliseconds that one segment may take at night
PATIENCE = 120_000


class HotelSegmentSize(models.Model):
    """How large a segment was on one day."""

    _name = "hotel.segment.size"
    _description = "Size of a Segment"
    _order = "date desc, id desc"
    _log_access = False
    _rec_name = "date"

    segment_id = fields.Many2one("hotel.segment", required=True, ondelete="cascade")
    date = fields.Date(required=True)
    member_count = fields.Integer(string="Guests Inside", aggregator=None)
    member_spend = fields.Monetary(string="Spend", aggregator=None)
    currency_id = fields.Many2one("res.currency", required=True, ondelete="restrict")

    _once = models.UniqueIndex("(segment_id, date)", "A segment is measured once a day.")

    @api.model
    def _get_size(self, segment, days):
        """Return how many members there were so many days ago: by the last measure before, at most a week older.

        :rtype: int | None
        """
        day = fields.Date.context_today(self) - timedelta(days=days)
        found = self.sudo().search(
            [
                ("segment_id", "in", segment._origin.ids),
                ("date", "<=", day),
                ("date", ">=", day - timedelta(days=7)),
            ],
            limit=1,
        )
        return found.member_count if found else None

    @api.model
    def _cron_measure(self):
        """Write down how large each segment is today; one that fails does not keep the others."""
        today = fields.Date.context_today(self)
        done = self.search([("date", "=", today)]).segment_id
        segments = self.env["hotel.segment"].search([("id", "not in", done.ids)])
        progress = self.env["ir.cron"]
        progress._commit_progress(remaining=len(segments))
        for segment in segments:
            self._measure(segment, today)
            if not progress._commit_progress(1):
                break

    def _measure(self, segment, today):
        try:
            with self.env.cr.savepoint():
                self.env.cr.execute(SQL("SET LOCAL statement_timeout = %s", PATIENCE))
                figures = segment._query_figures()
                self.create(
                    {
                        "segment_id": segment.id,
                        "date": today,
                        "member_count": figures["count"],
                        "member_spend": figures["spend"],
                        "currency_id": segment.currency_id.id,
                    }
                )
        except Exception as error:  # a filter on something that is gone: seen on the segment, logged without data
            _logger.warning("segment %s could not be measured: %s", segment.id, type(error).__name__)
        self.env.cr.execute("SET LOCAL statement_timeout = 0")
