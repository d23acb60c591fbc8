from odoo import models
from odoo.tools import format_date


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _hotel_merge_map(self):
        return {**super()._hotel_merge_map(), "hotel.campaign.signup": "partner_id"}

    def _hotel_export(self):
        """Add the activities that a guest took part in."""
        signups = self.env["hotel.campaign.signup"].sudo().search([("partner_id", "=", self.id)])
        rows = [
            {
                self.env._("Activity"): signup.campaign_id.title,
                self.env._("Signed up on"): format_date(self.env, signup.create_date),
            }
            for signup in signups
        ]
        return {**super()._hotel_export(), **({self.env._("Activities"): rows} if rows else {})}
