"""A coupon on a booking: applied, shown, kept in step, used up, given back."""

from datetime import timedelta

from odoo.tests import tagged

from .coupon_common import CouponCase


@tagged("post_install", "-at_install")
class TestCouponOnBooking(CouponCase):
    def test_a_coupon_takes_its_share_off_the_nights_of_a_booking_that_is_held(self):
        reservation = self._make_held()
        coupon = self._make_coupon(self.coupons)
        self.assertEqual(reservation.amount_total, 230.0)
        self.assertEqual(reservation._apply_code(coupon.code), "")
        self.assertEqual(reservation.amount_total, 207.0)
        [line] = reservation.folio_ids.order_line.filtered("reward_id")
        self.assertEqual((line.coupon_id, line.price_subtotal, line.price_total), (coupon, -20.0, -23.0))
        self.assertEqual((coupon.points, reservation.reward_use_ids.state), (0, "held"))

    def test_the_discount_follows_the_nights(self):
        reservation = self._make_held()
        reservation._apply_code(self._make_coupon(self.coupons).code)
        stay = reservation.stay_ids
        reservation._change(stay, {"departure_date": stay.departure_date + timedelta(days=2)})
        self.assertEqual((reservation.amount_total, self._get_discount(reservation)), (414.0, 46.0))
        self.assertEqual(reservation.reward_use_ids.amount, 46.0)

    def test_it_is_used_up_by_the_confirmation_and_given_back_by_a_free_cancellation(self):
        reservation = self._make_held()
        coupon = self._make_coupon(self.coupons)
        reservation._apply_code(coupon.code)
        reservation._confirm()
        self.assertEqual((reservation.reward_use_ids.state, coupon.points), ("used", 0))
        self.assertEqual(reservation.folio_ids.state, "sale")
        reservation._cancel()
        self.assertEqual((reservation.reward_use_ids.state, coupon.points), ("returned", 1))
        self.assertEqual(reservation.amount_total, 0)

    def test_consumption_folio_and_invoice_say_the_same(self):
        reservation = self._make_held(nights=3, rate=99.99)
        reservation._apply_code(self._make_coupon(self.coupons).code)
        reservation._confirm()
        stay = reservation.stay_ids
        stay.action_check_in()
        stay._post_charge(self.restaurant, "food", "Dinner", 40.0)
        self._sleep(self.hotel, 3)
        self._pay(reservation)
        stay.action_check_out()
        folio = reservation.folio_ids
        rows = self.env["hotel.consumption"].search([("stay_id", "=", stay.id)])
        self.assertAlmostEqual(sum(rows.mapped("amount_gross")), folio.amount_total, 2)
        self.assertAlmostEqual(sum(rows.mapped("amount_net")), folio.amount_untaxed, 2)
        self.assertAlmostEqual(folio.invoice_ids.amount_total, folio.amount_total, 2)
        self.assertEqual(folio.hotel_balance, 0)
        self.assertEqual(self._get_discount(reservation), 34.5)
