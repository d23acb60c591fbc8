from odoo import models


class PartnerMerge(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _update_foreign_keys(self, src_partners, dst_partner):
        """Re-point everything but the figures, which are computed anew for the guest that stays."""
        # staff who merge contacts may not write figures
        metrics = self.env["hotel.guest.metric"].sudo()
        gone = [("partner_id", "in", src_partners.ids)]
        metrics.search(gone).unlink()
        self.env["hotel.guest.metric.month"].sudo().search(gone).unlink()
        self.env["hotel.guest.value"].sudo().search([("partner_id", "in", src_partners.ids)]).unlink()
        self.env["hotel.credit.grade"].sudo()._settle_merge(src_partners, dst_partner)
        result = super()._update_foreign_keys(src_partners, dst_partner)
        metrics._refresh_partners(dst_partner.ids)
        self.env["hotel.stay"].search([("partner_id", "in", dst_partner.ids)])._queue_figures()
        return result
