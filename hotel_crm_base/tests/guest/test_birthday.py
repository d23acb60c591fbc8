from datetime import date, timedelta

from freezegun import freeze_time

from odoo.tests import tagged

from odoo.addons.hotel_crm_base.tests.common import HotelCase

BIRTHS = [date(1990, month, day) for month in range(1, 13) for day in (1, 14, 28)] + [
    date(1990, 12, 31),
    date(1992, 2, 29),
    date(1990, 3, 30),
]


@tagged("post_install", "-at_install")
class TestBirthday(HotelCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.guests = cls.env["res.partner"].create(
            [{"name": f"G {born}", "is_hotel_guest": True, "hotel_birth_date": born} for born in BIRTHS]
        )
        cls.unknown = cls._make_guest()
        cls.all_guests = cls.guests | cls.unknown

    def _find(self, *domain):
        return self.all_guests.search([("id", "in", self.all_guests.ids), *domain])

    def test_who_was_born_on_a_leap_day_celebrates_every_year(self):
        leapling = self.guests.filtered(lambda guest: guest.hotel_birth_date.day == 29)
        for today, birthday in (
            (date(2027, 2, 28), date(2027, 2, 28)),
            (date(2027, 3, 1), date(2028, 2, 29)),
            (date(2028, 2, 28), date(2028, 2, 29)),
        ):
            with freeze_time(today), self.subTest(today=today):
                self.env.invalidate_all()
                self.assertEqual(leapling.hotel_next_birthday_date, birthday)

    def test_birthdays_are_found_as_python_counts_them(self):
        compare = {
            "=": lambda a, b: a == b,
            "!=": lambda a, b: a != b,
            "<": lambda a, b: bool(a) and a < b,
            "<=": lambda a, b: bool(a) and a <= b,
            ">": lambda a, b: bool(a) and a > b,
            ">=": lambda a, b: bool(a) and a >= b,
        }
        for today in (date(2026, 11, 21), date(2027, 2, 27), date(2028, 2, 28), date(2028, 3, 1)):
            with freeze_time(today):
                self.env.invalidate_all()
                for days in (-1, 0, 1, 6, 31, 60, 180, 364, 365, 400):
                    day = today + timedelta(days=days)
                    for operator, function in compare.items():
                        with self.subTest(today=today, operator=operator, day=day):
                            expected = self.all_guests.filtered(
                                lambda g: function(g.hotel_next_birthday_date, day)  # noqa: B023
                            )
                            found = self._find(("hotel_next_birthday_date", operator, day))
                            self.assertEqual(set(found.ids), set(expected.ids))

    @freeze_time("2026-12-30")
    def test_the_next_seven_days_reach_into_the_new_year(self):
        found = self._find(
            ("hotel_next_birthday_date", ">=", "today"), ("hotel_next_birthday_date", "<", "today +7d")
        )
        self.assertEqual(sorted(found.mapped("hotel_birth_mmdd")), [101, 1231])

    def test_guests_without_a_birth_date_are_found_by_its_absence(self):
        self.assertEqual(self._find(("hotel_next_birthday_date", "=", False)), self.unknown)
        self.assertEqual(len(self._find(("hotel_next_birthday_date", "!=", False))), len(self.guests))
