from odoo import models


class ResCompany(models.Model):
    _inherit = "res.company"

    def write(self, vals):
        """Figures are in the company's currency."""
        result = super().write(vals)
        if "currency_id" in vals:
            # the program's own, whoever changed it
            hotels = self.env["hotel.property"].sudo().with_context(active_test=False)
            self.env["hotel.figure.queue"].sudo()._query_add_properties(hotels.search([("company_id", "in", self.ids)]))
        return result
