from odoo import api, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.model
    def _hotel_merge_map(self):
        return {**super()._hotel_merge_map(), "loyalty.card": "partner_id"}
