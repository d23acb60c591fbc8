"""Points of a member on a booking: for a discount, or for nights."""

from datetime import timedelta

from odoo import Command, fields
from odoo.tests import tagged

from .coupon_common import CouponCase


@tagged("post_install", "-at_install")
class TestCouponPoints(CouponCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.program._get_hotel_today()
        cls.hotel.business_date = cls.hotel._get_local_today()
        cls.env["hotel.inventory"]._open_horizon(cls.hotel)
        cls.member = cls._make_member(cls.guest, joined=cls.today - timedelta(days=400))
        cls.ten_off = cls._make_reward(discount_mode="per_order", discount=10.0, required_points=1000)
        cls.by_point = cls._make_reward(discount_mode="per_point", discount=0.01, required_points=100)

    @classmethod
    def _make_reward(cls, **values):
        reward = {"reward_type": "discount", "discount_applicability": "order", "description": "Points", **values}
        return cls.env["loyalty.reward"].create({"program_id": cls.program.id, **reward})

    def _give(self, points):
        """Give the member points, as an opening balance."""
        self.env["hotel.loyalty.posting"].create(
            {"card_id": self.member.id, "kind": "opening", "points": points, "state": "posted", "date": self.today}
        )
        self.member._hotel_evaluate()

    def _get_lots(self):
        return {lot.key: lot.remaining for lot in self.member.hotel_lot_ids}

    def test_points_become_a_discount_and_a_redemption_of_the_booking(self):
        self._give(2500)
        before = self.member.points
        reservation = self._make_held()
        self.assertEqual(reservation._use_points(self.member, self.ten_off), "")
        self.assertEqual((reservation.amount_total, self.member.points), (220.0, before - 1000))
        [redemption] = reservation.reward_use_ids.redemption_id
        self.assertEqual((redemption.reservation_id, redemption.state), (reservation, "requested"))
        reservation._confirm()
        self.assertEqual((redemption.state, self.member.points), ("approved", before - 1000))
        self.assertEqual(len(self.env["hotel.loyalty.redemption"].search([("card_id", "=", self.member.id)])), 1)

    def test_a_cancellation_gives_points_back_to_their_lots(self):
        self._give(1500)
        lots = self._get_lots()
        reservation = self._make_held()
        reservation._use_points(self.member, self.ten_off)
        reservation._confirm()
        self.assertNotEqual(self._get_lots(), lots)
        reservation._cancel()
        self.assertEqual(self._get_lots(), lots)
        self.assertEqual(reservation.reward_use_ids.redemption_id.state, "cancelled")

    def test_a_hold_that_runs_out_gives_points_back(self):
        self._give(1500)
        before = self.member.points
        reservation = self._make_held()
        reservation._use_points(self.member, self.ten_off)
        reservation._release_hold()
        self.assertEqual(self.member.points, before)

    def test_so_many_points_are_not_there(self):
        self._give(500)
        reservation = self._make_held()
        self.assertIn("missing", reservation._use_points(self.member, self.ten_off))
        self.assertFalse(reservation.reward_use_ids)

    def test_points_held_for_one_booking_are_not_spent_on_another(self):
        self._give(1000 - int(self.member.points))
        first, second = self._make_held(), self._make_held()
        self.assertEqual(first._use_points(self.member, self.ten_off), "")
        self.assertIn("missing", second._use_points(self.member, self.ten_off))

    def test_only_the_members_own_booking(self):
        self._give(2000)
        self.assertTrue(self._make_held(guest=self.other_guest)._use_points(self.member, self.ten_off))

    def test_rewards_by_point_take_what_was_asked_and_no_more_than_the_price(self):
        self._give(50000)
        before = self.member.points
        reservation = self._make_held()
        self.assertEqual(reservation._use_points(self.member, self.by_point, 1500), "")
        self.assertEqual((reservation.amount_total, self.member.points), (215.0, before - 1500))
        other = self._make_held(nights=1)
        self.assertEqual(other._use_points(self.member, self.by_point, 40000), "")
        self.assertEqual((other.amount_total, self.member.points), (0.0, before - 1500 - 11500))

    def test_a_programme_that_does_not_count_here(self):
        self._give(2000)
        self.program.hotel_property_ids = [Command.set(self.other_hotel.ids)]
        self.assertIn("does not count", self._make_held()._use_points(self.member, self.ten_off))

    # ---- nights -----------------------------------------------------------------------------

    def _make_silver(self):
        tier = self.program.hotel_tier_ids.filtered(lambda tier: tier.code == "silver")
        self.env["hotel.loyalty.grant"].create(
            {"card_id": self.member.id, "tier_id": tier.id, "kind": "gifted", "date": self.today}
        )
        self.member._hotel_evaluate()
        self.assertEqual(self.member.hotel_tier_id.code, "silver")

    def test_nights_are_paid_with_points_by_the_rules(self):
        self._give(10000)
        reservation = self._make_held()
        stay = reservation.stay_ids
        self.assertIn("Silver", reservation._use_free_nights(self.member, "free_night", stay))
        self._make_silver()
        before = self.member.points
        self.assertEqual(reservation._use_free_nights(self.member, "free_night", stay), "")
        use = reservation.reward_use_ids
        self.assertEqual((reservation.amount_total, use.points), (0.0, 4600))
        self.assertEqual(self.member.points, before - 4600)
        self.assertTrue(use.redemption_id.is_award_night)
        self.assertIn("4600", reservation.folio_ids.order_line.filtered("hotel_use_id").name)

    def test_points_and_money(self):
        self._give(10000)
        self._make_silver()
        reservation = self._make_held()
        self.assertTrue(reservation._use_free_nights(self.member, "free_night", reservation.stay_ids, 100))
        self.assertEqual(reservation._use_free_nights(self.member, "free_night", reservation.stay_ids, 1600), "")
        self.assertEqual(reservation.amount_total, 150.0)

    def test_more_points_than_there_are(self):
        self._make_silver()
        reservation = self._make_held()
        self.assertIn("missing", reservation._use_free_nights(self.member, "free_night", reservation.stay_ids))
        self.assertFalse(reservation.reward_use_ids)

    def test_late_cancellation_of_free_nights_loses_points_and_costs_no_money(self):
        self._give(10000)
        self._make_silver()
        reservation = self._make_held()
        reservation._use_free_nights(self.member, "free_night", reservation.stay_ids)
        reservation._confirm()
        before = self.member.points
        past = fields.Datetime.now() - timedelta(hours=1)
        reservation.write({"free_until_at": past, "fee_kind": "nights", "fee_value": 1})
        self.assertEqual(reservation._quote_cancel()["fee"], 0)
        reservation._cancel()
        self.assertEqual((self.member.points, reservation.reward_use_ids.state), (before, "kept"))

    def test_free_nights_that_change_follow_the_stay(self):
        self._give(10000)
        self._make_silver()
        reservation = self._make_held()
        stay = reservation.stay_ids
        reservation._use_free_nights(self.member, "free_night", stay)
        reservation._change(stay, {"departure_date": stay.departure_date + timedelta(days=1)})
        new = reservation.folio_ids.order_line.filtered("hotel_is_night").sorted("hotel_service_date")[-1]
        self.assertGreater(new.price_total, 0)
        self.assertEqual(reservation.amount_total, new.price_total)

    def test_the_desk_pays_nights_and_takes_points_by_its_form(self):
        self._give(20000)
        self._make_silver()
        clerk = self._make_user("front_office")
        wizards = self.env["hotel.reward.apply"].with_user(clerk)
        booking, other = self._make_held(), self._make_held()
        award = f"{self.program.id}/free_night"
        wizard = wizards.create({"reservation_id": booking.id, "way": "award", "award": award})
        self.assertEqual((wizard.card_id, wizard.balance), (self.member, self.member.points))
        wizard.action_apply()
        self.assertEqual((booking.amount_total, booking.reward_use_ids.kind), (0.0, "award"))
        wizards.create({"reservation_id": other.id, "way": "reward", "reward_id": self.ten_off.id}).action_apply()
        self.assertEqual(other.amount_total, 220.0)
        other._confirm()
        wizards.create({"reservation_id": other.id, "use_id": other.reward_use_ids.id}).action_take_off()
        self.assertEqual((other.amount_total, other.reward_use_ids.redemption_id.state), (230.0, "cancelled"))
