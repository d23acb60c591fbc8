from datetime import timedelta

from odoo import models


class HotelStay(models.Model):
    _inherit = "hotel.stay"

    def write(self, vals):
        left = self.browse()
        if "room_id" in vals:
            left = self.filtered(lambda stay: stay.state == "in_house" and stay.room_id.id != vals["room_id"])
        rooms = left.room_id
        result = super().write(vals)
        if rooms:
            # the desk moves guests without rights on rooms
            rooms._set_dirty("move")
        return result

    def _after_check_out(self):
        result = super()._after_check_out()
        # departures of long ago, such as those of an import, say nothing about the room now
        lately = self.filtered(
            lambda stay: stay.departure_date >= stay.property_id.business_date - timedelta(days=1)
        )
        lately.room_id._set_dirty("check_out")
        return result
