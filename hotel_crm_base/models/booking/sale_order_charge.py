"""Putting charges on a folio at an amount with tax that is met to the cent."""

from odoo import fields, models
from odoo.exceptions import UserError

from .hotel_reservation_folio import QUIET

#: how far beside the computed price the right one may lie, in hundredths of the smallest coin
STEPS = (0, 40, -40, 80, -80, 120, -120)


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _get_charge_taxes(self, product):
        """Return the taxes of a service on this folio.

        :rtype: account.tax
        """
        self.ensure_one()
        taxes = product.taxes_id._filter_taxes_by_company(self.company_id)
        return self.fiscal_position_id.map_tax(taxes)

    def _get_charge_price(self, product, rate):
        """Return the unit price of a service at a rate of the price list, as orders have it.

        Rates include those taxes that are included in prices; a fiscal position may map these away.
        :rtype: float
        """
        self.ensure_one()
        return product._get_tax_included_unit_price_from_price(
            rate,
            product_taxes=product.taxes_id._filter_taxes_by_company(self.company_id),
            fiscal_position=self.fiscal_position_id,
        )

    def _get_night_price(self, product, rate, gross):
        """Return the price of a night on this folio: the one that the guest was told, to the cent.

        A rate with a gross comes from an offer, which has minded the payer's taxes already.
        :rtype: dict
        """
        self.ensure_one()
        if not gross:
            return {"price_unit": self._get_charge_price(product, rate), "extra_tax_data": False}
        details = self._get_details_of_price(self._get_charge_taxes(product), product, rate)
        if not self.currency_id.compare_amounts(details["total_included_currency"], gross):
            return {"price_unit": rate, "extra_tax_data": False}
        price_unit, tax_data = self._get_price_of_gross(product, gross)
        return {"price_unit": price_unit, "extra_tax_data": tax_data or False}

    def _add_charge(self, product, amount_gross, **values):
        """Put a charge on this folio that is due at once.

        :param product.product product: with the taxes that apply
        :param float amount_gross: with tax, in the folio's currency; less than 0 takes a charge back
        :param values: values of the line: name, hotel_kind, hotel_stay_id, ...
        :rtype: sale.order.line
        :raises UserError: the folio takes no charges any more
        """
        self.ensure_one()
        if not self._is_open_folio():
            raise UserError(self.env._("Folio %s is closed.", self.name))
        price_unit, tax_data = self._get_price_of_gross(product, abs(amount_gross))
        sign = -1.0 if amount_gross < 0 else 1.0
        if sign < 0:
            tax_data = self.env["account.tax"]._reverse_quantity_base_line_extra_tax_data(tax_data)
        line_vals = {
            "order_id": self.id,
            "product_id": product.id,
            "product_uom_qty": sign,
            "qty_delivered": sign,
            "price_unit": price_unit,
            "discount": 0.0,
            "extra_tax_data": tax_data or False,
            "hotel_posted_at": fields.Datetime.now(),
            "hotel_service_date": self.hotel_property_id.business_date,
            "sequence": 20,
            **values,
        }
        return self.env["sale.order.line"].with_context(**QUIET).create(line_vals)

    def _get_price_of_gross(self, product, amount_gross, taxes=None):
        """Return the unit price whose total with tax is this amount, to the cent.

        :param float amount_gross: not negative, rounded to the currency
        :param account.tax taxes: on it; default those of the product
        :returns: unit price, and what the tax engine must be told where no price meets the amount
        :rtype: tuple[float, dict]
        """
        self.ensure_one()
        taxes = self._get_charge_taxes(product) if taxes is None else taxes
        currency = self.currency_id
        amount_gross = currency.round(amount_gross)
        if not taxes:
            return amount_gross, {}
        fixed = self._get_details_of_price(taxes, product, 0.0)["raw_total_included_currency"]
        large = 1000000.0
        slope = (self._get_details_of_price(taxes, product, large)["raw_total_included_currency"] - fixed) / large
        price = (amount_gross - fixed) / (slope or 1.0)
        for step in STEPS:
            tried = price + step * currency.rounding / 100
            details = self._get_details_of_price(taxes, product, tried)
            if not currency.compare_amounts(details["total_included_currency"], amount_gross):
                return tried, {}
        return price, self._get_forced_tax_data(taxes, product, price, amount_gross)

    def _get_details_of_price(self, taxes, product, price_unit):
        """Return what the tax engine makes of one piece at a price, rounded as folios are.

        :rtype: dict
        """
        engine = self.env["account.tax"]
        line = engine._prepare_base_line_for_taxes_computation(
            None,
            partner_id=self.partner_id,
            currency_id=self.currency_id,
            product_id=product,
            tax_ids=taxes,
            price_unit=price_unit,
            quantity=1.0,
            rate=self.currency_rate,
        )
        engine._add_tax_details_in_base_line(line, self.company_id, rounding_method="round_per_line")
        engine._round_base_lines_tax_details([line], self.company_id)
        return line["tax_details"]

    def _get_forced_tax_data(self, taxes, product, price_unit, amount_gross):
        """Return the amounts of a line whose rounded parts would miss its total by a cent or two.

        That happens where several taxes round the same way. The net amount takes the difference.
        :rtype: dict
        """
        details = self._get_details_of_price(taxes, product, price_unit)
        amounts = {
            str(tax["tax"].id): {
                "tax_amount_currency": tax["tax_amount_currency"],
                "base_amount_currency": tax["base_amount_currency"],
            }
            for tax in details["taxes_data"]
        }
        tax_total = sum(tax["tax_amount_currency"] for tax in details["taxes_data"])
        return {
            "manual_total_excluded_currency": self.currency_id.round(amount_gross - tax_total),
            "manual_tax_amounts": amounts,
            "currency_id": self.currency_id.id,
            "price_unit": price_unit,
            "discount": 0.0,
            "quantity": 1.0,
            "rate": self.currency_rate,
        }
