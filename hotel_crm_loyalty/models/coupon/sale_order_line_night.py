"""Nights as discounts see them, and the lines of discounts."""

from collections import defaultdict

from odoo import models

from ...discounts import Bucket, Charge


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _get_hotel_charges(self):
        """Return these nights as discounts see them: less what was taken back, and without fixed taxes.

        :rtype: list[discounts.Charge]
        """
        taken = defaultdict(lambda: [0.0, 0.0])
        if any(line.hotel_posted_at for line in self):
            for correction in self.search([("hotel_corrected_line_id", "in", self.ids)]):
                amounts = taken[correction.hotel_corrected_line_id.id]
                amounts[0] += correction.price_total
                amounts[1] += correction.price_subtotal
        charges = []
        for line in self:
            gross, net = taken[line.id]
            gross += line.price_total - line._get_fixed_tax()
            net += line.price_subtotal
            rounding = line.currency_id.rounding
            key = (line.hotel_stay_id.id, line.hotel_service_date)
            charges.append(Charge(key, max(round(gross / rounding), 0), line.product_id.id, round(net / rounding)))
        return charges

    def _get_reducible_taxes(self):
        """Return the taxes of this night that grow with its price.

        :rtype: account.tax
        """
        return self.tax_ids.flatten_taxes_hierarchy().filtered(lambda tax: tax.amount_type != "fixed")

    def _get_fixed_tax(self):
        """Return the taxes of this line that do not grow with its price, such as a city tax.

        :rtype: float
        """
        fixed = self.tax_ids.flatten_taxes_hierarchy() - self._get_reducible_taxes()
        return sum(fixed.mapped("amount")) * self.product_uom_qty

    def _get_night_bucket(self, use_id):
        """Return which line of a discount takes the share of this night.

        :param int use_id: of the discount
        :rtype: discounts.Bucket
        """
        taxes = tuple(sorted(self._get_reducible_taxes().ids))
        return Bucket(use_id, self.order_id.id, self.hotel_stay_id.id, taxes, bool(self.hotel_posted_at))

    def _get_discount_bucket(self):
        """Return which nights this line of a discount is for.

        :rtype: discounts.Bucket
        """
        taxes = tuple(sorted(self.tax_ids.ids))
        return Bucket(
            self.hotel_use_id.id, self.order_id.id, self.hotel_stay_id.id, taxes, bool(self.hotel_posted_at)
        )

    def _get_discount_coins(self):
        """Return what this line takes off, in the smallest coins.

        :rtype: int
        """
        return round(-self.price_total / self.currency_id.rounding)

    def _get_fixed_discounts(self):
        """Return those lines that are invoiced or written as consumption: what is wrong with them is a new line.

        :rtype: sale.order.line
        """
        due = self.filtered("hotel_posted_at")
        if not due:
            return due
        written = set(due._get_consumption().mapped("source_ref"))
        return due.filtered(lambda line: line.invoice_lines or str(line.id) in written)

    def _is_consumption(self):
        """Things that cost nothing are no consumption."""
        is_free = self.hotel_use_id and not self.hotel_kind
        return not is_free and super()._is_consumption()

    def _take_back(self, reason, amount=None):
        """Take back the discount on a night together with the night."""
        new = super()._take_back(reason, amount)
        line = self.sudo()  # the rights were checked by the caller
        reservation = line.order_id.hotel_reservation_id
        if line.hotel_is_night and reservation.reward_use_ids:
            reservation._sync_discounts()
            due = reservation._get_discount_lines().filtered(
                lambda each: each.hotel_stay_id == line.hotel_stay_id and each.hotel_posted_at
            )
            if line._get_consumption():
                due._write_consumption()
            if line.invoice_lines:
                due.order_id._bill()
            reservation._settle_if_over()
        return new
