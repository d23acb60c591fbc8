"""The holes of Odoo's own coupons, each of them closed (loyalty and sale_loyalty of 19.0)."""

from datetime import timedelta

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.hotel_crm_base.models.booking.errors import CodeRefused

from .coupon_common import CouponCase


@tagged("post_install", "-at_install")
class TestCouponGuards(CouponCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller = new_test_user(
            cls.env, "seller", "sales_team.group_sale_salesman_all_leads", company_id=cls.hotel.company_id.id
        )
        cls.service = cls.env["product.product"].create(
            {"name": "Tour", "type": "service", "list_price": 100.0, "taxes_id": False}
        )

    def _make_order(self, guest=None):
        line = {"product_id": self.service.id, "product_uom_qty": 2, "price_unit": 100.0}
        return self.env["sale.order"].create(
            {"partner_id": (guest or self.guest).id, "order_line": [Command.create(line)]}
        )

    def _apply(self, order, code):
        found = order._try_apply_code(code)
        if "error" in found:
            return found["error"]
        for coupon, rewards in found.items():
            order._apply_program_reward(rewards[:1], coupon)
        order._update_programs_and_rewards()
        return ""

    # ---- whose it is ------------------------------------------------------------------------

    def test_a_personal_coupon_is_its_owners_and_the_answer_tells_others_nothing(self):
        coupon = self._make_coupon(self.coupons, self.guest)
        booking = self._make_held(guest=self.other_guest)
        unknown = booking._apply_code("ABCD-EFGH-JKMN")
        self.assertTrue(unknown)
        self.assertEqual(booking._apply_code(coupon.code), unknown)
        self.assertEqual(self._apply(self._make_order(self.other_guest), coupon.code), unknown)
        self.assertEqual(coupon.points, 1)
        self.assertEqual(self._make_held()._apply_code(coupon.code), "")

    def test_a_companys_coupon_is_for_its_people_and_a_colleagues_is_not(self):
        company = self.env["res.partner"].create({"name": "Acme", "is_company": True})
        ana, rui = (self._make_guest(name, parent_id=company.id) for name in ("Ana", "Rui"))
        theirs, anas = self._make_coupon(self.coupons, company), self._make_coupon(self._make_coupons(5.0), ana)
        self.assertEqual(self._make_held(guest=rui)._apply_code(theirs.code), "")
        self.assertTrue(self._make_held(guest=rui)._apply_code(anas.code))

    # ---- codes ------------------------------------------------------------------------------

    def test_codes_are_long_and_are_read_however_they_are_typed(self):
        codes = {self._make_coupon(self.coupons).code for _number in range(50)}
        self.assertEqual(len(codes), 50)
        self.assertTrue(all(len(code) >= 12 for code in codes))
        code = codes.pop()
        typed = f" {code[:4].lower()}-{code[4:8]} {code[8:].lower()} "
        self.assertEqual(self._make_held()._apply_code(typed), "")
        self.assertEqual(self._apply(self._make_order(), codes.pop().lower()), "")

    def test_what_is_no_code_is_refused(self):
        booking = self._make_held()
        for text in ("-", "x" * 65, "%", "' OR 1=1 --", "\u202e"):
            self.assertTrue(booking._apply_code(text), text)
        self.assertEqual(booking._apply_code("  "), "")

    def test_gift_cards_wallets_and_membership_cards_are_no_codes(self):
        member = self._make_member(self.guest)
        gift = self.env["loyalty.program"].create({"name": "Gift", "program_type": "gift_card"})
        card = self._make_coupon(gift, points=50)
        for code in (member.code, card.code):
            self.assertTrue(self._make_held()._apply_code(code))

    # ---- once -------------------------------------------------------------------------------

    def test_a_coupon_is_used_once(self):
        coupon = self._make_coupon(self.coupons)
        first, second = self._make_held(), self._make_held()
        self.assertEqual(first._apply_code(coupon.code), "")
        self.assertIn("not confirmed yet", second._apply_code(coupon.code))
        self.assertIn("already", first._apply_code(coupon.code))
        first._confirm()
        self.assertEqual(second._apply_code(coupon.code), "This code has been used already.")
        self.assertTrue(self._apply(self._make_order(), coupon.code))
        self.assertEqual(second.amount_total, 230.0)

    def test_a_limited_offer_counts_what_was_really_used(self):
        program = self._make_shared_code(limit_usage=True, max_usage=2)
        bookings = [self._make_held() for _number in range(4)]
        self.assertEqual([booking._apply_code("summer") for booking in bookings[:2]], ["", ""])
        self.assertIn("as often", bookings[2]._apply_code("SUMMER"))
        bookings[0]._release_hold()
        program.invalidate_recordset()
        self.assertEqual(program.total_order_count, 1)
        self.assertEqual(bookings[2]._apply_code("Summer"), "")
        self.assertTrue(bookings[3]._apply_code("SUMMER"))
        with self.assertRaises(CodeRefused):
            self.env["hotel.reservation"]._get_quote_lines(self._make_terms(code="SUMMER"))
        self.assertFalse(bookings[0].reward_use_ids.card_id.active)

    # ---- lines ------------------------------------------------------------------------------

    def test_quantity_zero_deletion_and_prices_of_rewards_are_refused(self):
        order = self._make_order()
        coupon = self._make_coupon(self.coupons)
        self._apply(order, coupon.code)
        order.action_confirm()
        self.assertEqual(coupon.points, 0)
        reward = order.order_line.filtered("reward_id")
        with self.assertRaises(UserError):
            reward.product_uom_qty = 0
        with self.assertRaises(UserError):
            reward.unlink()
        order._action_cancel()
        self.assertEqual(coupon.points, 1)

    def test_discounts_of_bookings_are_nobodys_to_write(self):
        booking = self._make_held()
        booking._apply_code(self._make_coupon(self.coupons).code)
        line = booking.folio_ids.order_line.filtered("hotel_use_id")
        changes = {"price_unit": -200.0, "product_uom_qty": 0, "discount": 100, "points_cost": 5, "hotel_use_id": False}
        for vals in ({name: value} for name, value in changes.items()):
            with self.assertRaises(UserError, msg=vals):
                line.write(vals)
        with self.assertRaises(UserError):
            line.unlink()
        with self.assertRaises(UserError):
            line.copy({"hotel_use_id": line.hotel_use_id.id})
        for call in (lambda: line.hotel_use_id.write({"state": "returned"}), lambda: line.hotel_use_id.unlink()):
            with self.assertRaises(AccessError):
                call()

    # ---- points and history -----------------------------------------------------------------

    @mute_logger("odoo.models")
    def test_sellers_write_neither_points_nor_history(self):
        coupon = self._make_coupon(self.coupons, self.guest)
        mine = coupon.with_user(self.seller)
        owner = self.other_guest.id
        changes = {"points": 99, "partner_id": owner, "code": "EASY", "expiration_date": "2099-01-01"}
        for vals in ({name: value} for name, value in changes.items()):
            with self.assertRaises(AccessError, msg=vals):
                mine.write(vals)
        history = self.env["loyalty.history"].with_user(self.seller)
        with self.assertRaises(AccessError):
            history.create({"card_id": coupon.id, "description": "x", "issued": 5})
        wizard = self.env["loyalty.card.update.balance"].with_user(self.seller)
        with self.assertRaises(AccessError):
            wizard.create({"card_id": coupon.id, "new_balance": 50, "description": "x"}).action_update_card_point()
        self.assertEqual(coupon.points, 1)

    def test_sellers_still_sell_with_coupons(self):
        coupon = self._make_coupon(self.coupons, self.guest)
        order = self._make_order().with_user(self.seller)
        self.assertEqual(self._apply(order, coupon.code), "")
        order.action_confirm()
        self.assertEqual((order.amount_total, coupon.points), (180.0, 0))
        self.assertEqual(coupon.history_ids.filtered("used").used, 1)
        order._action_cancel()
        self.assertEqual(coupon.points, 1)

    def test_points_never_fall_below_nothing(self):
        coupon = self._make_coupon(self.coupons)
        self.assertTrue(coupon._take_hotel_points(1))
        self.assertFalse(coupon._take_hotel_points(1))
        self.assertEqual(coupon.points, 0)

    # ---- where and when ---------------------------------------------------------------------

    def test_the_date_is_the_propertys(self):
        with freeze_time("2026-05-01 20:00:00"):  # it is tomorrow in Shanghai
            self.assertEqual(self.other_hotel._get_local_today().isoformat(), "2026-05-02")
            coupon = self._make_coupon(self.coupons, expiration_date="2026-05-01")
            self.assertEqual(self._make_held()._apply_code(coupon.code), "")
            late = self._make_coupon(self._make_coupons(7.0), expiration_date="2026-05-01")
            kind = self._make_room_type(self.other_hotel)
            kind.product_id.list_price = 100.0
            away = self._make_held(hotel=self.other_hotel, arrival=self.other_hotel.business_date)
            self.assertEqual(away._apply_code(late.code), "This code has expired.")

    def test_programmes_hold_where_and_when_they_say(self):
        today = self.hotel._get_local_today()
        for values in (
            {"hotel_property_ids": [Command.set(self.other_hotel.ids)]},
            {"company_id": self.other_company.id},
            {"date_from": today + timedelta(days=3), "date_to": today + timedelta(days=5)},
            {"date_to": today - timedelta(days=1)},
            {"active": False},
            {"sale_ok": False},
        ):
            coupon = self._make_coupon(self._make_coupons(**values))
            self.assertTrue(self._make_held()._apply_code(coupon.code), values)

    def test_no_programme_attaches_to_a_folio_by_itself(self):
        self.env["loyalty.program"].create(
            {
                "name": "Auto",
                "program_type": "promotion",
                "trigger": "auto",
                "applies_on": "current",
                "rule_ids": [Command.clear(), Command.create({"minimum_amount": 1})],
            }
        )
        booking = self._make_held()
        booking._confirm()
        self.assertFalse(booking.folio_ids.coupon_point_ids)
        self.assertFalse(booking.folio_ids.order_line.filtered("reward_id"))
