from odoo import fields, models

from ..consumption.hotel_consumption import KINDS


class ProductTemplate(models.Model):
    _inherit = "product.template"

    hotel_charge_kind = fields.Selection(
        KINDS,
        string="Hotel Charge",
        copy=False,
        index="btree_not_null",
        help="Charges of this kind that name no product of their own are put on folios as this one.",
    )
