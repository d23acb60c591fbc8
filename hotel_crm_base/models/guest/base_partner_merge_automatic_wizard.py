from odoo import models


class BasePartnerMerge(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _merge(self, partner_ids, dst_partner=None, extra_checks=True):
        """Merge, and let the guest that remains be found by what it now is and when it was seen."""
        result = super()._merge(partner_ids, dst_partner=dst_partner, extra_checks=extra_checks)
        # stays are moved by SQL; contacts that are gone and those that are no guests lose their tokens
        self.env["hotel.guest.token"].sudo()._refresh_partners(list(partner_ids))
        return result
