from datetime import date

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .loyalty_common import LoyaltyCase


@freeze_time("2026-07-01 12:00:00")
@tagged("post_install", "-at_install")
class TestOrders(LoyaltyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reward = cls.env["loyalty.reward"].create(
            {
                "program_id": cls.program.id,
                "reward_type": "discount",
                "discount_mode": "per_order",
                "discount": 10,
                "required_points": 400,
                "discount_applicability": "order",
            }
        )
        cls.product = cls.env["product.product"].create({"name": "Night", "list_price": 100, "type": "service"})

    def setUp(self):
        super().setUp()
        self.card = self._make_member()
        self._make_departed(self.card.partner_id, date(2026, 5, 10), spend=500)
        self.card._hotel_evaluate()

    def _make_order(self, env=None):
        order = (env or self.env)["sale.order"].create(
            {
                "partner_id": self.card.partner_id.id,
                "order_line": [Command.create({"product_id": self.product.id, "product_uom_qty": 2})],
            }
        )
        order._update_programs_and_rewards()
        order._apply_program_reward(self.reward, self.card.with_env(order.env))
        return order

    def assertAddsUp(self, points):
        history = self.card.history_ids
        self.assertEqual(self.card.points, points)
        self.assertEqual(sum(self.card.hotel_lot_ids.mapped("remaining")), points)
        self.assertEqual(sum(history.mapped("issued")) - sum(history.mapped("used")), points)

    def test_a_reward_on_an_order_is_a_redemption_when_it_is_confirmed(self):
        order = self._make_order()
        self.assertAddsUp(600)
        order.action_confirm()
        self.assertAddsUp(200)
        [redemption] = self.env["hotel.loyalty.redemption"].search([("order_id", "=", order.id)])
        self.assertEqual((redemption.points, redemption.reward_id), (400, self.reward))
        [row] = self.card.history_ids.filtered("used")
        self.assertEqual((row.order_model, row.order_id), ("sale.order", order.id))

    def test_a_cancelled_order_gives_points_back_to_their_lots(self):
        order = self._make_order()
        before = self.card.hotel_lot_ids.mapped(lambda lot: (lot.key, lot.remaining, lot.expiry_date))
        order.action_confirm()
        order._action_cancel()
        self.assertAddsUp(600)
        after = self.card.hotel_lot_ids.mapped(lambda lot: (lot.key, lot.remaining, lot.expiry_date))
        self.assertEqual(after, before)

    def test_a_reward_line_without_quantity_costs_nothing(self):
        order = self._make_order()
        order.action_confirm()
        order.order_line.filtered("reward_id").product_uom_qty = 0
        self.assertAddsUp(600)
        order.order_line.filtered("reward_id").product_uom_qty = 1
        self.assertAddsUp(200)

    def test_points_are_spent_by_one_order_only(self):
        first, second = self._make_order(), self._make_order()
        first.action_confirm()
        with self.assertRaises(UserError):
            second.action_confirm()

    def test_nobody_writes_points_or_history_by_hand(self):
        seller = new_test_user(self.env, "seller", groups="sales_team.group_sale_manager")
        card = self.card.with_user(seller)
        forged = {"hotel_loyalty_ledger": True, "hotel_loyalty_order": True}
        for record in (card, card.with_context(**forged), card.sudo()):
            with self.assertRaises(AccessError):
                record.points = 9999
            with self.assertRaises(AccessError):
                record.write({"hotel_tier_id": False})
            with self.assertRaises(AccessError):
                record.write({"partner_id": seller.partner_id.id})
        with self.assertRaises(AccessError):
            self.env["loyalty.history"].with_user(seller).create(
                {"card_id": self.card.id, "description": "gift", "issued": 100}
            )
        with self.assertRaises(AccessError):
            self.card.history_ids.with_user(seller).write({"issued": 0})
        with self.assertRaises(AccessError):
            self.env["loyalty.card"].with_user(seller).create(
                {"program_id": self.program.id, "partner_id": seller.partner_id.id, "points": 5}
            )
        wizard = self.env["loyalty.card.update.balance"].with_user(seller).create(
            {"card_id": self.card.id, "new_balance": 5000, "description": "gift"}
        )
        with self.assertRaises(AccessError):
            wizard.action_update_card_point()
        self.assertAddsUp(600)

    def test_a_salesperson_confirms_and_cancels(self):
        seller = new_test_user(self.env, "seller", groups="sales_team.group_sale_salesman_all_leads")
        order = self._make_order(self.env(user=seller))
        order.action_confirm()
        self.assertAddsUp(200)
        order._action_cancel()
        self.assertAddsUp(600)
