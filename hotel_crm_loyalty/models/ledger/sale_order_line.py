from odoo import api, models

from .. import guards

#: a change of these on a confirmed order changes what it costs a member
COSTS = {"points_cost", "coupon_id", "reward_id", "product_uom_qty", "order_id"}


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _with_hotel_permit(self):
        """As with the orders."""
        return self.with_context(hotel_loyalty_order=guards.ORDER)

    @api.model_create_multi
    def create(self, vals_list):
        lines = super(SaleOrderLine, self._with_hotel_permit()).create(vals_list).with_env(self.env)
        lines._sync_hotel_redemptions(lines.order_id)
        return lines

    def write(self, vals):
        if not COSTS & set(vals):
            return super().write(vals)
        orders = self._get_hotel_orders()
        result = super(SaleOrderLine, self._with_hotel_permit()).write(vals)
        self._sync_hotel_redemptions(orders)
        return result

    def unlink(self):
        orders = self._get_hotel_orders()
        result = super(SaleOrderLine, self._with_hotel_permit()).unlink()
        self._sync_hotel_redemptions(orders)
        return result

    def _get_hotel_orders(self):
        """Return the confirmed orders on which these lines are rewards.

        :rtype: sale.order
        """
        return self.filtered(lambda line: line.reward_id and line.state == "sale").order_id

    def _sync_hotel_redemptions(self, orders):
        """Bring redemptions in line, unless a method of the order does so when it is through."""
        orders |= self.exists()._get_hotel_orders()
        if orders and not guards.is_given(self.env.context, guards.ORDER):
            orders.filtered(lambda order: order.state == "sale")._hotel_sync_redemptions()
