from odoo import models


class ResCompany(models.Model):
    _inherit = "res.company"

    def cache_invalidation_fields(self):
        """Whether prices include taxes is part of what quotes keep of taxes."""
        return super().cache_invalidation_fields() | {"account_price_include"}
