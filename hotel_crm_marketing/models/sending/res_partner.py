from odoo import models


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _hotel_merge_map(self):
        return {**super()._hotel_merge_map(), "hotel.campaign.member": "partner_id"}
