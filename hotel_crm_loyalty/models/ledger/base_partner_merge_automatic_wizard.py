from odoo import models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _update_foreign_keys(self, src_partners, dst_partner):
        """Unite the cards of two guests before everything else of theirs moves; afterwards all of it is judged anew."""
        # who may merge guests has been checked; cards are the program's own
        cards = self.env["loyalty.card"].sudo()._hotel_unite(src_partners, dst_partner)
        result = super()._update_foreign_keys(src_partners, dst_partner)
        cards._hotel_evaluate()
        return result
