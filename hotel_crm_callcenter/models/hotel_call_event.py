from odoo import fields, models
from odoo.exceptions import AccessError


class HotelCallEvent(models.Model):
    """One event as the bridge has told it, without numbers and names; append-only."""

    _name = "hotel.call.event"
    _description = "Telephony Event"
    _order = "call_id, seq, id"
    _rec_name = "kind"
    _log_access = False

    call_id = fields.Many2one("hotel.call", required=True, index=True, ondelete="cascade")
    property_id = fields.Many2one(related="call_id.property_id", store=True, index=True)
    exchange_id = fields.Many2one("hotel.call.exchange", required=True, ondelete="cascade")
    event_uuid = fields.Char(string="Event", required=True)
    seq = fields.Integer(string="Number", required=True)
    occurred_at = fields.Datetime(required=True)
    kind = fields.Char(required=True)
    data = fields.Json()

    _once = models.UniqueIndex("(exchange_id, event_uuid)", "This event was told before.")

    def write(self, vals):
        """Refuse changes: what happened has happened."""
        raise AccessError(self.env._("Events of calls are not changed."))
