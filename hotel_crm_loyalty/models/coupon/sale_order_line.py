"""Lines of rewards: their amounts are the program's, on folios and on other confirmed orders."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.hotel_crm_base.models.booking.hotel_reservation_folio import QUIET

from .. import guards

#: what makes up the amount of a reward
FIXED = frozenset(
    {"product_id", "product_uom_qty", "price_unit", "discount", "tax_ids", "points_cost", "coupon_id", "reward_id"}
)


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    hotel_use_id = fields.Many2one(
        "hotel.reward.use",
        string="Coupon or Points",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse lines that claim a reward of a booking by hand."""
        if not self._is_reward_permitted() and any(vals.get("hotel_use_id") for vals in vals_list):
            raise UserError(self.env._("Discounts come to a booking by a code or by points."))
        return super().create(vals_list)

    def write(self, vals):
        """Keep amounts of rewards: what was used is given back with its order, not by a quantity of nothing.

        :raises UserError: somebody changes a discount of a booking, or takes one out of a confirmed order
        """
        if not self._is_reward_permitted():
            self._check_reward_write(vals)
        return super().write(vals)

    def _check_reward_write(self, vals):
        if not FIXED & set(vals) and "hotel_use_id" not in vals:
            return
        if "hotel_use_id" in vals or any(line.hotel_use_id for line in self):
            raise UserError(self.env._("A discount of a booking follows its nights: take the code off instead."))
        # Odoo rewrites rewards as a whole, with the number that ties their lines together
        is_emptied = "product_uom_qty" in vals and not vals["product_uom_qty"] and "reward_identifier_code" not in vals
        # members' points go back by their redemption, see there
        coupons = self.filtered(lambda line: line.is_reward_line and not line.sudo().coupon_id.hotel_managed)
        if is_emptied and any(line.state == "sale" for line in coupons):
            raise UserError(
                self.env._("The coupon or the points of this line are used: cancel the order to give them back.")
            )

    def _check_line_unlink(self):
        """Discounts that are not due leave a folio although it is confirmed."""
        refused = super()._check_line_unlink()
        if not self._is_reward_permitted():
            return refused
        return refused.filtered(lambda line: not line.hotel_use_id)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_discount(self):
        """Refuse to delete discounts of bookings by hand; with their folio, they go as Odoo does it."""
        discounts = self.filtered("hotel_use_id")
        if discounts and not self._is_reward_permitted():
            if any(line.state != "cancel" for line in discounts):
                raise UserError(self.env._("A discount of a booking follows its nights: take the code off instead."))

    def _is_reward_permitted(self):
        return guards.is_given(self.env.context, guards.REWARD)

    def _permitted_discounts(self):
        """Return lines so that discounts of bookings can be written; the caller has found out that it is right.

        Odoo adds the points of a line, none here, to its card: that is let pass too.
        """
        permits = {permit.key: permit for permit in (guards.REWARD, guards.ORDER)}
        return self.with_context(**QUIET, **permits)
