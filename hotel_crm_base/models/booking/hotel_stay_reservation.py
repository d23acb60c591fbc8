from odoo import fields, models


class HotelStay(models.Model):
    _inherit = "hotel.stay"

    reservation_id = fields.Many2one("hotel.reservation", index="btree_not_null", ondelete="restrict", copy=False)
    folio_line_ids = fields.One2many("sale.order.line", "hotel_stay_id", string="Folio Lines")
