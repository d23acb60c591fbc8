"""Search: what is for sale, what is not and why, and at which cost to the database."""

from datetime import date, timedelta

from odoo import fields

from odoo.addons.hotel_crm_base.models.booking.errors import InvalidTerms, NotForSale

from .quote_common import QuoteCase


class TestQuoteSearch(QuoteCase):
    def _search(self, nights=2, arrival=None, adults=2, **values):
        """Return the answer about the type of the class."""
        arrival = arrival or self.first
        answers = self.quote._search_offers(self.hotel, arrival, arrival + timedelta(days=nights), adults, **values)
        return next(answer for answer in answers if answer.room_type_id == self.room_type.id)

    def test_a_type_is_offered_under_each_plan_cheapest_first(self):
        dear = self._make_plan(pricelist_id=self._make_pricelist(120.0).id)
        cheap = self._make_plan(pricelist_id=self._make_pricelist(80.0).id)
        answer = self._search()
        self.assertEqual([offer.rate_plan_id for offer in answer.offers], [cheap.id, dear.id])
        self.assertEqual((answer.free, answer.problems), (3, ()))

    def test_where_there_is_no_plan_rooms_are_sold_at_public_rates(self):
        self.assertEqual([offer.total_gross for offer in self._search().offers], [200.0])
        self._make_plan(audience="company")
        answer = self._search()
        self.assertEqual((answer.offers, answer.codes), ((), ("no_rate",)))

    def test_what_the_search_says_is_what_the_price_says(self):
        self.room_type.write({"extra_adult_rate": 25.0, "included_adults": 1})
        self.room_type.product_id.taxes_id = self._make_tax(23.0, included=True)
        plan = self._make_plan(pricelist_id=self._make_pricelist(79.99).id, deposit_percent=33.3, meal_adult_rate=7.77)
        [offer] = self._search(nights=5).offers
        self.assertEqual(offer, self.quote._price(self.hotel, self._wish(nights=5, plan=plan)))

    def test_a_type_is_sold_out_when_fewer_rooms_are_left_than_wanted(self):
        self._make_stay(
            self._make_guest(), arrival=self.first + timedelta(days=1), nights=1, room_type_id=self.room_type.id
        )
        self.assertEqual(self._search().free, 2)
        self.assertEqual(self._search(nights=1).free, 3)
        self.assertTrue(self._search(rooms=2).offers)
        answer = self._search(rooms=3)
        self.assertEqual((answer.offers, answer.codes), ((), ("sold_out",)))
        self.assertIn("2", answer.problems[0])

    def test_a_room_that_is_too_small_says_so(self):
        self.assertEqual(self._search(adults=4).codes, ("too_small",))
        self.assertTrue(self._search(adults=1, children=3).offers)

    def test_restrictions_name_their_reason(self):
        second = self.first + timedelta(days=1)
        for values, code, nights in (
            ({"is_closed": True, "start": second}, "closed", 2),
            ({"is_closed_to_arrival": True}, "closed_to_arrival", 2),
            ({"is_closed_to_departure": True, "start": second}, "closed_to_departure", 1),
            ({"min_stay": 3}, "min_stay", 2),
            ({"max_stay": 2}, "max_stay", 3),
        ):
            restriction = self._make_restriction(**values)
            with self.subTest(code=code):
                answer = self._search(nights=nights)
                self.assertEqual((answer.offers, answer.codes), ((), (code,)))
                with self.assertRaises(NotForSale) as raised:
                    self._rates(nights=nights)
                self.assertEqual(str(raised.exception), answer.problems[0])
            restriction.unlink()

    def test_restrictions_leave_alone_what_they_do_not_mean(self):
        other_type, other_plan = self._make_room_type(self.hotel), self._make_plan()
        plan = self._make_plan()
        self._make_restriction(is_closed=True, room_type_id=other_type.id)
        self._make_restriction(is_closed=True, rate_plan_id=other_plan.id)
        self._make_restriction(is_closed=True, start=self.first + timedelta(days=2))
        self._make_restriction(is_closed_to_departure=True)
        self._make_restriction(is_closed_to_arrival=True, start=self.first + timedelta(days=1))
        self._make_restriction(is_closed=True, end=self.first + timedelta(days=9), weekdays="7")
        self.assertEqual([offer.rate_plan_id for offer in self._search().offers], [plan.id])

    def test_of_several_minimums_the_longest_counts(self):
        plan = self._make_plan(min_stay=2)
        self._make_restriction(min_stay=4)
        self._make_restriction(min_stay=3, rate_plan_id=plan.id)
        self.assertIn("4", self._search(nights=1).problems[0])
        self.assertTrue(self._search(nights=4).offers)

    def test_online_only_what_is_online(self):
        hidden = self._make_plan(is_online=False)
        self.assertFalse(self._search().offers)
        self.assertEqual(self._search(online=False).offers[0].rate_plan_id, hidden.id)
        self.room_type.is_online = False
        self.assertNotIn(self.room_type.id, self._search_ids())
        self.assertIn(self.room_type.id, self._search_ids(online=False))
        self.hotel.is_online = False
        self.assertFalse(self._search_ids())

    def _search_ids(self, **values):
        answers = self.quote._search_offers(self.hotel, self.first, self.first + timedelta(days=1), 1, **values)
        return [answer.room_type_id for answer in answers]

    def test_dates_and_persons_that_make_no_sense_are_refused(self):
        for values, error in (
            ({"nights": 0}, InvalidTerms),
            ({"nights": -2}, InvalidTerms),
            ({"adults": 0}, InvalidTerms),
            ({"children": -1}, InvalidTerms),
            ({"rooms": 0}, InvalidTerms),
            ({"arrival": self.first - timedelta(days=1)}, InvalidTerms),
            ({"nights": 731}, NotForSale),
        ):
            with self.subTest(values=values), self.assertRaises(error):
                self._search(**values)

    def test_a_guest_at_one_minute_to_midnight_gets_a_room_for_tonight(self):
        """Also where the night audit has ended the day before midnight."""
        self.hotel.tz = "Asia/Shanghai"
        self._patch(fields.Datetime, "now", lambda *_args: fields.Datetime.to_datetime("2028-02-01 15:59:00"))
        for business_date in (self.first, self.first + timedelta(days=1)):
            self.hotel.business_date = business_date
            self.assertTrue(self._search(nights=1).offers, business_date)
        self.hotel.business_date = self.first + timedelta(days=2)
        with self.assertRaises(InvalidTerms):
            self._search(nights=1)

    def test_nights_of_a_change_of_the_clock_are_nights(self):
        """Lisbon goes to summer time on 26 March 2028 and back on 29 October."""
        for day in (date(2028, 3, 25), date(2028, 10, 28)):
            nights = self._search(arrival=day).offers[0].nights
            self.assertEqual([night.date.day for night in nights], [day.day, day.day + 1])

    def test_queries_do_not_grow_with_types_plans_or_nights(self):
        self.hotel.pricelist_id = self._make_pricelist(90.0, {"fixed_price": 70.0, "min_quantity": 3})
        self.room_type.product_id.taxes_id = self._make_tax(10.0)
        self._make_plan(), self._make_plan(pricelist_id=self._make_pricelist(80.0).id)
        self._make_restriction(is_closed_to_arrival=True, rate_plan_id=self._make_plan().id)
        self.hotel.horizon_days = 60
        few = self._count_queries(nights=1)
        for number in range(25):
            room_type = self._make_room_type(self.hotel, list_price=90.0)
            room_type.product_id.taxes_id = self.room_type.product_id.taxes_id
            self._make_room(room_type)
            rule = {"product_tmpl_id": room_type.product_id.product_tmpl_id.id, "fixed_price": 50.0 + number}
            self.env["product.pricelist.item"].create({"pricelist_id": self.hotel.pricelist_id.id, **rule})
            self._make_restriction(is_closed_to_arrival=True, start=self.first + timedelta(days=number))
        self._make_plan(), self._make_plan()
        self.env["hotel.inventory"]._open_horizon(self.hotel)
        many = self._count_queries(nights=14, arrival=self.first + timedelta(days=30))
        self.assertLessEqual(many, few)
        self.assertLess(many, 18)

    def _count_queries(self, **values):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.assertTrue(self._search(**values).offers)
        return self.env.cr.sql_log_count - before
