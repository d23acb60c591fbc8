from odoo import models


class AccountTaxRepartitionLine(models.Model):
    """Of which kind a tax is, its lines decide, too."""

    _name = "account.tax.repartition.line"
    _inherit = ["account.tax.repartition.line", "hotel.cached.mixin"]
