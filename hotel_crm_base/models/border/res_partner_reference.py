"""The numbers by which other systems know a guest."""

from odoo import api, fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    hotel_reference_ids = fields.One2many("hotel.guest.reference", "partner_id", string="Numbers in Other Systems")

    @api.model
    def _hotel_merge_map(self):
        return {**super()._hotel_merge_map(), "hotel.guest.reference": "partner_id"}

    def _hotel_export(self):
        references = self.sudo().hotel_reference_ids  # the guest's own data
        rows = [{"system": ref.source_system, "number": ref.source_ref} for ref in references]
        return {**super()._hotel_export(), **({"Numbers in Other Systems": rows} if rows else {})}
