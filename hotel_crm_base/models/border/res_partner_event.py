from odoo import models
from odoo.exceptions import MissingError


class ResPartner(models.Model):
    _inherit = "res.partner"

    # the API lists what was changed
    _hotel_changed_idx = models.Index("(write_date, id) WHERE is_hotel_guest")

    def _prepare_hotel_event(self):
        """Return what other systems are told of this guest, who may be deleted by now.

        :rtype: tuple[dict, hotel.property, res.company]
        """
        try:
            company = self.company_id
        except MissingError:
            company = self.env["res.company"]
        return {"guest_id": self.id}, self.env["hotel.property"], company
