from odoo import fields, models


class HotelProperty(models.Model):
    _inherit = "hotel.property"

    hotel_analytic_account_id = fields.Many2one(
        "account.analytic.account",
        string="Analytic Account of Points",
        help="Lines of loyalty closings of this hotel's points carry it.",
    )
