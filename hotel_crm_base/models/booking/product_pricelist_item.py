from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...rate_calendar import clean_weekdays


class ProductPricelistItem(models.Model):
    _inherit = "product.pricelist.item"

    hotel_weekdays = fields.Char(
        string="Weekdays",
        help="Digits of the days on which the rule holds, 1 for Monday to 7 for Sunday. Empty: every day.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._clean_hotel_weekdays(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._clean_hotel_weekdays(vals))

    @api.model
    def _clean_hotel_weekdays(self, vals):
        """Return values with weekdays in order, once each, and empty for every day."""
        if not vals.get("hotel_weekdays"):
            return vals
        try:
            return {**vals, "hotel_weekdays": clean_weekdays(vals["hotel_weekdays"]) or False}
        except ValueError as error:
            raise ValidationError(
                self.env._("Weekdays are digits from 1 for Monday to 7 for Sunday, such as 67.")
            ) from error
