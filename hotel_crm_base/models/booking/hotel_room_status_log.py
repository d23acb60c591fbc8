from dateutil.relativedelta import relativedelta

from odoo import api, fields, models

from .hotel_room_status import STATES

REASONS = [
    ("hand", "By Hand"),
    ("check_out", "Check-Out"),
    ("move", "Guest Moved"),
    ("night", "Night Slept"),
]
#: months that changes are kept
MONTHS = 13


class HotelRoomStatusLog(models.Model):
    """One change of how clean a room is."""

    _name = "hotel.room.status.log"
    _description = "Change of Housekeeping"
    _order = "id desc"
    _log_access = False
    _rec_name = "room_id"

    room_id = fields.Many2one("hotel.room", required=True, index=True, ondelete="cascade")
    property_id = fields.Many2one(related="room_id.property_id", store=True, index=True)
    company_id = fields.Many2one(related="property_id.company_id", store=True)
    state_before = fields.Selection(STATES, string="Before")
    state = fields.Selection(STATES, required=True)
    reason = fields.Selection(REASONS, required=True, default="hand")
    user_id = fields.Many2one("res.users", ondelete="restrict")
    changed_at = fields.Datetime(required=True, default=fields.Datetime.now)

    @api.autovacuum
    def _gc_old_changes(self, batch=10_000):
        """Forget changes of long ago."""
        before = fields.Datetime.now() - relativedelta(months=MONTHS)
        old = self.search([("changed_at", "<", before)], limit=batch, order="id")
        old.unlink()
        return len(old), len(old) == batch
