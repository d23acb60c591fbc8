"""Codes made by the thousand: long, unlike each other, and worth what single ones are."""

from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .coupon_common import CouponCase


@freeze_time("2026-05-04 12:00:00")
@tagged("post_install", "-at_install")
class TestCouponCodes(CouponCase):
    def _make_wizard(self, user=None, **values):
        values = {"program_id": self.program.id, "coupon_qty": 300, "points_granted": 1, **values}
        wizards = self.env["loyalty.generate.wizard"]
        return (wizards.with_user(user) if user else wizards).create(values)

    def setUp(self):
        super().setUp()
        self.program = self._make_coupons()

    def test_codes_differ_and_have_sixty_bits(self):
        cards = self.program._hotel_make_codes(3000, date(2026, 12, 31))
        codes = cards.mapped("code")
        self.assertEqual(len(set(codes)), 3000)
        signs = set("".join(codes))
        self.assertEqual(len(signs), 32, "all signs of the alphabet come up")
        self.assertTrue(all(len(code) * 5 >= 60 for code in codes))
        self.assertEqual(set(cards.mapped("expiration_date")), {date(2026, 12, 31)})
        self.assertFalse(cards.partner_id)
        self.assertEqual(sum(cards.history_ids.mapped("issued")), sum(cards.mapped("points")))

    def test_a_code_of_many_takes_off_what_a_single_one_does(self):
        code = self.program._hotel_make_codes(300)[7].code
        held = self._make_held()
        held._apply_code(code)
        self.assertGreater(self._get_discount(held), 0)

    def test_odoos_own_button_makes_many_by_a_few_statements(self):
        made = []
        for count in (300, 3000):
            wizard = self._make_wizard(coupon_qty=count, valid_until=date(2026, 6, 30), description="Flyer")
            self.env.flush_all()
            before = self.cr.sql_log_count
            cards = wizard.generate_coupons()
            made.append(self.cr.sql_log_count - before)
            self.assertEqual(len(cards), count)
            self.assertEqual(set(cards.mapped("expiration_date")), {date(2026, 6, 30)})
            self.assertEqual(set(cards.history_ids.mapped("description")), {"Flyer"})
        self.assertEqual(*made)

    def test_who_may_not_make_coupons_makes_none(self):
        clerk = self._make_user("front_office")
        with self.assertRaises(AccessError):
            self._make_wizard(clerk).generate_coupons()

    def test_a_programme_without_coupons_has_no_codes(self):
        with self.assertRaises(UserError):
            self._make_program()._hotel_make_codes(5)
