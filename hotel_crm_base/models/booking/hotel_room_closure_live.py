"""What is out of order changes what screens show of a room."""

from odoo import api, models


class HotelRoomClosure(models.Model):
    _inherit = "hotel.room.closure"

    @api.model_create_multi
    def create(self, vals_list):
        closures = super().create(vals_list)
        closures.room_id._tell_screens()
        return closures

    def write(self, vals):
        rooms = self.room_id
        result = super().write(vals)
        (rooms | self.room_id)._tell_screens()
        return result

    def unlink(self):
        rooms = self.room_id
        result = super().unlink()
        rooms._tell_screens()
        return result
