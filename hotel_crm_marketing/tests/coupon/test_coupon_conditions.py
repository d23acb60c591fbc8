"""Conditions of coupons on bookings, and codes in bulk."""

import base64
import io
from datetime import date, timedelta

import openpyxl

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from odoo.addons.hotel_crm_base.models.booking.errors import CodeRefused
from odoo.addons.hotel_crm_loyalty.tests.coupon.coupon_common import CouponCase


@tagged("post_install", "-at_install")
class TestCouponConditions(CouponCase):
    def _quote(self, program, guest=None, nights=2, **values):
        """Return what a new code of a programme takes off a booking, or the sentence that refuses it."""
        code = self._make_coupon(program).code
        terms = self._make_terms(guest, code=code, nights=nights, **values)
        try:
            return self.env["hotel.reservation"]._get_quote_lines(terms)[0]["amount"]
        except CodeRefused as refusal:
            return str(refusal)

    def _check(self, refused, accepted, say, **values):
        program = self._make_coupons(**values)
        self.assertIn(say, self._quote(program, **refused))
        self.assertLess(self._quote(program, **accepted), 0)

    def test_nights_dates_weekdays_and_amount(self):
        friday = date(2026, 5, 1)  # the business date of the hotel
        self._check({"nights": 1}, {"nights": 2}, "2 nights and more", hotel_least_nights=2)
        self._check({"nights": 3}, {"nights": 2}, "up to 2 nights", hotel_most_nights=2)
        self._check(
            {"arrival": friday},
            {"arrival": friday + timedelta(days=3)},
            "nights from",
            hotel_stay_from=date(2026, 5, 4),
        )
        self._check(
            {"arrival": friday, "nights": 3}, {"arrival": friday}, "nights from", hotel_stay_until=date(2026, 5, 2)
        )
        self._check({"nights": 3}, {"nights": 2}, "other days", hotel_weekdays="56")
        self._check({"nights": 2}, {"nights": 3}, "300", hotel_least_amount=300)

    def test_room_types(self):
        suite = self._make_room_type(self.hotel, name="Suite")
        program = self._make_coupons(hotel_room_type_ids=[(6, 0, suite.ids)])
        self.assertIn("Suite", self._quote(program))
        program.hotel_room_type_ids |= self.room_type
        self.assertLess(self._quote(program), 0)

    def test_new_guests_only(self):
        self._make_stay(self.other_guest, arrival=date(2026, 3, 1), state="departed")
        program = self._make_coupons(hotel_is_for_new=True)
        self.assertIn("first time", self._quote(program, self.other_guest))
        self.assertLess(self._quote(program, self.guest), 0)

    def test_members_of_a_tier_only(self):
        tiers = self.program.hotel_tier_ids
        program = self._make_coupons(hotel_asked_tier_ids=[(6, 0, tiers.ids)])
        self.assertIn("tier", self._quote(program))
        card = self.program._hotel_join(self.guest)
        program.hotel_asked_tier_ids = card.hotel_tier_id or tiers
        if card.hotel_tier_id:
            self.assertLess(self._quote(program), 0)
            program.hotel_asked_tier_ids = tiers - card.hotel_tier_id
            self.assertIn("tier", self._quote(program))

    def test_coupons_that_do_not_go_together(self):
        single, other = self._make_coupons(hotel_is_stackable=False), self._make_coupons(5)
        booking = self._make_held()
        self.assertEqual(booking._apply_code(self._make_coupon(other).code), "")
        self.assertIn("together", booking._apply_code(self._make_coupon(single).code))
        second = self._make_held(guest=self.other_guest)
        self.assertEqual(second._apply_code(self._make_coupon(single).code), "")
        self.assertIn("together", second._apply_code(self._make_coupon(other).code))

    def test_a_booking_that_is_changed_loses_a_coupon_that_does_not_fit(self):
        program = self._make_coupons(hotel_least_nights=2)
        booking = self._make_held()
        card = self._make_coupon(program)
        self.assertEqual(booking._apply_code(card.code), "")
        program.hotel_least_nights = 9
        self.assertTrue(booking._drop_unfit_uses())
        card.invalidate_recordset()
        self.assertEqual(card.points, 1)

    def test_conditions_that_make_no_sense_are_refused(self):
        for values in (
            {"hotel_least_nights": 3, "hotel_most_nights": 2},
            {"hotel_weekdays": "89"},
            {"hotel_stay_from": date(2026, 5, 2), "hotel_stay_until": date(2026, 5, 1)},
        ):
            with self.subTest(values), self.assertRaises(ValidationError):
                self._make_coupons(**values)

    def test_many_codes_in_one_go(self):
        marketer = self._make_user("marketing")
        wizard = (
            self.env["hotel.coupon.make"]
            .with_user(marketer)
            .create({"program_id": self.coupons.id, "number": 2500, "expiration_date": date(2027, 1, 1)})
        )
        self.env.flush_all()
        queries = self.env.cr.sql_log_count
        wizard.action_make()
        self.env.flush_all()
        self.assertLess(self.env.cr.sql_log_count - queries, 250, "a tenth of the codes")
        sheet = openpyxl.load_workbook(io.BytesIO(base64.b64decode(wizard.file))).active
        codes = [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)]
        self.assertEqual(len(set(codes)), 2500)
        card = self.env["loyalty.card"].search([("code", "=", codes[0])])
        self.assertEqual((card.partner_id.id, str(card.expiration_date)), (False, "2027-01-01"))
        for number in (0, 100_001):
            with self.assertRaises(ValidationError):
                self.env["hotel.coupon.make"].create({"program_id": self.coupons.id, "number": number}).action_make()
        with self.assertRaises(AccessError):
            self.env["hotel.coupon.make"].with_user(self._make_user("front_office")).create(
                {"program_id": self.coupons.id, "number": 1}
            )

    def test_marketing_plans_a_coupon_without_rights_on_programmes(self):
        marketer = self._make_user("marketing")
        plans = self.env["hotel.coupon.plan"].with_user(marketer)
        action = plans.create({"name": "Spring", "percent": 15, "least_nights": 2}).action_plan()
        program = self.env["loyalty.program"].browse(action["res_id"])
        self.assertEqual((program.hotel_least_nights, program.reward_ids.discount), (2, 15))
        self.assertLess(self._quote(program), 0)
        with self.assertRaises(ValidationError):
            plans.create({"name": "All", "percent": 101})
        with self.assertRaises(AccessError):
            plans.create({"name": "Theirs", "company_id": self.other_company.id}).action_plan()
