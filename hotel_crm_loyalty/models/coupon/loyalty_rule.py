from odoo import api, fields, models

from ...codes import read_code


class LoyaltyRule(models.Model):
    _inherit = "loyalty.rule"

    hotel_code_key = fields.Char(
        compute="_compute_hotel_code_key", store=True, index="btree_not_null", help="The code as it is looked up."
    )

    @api.depends("code", "mode")
    def _compute_hotel_code_key(self):
        for rule in self:
            rule.hotel_code_key = read_code(rule.code) if rule.mode == "with_code" else False

    def _get_hotel_problem(self, booking):
        """Return what keeps a booking from fulfilling this rule, as a sentence for the booker; empty where nothing.

        :param booking.Booking booking: nights and prices
        :rtype: str
        """
        self.ensure_one()
        # who books has no rights on programmes
        rule = self.sudo()
        currency = self.env["hotel.property"].sudo().browse(booking.property_id).currency_id
        products = self.env["product.product"].sudo().browse({charge.product for charge in booking.charges})
        valid = set(products.filtered_domain(rule._get_valid_product_domain()).ids)
        charges = [charge for charge in booking.charges if charge.product in valid]
        least = rule._compute_amount(currency)
        with_tax = rule.minimum_amount_tax_mode == "incl"
        amount = sum(charge.amount if with_tax else charge.net for charge in charges) * currency.rounding
        if currency.compare_amounts(amount, least) < 0:
            return self.env._("This code is for bookings of %s and more.", currency.format(least))
        if not charges or len(charges) < rule.minimum_qty:
            return self.env._("This code is for bookings of %s nights and more.", max(rule.minimum_qty, 1))
        return ""
