from odoo import api, models

from ..guest.hotel_guest_trace_mixin import leaves_entry


class HotelFrontDesk(models.AbstractModel):
    _inherit = "hotel.front.desk"

    @api.model
    @leaves_entry
    def get_day(self, property_id, full=()):
        """Note the guests of the day as one list; the screen loads each minute, so each guest once a day."""
        day = super().get_day(property_id, full)
        shown = {row["partner_id"] for rows in day.values() if isinstance(rows, dict) for row in rows["rows"]}
        self.env["hotel.access.log"]._log_screen("front_desk", shown, "hotel.stay")
        return day
