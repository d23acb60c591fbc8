"""Totals that are shown are the totals of a folio with a line per night, whatever the taxes."""

import random
from itertools import product as combinations

from .quote_common import QuoteCase


class TestQuoteTax(QuoteCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        included, excluded = (cls._make_tax(21.0, included=True), cls._make_tax(10.0))
        city = cls._make_tax(2.35, amount_type="fixed", name="City Tax")
        cls.mixtures = [
            cls.env["account.tax"],
            included,
            excluded,
            included | city,
            excluded | city,
            included | excluded,
            included | cls._make_tax(5.5, included=True),
            cls._make_tax(9.0, amount_type="division"),
            cls._make_tax(6.0, include_base_amount=True, sequence=1) | cls._make_tax(13.0, sequence=2),
            cls._make_tax(1.5, included=True, amount_type="fixed") | included,
        ]
        cls.guest = cls._make_guest()

    def test_the_totals_are_those_of_the_folio(self):
        chance = random.Random(7)
        for taxes, rounding in combinations(self.mixtures, ("round_per_line", "round_globally")):
            self.hotel.company_id.tax_calculation_rounding_method = rounding
            self.room_type.product_id.taxes_id = taxes
            for _number in range(6):
                rules = [
                    {"fixed_price": chance.randrange(3000, 30000) / 100, "hotel_weekdays": str(day)}
                    for day in range(1, 8)
                ]
                self.hotel.pricelist_id = self._make_pricelist(*rules)
                with self.subTest(taxes=taxes.mapped("name"), rounding=rounding):
                    wish = self._wish(nights=chance.randrange(1, 12))
                    self._check_folio(self.quote._price(self.hotel, wish, self.guest))

    def test_the_payers_fiscal_position_counts(self):
        """Tax that is in the price goes out and another comes in; nights abroad are another matter."""
        old, new = self._make_tax(20.0, included=True), self._make_tax(5.0, included=True)
        position = self.env["account.fiscal.position"].create({"name": "Embassies", "tax_ids": [(6, 0, new.ids)]})
        new.original_tax_ids = old
        self.room_type.product_id.taxes_id = old
        self.room_type.list_price = 120.0
        self.guest.property_account_position_id = position
        offer = self.quote._price(self.hotel, self._wish(), self.guest)
        self.assertEqual([night.rate for night in offer.nights], [105.0, 105.0])
        self.assertEqual((offer.total_gross, offer.total_net), (210.0, 200.0))
        self.assertEqual(dict(offer.taxes), {new.name: 10.0})
        self._check_folio(offer)
        self.assertEqual(self.quote._price(self.hotel, self._wish()).total_gross, 240.0)

    def test_where_the_payer_lives_counts_and_what_is_changed_counts_at_once(self):
        old, new = self._make_tax(20.0, included=True), self._make_tax(5.0, included=True)
        country = self.env.ref("base.nz")
        position = self.env["account.fiscal.position"].create(
            {"name": "Far Away", "auto_apply": True, "country_id": country.id, "tax_ids": [(6, 0, new.ids)]}
        )
        new.original_tax_ids = old
        self.room_type.product_id.taxes_id = old
        self.room_type.list_price = 120.0
        self.guest.country_id = country

        def get_total():
            return self.quote._price(self.hotel, self._wish(), self.guest).total_gross

        self.assertEqual(get_total(), 210.0)
        new.amount = 10.0
        self.assertEqual(get_total(), 220.0)
        position.write({"zip_from": "1000", "zip_to": "2000"})
        self.assertEqual(get_total(), 240.0)
        self.guest.zip = "1500"
        self.assertEqual(get_total(), 220.0)
        self.guest.zip = "2500"
        self.assertEqual(get_total(), 240.0)
        position.write({"zip_from": False, "zip_to": False, "auto_apply": False})
        self.assertEqual(get_total(), 240.0)
        position.auto_apply = True
        self.guest.country_id = self.env.ref("base.pt")
        self.assertEqual(get_total(), 240.0)
        old.price_include_override = "tax_excluded"
        self.assertEqual(get_total(), 288.0)

    def test_taxes_of_another_company_are_not_those_of_the_room(self):
        place = {"company_id": self.other_company.id, "country_id": self.env.ref("base.cn").id}
        group = self.env["account.tax.group"].create({"name": "Foreign", **place})
        foreign = self.env["account.tax"].create(
            {"name": "Foreign", "amount": 50.0, "tax_group_id": group.id, **place}
        )
        product = self.room_type.product_id
        product.company_id = False
        product.taxes_id = foreign | self.mixtures[2]
        self.assertEqual(self.quote._price(self.hotel, self._wish()).total_gross, 220.0)

    def test_each_tax_is_stated_by_its_name(self):
        city = self.mixtures[4]
        self.room_type.product_id.taxes_id = city
        offer = self.quote._price(self.hotel, self._wish(nights=3))
        self.assertEqual({tax.name: tax.amount for tax in offer.taxes}, {city[0].name: 30.0, "City Tax": 7.05})
        self.assertEqual((offer.total_net, offer.total_gross), (300.0, 337.05))

    def _check_folio(self, offer):
        """Compare an offer with an order that has a line per night."""
        reservation = self.env["hotel.reservation"].create({"partner_id": self.guest.id, "property_id": self.hotel.id})
        order = self.env["sale.order"].create(
            {
                "hotel_reservation_id": reservation.id,
                "partner_id": self.guest.id,
                "company_id": self.hotel.company_id.id,
                "currency_id": self.hotel.currency_id.id,
                "order_line": [
                    (0, 0, {"product_id": self.room_type.product_id.id, "price_unit": night.rate})
                    for night in offer.nights
                ],
            }
        )
        self.assertAlmostEqual(offer.total_gross, order.amount_total, 2)
        self.assertAlmostEqual(offer.total_net, order.amount_untaxed, 2)
        self.assertAlmostEqual(sum(tax.amount for tax in offer.taxes), order.amount_tax, 2)
