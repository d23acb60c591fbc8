from odoo import models


class HotelCase(models.Model):
    """Cases that are opened or solved are told to other systems."""

    _inherit = "hotel.case"

    def _after_create(self):
        result = super()._after_create()
        self.env["hotel.event.delivery"]._hotel_emit("case.opened", self)
        return result

    def _after_enter_state(self, state, before):
        result = super()._after_enter_state(state, before)
        if state == "solved":
            self.env["hotel.event.delivery"]._hotel_emit("case.solved", self)
        return result

    def _prepare_hotel_event(self):
        """Return what other systems are told of this case.

        :rtype: tuple[dict, hotel.property, res.company]
        """
        data = {
            "case_id": self.id,
            "guest_id": self.partner_id.id or None,
            "stay_id": self.stay_id.id or None,
            "kind": self.kind,
            "state": self.state,
        }
        return data, self.property_id, self.property_id.company_id
