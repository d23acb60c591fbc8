from datetime import date

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .desk_common import DeskCase


@tagged("post_install", "-at_install")
class TestRewards(DeskCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._give_points(cls.card, 2000)
        cls.start = cls.card.points
        cls.coupons = cls.env["loyalty.program"].create(
            {
                "name": "Tea for Two",
                "program_type": "coupons",
                "applies_on": "current",
                "trigger": "with_code",
                "reward_ids": [Command.create({"discount": 10})],
            }
        )

    def _redeem(self, item, user=None, **values):
        wizards = self.env["hotel.loyalty.redeem"].with_user(user or self.clerk)
        form = Form(wizards.with_context(default_card_id=self.card.id))
        form.item_id = item
        for name, value in values.items():
            form[name] = value
        action = form.save().action_redeem()
        return self.env["hotel.loyalty.redemption"].browse(action["context"]["default_redemption_id"])

    def _hand_over(self, redemption, user=None, name="Ana Costa"):
        action = self._as(user or self.clerk, redemption).action_open_hand_over()
        wizards = self.env["hotel.loyalty.hand.over"].with_user(user or self.clerk)
        form = Form(wizards.with_context(**action["context"]))
        form.signed_by = name
        return form.save().action_hand_over()

    def test_a_gift_at_the_desk_takes_points_and_stock_and_is_handed_over_with_a_name(self):
        item = self._make_item(is_stocked=True, stock=2)
        redemption = self._redeem(item)
        self.assertEqual((redemption.state, redemption.points, redemption.property_id), ("approved", 300, self.hotel))
        self.assertEqual((self.card.points, item.stock), (self.start - 300, 1))
        self._hand_over(redemption, name=" Ana Costa ")
        self.assertEqual((redemption.state, redemption.signed_by), ("handed_over", "Ana Costa"))
        self.assertEqual(redemption.handed_over_by_id, self.clerk)
        with self.assertRaises(UserError):
            self._as(self.clerk, redemption)._hand_over("Ana Costa")
        with self.assertRaises(UserError):
            self._as(self.clerk, redemption).action_refuse("changed his mind")

    def test_a_reward_for_which_the_desk_says_yes_first(self):
        item = self._make_item(needs_approval=True)
        redemption = item._redeem(self.card, self.hotel)
        self.assertEqual(redemption.state, "requested")
        self.assertEqual(self.card.points, self.start - 300, "points leave when it is asked for")
        with self.assertRaises(UserError):
            self._as(self.clerk, redemption)._hand_over("Ana")
        self._as(self.clerk, redemption).action_approve()
        self.assertEqual((redemption.state, redemption.approved_by_id), ("approved", self.clerk))
        with self.assertRaises(UserError):
            self._as(self.clerk, redemption).action_approve()

    def test_cancelling_gives_points_back_to_their_lots_and_the_gift_to_the_stock(self):
        item = self._make_item(is_stocked=True, stock=1)
        lots = {lot.key: lot.remaining for lot in self.card.hotel_lot_ids}
        redemption = self._redeem(item)
        self.assertEqual(item.stock, 0)
        self._as(self.clerk, redemption).action_refuse("Out of tea")
        self.assertEqual((redemption.state, redemption.cancelled_reason, item.stock), ("cancelled", "Out of tea", 1))
        self.assertEqual(self.card.points, self.start)
        self.assertEqual({lot.key: lot.remaining for lot in self.card.hotel_lot_ids}, lots)
        message = self.env["hotel.message"].search([("res_model", "=", redemption._name)], limit=1)
        self.assertTrue(message)

    def test_a_coupon_is_given_out_at_once_and_is_the_members_alone(self):
        item = self._make_item("Tea Coupon", kind="coupon", coupon_program_id=self.coupons.id)
        redemption = self._redeem(item)
        coupon = redemption.coupon_id
        self.assertEqual((coupon.partner_id, coupon.program_id), (self.guest, self.coupons))
        self.assertEqual(redemption.state, "handed_over")
        self.assertGreaterEqual(len(coupon.code), 12)
        message = self.env["hotel.message"].search([("res_id", "=", redemption.id)], limit=1)
        self.assertIn(coupon.code, message._render()[message][1])

    def test_what_speaks_against_it_is_said(self):
        gold = self.program.hotel_tier_ids.filtered(lambda tier: tier.code == "gold")
        other = self._make_property(name="Sister", code="SIS")
        for values, text in (
            ({"from_date": date(2026, 7, 1)}, "on."),
            ({"until_date": date(2026, 6, 14)}, "only."),
            ({"is_stocked": True, "stock": 0}, "nothing left"),
            ({"tier_id": gold.id}, "Gold"),
            ({"property_id": other.id}, "Sister"),
            ({"active": False}, "not on offer"),
            ({"points": 99999}, "missing"),
        ):
            with self.subTest(values):
                item = self._make_item(**values)
                with self.assertRaises(UserError) as caught:
                    item._redeem(self.card, self.hotel)
                self.assertIn(text, str(caught.exception))
        self.assertEqual(self.card.points, self.start)

    def test_a_failed_redemption_leaves_the_stock_as_it_was(self):
        item = self._make_item(points=99999, is_stocked=True, stock=5)
        with self.assertRaises(UserError), self.env.cr.savepoint():
            item._redeem(self.card, self.hotel)
        item.invalidate_recordset()
        self.assertEqual(item.stock, 5)

    def test_a_reward_of_the_rules_costs_what_they_say(self):
        spa = self._make_item("Spa", kind="service", points=0, reward_code="spa")
        self.assertEqual(self._redeem(spa).points, 1500)
        night = self._make_item("Night", kind="free_night", points=0, reward_code="free_night")
        with self.assertRaises(UserError, msg="from Silver up"):
            night._redeem(self.card, self.hotel, prices=[20])
        self._give_tier(self.card, "silver")
        self.assertEqual(night._get_quote(self.card, [20, 5]).points, 500)
        self.assertEqual(night._redeem(self.card, self.hotel, prices=[20]).points, 400)

    def test_the_same_request_twice_is_one_redemption(self):
        item = self._make_item()
        first = item._redeem(self.card, self.hotel, request_key="page/1")
        self.assertEqual(item._redeem(self.card, self.hotel, request_key="page/1"), first)
        self.assertEqual(self.card.points, self.start - 300)

    def test_what_nobody_collects_goes_back(self):
        item = self._make_item(collect_days=10, is_stocked=True, stock=1)
        redemption = self._redeem(item)
        self.assertEqual(redemption.expires_date, date(2026, 6, 25))
        cron = self.env.ref("hotel_crm_loyalty.ir_cron_loyalty_redemption_expire")
        with freeze_time("2026-06-25 12:00:00"), self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.assertEqual(redemption.state, "approved")
        with freeze_time("2026-06-26 12:00:00"), self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.assertEqual((redemption.state, item.stock, self.card.points), ("cancelled", 1, self.start))

    def test_records_that_make_no_sense_are_refused(self):
        for values in (
            {"points": 0},
            {"points": 5, "reward_code": "spa"},
            {"points": 0, "reward_code": "moon"},
            {"kind": "coupon"},
            {"tier_id": self._make_program("btg").hotel_tier_ids[0].id},
        ):
            with self.subTest(values), self.assertRaises(ValidationError):
                self._make_item(**values)

    def test_catalogue_says_what_a_member_can_have(self):
        cheap, dear = self._make_item("Cheap"), self._make_item("Dear", points=5000)
        rows = {row["name"]: row for row in (cheap | dear)._get_catalogue(self.card)}
        self.assertEqual((rows["Cheap"]["is_open"], rows["Cheap"]["missing"]), (True, 0))
        self.assertEqual((rows["Dear"]["is_open"], rows["Dear"]["missing"]), (False, 5000 - self.start))

    def test_who_hands_over_and_where(self):
        redemption = self._redeem(self._make_item())
        for role in ("marketing", "call_agent", "finance"):
            with self.assertRaises(AccessError, msg=role):
                self._as(self._make_user(role), redemption)._hand_over("Ana")
        stranger = self._make_user("front_office", self._make_property(name="Sister", code="SIS"))
        with self.assertRaises(AccessError):
            self._as(stranger, redemption)._hand_over("Ana")
        with self.assertRaises(UserError):
            self._as(self.clerk, redemption)._hand_over("  ")
        with self.assertRaises(AccessError):
            self._as(self.clerk, redemption).write({"state": "handed_over"})
        self._hand_over(redemption, self._make_user("food_beverage"))
        self.assertEqual(redemption.state, "handed_over")

    def test_the_board_takes_as_many_queries_for_many_as_for_few(self):
        item = self._make_item(points=1)
        user = self._make_user("front_office")
        fields = ["partner_id", "item_id", "points", "state", "property_id", "expires_date", "display_name"]
        counts = []
        for number in (2, 20):
            for _time in range(number):
                item._redeem(self.card, self.hotel)
            self.env.flush_all()
            self.env.invalidate_all()
            board = self.env["hotel.loyalty.redemption"].with_user(user)
            board.search_read([], fields)
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertGreaterEqual(len(board.search_read([("state", "=", "approved")], fields)), number)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])
