from odoo import api, models


class HotelProperty(models.Model):
    _inherit = "hotel.property"

    @api.model_create_multi
    def create(self, vals_list):
        """A company's first property brings the usual credit standards."""
        hotels = super().create(vals_list)
        self.env["hotel.credit.standard"]._load_usual(hotels.company_id)
        return hotels

    def write(self, vals):
        result = super().write(vals)
        if {"currency_id", "company_id"} & set(vals):
            # the program's own, whoever changed it
            self.env["hotel.figure.queue"].sudo()._query_add_properties(self)
        return result
