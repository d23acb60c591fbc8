from odoo import models


class HotelRoomType(models.Model):
    _inherit = "hotel.room.type"

    def write(self, vals):
        result = super().write(vals)
        if "overbooking" in vals:
            self.env["hotel.inventory"].sudo()._refresh(self)
        return result
