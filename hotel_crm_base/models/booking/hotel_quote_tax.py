from functools import cache

from odoo import models, tools
from odoo.tools import float_round

from ...pricing import Sums, Tax, TaxAmount, Till, is_simple, sum_up

SIMPLE_KINDS = ("percent", "fixed")
#: methods of fiscal positions whose answer follows from where the payer is
CHOOSING = ("_get_fiscal_position", "_get_first_matching_fpos", "_get_fpos_validation_functions", "map_tax")


class HotelQuote(models.AbstractModel):
    """Taxes of room rates: those of the product, mapped by the fiscal position of who pays."""

    _inherit = "hotel.quote"

    def _get_tills(self, hotel, products, partner):
        """Return for each product how its rates are adapted to the payer's taxes, and taxed.

        :returns: product -> (function that turns a rate into the one that is billed, the till)
        :rtype: dict[int, tuple[Callable[[float], float], pricing.Till]]
        """
        position = self._get_position(partner)
        tills, made = {}, {}
        for product in products:
            # of the template: the product's own field is a related one, computed record by record
            own = product.product_tmpl_id.taxes_id._filter_taxes_by_company(hotel.company_id)
            if own not in made:
                taxes = own.browse(self._map_taxes(position.id, own._ids)) if position else own
                made[own] = (self._make_adapter(hotel, product, own, taxes), self._make_till(hotel, product, taxes))
            tills[product.id] = made[own]
        return tills

    def _get_position(self, partner):
        """Return the fiscal position of a payer, as Odoo chooses it: for most, where they live says it all.

        :rtype: account.fiscal.position
        """
        positions = self.env["account.fiscal.position"]
        is_own = partner.vat or partner.with_env(self.env).property_account_position_id
        if not partner or is_own or not self._is_choice_known():
            return positions._get_fiscal_position(partner)
        if not partner.country_id:
            return positions
        postcode = partner.zip if self._is_postcode_needed(self.env.company.id) else None
        place = (self.env.company.id, partner.country_id.id, partner.state_id.id, postcode)
        return positions.browse(self._read_position_id(place, partner))

    @tools.ormcache("place")
    def _read_position_id(self, place, partner):
        """Return the id of the fiscal position of those at a place, or None; kept until a position changes.

        :param tuple place: company, country, state, postcode
        :param res.partner partner: one who lives there, without a tax number or a position of his own
        """
        return self.env["account.fiscal.position"]._get_fiscal_position(partner).id or None

    @tools.ormcache("company_id")
    def _is_postcode_needed(self, company_id):
        """Whether a postcode may decide in a company: else there is no need to tell them apart."""
        positions = self.env["account.fiscal.position"]
        company = self.env["res.company"].browse(company_id)
        domain = [*positions._check_company_domain(company), ("auto_apply", "=", True), ("zip_from", "!=", False)]
        return bool(positions.search_count(domain, limit=1))

    @tools.ormcache("position_id", "tax_ids")
    def _map_taxes(self, position_id, tax_ids):
        """Return the ids of the taxes that a fiscal position puts in the place of some; kept as above."""
        position = self.env["account.fiscal.position"].browse(position_id)
        return position.map_tax(self.env["account.tax"].browse(tax_ids))._ids

    def _is_choice_known(self):
        """Whether no other addon chooses fiscal positions its own way."""
        return all(
            cls.__module__.startswith(("odoo.addons.account.", "odoo.addons.hotel_crm_base."))
            for cls in type(self.env["account.fiscal.position"]).mro()
            for name in CHOOSING
            if name in vars(cls) and cls.__module__.startswith("odoo.addons.")
        )

    def _make_adapter(self, hotel, product, own, taxes):
        """Return a function that brings a rate to other taxes: a tax included in it goes out, another comes in."""
        to_currency = _get_rounding(hotel.currency_id)
        if own == taxes or not own:
            return to_currency

        def adapt(rate):
            return to_currency(
                product._get_tax_included_unit_price_from_price(
                    to_currency(rate), own, product_taxes_after_fp=taxes
                )
            )

        return adapt

    def _make_till(self, hotel, product, taxes):
        """Return how nights are taxed and summed up.

        Folios round the tax of each night, whatever the company does with its other bills.
        """
        currency, to_currency = hotel.currency_id, _get_rounding(hotel.currency_id)
        simple = self._read_simple(taxes._ids)

        def sum_simply(rates):
            return sum_up(rates, simple, to_currency)

        def sum_by_odoo(rates):
            return self._sum_up_by_odoo(hotel, product, taxes, rates)

        is_known = simple is not None and is_simple(simple)
        sums, made = sum_simply if is_known else sum_by_odoo, {}

        def remember(rates):
            if rates not in made:
                made[rates] = sums(rates)
            return made[rates]

        return Till(currency.id, to_currency, remember)

    @tools.ormcache("tax_ids", "self.env.lang")
    def _read_simple(self, tax_ids):
        """Return taxes as the engine takes them, or None where one is of another kind; kept until a tax changes.

        :param tuple[int, ...] tax_ids: of account.tax
        :rtype: tuple[pricing.Tax, ...] | None
        """
        taxes = self.env["account.tax"].browse(tax_ids)
        if any(
            tax.amount_type not in SIMPLE_KINDS or tax.include_base_amount or tax.has_negative_factor for tax in taxes
        ):
            return None
        return tuple(
            Tax(tax.name, tax.amount, tax.price_include, tax.amount_type == "fixed") for tax in taxes.sorted()
        )

    def _sum_up_by_odoo(self, hotel, product, taxes, rates):
        """Return what `pricing.sum_up` returns, computed by Odoo as for an order with a line per night."""
        computation = self.env["account.tax"]
        lines = [
            computation._prepare_base_line_for_taxes_computation(
                {},
                product_id=product,
                tax_ids=taxes,
                price_unit=rate,
                quantity=1.0,
                currency_id=hotel.currency_id,
            )
            for rate in rates
        ]
        for line in lines:
            computation._add_tax_details_in_base_line(line, hotel.company_id, rounding_method="round_per_line")
        computation._round_base_lines_tax_details(lines, hotel.company_id)
        totals = computation._get_tax_totals_summary(lines, hotel.currency_id, hotel.company_id)
        amounts = {}
        for line in lines:
            for tax_data in line["tax_details"]["taxes_data"]:
                name = tax_data["tax"].name
                amounts[name] = amounts.get(name, 0.0) + tax_data["tax_amount_currency"]
        to_currency = hotel.currency_id.round
        return Sums(
            tuple(
                (details["total_included_currency"], details["total_excluded_currency"])
                for details in (line["tax_details"] for line in lines)
            ),
            totals["total_amount_currency"],
            totals["base_amount_currency"],
            tuple(TaxAmount(name, to_currency(amount)) for name, amount in amounts.items()),
        )


def _get_rounding(currency):
    """Return the rounding of a currency as a function that remembers: few amounts, asked for often."""
    step = currency.rounding
    return cache(lambda amount: float_round(amount, precision_rounding=step))
