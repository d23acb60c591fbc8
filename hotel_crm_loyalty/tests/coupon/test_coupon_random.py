"""Whatever is done with codes and bookings: no coupon is used twice, and all amounts add up to the cent."""

from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.hotel_crm_base import guards

from .coupon_common import CouponCase

BOOKINGS, COUPONS = st.integers(0, 2), st.integers(0, 3)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("apply"), BOOKINGS, COUPONS),
        st.tuples(st.just("confirm"), BOOKINGS, st.just(0)),
        st.tuples(st.just("cancel"), BOOKINGS, st.booleans()),
        st.tuples(st.just("release"), BOOKINGS, st.just(0)),
        st.tuples(st.just("renew"), BOOKINGS, st.just(0)),
        st.tuples(st.just("extend"), BOOKINGS, st.integers(1, 3)),
        st.tuples(st.just("shorten"), BOOKINGS, st.just(1)),
        st.tuples(st.just("split"), BOOKINGS, st.sampled_from(["rooms", "main"])),
        st.tuples(st.just("leave"), BOOKINGS, st.just(0)),
    ),
    max_size=10,
)


@tagged("post_install", "-at_install")
class TestCouponRandom(CouponCase):
    @settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
    @given(rate=st.integers(1000, 30000), percent=st.integers(1, 100), fixed=st.integers(1, 20000), steps=STEPS)
    def test_no_coupon_is_used_twice_and_amounts_add_up(self, rate, percent, fixed, steps):
        with self.env.cr.savepoint(flush=True) as savepoint:
            programs = [
                self._make_coupons(percent),
                self._make_coupons(reward={"discount_mode": "per_order", "discount": fixed / 100}),
            ]
            coupons = [self._make_coupon(programs[number % 2]) for number in range(4)]
            bookings = [self._make_held(rate=rate / 100, stays=1 + number % 2) for number in range(3)]
            for what, number, more in steps:
                self._let_happen(bookings[number], what, coupons[more] if what == "apply" else more)
                self._check(bookings, coupons)
            savepoint.close(rollback=True)
        self.env.invalidate_all()

    def _let_happen(self, booking, what, more):
        """Do one thing; what is refused is refused as a whole."""
        try:
            with self.env.cr.savepoint():
                getattr(self, f"_do_{what}")(booking, more)
        except UserError:
            self.env.invalidate_all()

    def _do_apply(self, booking, coupon):
        booking._apply_code(coupon.code)

    def _do_confirm(self, booking, _more):
        booking._confirm()

    def _do_cancel(self, booking, is_late):
        if is_late:
            booking.write({"free_until_at": "2020-01-01 00:00:00", "fee_kind": "percent", "fee_value": 50})
        booking._cancel()

    def _do_release(self, booking, _more):
        booking._release_hold()

    def _do_renew(self, booking, _more):
        if booking.is_hold_released:
            booking._hold()

    def _do_extend(self, booking, days):
        stay = booking.stay_ids[0]
        booking._change(stay, {"departure_date": stay.departure_date + timedelta(days=days)})

    def _do_shorten(self, booking, days):
        stay = booking.stay_ids[0]
        booking._change(stay, {"departure_date": stay.departure_date - timedelta(days=days)})

    def _do_split(self, booking, kind):
        booking._split_folio(kind, self.other_guest, booking.stay_ids[-1])

    def _do_leave(self, booking, _more):
        stays = booking.stay_ids.with_context(hotel_open_balance=guards.OPEN_BALANCE)
        stays.action_check_in()
        stays.action_check_out()

    def _check(self, bookings, coupons):
        self.env.invalidate_all()
        for coupon in coupons:
            counted = coupon.hotel_use_ids.filtered(lambda use: use.state != "returned")
            self.assertEqual(coupon.points + len(counted), 1, "a coupon is there, or used once")
        for booking in bookings:
            live = booking.reward_use_ids.filtered(lambda use: use.state in ("held", "used"))
            folios = booking.folio_ids.filtered(lambda folio: folio.state != "cancel")
            lines = folios.order_line.filtered("hotel_use_id")
            self.assertLessEqual(lines.hotel_use_id, live)
            self.assertAlmostEqual(-sum(lines.mapped("price_total")), sum(live.mapped("amount")), 2)
            self.assertTrue(all(booking.currency_id.compare_amounts(folio.amount_total, 0) >= 0 for folio in folios))
            self._check_shares(booking, live, folios)
            if booking.state == "checked_out":
                self._check_left(booking, folios)

    def _check_shares(self, booking, live, folios):
        """Check that a percentage is that of the nights, to the coin for each stay and folio."""
        nights = folios.order_line.filtered("hotel_is_night")
        for use in live.filtered(lambda use: use.reward_id.discount_mode == "percent"):
            wanted = sum(nights.mapped("price_total")) * use.reward_id.discount / 100
            self.assertAlmostEqual(use.amount, wanted, delta=0.0051)

    def _check_left(self, booking, folios):
        rows = self.env["hotel.consumption"].search([("stay_id", "in", booking.stay_ids.ids)])
        moves = folios.invoice_ids.filtered(lambda move: move.state == "posted")
        invoiced = sum(-move.amount_total if move.move_type == "out_refund" else move.amount_total for move in moves)
        total = sum(folios.mapped("amount_total"))
        self.assertAlmostEqual(sum(rows.mapped("amount_gross")), total, 2)
        self.assertAlmostEqual(sum(rows.mapped("amount_net")), sum(folios.mapped("amount_untaxed")), 2)
        self.assertAlmostEqual(invoiced, total, 2)
