"""How clean a room is: who said so, and when. Every change is kept."""

from odoo import api, fields, models
from odoo.tools import SQL

from ... import guards

STATES = [("dirty", "Dirty"), ("clean", "Clean"), ("inspected", "Inspected")]


class HotelRoom(models.Model):
    _inherit = "hotel.room"

    housekeeping_state = fields.Selection(
        STATES, string="Housekeeping", required=True, default="clean", index=True, copy=False
    )
    housekeeping_at = fields.Datetime(string="Since", readonly=True, copy=False)
    housekeeping_by_id = fields.Many2one("res.users", string="Changed By", readonly=True, copy=False)
    housekeeping_note = fields.Char(string="Note of Housekeeping", copy=False)
    dirty_since_at = fields.Datetime(string="Dirty Since", readonly=True, copy=False)
    status_log_ids = fields.One2many("hotel.room.status.log", "room_id", string="Changes of Housekeeping")

    def write(self, vals):
        if "housekeeping_state" not in vals:
            return super().write(vals)
        state = vals["housekeeping_state"]
        changed = {room: room.housekeeping_state for room in self if room.housekeeping_state != state}
        result = super().write(vals)
        if changed:
            self.browse().union(*changed)._after_housekeeping(changed)
        return result

    def _after_housekeeping(self, before):
        """Stamp and note a change of state that has just been written.

        :param dict[hotel.room, str] before: the states as they were
        """
        now = fields.Datetime.now()
        state = self[:1].housekeeping_state
        self.write(
            {
                "housekeeping_at": now,
                "housekeeping_by_id": self.env.uid,
                "dirty_since_at": now if state == "dirty" else False,
            }
        )
        # nobody writes the log by hand
        self.env["hotel.room.status.log"].sudo().create(
            [
                {
                    "room_id": room.id,
                    "state_before": before[room],
                    "state": state,
                    "user_id": self.env.uid,
                    "reason": self._get_housekeeping_reason(),
                }
                for room in self
            ]
        )

    @api.model
    def _get_housekeeping_reason(self):
        """Return why states change now: what code said, else by hand."""
        reason = self.env.context.get("hotel_housekeeping_reason")
        return str(reason) if isinstance(reason, guards.Source) else "hand"

    def _set_dirty(self, reason="hand"):
        """Let these rooms be dirty, whoever may or may not write rooms. Those that are stay as they are.

        :param str reason: a reason of hotel.room.status.log
        """
        clean = self.sudo().filtered(lambda room: room.housekeeping_state != "dirty")
        if clean:
            clean = clean.with_context(hotel_housekeeping_reason=guards.Source(reason))
            clean.write({"housekeeping_state": "dirty"})

    def _lock_housekeeping(self):
        """Let somebody else finish with these rooms first, then read them as they are now."""
        self.env.flush_all()
        query = "SELECT id FROM hotel_room WHERE id IN %s ORDER BY id FOR NO KEY UPDATE"
        self.env.execute_query(SQL(query, tuple(self.ids)))
        self.invalidate_recordset(["housekeeping_state", "housekeeping_note"])
