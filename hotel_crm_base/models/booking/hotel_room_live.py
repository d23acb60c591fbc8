"""Screens that show rooms are told when something changes in one: ids go over the bus, nothing else."""

from odoo import api, models

SUBCHANNEL = "hotel_rooms"
NOTICE = "hotel_crm_base.rooms_changed"
#: key of what a transaction has collected: id of a property to ids of rooms
CHANGED = "hotel_crm_base.rooms"


class HotelRoom(models.Model):
    _inherit = "hotel.room"

    def write(self, vals):
        result = super().write(vals)
        if {"housekeeping_state", "housekeeping_note", "active", "room_type_id", "floor_id", "name"} & set(vals):
            self._tell_screens()
        return result

    def _tell_screens(self):
        """Tell who looks at these rooms that they have changed, once this transaction is committed.

        However often a room changes in a transaction, each property is told once.
        """
        if not self:
            return
        precommit = self.env.cr.precommit
        if CHANGED not in precommit.data:
            precommit.data[CHANGED] = {}
            precommit.add(self.env["hotel.room"]._send_changed)
        # whoever moves a guest need not see the room
        for room in self.sudo():
            precommit.data[CHANGED].setdefault(room.property_id.id, set()).add(room.id)

    @api.model
    def _send_changed(self):
        """Put what this transaction has changed on the bus."""
        for hotel_id, room_ids in self.env.cr.precommit.data.pop(CHANGED, {}).items():
            channel = (self.env["hotel.property"].browse(hotel_id), SUBCHANNEL)
            self.env["bus.bus"]._sendone(channel, NOTICE, {"room_ids": sorted(room_ids)})
