"""How the feeds of other systems stand: taken, waiting, dropped, since when."""

from odoo import fields, models
from odoo.tools import SQL

from ..models.border.hotel_import_options import KINDS


class HotelFeedReport(models.Model):
    """How one kind of rows of one client stands."""

    _name = "hotel.feed.report"
    _description = "Feeds of Other Systems"
    _auto = False
    _order = "oldest_at, client_id, kind"
    _rec_name = "client_id"

    client_id = fields.Many2one("hotel.api.client", readonly=True)
    source_system = fields.Char(readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    kind = fields.Selection(KINDS, readonly=True)
    taken_count = fields.Integer(string="Taken", readonly=True, help="Created, updated or known already, all in all.")
    waiting_count = fields.Integer(string="Waiting", readonly=True)
    oldest_at = fields.Datetime(string="Oldest Waiting Since", readonly=True)
    mended_count = fields.Integer(string="Mended and Taken", readonly=True)
    dropped_count = fields.Integer(string="Dropped", readonly=True)
    refused_count = fields.Integer(string="Refused", readonly=True, help="About guests who were erased on request.")
    last_date = fields.Date(string="Last Batch on", readonly=True)

    @property
    def _table_query(self):
        return SQL(
            """SELECT f.id, f.client_id, c.source_system, c.company_id, f.kind, f.taken_count, f.mended_count,
                      f.dropped_count, f.refused_count, f.last_date, COALESCE(w.count, 0) AS waiting_count, w.oldest_at
                 FROM (SELECT min(id) AS id, client_id, kind, max(date) AS last_date,
                              sum(COALESCE(created_count, 0) + COALESCE(updated_count, 0)
                                  + COALESCE(unchanged_count, 0) + COALESCE(mended_count, 0)) AS taken_count,
                              sum(COALESCE(mended_count, 0)) AS mended_count,
                              sum(COALESCE(dropped_count, 0)) AS dropped_count,
                              sum(COALESCE(refused_count, 0)) AS refused_count
                         FROM hotel_feed_figure GROUP BY client_id, kind) f
                 JOIN hotel_api_client c ON c.id = f.client_id
            LEFT JOIN (SELECT client_id, kind, count(*) AS count, min(received_at) AS oldest_at
                         FROM hotel_feed_row WHERE state = 'waiting' GROUP BY client_id, kind) w
                   ON w.client_id = f.client_id AND w.kind = f.kind"""
        )

    def action_open_rows(self):
        """Open what waits of this feed. For managers and administrators."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("hotel_crm_base.hotel_feed_row_action")
        domain = [("client_id", "=", self.client_id.id), ("kind", "=", self.kind)]
        return {**action, "domain": domain, "context": {"search_default_waiting": 1}}
