from odoo import models


class LoyaltyCard(models.Model):
    _inherit = "loyalty.card"

    def _prepare_hotel_event(self):
        """Return what other systems are told of this member.

        :rtype: tuple[dict, hotel.property, res.company]
        """
        data = {"card_id": self.id, "guest_id": self.partner_id.id or None, "tier": self.hotel_tier_id.code or None}
        return data, self.env["hotel.property"], self.program_id.company_id
