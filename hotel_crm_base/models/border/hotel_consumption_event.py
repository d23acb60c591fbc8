from odoo import models


class HotelConsumption(models.Model):
    """Charges and reversals are told to other systems; imported history is not."""

    _inherit = "hotel.consumption"

    # the API lists what was posted
    _changed_idx = models.Index("(property_id, write_date, id)")

    def _after_post(self):
        self.env["hotel.event.delivery"]._hotel_emit("consumption.posted", self)
        return super()._after_post()

    def _prepare_hotel_event(self):
        """Return what other systems are told of this charge.

        :rtype: tuple[dict, hotel.property, res.company]
        """
        data = {
            "consumption_id": self.id,
            "guest_id": self.partner_id.id or None,
            "stay_id": self.stay_id.id or None,
            "reversal_of_id": self.reversal_of_id.id or None,
            "kind": self.kind,
        }
        return data, self.property_id, self.property_id.company_id
