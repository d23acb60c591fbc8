from odoo import models


class HotelStay(models.Model):
    """Stays that begin, end or are cancelled are told to other systems."""

    _inherit = "hotel.stay"

    # the API lists what was changed
    _changed_idx = models.Index("(property_id, write_date, id)")

    def _after_check_in(self):
        self.env["hotel.event.delivery"]._hotel_emit("stay.checked_in", self)
        return super()._after_check_in()

    def _after_check_out(self):
        self.env["hotel.event.delivery"]._hotel_emit("stay.checked_out", self)
        return super()._after_check_out()

    def _after_cancel(self):
        self.env["hotel.event.delivery"]._hotel_emit("stay.cancelled", self)
        return super()._after_cancel()

    def _prepare_hotel_event(self):
        """Return what other systems are told of this stay.

        :rtype: tuple[dict, hotel.property, res.company]
        """
        data = {
            "stay_id": self.id,
            "guest_id": self.partner_id.id or None,
            "booking": self.reservation_id.name or None,
            "state": self.state,
        }
        return data, self.property_id, self.property_id.company_id
