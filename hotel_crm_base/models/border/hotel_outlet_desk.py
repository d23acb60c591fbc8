from odoo import api, models

from ..guest.hotel_guest_trace_mixin import leaves_entry


class HotelOutletDesk(models.AbstractModel):
    _inherit = "hotel.outlet.desk"

    @api.model
    @leaves_entry
    def get_guest(self, outlet_id, guest_id):
        """Note that an outlet has looked at a guest."""
        guest = super().get_guest(outlet_id, guest_id)
        self.env["hotel.access.log"]._log("open", [guest["id"]])
        return guest

    @api.model
    @leaves_entry
    def get_day(self, outlet_id):
        """Note the guests of the day as one list."""
        return super().get_day(outlet_id)

    @api.model
    def _prepare_rows(self, bills):
        self.env["hotel.access.log"]._log_screen("outlet", bills.partner_id.ids, "hotel.outlet.bill")
        return super()._prepare_rows(bills)
