import random
from datetime import date, timedelta

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import SQL

from odoo.addons.hotel_crm_base.tests.common import HotelCase

NUMBERS = ("hotel_stay_count", "hotel_night_count", "hotel_cancel_count", "hotel_no_show_count", "hotel_spend")
DATES = ("hotel_first_arrival_date", "hotel_last_departure_date")
COMPARE = {
    "=": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a is not False and a < b,
    "<=": lambda a, b: a is not False and a <= b,
    ">": lambda a, b: a is not False and a > b,
    ">=": lambda a, b: a is not False and a >= b,
}


@tagged("post_install", "-at_install")
class TestGuestFigures(HotelCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.hotel.company_id
        cls.third = cls.env["res.company"].create({"name": "Third Hotels"})
        cls._make_property(name="Third", code="THRD", company_id=cls.third.id)
        dice = random.Random(20261121)
        cls.guests = cls.env["res.partner"].create(
            [{"name": f"Guest {number}", "is_hotel_guest": True} for number in range(40)]
        )
        for guest in cls.guests[:30]:
            for company in dice.choice(
                [cls.company, cls.other_company, cls.company | cls.other_company]
            ):
                cls._make_metric(guest, company, dice)
            if dice.random() < 0.4:
                cls._make_metric(guest, cls.third, dice)
        # somebody known who never stayed: the row says nothing
        cls._metric(cls.guests[30], cls.company)

    @classmethod
    def _metric(cls, guest, company, **values):
        metrics = cls.env["hotel.guest.metric"]
        metric = metrics.create({"partner_id": guest.id, "company_id": company.id, **values})
        metrics._query_sum_up(SQL("metric.partner_id = %s", guest.id))
        return metric

    @classmethod
    def _make_metric(cls, guest, company, dice):
        first = date(2025, 1, 1) + timedelta(days=dice.randrange(20))
        cls._metric(
            guest,
            company,
            stay_count=dice.randrange(4),
            night_count=dice.randrange(5),
            cancel_count=dice.randrange(3),
            no_show_count=dice.randrange(2),
            spend_gross=dice.randrange(-2, 5) * 100,
            first_arrival_date=first,
            last_departure_date=dice.choice([False, first + timedelta(days=dice.randrange(20))]),
        )

    def _check_all(self, companies):
        guests = self.guests.with_context(allowed_company_ids=companies.ids)
        guests.invalidate_recordset()
        values = {
            **{name: (-2, 0, 1, 3, 200, [0, 2], [1, 100]) for name in NUMBERS},
            **{name: (False, date(2025, 1, 8), [date(2025, 1, 8), False]) for name in DATES},
        }
        for name, operands in values.items():
            for operand in operands:
                for operator in ("in", "not in") if isinstance(operand, list) else COMPARE:
                    if operand is False and operator not in ("=", "!="):
                        continue
                    with self.subTest(name=name, operator=operator, operand=operand):
                        self._check_one(guests, name, operator, operand)

    def _check_one(self, guests, name, operator, operand):
        found = guests.search([("id", "in", guests.ids), (name, operator, operand)])
        if operator == "in":
            expected = guests.filtered(lambda guest: guest[name] in operand)
        elif operator == "not in":
            expected = guests.filtered(lambda guest: guest[name] not in operand)
        else:
            expected = guests.filtered(lambda guest: COMPARE[operator](guest[name], operand))
        self.assertEqual(set(found.ids), set(expected.ids))

    def test_guests_of_one_company_are_found_as_python_counts_them(self):
        self._check_all(self.company)

    def test_guests_of_several_companies_are_found_as_python_counts_them(self):
        self._check_all(self.company | self.other_company)
        self._check_all(self.third | self.company)

    def test_guests_of_all_companies_are_found_as_python_counts_them(self):
        companies = self.env["hotel.property"].search([]).company_id
        self.assertTrue(self.guests.with_context(allowed_company_ids=companies.ids)._is_hotel_chain_whole())
        self.assertFalse(self.guests.with_context(allowed_company_ids=companies[:1].ids)._is_hotel_chain_whole())
        self._check_all(companies)

    def test_a_search_over_companies_goes_by_the_sums_that_stand_ready(self):
        companies = self.env["hotel.property"].search([]).company_id
        guests = self.guests.with_context(allowed_company_ids=companies.ids)
        query = guests._search([("hotel_stay_count", "=", 3)]).select()
        self.assertIn("chain_stay_count", query.code)
        self.assertNotIn("sum(", query.code)

    def test_the_sums_over_companies_are_nobodys_to_read(self):
        reader = self._make_user("front_office")
        metric = self.env["hotel.guest.metric"].search([("partner_id", "in", self.guests.ids)], limit=1)
        with self.assertRaises(AccessError):
            metric.with_user(reader).read(["chain_stay_count"])
        with self.assertRaises(AccessError):
            metric.with_user(reader).search([("chain_stay_count", ">", 1)])

    def test_figures_of_the_companies_that_a_user_works_in_are_added_up(self):
        guest = self._make_guest()
        self._metric(guest, self.company, stay_count=2, last_departure_date=date(2026, 1, 3))
        self._metric(guest, self.other_company, stay_count=3, last_departure_date=date(2025, 1, 3))
        clerk = self._make_user("front_office")
        self.assertEqual(guest.with_user(clerk).hotel_stay_count, 2)
        both = self._make_user("front_office", self.hotel | self.other_hotel)
        guest = guest.with_user(both).with_context(
            allowed_company_ids=(self.company | self.other_company).ids
        )
        self.assertEqual(guest.hotel_stay_count, 5)
        self.assertEqual(guest.hotel_last_departure_date, date(2026, 1, 3))

    def test_spend_in_another_currency_is_converted(self):
        foreign = self.env.ref("base.CNY")
        foreign.active = True
        self.env["res.currency.rate"].search([("currency_id", "=", foreign.id)]).unlink()
        self.env["res.currency.rate"].create(
            {"currency_id": foreign.id, "name": "2020-01-01", "rate": 8.0, "company_id": self.company.id}
        )
        self.other_company.currency_id = foreign
        guest = self._make_guest()
        self._metric(guest, self.company, spend_gross=100)
        self._metric(guest, self.other_company, spend_gross=800)
        both = (self.company | self.other_company).ids
        guest = guest.with_context(allowed_company_ids=both)
        self.assertAlmostEqual(guest.hotel_spend, 200)
        for amount, found in ((199.99, guest), (200.01, guest.browse())):
            domain = [("id", "=", guest.id), ("hotel_spend", ">=", amount)]
            self.assertEqual(guest.search(domain), found)

    def test_who_may_not_see_figures_does_not_search_by_them(self):
        keeper = self._make_user("housekeeping")
        with self.assertRaises(AccessError):
            self.env["res.partner"].with_user(keeper).search([("hotel_spend", ">", 100)])
        with self.assertRaises(AccessError):
            self.guests[0].with_user(keeper).read(["hotel_spend"])

    def test_the_number_of_queries_does_not_grow_with_the_guests(self):
        counts = []
        self.guests.mapped("hotel_stay_count")  # rates of currencies are read once
        for guests in (self.guests[:1], self.guests[:2], self.guests):
            guests.invalidate_recordset()
            before = self.env.cr.sql_log_count
            guests.mapped("hotel_stay_count")
            guests.mapped("hotel_spend")
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[1], counts[2])
        self.assertEqual(counts[2], 1)
