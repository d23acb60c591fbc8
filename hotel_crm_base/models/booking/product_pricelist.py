from datetime import datetime

from odoo import fields, models


class ProductPricelist(models.Model):
    _inherit = "product.pricelist"

    def _get_applicable_rules_domain(self, products, date, **kwargs):
        """Leave out rules of other weekdays, by the time zone of the context."""
        day = date
        if isinstance(date, datetime):
            day = fields.Datetime.context_timestamp(self, date)
        return [
            *super()._get_applicable_rules_domain(products, date, **kwargs),
            "|",
            ("hotel_weekdays", "=", False),
            ("hotel_weekdays", "like", str(day.isoweekday())),
        ]
