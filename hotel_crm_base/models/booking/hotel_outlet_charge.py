from odoo import fields, models


class HotelOutlet(models.Model):
    _inherit = "hotel.outlet"

    product_id = fields.Many2one(
        "product.product",
        string="Charged As",
        ondelete="restrict",
        check_company=True,
        domain="[('type', '=', 'service'), ('company_id', 'in', (False, company_id))]",
        help="The product on folios, with its taxes. Empty: that of the kind of charge.",
    )
