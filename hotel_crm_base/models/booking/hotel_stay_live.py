"""Who comes, stays and goes changes what screens show of a room."""

from odoo import api, models


class HotelStay(models.Model):
    _inherit = "hotel.stay"

    @api.model_create_multi
    def create(self, vals_list):
        stays = super().create(vals_list)
        stays.room_id._tell_screens()
        return stays

    def write(self, vals):
        watched = {"room_id", "state", "arrival_date", "departure_date", "adults", "children"} & set(vals)
        rooms = self.room_id if watched else self.env["hotel.room"]
        result = super().write(vals)
        if watched:
            (rooms | self.room_id)._tell_screens()
        return result

    def unlink(self):
        rooms = self.room_id
        result = super().unlink()
        rooms._tell_screens()
        return result
