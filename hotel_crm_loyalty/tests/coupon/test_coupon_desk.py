"""Coupons at the desk and over the API: quoted, booked, put on a booking, taken off, given to a guest."""

import base64
from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .coupon_common import CouponCase


@tagged("post_install", "-at_install")
class TestCouponDesk(CouponCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for _number in range(6):
            cls._make_room(cls.room_type)
        cls.clerk = cls._make_user("front_office")

    def _get_wish(self, **values):
        arrival = self.hotel.business_date
        wish = {"arrival_date": arrival.isoformat(), "departure_date": (arrival + timedelta(days=2)).isoformat()}
        wish |= {"adults": 1, "children": 0, "infants": 0, "guest_id": self.guest.id, "room_type_id": self.room_type.id}
        return {**wish, "rate_plan_id": False, "expected_total": 230.0, "key": "a key of mine", **values}

    def test_a_code_is_quoted_and_booked(self):
        coupon = self._make_coupon(self.coupons, self.guest)
        desk = self.env["hotel.desk.booking"].with_user(self.clerk)
        quote = desk.quote_code(self.hotel.id, self._get_wish(code=coupon.code))
        self.assertEqual((quote["total"], quote["problem"], quote["lines"][0]["amount"]), (207.0, "", -23.0))
        booked = desk.book(self.hotel.id, self._get_wish(code=coupon.code))
        reservation = self.env["hotel.reservation"].browse(booked["reservation_id"])
        self.assertEqual((reservation.state, reservation.amount_total, coupon.points), ("confirmed", 207.0, 0))

    def test_a_code_that_cannot_be_used_is_told_and_nothing_is_booked(self):
        coupon = self._make_coupon(self.coupons, self.other_guest)
        desk = self.env["hotel.desk.booking"].with_user(self.clerk)
        self.assertTrue(desk.quote_code(self.hotel.id, self._get_wish(code=coupon.code))["problem"])
        with self.assertRaises(UserError):
            desk.book(self.hotel.id, self._get_wish(code=coupon.code))

    def test_who_books_quotes_codes_and_who_does_not(self):
        coupon = self._make_coupon(self.coupons)
        for role in ("housekeeping", "marketing", "finance"):
            desk = self.env["hotel.desk.booking"].with_user(self._make_user(role))
            with self.assertRaises(AccessError, msg=role):
                desk.quote_code(self.hotel.id, self._get_wish(code=coupon.code))
        with self.assertRaises(AccessError):
            self.env["hotel.desk.booking"].with_user(self.clerk).quote_code(self.other_hotel.id, self._get_wish())

    def _open(self, reservation, user=None, **values):
        wizards = self.env["hotel.reward.apply"].with_user(user or self.clerk)
        return wizards.create({"reservation_id": reservation.id, **values})

    def test_the_desk_puts_a_coupon_on_a_confirmed_booking_and_takes_it_off(self):
        reservation = self._make_held()
        reservation._confirm()
        coupon = self._make_coupon(self.coupons)
        self._open(reservation, code=coupon.code).action_apply()
        self.assertEqual((reservation.amount_total, reservation.reward_use_ids.state), (207.0, "used"))
        self.assertEqual(reservation.code, coupon.code)
        self._open(reservation, use_id=reservation.reward_use_ids.id).action_take_off()
        self.assertEqual((reservation.amount_total, coupon.points, reservation.code), (230.0, 1, False))

    def test_who_may_not(self):
        reservation = self._make_held()
        coupon = self._make_coupon(self.coupons)
        stranger = self._make_user("front_office", self.other_hotel)
        with self.assertRaises(AccessError):
            self._open(reservation, stranger, code=coupon.code).action_apply()
        with self.assertRaises(AccessError):
            self._open(reservation, self._make_user("marketing"), code=coupon.code)
        self.assertEqual(reservation.amount_total, 230.0)

    def test_another_bookings_coupon_is_not_taken_off(self):
        reservation, other = self._make_held(), self._make_held()
        reservation._apply_code(self._make_coupon(self.coupons).code)
        wizard = self._open(other)
        wizard.sudo().use_id = reservation.reward_use_ids
        with self.assertRaises(UserError):
            wizard.action_take_off()

    def test_a_coupon_is_given_to_a_guest_and_told(self):
        program = self._make_coupons(hotel_is_handed_out=True, hotel_valid_days=30)
        wizards = self.env["hotel.coupon.issue"].with_user(self.clerk)
        wizard = wizards.create({"partner_id": self.guest.id, "program_id": program.id})
        self.assertEqual(wizard.expiration_date, program._get_hotel_today() + timedelta(days=30))
        wizard.action_give()
        card = wizard.card_id.sudo()
        self.assertEqual((card.partner_id, card.points, card.expiration_date), (self.guest, 1, wizard.expiration_date))
        self.assertTrue(base64.b64decode(wizard.qr).startswith(b"<svg"))
        message = self.env["hotel.message"].search([("partner_id", "=", self.guest.id)])
        self.assertEqual((message.channel, message.purpose), ("email", "transaction"))
        self.assertEqual([row["code"] for row in self.guest._get_hotel_coupons()], [card.code])
        with self.assertRaises(UserError):
            wizard.action_give()

    def test_the_desk_gives_only_what_it_may(self):
        wizards = self.env["hotel.coupon.issue"].with_user(self.clerk)
        with self.assertRaises(UserError):
            wizards.create({"partner_id": self.guest.id, "program_id": self.coupons.id}).action_give()
        with self.assertRaises(AccessError):
            self.env["hotel.coupon.issue"].with_user(self._make_user("housekeeping")).create(
                {"partner_id": self.guest.id, "program_id": self.coupons.id}
            )

    def test_many_coupons_take_as_many_queries_as_few(self):
        guests = self.env["res.partner"].create([{"name": f"G{number}"} for number in range(60)])
        self._make_coupons()._hotel_issue(guests[:1])
        for few_or_many in (guests[:3], guests):
            program = self._make_coupons()
            program.invalidate_recordset()
            self.env.flush_all()
            with self.assertQueryCount(9):
                cards = program._hotel_issue(few_or_many)
            self.assertEqual(cards.partner_id, few_or_many)
            self.assertEqual(len(set(cards.mapped("code"))), len(few_or_many))
            self.assertFalse(program._hotel_issue(few_or_many))
            self.assertEqual(set(cards.history_ids.mapped("issued")), {1.0})

    def test_booking_with_a_code_takes_as_many_queries_whatever_the_nights(self):
        counts = []
        for nights in (2, 6):
            coupon = self._make_coupon(self.coupons)
            reservation = self._make_held(nights=nights)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            reservation._apply_code(coupon.code)
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 2, counts)
