"""Rules of price lists that are read once give what Odoo gives night by night."""

import random
from datetime import datetime, timedelta

from odoo.tools import float_compare

from .quote_common import QuoteCase

SEEDS = range(12)


class TestQuoteRules(QuoteCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hotel.tz = "America/New_York"
        categories = cls.env["product.category"]
        cls.parent = categories.create({"name": "Rooms"})
        cls.categories = cls.parent | categories.create({"name": "Suites", "parent_id": cls.parent.id})
        cls.types = cls.room_type.union(*(cls._make_room_type(cls.hotel) for _number in range(4)))
        for number, product in enumerate(cls.types.product_id):
            product.write({"list_price": 80.0 + 17 * number, "standard_price": 31.0 + number})
            product.categ_id = [*cls.categories, categories][number % 3]
        cls.yen = cls.env["res.currency"].with_context(active_test=False).search([("name", "=", "JPY")])
        cls.yen.active = True
        cls.yen.rate_ids.unlink()
        cls.env["res.currency.rate"].create(
            [
                {"currency_id": cls.yen.id, "name": day, "rate": rate, "company_id": cls.hotel.company_id.id}
                for day, rate in (("2028-01-01", 155.7), ("2028-03-11", 149.3))
            ]
        )

    def test_rules_read_once_are_odoos_rules(self):
        for seed in SEEDS:
            chance = random.Random(seed)
            pricelists = [self._make_random_list(chance, None)]
            for _number in range(2):
                pricelists.append(self._make_random_list(chance, pricelists[-1]))
            nights = chance.choice((1, 3, 8, 15))
            arrival = self.first + timedelta(days=chance.randrange(60))
            days = [arrival + timedelta(days=number) for number in range(nights)]
            for pricelist in (*pricelists, self.env["product.pricelist"]):
                with self.subTest(seed=seed, pricelist=pricelist.name):
                    self._check_equal(pricelist, days)

    def _check_equal(self, pricelist, days):
        quote, hotel, _partner = self.quote._prepare(self.hotel, None)
        products = self.types.product_id.with_env(quote.env)
        rates = quote._get_rates(hotel, [pricelist.with_env(quote.env)], products, days)
        for product in products:
            for night, day in enumerate(days):
                own = pricelist.with_context(tz=hotel.tz)._get_product_price(
                    product.with_context(tz=hotel.tz),
                    len(days),
                    currency=pricelist.currency_id or hotel.currency_id,
                    date=hotel._to_utc(day, 12.0),
                )
                own = own * self._get_factor(pricelist)
                mine = rates[pricelist.id or None, product.id][night]
                self.assertFalse(float_compare(mine, own, precision_digits=9), f"{product.name} {day}: {mine} {own}")

    def _get_factor(self, pricelist):
        source, target = pricelist.currency_id or self.hotel.currency_id, self.hotel.currency_id
        return source._get_conversion_rate(source, target, self.hotel.company_id, self.first)

    def test_where_another_addon_computes_prices_odoo_is_asked(self):
        self.assertTrue(self.quote._is_pricing_known())
        self._patch(type(self.quote), "_is_pricing_known", lambda quote: False)
        pricelist = self._make_random_list(random.Random(1), None)
        self._check_equal(pricelist, [self.first + timedelta(days=number) for number in range(9)])

    # ---- random rules -----------------------------------------------------------------------

    def _make_random_list(self, chance, base):
        currency = self.yen if chance.random() < 0.3 else self.hotel.currency_id
        rules = [self._make_random_rule(chance, base) for _number in range(chance.randrange(1, 14))]
        return self._make_pricelist(*rules, currency_id=currency.id, name=f"List {chance.randrange(10**6)}")

    def _make_random_rule(self, chance, base):
        return {
            **self._make_random_target(chance),
            **self._make_random_window(chance),
            **self._make_random_formula(chance, base),
            "min_quantity": chance.choice((0, 0, 0, 2, 7)),
            "hotel_weekdays": chance.choice((False, False, "67", "12345", "5")),
        }

    def _make_random_target(self, chance):
        product = chance.choice(self.types.product_id)
        return chance.choice(
            (
                {"applied_on": "3_global"},
                {"applied_on": "2_product_category", "categ_id": chance.choice(self.categories).id},
                {"applied_on": "1_product", "product_tmpl_id": product.product_tmpl_id.id},
                {"applied_on": "0_product_variant", "product_id": product.id},
            )
        )

    def _make_random_window(self, chance):
        start = datetime(2028, 2, 1) + timedelta(days=chance.randrange(60), hours=chance.randrange(24))
        end = start + timedelta(days=chance.randrange(1, 20), minutes=1)
        return {"date_start": chance.choice((False, start)), "date_end": chance.choice((False, end))}

    def _make_random_formula(self, chance, base):
        is_narrow = chance.random() < 0.3
        values = {
            "compute_price": chance.choice(("fixed", "percentage", "formula")),
            "fixed_price": chance.randrange(40, 300) + 0.5,
            "percent_price": chance.randrange(-20, 50),
            "base": chance.choice(("list_price", "standard_price", "pricelist" if base else "list_price")),
            "price_discount": chance.randrange(-20, 50),
            "price_round": chance.choice((0.0, 0.05, 5.0)),
            "price_surcharge": chance.choice((0.0, -0.01, 12.5)),
            "price_min_margin": 5.0 if is_narrow else 0.0,
            "price_max_margin": 30.0 if is_narrow else 0.0,
        }
        if values["base"] == "pricelist":
            values["base_pricelist_id"] = base.id
        return values
