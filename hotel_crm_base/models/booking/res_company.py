from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    # rules about guests ask for it in each call of staff: it alone, not the hundred columns of a company
    parent_path = fields.Char(prefetch="parent_path")

    def cache_invalidation_fields(self):
        """Whether prices include taxes is part of what quotes keep of taxes."""
        return super().cache_invalidation_fields() | {"account_price_include"}
