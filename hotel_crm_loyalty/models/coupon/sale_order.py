"""Rewards on folios are the booking's; on other orders Odoo's own, with the holes closed."""

from odoo import models
from odoo.fields import Domain


class SaleOrder(models.Model):
    _inherit = "sale.order"

    # ---- folios -----------------------------------------------------------------------------

    def _try_apply_code(self, code):
        """Return the coupon of a code and its rewards; personal coupons for their owner only.

        Folios ask their booking. Elsewhere Odoo goes on with the code as it is spelled, however it was typed.
        """
        self.ensure_one()
        if self.hotel_reservation_id:
            return self.hotel_reservation_id._try_hotel_code(code)
        rule, card = self.env["loyalty.program"]._find_hotel_code(code)
        if card and not card._is_hotel_owner((self.partner_id | self.partner_id.commercial_partner_id).ids):
            return {"error": card._get_hotel_unknown(), "not_found": True}
        return super()._try_apply_code(rule.code or card.code or code)

    def _apply_program_reward(self, reward, coupon, **kwargs):
        """Put a reward on the booking of a folio; on other orders as Odoo does."""
        self.ensure_one()
        if self.hotel_reservation_id:
            return self.hotel_reservation_id._take_reward(reward, coupon, kwargs.get("points"))
        return super()._apply_program_reward(reward, coupon, **kwargs)

    def _update_programs_and_rewards(self):
        """Leave folios alone: their rewards follow the nights, and no programme attaches by itself."""
        if self.hotel_reservation_id:
            return None
        return super()._update_programs_and_rewards()

    def _get_claimable_rewards(self, forced_coupons=None):
        """Offer nothing by itself on folios."""
        if self.hotel_reservation_id and not forced_coupons:
            return {}
        return super()._get_claimable_rewards(forced_coupons)

    def _get_point_changes(self):
        """Take no points for folios: they were taken when the reward was put on the booking."""
        return {} if self.hotel_reservation_id else super()._get_point_changes()

    def _add_loyalty_history_lines(self):
        """Write no history for folios: the booking has written it."""
        return None if self.hotel_reservation_id else super()._add_loyalty_history_lines()

    def _move_charges(self, lines):
        """Let discounts go with their nights."""
        result = super()._move_charges(lines)
        # as there: the rights were checked by the caller
        for reservation in self.sudo().hotel_reservation_id.filtered("reward_use_ids"):
            reservation._sync_discounts()
        return result

    def _get_due_of_leaving(self, stays):
        """Take off what the nights that are paid now are reduced by, as it will be after the departure."""
        due = super()._get_due_of_leaving(stays)
        reservation = self.hotel_reservation_id
        if not reservation.reward_use_ids:
            return due
        nights = reservation._get_charged_nights().filtered(
            lambda line: line.hotel_posted_at or line._is_slept() or line.hotel_stay_id not in stays
        )
        here = ("held", "booked", "in_house")
        counted = self.order_line.filtered(
            lambda line: line.hotel_posted_at and (line.hotel_stay_id.state not in here or line.hotel_stay_id in stays)
        )
        shares = reservation._get_night_shares(nights)
        off = sum(
            coins
            for (line, _use_id), coins in shares.items()
            if line.order_id == self and (line in counted or line.hotel_stay_id in stays)
        )
        done = sum(line._get_discount_coins() for line in counted.filtered("hotel_use_id"))
        return self.currency_id.round(due - (off - done) * self.currency_id.rounding)

    def _get_discount_price(self, product, taxes, amount):
        """Return the price of a line that takes an amount off, to the cent.

        :param product.product product: of the line
        :param account.tax taxes: of the nights, without those of a fixed amount
        :param float amount: with tax; less than 0 takes a discount back
        :rtype: dict
        """
        self.ensure_one()
        price, tax_data = self._get_price_of_gross(product, abs(amount), taxes)
        if amount < 0:
            return {"price_unit": price, "extra_tax_data": tax_data or False}
        if tax_data:
            tax_data = self.env["account.tax"]._reverse_quantity_base_line_extra_tax_data(tax_data)
            tax_data |= {"quantity": 1.0, "price_unit": -price}
        return {"price_unit": -price, "extra_tax_data": tax_data or False}

    # ---- other orders -----------------------------------------------------------------------

    def _get_program_domain(self):
        """Leave programmes that count at some hotels only to the bookings of these hotels."""
        return list(Domain(super()._get_program_domain()) & Domain("hotel_is_local", "=", False))
