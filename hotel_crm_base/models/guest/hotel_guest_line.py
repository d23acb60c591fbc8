from odoo import fields, models


class HotelGuestLine(models.Model):
    """All words under which one guest is found, in one line, each after a space."""

    _name = "hotel.guest.line"
    _description = "Guest Look-up Line"
    _log_access = False
    _rec_name = "line"

    partner_id = fields.Integer(string="Guest ID", required=True, aggregator=None)
    seen = fields.Integer(required=True, default=0, aggregator=None)
    line = fields.Char(required=True)

    _partner_unique = models.UniqueIndex("(partner_id)")
    # the newest guests first, without touching the table
    _recency_idx = models.Index("(seen DESC, partner_id DESC) INCLUDE (line)")
    # a long list of pending entries would be read by every search
    _parts_idx = models.Index("USING gin (line gin_trgm_ops) WITH (gin_pending_list_limit = 256)")
