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
RULE_FIELDS = (
    *("applied_on", "product_id", "product_tmpl_id", "categ_id", "hotel_weekdays"),
    *("pricelist_id", "min_quantity", "date_start", "date_end", "compute_price", "fixed_price", "percent_price"),
    *("base", "base_pricelist_id", "price_markup", "price_discount", "price_round", "price_surcharge"),
    *("price_min_margin", "price_max_margin"),
)


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
        prepare = self._prepare_at_once if self._is_pricing_known() else self._prepare_by_odoo
        get_prices = prepare(pricelists, products, moments)
        rates = {}
        for pricelist in pricelists:
            # what a list converts itself is in its own currency; the property bills in its own
            source = pricelist.currency_id or hotel.currency_id
            factor = self._get_factor(source, hotel.currency_id, hotel.business_date)
            for product_id, prices in get_prices(pricelist, source).items():
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

    def _prepare_by_odoo(self, _pricelists, products, moments):
        """Return a function that asks Odoo for each night: slow, and always right.

        :returns: (price list, its currency) -> {id of product: prices of the nights}
        """

        def get_prices(pricelist, currency):
            nights = [
                pricelist._get_products_price(products, len(moments), currency=currency, date=moment.instant)
                for moment in moments
            ]
            return {product_id: [prices[product_id] for prices in nights] for product_id in products.ids}

        return get_prices

    def _prepare_at_once(self, pricelists, products, moments):
        """Return a function that asks rules read once; its answers equal those of `_prepare_by_odoo`."""
        book = self._get_book(self.env["product.pricelist"].union(*pricelists), products, moments)
        articles = [self._to_article(product) for product in products]
        quantity = len(moments)

        def get_prices(pricelist, currency):
            list_id, currency_id = pricelist.id or None, currency.id
            return {
                article.product_id: [
                    book.price(list_id, article, quantity, moment, currency_id) for moment in moments
                ]
                for article in articles
            }

        return get_prices

    def _to_article(self, product):
        # of the template: the product's own field is a related one, which is computed record by record
        template = product.product_tmpl_id
        path = template.categ_id.parent_path or ""
        return Article(product.id, template.id, frozenset(map(int, path.split("/")[:-1])))

    def _get_book(self, pricelists, products, moments):
        """Return the rules of price lists, and of those that they refer to, for some products and nights."""
        rules, known, missing = [], self.env["product.pricelist"], pricelists
        while missing:
            found = self._query_rules(missing, products, moments)
            known |= missing
            missing = known.browse({rule.base_pricelist_id for rule in found} - {None, *known.ids})
            rules += found
        bases = {}

        def base_price(product_id, kind):
            if kind not in bases:
                bases[kind] = self._get_base_prices(products, kind, moments[0].instant)
            return bases[kind][product_id]

        return PriceBook(
            rules,
            {each.id: each.currency_id.id for each in known},
            base_price,
            self._get_exchange(),
            lambda amount, step: float_round(amount, precision_rounding=step),
        )

    def _get_base_prices(self, products, kind, instant):
        """Return prices that rules start from, and the ids of their currencies.

        :param str kind: ``list_price`` or ``standard_price``
        :rtype: dict[int, tuple[float, int]]: by product
        """
        if kind == "list_price" and not any(products.mapped("combination_indices")):
            # without variants the price is the template's own: what Odoo would find by a record or two more for each
            templates = {product.id: product.product_tmpl_id for product in products}
            return {
                product_id: (template.list_price, (template.company_id.currency_id or template.currency_id).id)
                for product_id, template in templates.items()
            }
        prices = products._price_compute(kind, date=instant)
        return {
            product.id: (
                prices[product.id],
                (product.cost_currency_id if kind == "standard_price" else product.currency_id).id,
            )
            for product in products
        }

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

    def _query_rules(self, pricelists, products, moments):
        """Return the rules of price lists, in Odoo's order, that could be about these products and nights.

        SQL for the columns alone: a list has hundreds of rules, and records of them cost more than
        all the rest of a search.

        :rtype: list[price_rules.Rule]
        """
        items = self.env["product.pricelist.item"]
        templates = products.product_tmpl_id
        query = items._search(
            [
                ("pricelist_id", "in", pricelists.ids),
                "|", ("categ_id", "=", False), ("categ_id", "parent_of", templates.categ_id.ids),
                "|", ("product_tmpl_id", "=", False), ("product_tmpl_id", "in", templates.ids),
                "|", ("product_id", "=", False), ("product_id", "in", products.ids),
                "|", ("date_start", "=", False), ("date_start", "<=", max(moment.instant for moment in moments)),
                "|", ("date_end", "=", False), ("date_end", ">=", min(moment.instant for moment in moments)),
            ],
            order=items._order,
        )  # fmt: skip
        columns = [items._field_to_sql(query.table, name, query) for name in RULE_FIELDS]
        return [_to_rule(*row) for row in self.env.execute_query(query.select(*columns))]


def _to_rule(applied_on, product_id, template_id, category_id, weekdays, *values):
    """Return a rule of a price list as the engine takes it; values in the order of RULE_FIELDS."""
    targets = {
        "0_product_variant": ("product", product_id),
        "1_product": ("template", template_id),
        "2_product_category": ("category", category_id),
    }
    row = dict(zip(RULE_FIELDS[5:], values, strict=True))
    is_cost = row["base"] == "standard_price"
    return Rule(
        pricelist_id=row["pricelist_id"],
        scope=targets.get(applied_on),
        min_quantity=row["min_quantity"] or 0.0,
        start=row["date_start"],
        end=row["date_end"],
        weekdays=weekdays or "",
        kind=row["compute_price"],
        fixed=row["fixed_price"] or 0.0,
        percent=row["percent_price"] or 0.0,
        base=row["base"],
        base_pricelist_id=row["base_pricelist_id"],
        discount=-(row["price_markup"] or 0.0) if is_cost else row["price_discount"] or 0.0,
        step=row["price_round"] or 0.0,
        surcharge=row["price_surcharge"] or 0.0,
        min_margin=row["price_min_margin"] or 0.0,
        max_margin=row["price_max_margin"] or 0.0,
    )
