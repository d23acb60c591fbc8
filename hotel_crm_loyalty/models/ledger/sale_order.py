"""Points on orders: what core does to the points of a member's card becomes redemptions of the order."""

from math import ceil

from odoo import models

from .. import guards


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _with_hotel_permit(self):
        """Return these orders for core's own methods: what they write to members' points is left to redemptions."""
        return self.with_context(hotel_loyalty_order=guards.ORDER)

    def action_confirm(self):
        """Confirm; points of members leave with it.

        :raises UserError: a member has not enough of them (any more)
        """
        result = super(SaleOrder, self._with_hotel_permit()).action_confirm()
        self._hotel_sync_redemptions()
        return result

    def _action_cancel(self):
        result = super(SaleOrder, self._with_hotel_permit())._action_cancel()
        self._hotel_sync_redemptions()
        return result

    def _update_programs_and_rewards(self):
        result = super(SaleOrder, self._with_hotel_permit())._update_programs_and_rewards()
        self.filtered(lambda order: order.state == "sale")._hotel_sync_redemptions()
        return result

    def _hotel_sync_redemptions(self):
        """Make redemptions say what rewards on these orders cost members now. Asked twice, nothing more happens.

        A confirmed order costs what its reward lines say, those without a quantity nothing; any other order
        costs nothing, and what it took goes back to the lots that it came from.

        :raises UserError: points are missing
        """
        redemptions = self.env["hotel.loyalty.redemption"].sudo()
        live = redemptions.search(
            [("order_id", "in", self.ids), ("reward_id", "!=", False), ("state", "!=", "cancelled")]
        )
        taken = live.grouped(lambda redemption: (redemption.order_id, redemption.card_id, redemption.reward_id))
        # who confirms an order need not see the cards behind its rewards
        due = self.sudo()._get_hotel_costs()
        for key, found in taken.items():
            if sum(found.mapped("points")) != due.get(key):
                found._cancel()
            else:
                del due[key]
        for (order, card, reward), points in due.items():
            card._hotel_redeem(
                points,
                reward_id=reward.id,
                order_id=order.id,
                reservation_id=order.hotel_reservation_id.id,
                property_id=order.hotel_property_id.id,
                note=order.name,
                state="handed_over",
            )

    def _get_hotel_costs(self):
        """Return what rewards on these orders cost members.

        :returns: (order, card, reward) -> points
        :rtype: dict[tuple, int]
        """
        costs = {}
        for line in self.filtered(lambda order: order.state == "sale").order_line:
            if line.reward_id and line.coupon_id.hotel_managed and line.product_uom_qty and line.points_cost:
                key = (line.order_id, line.coupon_id, line.reward_id)
                costs[key] = costs.get(key, 0) + line.points_cost
        return {key: ceil(points) for key, points in costs.items()}
