from decimal import Decimal

from odoo import models

from ...discounts import Terms


class LoyaltyReward(models.Model):
    _inherit = "loyalty.reward"

    def _get_hotel_terms(self, key, hotel, charges, points=0):
        """Return what this reward takes off the nights of a booking.

        Only nights are reduced: what guests consume besides is not known when they book.

        :param key: names the discount
        :param hotel.property hotel: in whose currency, at today's rate
        :param Iterable[discounts.Charge] charges: the nights
        :param int points: what is paid with, of a reward by point
        :rtype: discounts.Terms
        """
        self.ensure_one()
        values = {"most": self._to_hotel_coins(self.discount_max_amount, hotel) or None}
        if self.discount_applicability == "specific":
            products = self.env["product.product"].browse({charge.product for charge in charges})
            values["products"] = frozenset(products.filtered_domain(self._get_discount_product_domain()).ids)
        values["is_cheapest"] = self.discount_applicability == "cheapest"
        if self.discount_mode == "percent":
            return Terms(key, percent=Decimal(str(self.discount)), **values)
        amount = self.discount * points if self.discount_mode == "per_point" else self.discount
        return Terms(key, amount=self._to_hotel_coins(amount, hotel), **values)

    def _to_hotel_coins(self, amount, hotel):
        """Return an amount of the reward in the smallest coins of a property's currency.

        :rtype: int
        """
        currency = hotel.currency_id
        day = hotel._get_local_today()
        if self.currency_id and self.currency_id != currency:
            amount = self.currency_id._convert(amount, currency, hotel.company_id, day)
        return round(amount / currency.rounding)

    def _is_for_hotel(self):
        """Return whether bookings can use this reward: a discount, or a thing for nothing.

        :rtype: bool
        """
        self.ensure_one()
        return self.active and self.reward_type in ("discount", "product") and not self.clear_wallet

    def _get_hotel_name(self):
        """Return what a reward is called for guests, in the language of the environment.

        :rtype: str
        """
        self.ensure_one()
        return self.description or self.program_id.name
