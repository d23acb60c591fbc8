"""Codes over the booking API: quoted, booked, refused, limited."""

from dataclasses import replace
from datetime import date
from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.hotel_crm_base.booking_request import RequestError, StayRequest
from odoo.addons.hotel_crm_base.models.booking.errors import CodeRefused
from odoo.addons.hotel_crm_base.models.border import hotel_rate_limit
from odoo.addons.hotel_crm_base.tests.border.booking_api_common import BookingApiCase

from .coupon_common import CouponMakers


@tagged("post_install", "-at_install")
class TestCouponApi(CouponMakers, BookingApiCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.coupons = cls._make_coupons()

    def _quote(self, code):
        room = {"room_type": "DBL", "rate_plan": "FLEX", "arrival": "2028-02-28", "departure": "2028-03-01"}
        return self._call("POST", "quote", {"property": "HARB", "code": code, **room})

    def test_a_quote_and_a_booking_say_what_the_code_takes_off(self):
        coupon = self._make_coupon(self.coupons)
        status, answer = self._quote(coupon.code)
        self.assertEqual((status, answer["total"], answer["payable"]), (200, 200.0, 180.0))
        self.assertEqual([line["amount"] for line in answer["discounts"]], [-20.0])
        status, booking = self._book(code=coupon.code)
        self.assertEqual((status, booking["total"], booking["payable"]), (201, 200.0, 180.0))
        self.assertEqual([line["amount"] for line in booking["discounts"]], [-20.0])
        self.assertEqual(self._book(code=coupon.code)[0], 200)
        self._assert_error(self._quote(coupon.code), 422, "code_refused")

    def test_a_code_is_refused_and_nothing_is_booked(self):
        before = self.env["hotel.reservation"].search_count([])
        personal = self._make_coupon(self.coupons, self._make_guest("Owner"))
        messages = set()
        for code in ("NOSUCHCODE12", personal.code):
            answer = self._book(f"a-key-of-{code}", code=code)
            self._assert_error(answer, 422, "code_refused")
            messages.add(answer[1]["error"]["message"])
        self.assertEqual(len(messages), 1)
        self.assertEqual(self.env["hotel.reservation"].search_count([]), before)

    def test_an_account_that_guesses_is_stopped(self):
        api = self.env["hotel.booking.api"].with_user(self.account)
        stay = StayRequest(date(2028, 2, 28), date(2028, 3, 1), "DBL", "FLEX")
        answers = []
        with patch.dict(hotel_rate_limit.LIMITS, {"code_api": (2, 0, 900)}):
            for number in range(4):
                # not by assertRaises: it would take back what was counted
                try:
                    api._quote("HARB", replace(stay, code=f"GUESS{number}"))
                except (CodeRefused, RequestError) as error:
                    answers.append(getattr(error, "status", 422))
            self.assertEqual(answers, [422, 422, 429, 429])
            self.assertEqual(api._quote("HARB", stay)["total"], 200.0)
