from odoo import models
from odoo.tools import SQL

from odoo.addons.hotel_crm_base import guards


class HotelStayNight(models.Model):
    _inherit = "hotel.stay.night"

    def write(self, vals):
        result = super().write(vals)
        if {"rate", "date", "property_id"} & set(vals) and not guards.is_given(self.env.context, guards.BULK):
            self.flush_recordset()
            self.env["hotel.figure.queue"].sudo()._query_add(
                SQL(
                    "SELECT DISTINCT night.property_id, night.date FROM hotel_stay_night night"
                    " WHERE night.id = ANY(%s)",
                    self.ids,
                )
            )
        return result
