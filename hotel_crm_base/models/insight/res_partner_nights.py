from odoo import models


class ResPartner(models.Model):
    _inherit = "res.partner"

    def write(self, vals):
        """Nights are sorted by where their guests come from."""
        result = super().write(vals)
        if {"country_id", "hotel_nationality_id"} & set(vals):
            # the program's own, whoever changed it
            self.env["hotel.figure.queue"].sudo()._query_add_guests(self.ids)
        return result
