from odoo import api, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.model
    def _hotel_merge_map(self):
        # figures follow from what moves
        return {**super()._hotel_merge_map(), "loyalty.card": "partner_id", "hotel.loyalty.figure.member": None}
