from odoo import models


class AccountFiscalPosition(models.Model):
    """Quotes keep which position belongs to a place."""

    _name = "account.fiscal.position"
    _inherit = ["account.fiscal.position", "hotel.cached.mixin"]
