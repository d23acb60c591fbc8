"""Prices of rooms: seasons, weekdays, long stays, persons, meals, own price lists, currencies."""

from datetime import date, datetime, timedelta

from odoo.addons.hotel_crm_base.models.booking.errors import InvalidTerms, NotForSale

from .quote_common import QuoteCase


class TestQuote(QuoteCase):
    def test_without_price_list_the_public_rate_of_the_type_counts(self):
        self.assertEqual(self._rates(), [100.0, 100.0])

    def test_a_season_ends_with_its_last_day(self):
        season = {"fixed_price": 150.0, "date_start": datetime(2028, 2, 3), "date_end": datetime(2028, 2, 4, 23, 59)}
        self.hotel.pricelist_id = self._make_pricelist(90.0, season)
        self.assertEqual(self._rates(nights=5), [90.0, 90.0, 150.0, 150.0, 90.0])

    def test_a_season_is_a_season_by_the_clock_of_the_property(self):
        """Midnight in Auckland is 11 o'clock of the day before in UTC."""
        self.hotel.tz = "Pacific/Auckland"
        start, end = self.hotel._to_utc(date(2028, 2, 3)), self.hotel._to_utc(date(2028, 2, 5)) - timedelta(seconds=1)
        self.hotel.pricelist_id = self._make_pricelist(
            90.0, {"fixed_price": 150.0, "date_start": start, "date_end": end}
        )
        self.assertEqual(self._rates(nights=5), [90.0, 90.0, 150.0, 150.0, 90.0])

    def test_a_rule_holds_on_its_weekdays(self):
        """5 February 2028 is a Saturday."""
        self.hotel.pricelist_id = self._make_pricelist(90.0, {"fixed_price": 130.0, "hotel_weekdays": "56"})
        self.assertEqual(self._rates(arrival=date(2028, 2, 3), nights=4), [90.0, 130.0, 130.0, 90.0])

    def test_long_stays_have_their_own_rate(self):
        self.hotel.pricelist_id = self._make_pricelist(90.0, {"fixed_price": 70.0, "min_quantity": 7})
        self.assertEqual(self._rates(nights=6), [90.0] * 6)
        self.assertEqual(self._rates(nights=7), [70.0] * 7)

    def test_the_leap_day_is_a_night(self):
        season = {"fixed_price": 29.0, "date_start": datetime(2028, 2, 29), "date_end": datetime(2028, 2, 29, 23)}
        self.hotel.pricelist_id = self._make_pricelist(90.0, season)
        self.assertEqual(self._rates(arrival=date(2028, 2, 28), nights=3), [90.0, 29.0, 90.0])

    def test_extra_persons_and_meals_come_on_top(self):
        self.room_type.write({"included_adults": 2, "extra_adult_rate": 30.0, "child_rate": 10.0})
        plan = self._make_plan(meal_adult_rate=15.0, meal_child_rate=8.0)
        self.assertEqual(self._rates(adults=3, children=1), [140.0, 140.0])
        self.assertEqual(self._rates(adults=1, plan=plan), [115.0, 115.0])
        self.assertEqual(self._rates(adults=3, children=1, plan=plan), [193.0, 193.0])

    def test_the_plan_brings_price_list_deposit_and_policy(self):
        policy = self.env["hotel.cancellation.policy"].create({"name": "Flexible", "code": "test_flex"})
        other = policy.copy({"code": "test_other"})
        self.hotel.policy_id = other
        plan = self._make_plan(pricelist_id=self._make_pricelist(80.0).id, deposit_percent=30.0, policy_id=policy.id)
        offer = self.quote._price(self.hotel, self._wish(plan=plan))
        self.assertEqual((offer.total_gross, offer.deposit, offer.policy_id), (160.0, 48.0, policy.id))
        self.assertEqual(self.quote._price(self.hotel, self._wish()).policy_id, other.id)

    def test_the_own_price_list_of_a_company_holds_for_its_people(self):
        self.hotel.pricelist_id = self._make_pricelist(90.0)
        company = self._make_guest("Ocean Trading", is_company=True)
        guest = self._make_guest("Ana Costa", parent_id=company.id)
        self.assertEqual(self._rates(partner=guest), [90.0, 90.0])
        company.specific_property_product_pricelist = self._make_pricelist(75.0)
        self.assertEqual(self._rates(partner=guest), [75.0, 75.0])
        saver = self._make_plan(pricelist_id=self._make_pricelist(60.0).id)
        self.assertEqual(self._rates(partner=guest, plan=saver), [60.0, 60.0])
        corporate = self._make_plan(pricelist_id=self._make_pricelist(85.0).id, audience="company")
        self.assertEqual(self._rates(partner=guest, plan=corporate), [75.0, 75.0])
        with self.assertRaises(NotForSale):
            self._rates(plan=corporate)

    def test_member_rates_are_for_members(self):
        plan = self._make_plan(audience="member", pricelist_id=self._make_pricelist(88.0).id)
        guest = self._make_guest()
        with self.assertRaises(NotForSale):
            self._rates(partner=guest, plan=plan)
        partners = type(self.env["res.partner"])
        self._patch(partners, "_is_hotel_member", lambda partner, hotel=None: partner == guest and hotel == self.hotel)
        self.assertEqual(self._rates(partner=guest, plan=plan), [88.0, 88.0])
        with self.assertRaises(NotForSale):
            self._rates(partner=self._make_guest(), plan=plan)

    def test_a_share_of_the_rate_leaves_extra_persons_whole(self):
        self.room_type.write({"included_adults": 1, "extra_adult_rate": 30.0})
        quotes = type(self.env["hotel.quote"])
        self._patch(quotes, "_get_night_shares", lambda *_args: [0.9, 1.0])
        self.assertEqual(self._rates(adults=2), [120.0, 130.0])

    def test_rates_of_a_list_in_another_currency_are_converted_and_rounded(self):
        currency = self.env["res.currency"].with_context(active_test=False).search([("name", "=", "JPY")])
        currency.write({"active": True, "rate_ids": [(5, 0, 0), (0, 0, {"name": "2028-01-01", "rate": 161.3})]})
        self.hotel.pricelist_id = self._make_pricelist(10000.0, currency_id=currency.id)
        base = self.hotel.company_id.currency_id
        factor = currency._get_conversion_rate(currency, base, self.hotel.company_id, self.first)
        self.assertEqual(self._rates(), [base.round(10000.0 * factor)] * 2)
        self.hotel.currency_id = currency
        self.hotel.pricelist_id = self._make_pricelist(99.99, currency_id=base.id)
        self.assertEqual(self._rates(), [currency.round(99.99 / factor)] * 2)
        self.assertEqual(self._rates()[0] % 1, 0.0)

    def test_what_makes_no_sense_is_refused(self):
        for values, error in (
            ({"nights": 0}, InvalidTerms),
            ({"nights": -1}, InvalidTerms),
            ({"arrival": self.first - timedelta(days=1)}, InvalidTerms),
            ({"arrival": self.first + timedelta(days=729)}, NotForSale),
            ({"adults": 4}, InvalidTerms),
            ({"adults": 3, "children": 2}, InvalidTerms),
            ({"adults": 0}, InvalidTerms),
            ({"children": -1}, InvalidTerms),
            ({"room_type_id": 0}, InvalidTerms),
            ({"room_type_id": self._make_room_type(self.other_hotel).id}, InvalidTerms),
            ({"plan": self._make_plan(property_ids=[(6, 0, self.other_hotel.ids)])}, NotForSale),
            ({"plan": self._make_plan(active=False)}, NotForSale),
        ):
            with self.subTest(values=values), self.assertRaises(error):
                self._rates(**values)

    def test_the_last_night_before_the_horizon_is_sold(self):
        self.assertEqual(len(self._rates(arrival=self.first + timedelta(days=728))), 2)

    def test_a_stay_over_new_year_takes_both_years(self):
        season = {"fixed_price": 300.0, "date_start": datetime(2028, 12, 31), "date_end": datetime(2029, 1, 1, 0, 1)}
        self.hotel.pricelist_id = self._make_pricelist(90.0, season)
        self.assertEqual(self._rates(arrival=date(2028, 12, 30), nights=3), [90.0, 300.0, 90.0])

    def test_what_is_not_sold_online_is_sold_at_the_desk(self):
        plan = self._make_plan(is_online=False)
        online = self.quote.with_context(hotel_online=True)
        self.assertEqual(self._rates(plan=plan), [100.0, 100.0])
        with self.assertRaises(NotForSale):
            online._price(self.hotel, self._wish(plan=plan))
        self.room_type.is_online = False
        with self.assertRaises(NotForSale):
            online._price(self.hotel, self._wish())
