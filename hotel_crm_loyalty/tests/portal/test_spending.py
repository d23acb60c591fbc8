from datetime import date

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from ..ledger.loyalty_common import LoyaltyCase
from .member_common import MemberCase


@freeze_time("2026-11-20 12:00:00")
@tagged("post_install", "-at_install")
class TestSpending(LoyaltyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.guest = cls._make_guest()
        cls.spending = cls.env["hotel.member.spending"]

    def _get(self, **values):
        return self.spending._get_spending(self.guest, **values)

    def test_sums_are_by_month_hotel_kind_and_place(self):
        bar = self._make_outlet(self.hotel, name="Harbour Bar")
        self._make_charge(self.guest, 100.0, date(2026, 10, 5), "room")
        self._make_charge(self.guest, 30.0, date(2026, 11, 5), "beverage", outlet_id=bar.id)
        self._make_charge(self.guest, 12.5, date(2026, 11, 6), "beverage", outlet_id=bar.id)
        (part,) = self._get()["companies"]
        self.assertEqual(part["total"], 142.5)
        self.assertEqual([row["amount"] for row in part["by_month"]][-3:], [0.0, 100.0, 42.5])
        self.assertEqual(len(part["by_month"]), 12)
        kinds = [(row["name"], row["amount"]) for row in part["by_kind"]]
        self.assertEqual(kinds, [("Room", 100.0), ("Beverage", 42.5)])
        self.assertEqual(part["by_place"][1]["name"], "Harbour Hotel · Harbour Bar")
        self.assertEqual([row["share"] for row in part["by_place"]], [100, 42])

    def test_what_was_given_back_is_taken_off(self):
        charge = self._make_charge(self.guest, 80.0, date(2026, 11, 5))
        charge.action_reverse("wrong bill")
        (part,) = self._get()["companies"]
        self.assertEqual(part["total"], 0.0)

    def test_each_company_has_its_currency(self):
        franc = self.env.ref("base.CHF")
        franc.active = True
        self.other_company.currency_id = franc
        self._make_charge(self.guest, 10.0, date(2026, 11, 5))
        self._make_charge(self.guest, 900.0, date(2026, 11, 5), hotel=self.other_hotel, currency_id=franc.id)
        found = {part["company"]: part for part in self._get()["companies"]}
        self.assertEqual(found[self.other_company]["total"], 900.0)
        self.assertEqual(found[self.other_company]["currency"], franc)
        self.assertEqual(found[self.hotel.company_id]["total"], 10.0)

    def test_nobody_elses_charges_are_counted(self):
        self._make_charge(self._make_guest("Rui Pinto"), 80.0, date(2026, 11, 5))
        self.assertFalse(self._get()["companies"])
        self.assertFalse(self.spending._has_spending(self.guest))

    def test_one_hotel_and_another_time_may_be_chosen(self):
        self._make_charge(self.guest, 10.0, date(2025, 1, 5))
        self._make_charge(self.guest, 20.0, date(2026, 11, 5))
        self._make_charge(self.guest, 30.0, date(2026, 11, 5), hotel=self.other_hotel)
        self.assertEqual(self._get(months=24, property_id=self.hotel.id)["companies"][0]["total"], 30.0)
        self.assertEqual(self._get(property_id=self.hotel.id)["companies"][0]["total"], 20.0)
        self.assertEqual(self._get(months=7)["months"], 12, "only what is offered")

    def test_queries_do_not_depend_on_how_much_there_is(self):
        counts = []
        self._make_charge(self.guest, 1.0, date(2026, 1, 1))
        self._get()  # translations and codes are read once
        for number in (10, 190):
            for day in range(number):
                self._make_charge(self.guest, 1.0, fields.Date.add(date(2026, 1, 1), days=day))
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._get()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])
        self.assertLess(counts[1], 20)


@tagged("post_install", "-at_install")
class TestSpendingPage(MemberCase):
    def test_a_guest_sees_the_own_spending_member_or_not(self):
        today = fields.Date.today()
        self._make_charge(self.eva.partner_id, 123.0, today)
        self._make_charge(self.rui.partner_id, 456.0, today)
        self._log_in("eva")
        answer = self._get("/my/spending")
        self.assertEqual(answer.status_code, 200)
        text = self._text(answer)
        self.assertIn("123.00", text)
        self.assertNotIn("456.00", text)

    def test_visitors_are_asked_to_log_in(self):
        answer = self.url_open("/my/spending", allow_redirects=False)
        self.assertEqual(answer.status_code, 303)

    def test_nothing_in_the_address_breaks_the_page(self):
        self._log_in("eva")
        for name in ("months", "hotel"):
            for value in ("x", "-1", "1 or 1=1", "999999999999", "\x00"):
                self.assertEqual(self._get("/my/spending", **{name: value}).status_code, 200, (name, value))
