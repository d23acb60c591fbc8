from odoo import api, models

from ... import guards


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        """Move consents so that one is current on each purpose and channel, and note the merge."""
        # who may merge has been checked; consents and the log are nobody's to write
        consents = self.env["hotel.consent"].sudo().search([("partner_id", "in", src_partners.ids)])
        if consents:
            consents.with_context(hotel_merge=guards.MERGE).write({"partner_id": dst_partner.id})
        self.env["hotel.access.log"]._log("merge", (), contact_ids=(src_partners | dst_partner).ids)
        return super()._update_foreign_keys(src_partners, dst_partner)
