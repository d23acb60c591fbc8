"""What a use says on the bills."""

import secrets

from odoo import fields, models

from ...discounts import Terms
from .hotel_reward_use import LIVE


class HotelRewardUse(models.Model):
    _inherit = "hotel.reward.use"

    def _get_terms(self, charges):
        """Return what this use takes off the nights, or None where it is no discount.

        :param list[discounts.Charge] charges: the nights
        :rtype: discounts.Terms | None
        """
        self.ensure_one()
        if self.kind == "award":
            rounding = self.currency_id.rounding
            keys = frozenset((stay_id, fields.Date.to_date(day)) for stay_id, day in self.nights or [])
            return Terms(self.id, leave=round(self.cash / rounding), keys=keys)
        if self.reward_id.reward_type != "discount":
            return None
        return self.reward_id._get_hotel_terms(self.id, self.property_id, charges, self.points)

    def _get_product(self):
        """Return what Odoo books discounts of this reward as.

        :rtype: product.product
        """
        self.ensure_one()
        rewards = self.reward_id or self.program_id.reward_ids
        product = rewards.discount_line_product_id[:1]
        return product or self.property_id._get_charge_product("room")

    def _get_line_text(self):
        """Return what stands on the bill, in the language of the environment.

        :rtype: str
        """
        self.ensure_one()
        return self.reward_id._get_hotel_name() if self.kind in ("coupon", "code") and self.reward_id else self.name

    def _prepare_line_vals(self):
        """Return values that tie a line to this use; points are taken here, so Odoo takes none for the line.

        :rtype: dict
        """
        return {
            "reward_id": self.reward_id.id,
            "coupon_id": self.card_id.id,
            "points_cost": 0.0,
            "hotel_use_id": self.id,
            # Odoo deletes lines of one number together
            "reward_identifier_code": secrets.token_hex(8),
        }

    def _prepare_product_vals(self, folio):
        """Return values of the line of a thing that costs nothing.

        :param sale.order folio: on which it stands
        :rtype: dict
        """
        product = self.reward_id.reward_product_ids[:1]
        return {
            "order_id": folio.id,
            "product_id": product.id,
            "name": self.reward_id.with_context(lang=folio.partner_invoice_id.lang)._get_hotel_name(),
            "product_uom_qty": self.reward_id.reward_product_qty,
            "price_unit": product.lst_price,
            "discount": 100.0,
            "sequence": 30,
            **self._prepare_line_vals(),
        }

    def _update_amounts(self):
        """Note what each use takes off the bills now; of one that has ended the last amount stays."""
        for use in self.filtered(lambda use: use.state in LIVE):
            lines = use.line_ids.filtered(lambda line: line.order_id.state != "cancel")
            amount = use.currency_id.round(-sum(lines.mapped("price_total")))
            if use.currency_id.compare_amounts(amount, use.amount):
                use._permitted().amount = amount
