from odoo import api, models

from ..guest.hotel_guest_trace_mixin import leaves_entry


class HotelRoomRack(models.AbstractModel):
    _inherit = "hotel.room.rack"

    @api.model
    @leaves_entry
    def get_rack(self, property_id, start=False, days=14, by="rooms"):
        """Note the guests on the rack as one list."""
        return super().get_rack(property_id, start, days, by)

    @api.model
    def _prepare_stays(self, stays):
        self.env["hotel.access.log"]._log_screen("room_rack", stays.partner_id.ids, "hotel.stay")
        return super()._prepare_stays(stays)
