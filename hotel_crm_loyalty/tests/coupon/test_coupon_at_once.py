"""Two people with one code at the same instant: one has it, the other is told."""

from odoo import fields
from odoo.tests import tagged

from odoo.addons.hotel_crm_base.models.booking.errors import CodeRefused
from odoo.addons.hotel_crm_base.tests.concurrency import ConcurrencyCase

from .coupon_common import CouponMakers


@tagged("post_install", "-at_install")
class TestCouponAtOnce(CouponMakers, ConcurrencyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hotel.business_date = fields.Date.today()
        cls._make_folio_scene()
        cls.room_type.product_id.list_price = 100.0
        for _number in range(8):
            cls._make_room(cls.room_type)
        cls.env["hotel.inventory"]._open_horizon(cls.hotel)
        cls.coupons = cls._make_coupons()
        cls.cr.commit()

    def _book(self, code):
        """Return an action that books with a code, as a request of its own."""
        terms = self._make_terms(code=code)

        def action(env):
            return env["hotel.reservation"]._book(terms).id

        return action

    def _sort(self, results):
        """Return the bookings that were made, and the sentences of those that were not."""
        refused = [result for result in results if isinstance(result, CodeRefused)]
        made = [result for result in results if isinstance(result, int)]
        self.assertEqual(len(made) + len(refused), len(results), results)
        return self.env["hotel.reservation"].browse(made), refused

    def test_two_bookings_with_one_coupon_are_one_with_and_one_refusal(self):
        coupon = self._make_coupon(self.coupons)
        self.cr.commit()
        made, refused = self._sort(self._overlap(self._book(coupon.code), self._book(coupon.code)))
        self.assertEqual((len(made), len(refused)), (1, 1))
        coupon.invalidate_recordset()
        self.assertEqual((coupon.points, len(coupon.hotel_use_ids)), (0, 1))
        self.assertEqual(made.amount_total, 207.0)

    def test_four_at_once(self):
        coupon = self._make_coupon(self.coupons)
        self.cr.commit()
        made, refused = self._sort(self._at_once(*(self._book(coupon.code) for _number in range(4))))
        self.assertEqual((len(made), len(refused)), (1, 3))

    def test_a_booking_and_an_order_with_one_coupon(self):
        coupon = self._make_coupon(self.coupons)
        product = self.env["product.product"].create({"name": "Tour", "type": "service", "list_price": 50.0})
        order = self.env["sale.order"].create(
            {"partner_id": self.guest.id, "order_line": [(0, 0, {"product_id": product.id, "price_unit": 50.0})]}
        )
        for card, rewards in order._try_apply_code(coupon.code).items():
            order._apply_program_reward(rewards[:1], card)
        order_id = order.id
        self.cr.commit()

        def confirm(env):
            env["sale.order"].browse(order_id).action_confirm()
            return True

        booked, confirmed = self._overlap(self._book(coupon.code), confirm)
        self.assertIsInstance(booked, int)
        self.assertIsInstance(confirmed, Exception)
        coupon.invalidate_recordset()
        self.assertEqual(coupon.points, 0)

    def test_different_coupons_of_one_programme_do_not_wait_for_each_other(self):
        codes = [self._make_coupon(self.coupons).code for _number in range(2)]
        bookings = [self._make_held() for _number in range(2)]
        self.cr.commit()
        with self._connect() as first, self._connect() as second:
            second.cr.execute("SET LOCAL lock_timeout = '2s'")
            for env, booking, code in zip((first, second), bookings, codes, strict=True):
                self.assertEqual(booking.with_env(env)._apply_code(code), "")
                env.cr.flush()

    def test_the_last_one_of_a_limited_offer_goes_to_one(self):
        self._make_shared_code("LAST1", limit_usage=True, max_usage=1)
        self.cr.commit()
        made, refused = self._sort(self._overlap(self._book("LAST1"), self._book("LAST1")))
        self.assertEqual((len(made), len(refused)), (1, 1))

    def test_two_who_give_coupons_at_once_give_one_to_each_guest(self):
        program, guest_id = self._make_coupons(), self.guest.id
        self.cr.commit()

        def issue(env):
            cards = env["loyalty.program"].browse(program.id)._hotel_issue(env["res.partner"].browse(guest_id))
            return len(cards)

        self.assertEqual(sorted(self._overlap(issue, issue)), [0, 1])
