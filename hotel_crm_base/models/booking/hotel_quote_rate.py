from odoo import models
from odoo.tools import float_round

from ...price_rules import Article, Moment, PriceBook, Rule

#: methods of price lists that the engine speaks for; and the addons whose versions it knows
PRICING = {
    "product.pricelist": ("_compute_price_rule", "_get_applicable_rules", "_get_applicable_rules_domain"),
    "product.pricelist.item": ("_is_applicable_for", "_compute_price", "_compute_base_price"),
    "product.product": ("_price_compute",),
}
KNOWN = ("odoo.addons.product.", "odoo.addons.hotel_crm_base.")
NOON = 12.0


class HotelQuote(models.AbstractModel):
    """Nightly rates from price lists, for many products at once.

    A night is priced at noon of the property: windows of rules are moments, and those that somebody
    entered in another time zone still begin and end on the days that were meant. The quantity is the
    number of nights, so a rule with a minimum quantity is a rate for long stays. A rule with weekdays
    is about nights whose evening falls on them.
    """

    _inherit = "hotel.quote"

    def _get_rates(self, hotel, pricelists, products, days):
        """Return the rates of products for each night, not rounded, in the currency of the property.

        :param list pricelists: product.pricelist records, an empty one for prices without a list
        :param product.product products: products of room types
        :param list[date] days: the nights
        :rtype: dict[tuple[int | None, int], tuple[float, ...]]
        """
        moments = [Moment(hotel._to_utc(day, NOON), str(day.isoweekday())) for day in days]
        if self._is_pricing_known():
            price = self._get_prices_at_once
        else:
            price = self._get_prices_by_odoo
        rates = {}
        for pricelist in pricelists:
            # what a list converts itself is in its own currency; the property bills in its own
            source = pricelist.currency_id or hotel.currency_id
            factor = self._get_factor(source, hotel.currency_id, hotel.business_date)
            for product_id, prices in price(pricelist, source, products, moments).items():
                rates[pricelist.id or None, product_id] = tuple(amount * factor for amount in prices)
        return rates

    def _get_factor(self, source, target, day):
        """Return how much of a currency one unit of another is, in the company of the environment."""
        return source._get_conversion_rate(source, target, self.env.company, day) if source != target else 1.0

    def _is_pricing_known(self):
        """Whether no other addon computes prices its own way; else Odoo is asked night by night."""
        return all(
            cls.__module__.startswith(KNOWN)
            for model, names in PRICING.items()
            for cls in type(self.env[model]).mro()
            for name in names
            if name in vars(cls) and cls.__module__.startswith("odoo.addons.")
        )

    def _get_prices_by_odoo(self, pricelist, currency, products, moments):
        """Return product -> prices by asking Odoo for each night: slow, and always right."""
        nights = [
            pricelist._get_products_price(products, len(moments), currency=currency, date=moment.instant)
            for moment in moments
        ]
        return {product_id: [prices[product_id] for prices in nights] for product_id in products.ids}

    def _get_prices_at_once(self, pricelist, currency, products, moments):
        """Return product -> prices from rules that are read once; equal to `_get_prices_by_odoo`."""
        book = self._get_book(pricelist, products, moments)
        quantity = len(moments)
        prices = {}
        for product in products:
            article = self._to_article(product)
            prices[product.id] = [
                book.price(pricelist.id or None, article, quantity, moment, currency.id) for moment in moments
            ]
        return prices

    def _to_article(self, product):
        path = product.categ_id.parent_path or ""
        return Article(product.id, product.product_tmpl_id.id, frozenset(map(int, path.split("/")[:-1])))

    def _get_book(self, pricelist, products, moments):
        """Return the rules of a list, and of the lists that it refers to, for some products and nights."""
        items = found = self._get_items(pricelist, products, moments)
        known = pricelist
        while missing := found.base_pricelist_id - known:
            known |= missing
            found = self._get_items(missing, products, moments)
            items |= found
        bases = {}

        def base_price(product_id, kind):
            if kind not in bases:
                bases[kind] = products._price_compute(kind, date=moments[0].instant)
            product = products.browse(product_id)
            source = product.cost_currency_id if kind == "standard_price" else product.currency_id
            return bases[kind][product_id], source.id

        return PriceBook(
            [self._to_rule(item) for item in items],
            {each.id: each.currency_id.id for each in known},
            base_price,
            self._get_exchange(),
            lambda amount, step: float_round(amount, precision_rounding=step),
        )

    def _get_exchange(self):
        """Return a function that converts an amount at a moment's rate, not rounded."""
        factors = {}
        currencies = self.env["res.currency"]

        def exchange(amount, source_id, target_id, instant):
            key = (source_id, target_id, instant.date())
            if key not in factors:
                factors[key] = self._get_factor(
                    currencies.browse(source_id), currencies.browse(target_id), instant.date()
                )
            return amount * factors[key] if amount else 0.0

        return exchange

    def _get_items(self, pricelists, products, moments):
        """Return the rules of price lists, in Odoo's order, that could be about these products and nights."""
        if not pricelists:
            return self.env["product.pricelist.item"]
        return self.env["product.pricelist.item"].search(
            [
                ("pricelist_id", "in", pricelists.ids),
                "|", ("categ_id", "=", False), ("categ_id", "parent_of", products.categ_id.ids),
                "|", ("product_tmpl_id", "=", False), ("product_tmpl_id", "in", products.product_tmpl_id.ids),
                "|", ("product_id", "=", False), ("product_id", "in", products.ids),
                "|", ("date_start", "=", False), ("date_start", "<=", max(moment.instant for moment in moments)),
                "|", ("date_end", "=", False), ("date_end", ">=", min(moment.instant for moment in moments)),
            ]
        )  # fmt: skip

    def _to_rule(self, item):
        """Return a rule of a price list as the engine takes it."""
        targets = {
            "0_product_variant": ("product", item.product_id.id),
            "1_product": ("template", item.product_tmpl_id.id),
            "2_product_category": ("category", item.categ_id.id),
        }
        return Rule(
            pricelist_id=item.pricelist_id.id,
            scope=targets.get(item.applied_on),
            min_quantity=item.min_quantity,
            start=item.date_start or None,
            end=item.date_end or None,
            weekdays=item.hotel_weekdays or "",
            kind=item.compute_price,
            fixed=item.fixed_price,
            percent=item.percent_price,
            base=item.base,
            base_pricelist_id=item.base_pricelist_id.id or None,
            discount=-item.price_markup if item.base == "standard_price" else item.price_discount,
            step=item.price_round,
            surcharge=item.price_surcharge,
            min_margin=item.price_min_margin,
            max_margin=item.price_max_margin,
        )
