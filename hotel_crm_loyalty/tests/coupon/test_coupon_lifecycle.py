"""From the hold to the end: when a coupon comes back and when it is gone."""

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .coupon_common import CouponCase


@tagged("post_install", "-at_install")
class TestCouponLifecycle(CouponCase):
    def _make_used(self, program=None, is_late=False, **values):
        """Return a confirmed booking with a coupon, and the coupon."""
        coupon = self._make_coupon(program or self.coupons)
        reservation = self._make_held(**values)
        self.assertEqual(reservation._apply_code(coupon.code), "")
        reservation._confirm()
        if is_late:
            past = fields.Datetime.now() - timedelta(hours=1)
            fees = {"fee_kind": "nights", "fee_value": 1, "no_show_fee_kind": "nights", "no_show_fee_value": 1}
            reservation.write({"free_until_at": past, **fees})
        return reservation, coupon

    def test_a_hold_that_runs_out_gives_back(self):
        coupon = self._make_coupon(self._make_coupons(hotel_return="never"))
        reservation = self._make_held()
        reservation._apply_code(coupon.code)
        reservation._release_hold()
        self.assertEqual((coupon.points, reservation.reward_use_ids.state), (1, "returned"))
        self.assertEqual(coupon.history_ids.mapped("order_model"), ["hotel.reservation"] * 2)
        self.assertEqual(sum(coupon.history_ids.mapped("issued")), sum(coupon.history_ids.mapped("used")))

    def test_what_comes_back_after_a_cancellation_is_the_programmes_to_say(self):
        expected = {("free", False): 1, ("free", True): 0, ("always", True): 1, ("never", False): 0}
        for (policy, is_late), points in expected.items():
            with self.subTest(policy=policy, is_late=is_late):
                program = self._make_coupons(hotel_return=policy)
                reservation, coupon = self._make_used(program, is_late)
                reservation._cancel()
                self.assertEqual(coupon.points, points)
                self.assertEqual(reservation.reward_use_ids.state, "returned" if points else "kept")

    def test_the_fee_is_what_the_terms_say_with_a_coupon_too(self):
        reservation, _coupon = self._make_used(is_late=True)
        reservation._cancel()
        self.assertEqual(reservation.fee_due, reservation.stay_ids.night_ids[:1].gross or 100.0)
        self.assertEqual(self._get_discount(reservation), 0)

    def test_a_waived_fee_gives_back(self):
        reservation, coupon = self._make_used(is_late=True)
        reservation._cancel(waive_fee=True)
        self.assertEqual(coupon.points, 1)

    def test_after_a_no_show_nothing_comes_back(self):
        reservation, coupon = self._make_used(self._make_coupons(hotel_return="always"), is_late=True)
        reservation.stay_ids.action_no_show()
        self.assertEqual((coupon.points, reservation.reward_use_ids.state), (0, "kept"))
        self.assertEqual(self._get_discount(reservation), 0)

    def test_a_booking_that_is_booked_again_has_its_coupon_again(self):
        reservation, coupon = self._make_used(is_late=True)
        reservation._cancel()
        reservation.action_reinstate()
        self.assertEqual((coupon.points, reservation.reward_use_ids.state), (0, "used"))
        self.assertEqual(reservation.folio_ids.filtered(lambda folio: folio.state == "sale").amount_total, 207.0)

    def test_a_hold_that_is_renewed_takes_its_code_again_or_tells_the_desk(self):
        coupon = self._make_coupon(self.coupons)
        reservation, other = self._make_held(code=coupon.code), self._make_held()
        reservation._apply_code(coupon.code)
        reservation._release_hold()
        reservation._hold()
        self.assertEqual(reservation.amount_total, 207.0)
        reservation._release_hold()
        other._apply_code(coupon.code)
        reservation._hold()
        self.assertEqual(reservation.amount_total, 230.0)
        self.assertIn("Code not applied", reservation.activity_ids.mapped("summary"))

    def test_the_deposit_is_a_share_of_what_is_left(self):
        reservation = self._make_held(deposit_percent=50)
        reservation._apply_code(self._make_coupon(self.coupons).code)
        self.assertEqual((reservation.deposit_due, reservation.folio_ids.hotel_balance), (103.5, 207.0))
        self._pay(reservation, 103.5)
        self.assertEqual(reservation._accept_payment(), "")
        self.assertEqual(reservation.state, "confirmed")

    def test_a_late_payment_confirms_with_the_discount_that_it_was_paid_with(self):
        coupon = self._make_coupon(self.coupons)
        reservation = self._make_held(deposit_percent=50, code=coupon.code)
        reservation._apply_code(coupon.code)
        reservation._release_hold()
        folio = reservation._get_folio()
        self._pay(reservation, 103.5, folio)
        self.assertEqual(reservation._accept_payment(), "")
        self.assertEqual((reservation.state, reservation.amount_total, coupon.points), ("confirmed", 207.0, 0))

    def test_a_change_that_the_code_does_not_fit_is_told_before_and_afterwards(self):
        program = self._make_shared_code(rule={"minimum_qty": 2})
        reservation = self._make_held(nights=3)
        self.assertEqual(reservation._apply_code("SUMMER"), "")
        reservation._confirm()
        stay = reservation.stay_ids
        shorter = {"departure_date": stay.arrival_date + timedelta(days=2)}
        effect = reservation._quote_change(stay, shorter)
        self.assertEqual((effect["old_discount"], effect["new_discount"], len(effect["notes"])), (69.0, 46.0, 1))
        too_short = {"departure_date": stay.arrival_date + timedelta(days=1)}
        effect = reservation._quote_change(stay, too_short)
        self.assertEqual((effect["new_discount"], len(effect["notes"])), (0.0, 2))
        reservation._change(stay, too_short)
        self.assertEqual((reservation.amount_total, reservation.reward_use_ids.state), (115.0, "returned"))
        notes = " ".join(reservation.message_ids.mapped("body"))
        self.assertIn(program.reward_ids._get_hotel_name(), notes)

    def test_before_paying_a_code_that_does_not_fit_is_told_and_taken_off(self):
        program = self._make_shared_code(rule={"minimum_qty": 2})
        reservation = self._make_held(nights=2)
        reservation._apply_code("SUMMER")
        self.assertEqual(reservation._begin_payment()["problems"], [])
        program.rule_ids.minimum_qty = 3
        problems = reservation._begin_payment()["problems"]
        self.assertEqual(len(problems), 1)
        self.assertIn("cannot be used any more", problems[0])
        self.assertEqual(reservation._begin_payment()["problems"], [])
        self.assertEqual(reservation.amount_total, 230.0)

    def test_a_code_of_who_waits_is_applied_with_the_rooms(self):
        coupon = self._make_coupon(self.coupons)
        terms = self._make_terms(code=coupon.code)
        reservation = self.env["hotel.reservation"]._wait(terms)
        self.assertTrue(reservation._offer_waiting())
        self.assertEqual((reservation.state, reservation.amount_total), ("held", 207.0))

    def test_only_one_discount_on_everything_is_given_at_a_time(self):
        reservation = self._make_held()
        reservation._apply_code(self._make_coupon(self.coupons).code)
        self._make_shared_code()
        self.assertIn("one discount", reservation._apply_code("SUMMER"))
        self.assertEqual(reservation.amount_total, 207.0)

    def test_a_thing_for_nothing_stands_on_the_folio_at_no_price(self):
        breakfast = self.env["product.product"].create({"name": "Breakfast", "type": "service", "list_price": 15.0})
        reward = {"reward_type": "product", "reward_product_id": breakfast.id, "reward_product_qty": 2}
        program = self._make_coupons(reward=reward)
        reservation = self._make_held()
        self.assertEqual(reservation._apply_code(self._make_coupon(program).code), "")
        [line] = reservation.folio_ids.order_line.filtered("hotel_use_id")
        self.assertEqual((line.product_id, line.product_uom_qty, line.price_total), (breakfast, 2, 0))
        self.assertEqual(reservation.amount_total, 230.0)
        reservation._confirm()
        reservation._cancel()
        self.assertFalse(reservation.folio_ids.order_line.filtered("hotel_use_id"))
