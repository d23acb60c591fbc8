from odoo import api, fields, models
from odoo.tools import SQL

from .hotel_import_options import KINDS

COUNTED = ("created", "updated", "unchanged", "staged", "refused", "mended", "dropped")


class HotelFeedFigure(models.Model):
    """What became of the rows of one kind that one client sent on one day."""

    _name = "hotel.feed.figure"
    _description = "Rows of Other Systems by Day"
    _order = "date desc, id desc"
    _log_access = False

    client_id = fields.Many2one("hotel.api.client", required=True, readonly=True, ondelete="cascade")
    company_id = fields.Many2one(related="client_id.company_id", store=True, index=True)
    kind = fields.Selection(KINDS, required=True, readonly=True)
    date = fields.Date(required=True, readonly=True)
    created_count = fields.Integer(string="Created", readonly=True)
    updated_count = fields.Integer(string="Updated", readonly=True)
    unchanged_count = fields.Integer(string="Unchanged", readonly=True)
    staged_count = fields.Integer(string="Staged", readonly=True)
    refused_count = fields.Integer(string="Refused", readonly=True)
    mended_count = fields.Integer(string="Mended and Taken", readonly=True)
    dropped_count = fields.Integer(string="Dropped", readonly=True)

    _once = models.UniqueIndex("(client_id, kind, date)", "These figures exist.")

    @api.model
    def _query_count(self, client, kind, counts, is_again=False):
        """Add to the figures of today; SQL because adding to a number and writing it has to be one step.

        :param dict counts: statuses of rows to how many
        :param bool is_again: the rows waited: those that are taken now are mended ones
        """
        if is_again:
            counts = {"mended": sum(counts.get(name, 0) for name in ("created", "updated", "unchanged"))}
        found = [counts.get(name, 0) for name in COUNTED]
        if not any(found):
            return
        names = [SQL.identifier(f"{name}_count") for name in COUNTED]
        self.env.cr.execute(
            SQL(
                """INSERT INTO hotel_feed_figure AS f (client_id, company_id, kind, date, %(names)s)
                   VALUES (%(client)s, %(company)s, %(kind)s, %(date)s, %(values)s)
                   ON CONFLICT (client_id, kind, date) DO UPDATE SET %(sums)s""",
                names=SQL(", ").join(names),
                client=client.id,
                company=client.company_id.id,
                kind=kind,
                date=fields.Date.context_today(self.with_context(tz=client.property_ids[:1].tz or "UTC")),
                values=SQL(", ").join(SQL("%s", value) for value in found),
                sums=SQL(", ").join(
                    SQL("%s = COALESCE(%s, 0) + %s", name, SQL("f.%s", name), value)
                    for name, value in zip(names, found, strict=True)
                ),
            )
        )
        self.invalidate_model()
