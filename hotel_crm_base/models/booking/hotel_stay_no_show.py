from odoo import models


class HotelStay(models.Model):
    _inherit = "hotel.stay"

    def action_no_show(self):
        """As before; the fee that the terms of the booking name is charged."""
        coming = self.filtered(lambda stay: stay.state != "no_show")
        result = super().action_no_show()
        for reservation in coming.reservation_id:
            reservation._collect_fee("no_show")
        return result
