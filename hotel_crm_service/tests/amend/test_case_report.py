"""What cases cost by cause, and who came back."""

from datetime import date

from freezegun import freeze_time

from odoo.tests import tagged

from odoo.addons.hotel_crm_base.tests.common import HotelCase

from .amend_common import AmendMakers


@freeze_time("2026-05-02 12:00:00")
@tagged("post_install", "-at_install")
class TestCaseReport(AmendMakers, HotelCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_amend_scene()

    def _get_row(self, case):
        self.env.flush_all()
        self.env.cr.execute("UPDATE hotel_case SET create_date = '2026-05-02 12:00' WHERE id = %s", [case.id])
        self.env.invalidate_all()
        return self.env["hotel.case.report"].browse(case.id)

    def _make_old(self, name, **values):
        guest = self._make_guest(name)
        stay = self._make_stay(guest, arrival=date(2026, 5, 1), nights=2, state="departed")
        return guest, self._make_guest_case(partner_id=guest.id, stay_id=stay.id, **values)

    def test_a_guest_came_back_who_has_stayed_again_within_twelve_months(self):
        expected = {}
        for name, arrival, state, day, answer in (
            ("Back", date(2026, 8, 1), "departed", "2026-09-01", "yes"),
            ("Late", date(2027, 6, 1), "departed", "2027-06-02", "no"),
            ("Booked", date(2026, 8, 1), "booked", "2026-07-01", "open"),
            ("Before", date(2025, 8, 1), "departed", "2027-06-02", "no"),
            ("Never", None, None, "2026-07-01", "open"),
        ):
            guest, case = self._make_old(name)
            if arrival:
                self._make_stay(guest, arrival=arrival, state=state)
            expected[case] = (day, answer)
        for case, (day, answer) in expected.items():
            with freeze_time(day), self.subTest(case.partner_id.name):
                row = self._get_row(case)
                self.assertEqual(row.came_back, answer)
        anonymous = self._get_row(self._make_case(department_id=self.desk.id))
        self.assertEqual(anonymous.came_back, "unknown")

    def test_given_amends_are_the_cost_of_a_cause(self):
        noise = self._get_category("noise")
        gift = self._make_type("gift", 20.0)
        case = self._make_guest_case(category_id=noise.id)
        self.assertEqual([self._ask(case, gift).state for _time in range(2)], ["done", "waiting"])
        merged = self._make_guest_case(category_id=noise.id)
        merged._merge_into(case)
        self.env.flush_all()
        domain = [("property_id", "=", self.hotel.id)]
        rows = self.env["hotel.case.report"].with_user(self._make_user("finance"))._read_group(
            domain, ["category_id"], ["cost:sum", "case_count:sum"]
        )
        self.assertEqual(rows, [(noise.with_user(rows[0][0].env.user), 20.0, 1)])
