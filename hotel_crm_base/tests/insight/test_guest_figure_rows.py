"""The figures behind the general manager's dashboard: right, small, and read without a look at guests."""

from datetime import date

from odoo.tests import tagged
from odoo.tools import SQL

from odoo.addons.hotel_crm_base.tests.common import HotelCase

TODAY = date(2026, 7, 15)


@tagged("post_install", "-at_install")
class TestGuestFigureRows(HotelCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.figures = cls.env["hotel.guest.figure"]
        cls.portugal, cls.china = cls.env.ref("base.pt"), cls.env.ref("base.cn")
        cls.ana = cls._make_guest("Ana Costa", country_id=cls.portugal.id)
        cls.wei = cls._make_guest("王伟", country_id=cls.china.id)
        cls.old = cls._make_guest("Bruno Dias", country_id=cls.portugal.id)
        cls.outlet = cls._make_outlet(cls.hotel)
        for guest, day, amount in (
            (cls.ana, date(2026, 6, 2), 300.0),
            (cls.ana, date(2026, 6, 9), 400.0),
            (cls.ana, date(2026, 4, 9), 200.0),
            (cls.wei, date(2026, 4, 20), 50.0),
            (cls.old, date(2024, 12, 1), 80.0),
        ):
            cls._make_stay(guest, arrival=day, nights=2, state="departed", room_type_id=cls.room_type.id)
            cls._make_consumption(guest, amount=amount, business_date=day, outlet_id=cls.outlet.id)
        cls._make_stay(cls.wei, cls.other_hotel, arrival=date(2026, 6, 2), state="departed")
        cls.env["hotel.guest.metric"]._refresh_partners((cls.ana | cls.wei | cls.old).ids)
        cls.figures._refresh(TODAY)

    def _sum(self, part, field=None, company=None, **where):
        """Return guests, stays and revenue of a part, by a field, of the countries of these guests."""
        domain = [
            ("part", "=", part),
            ("company_id", "=", (company or self.hotel.company_id).id),
            ("country_id", "in", (self.portugal | self.china).ids),
            *((name, "=", value) for name, value in where.items()),
        ]
        rows = self.figures._read_group(domain, [field] if field else [], ["guests:sum", "stays:sum", "spend:sum"])
        return {row[0]: row[1:] for row in rows} if field else rows[0]

    def test_a_guest_counts_once_in_each_period(self):
        self.assertEqual(
            self._sum("month", "date:month"),
            {
                date(2024, 12, 1): (1, 1, 80),
                date(2026, 4, 1): (2, 2, 250),
                date(2026, 6, 1): (1, 2, 700),
            },
        )
        self.assertEqual(self._sum("recent"), (2, 4, 950))
        self.assertEqual(self._sum("before"), (1, 1, 80))

    def test_guests_are_told_apart_by_region_and_amount(self):
        self.assertEqual(
            self._sum("recent", "country_id"), {self.portugal: (1, 3, 900), self.china: (1, 1, 50)}
        )
        self.assertEqual(self._sum("recent", "spend_band"), {"00000": (1, 1, 50), "00500": (1, 3, 900)})

    def test_favourites_are_counted_over_all_time(self):
        self.assertEqual(self._sum("taste", "room_type_id")[self.room_type], (3, 5, 1030))
        self.assertEqual(self._sum("taste", "outlet_id")[self.outlet], (3, 5, 1030))
        self.assertEqual(self._sum("taste", season="dec"), (1, 1, 80))

    def test_companies_are_kept_apart(self):
        self.assertEqual(self._sum("recent", company=self.other_company), (1, 1, 0))
        seen = self.figures.with_user(self._make_user("manager", self.other_hotel)).search([])
        self.assertEqual(seen.company_id, self.other_company)

    def test_rates_are_ratios_of_sums(self):
        domain = [("part", "=", "recent"), ("country_id", "=", self.portugal.id)]
        user = self._make_user("manager")
        measures = ["frequency:avg", "spend_per_guest:avg"]
        [group] = self.figures.with_user(user).formatted_read_group(domain, [], measures)
        self.assertEqual((group["frequency:avg"], group["spend_per_guest:avg"]), (3, 900))

    def test_a_new_count_replaces_the_one_before(self):
        before = self.figures.search_count([])
        self.figures._refresh(TODAY)
        self.assertEqual(self.figures.search_count([]), before)
        self._make_consumption(self.old, amount=20.0, business_date=date(2026, 6, 3))
        self.env["hotel.guest.metric"]._refresh_partners(self.old.ids)
        self.figures._refresh(TODAY)
        self.assertEqual(self._sum("recent"), (3, 4, 970))

    def test_two_counts_at_once_are_one(self):
        with self.env.registry.cursor() as cr:
            other = self.figures.with_env(self.env(cr=cr))
            self.assertFalse(other._refresh(TODAY), "the one of this test is not committed yet")
        self.assertTrue(self.figures._refresh(TODAY))

    def test_opening_reads_no_table_that_grows_with_guests(self):
        query = self.figures._search([("part", "=", "recent")])
        plan = str(self.env.execute_query(SQL("EXPLAIN %s", query.select())))
        self.assertIn("hotel_guest_figure", plan)
        for table in ("hotel_guest_metric", "res_partner", "hotel_consumption", "hotel_stay"):
            self.assertNotIn(table, plan)
