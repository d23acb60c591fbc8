from odoo import models


class HotelMerge(models.Model):
    """Other systems are told which guest became which one."""

    _inherit = "hotel.merge"

    def _after_move(self):
        result = super()._after_move()
        self.env["hotel.event.delivery"]._hotel_emit("guest.merged", self)
        return result

    def _prepare_hotel_event(self):
        """Return what other systems are told of this merge.

        :rtype: tuple[dict, hotel.property, res.company]
        """
        data = {"guest_id": self.kept_id.id, "merged_guest_id": self.gone_id.id}
        return data, self.env["hotel.property"], self.kept_id.company_id
