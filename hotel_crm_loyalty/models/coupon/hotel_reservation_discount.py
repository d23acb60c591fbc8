"""Discounts on bills: one line for each reward, stay and tax, kept in step with the nights.

A discount becomes due with its nights. What is due stands on a line of its own, which grows night by night
until it is invoiced or written as consumption; later differences are lines of their own. So consumption,
folio and invoice say the same at each moment.
"""

from collections import defaultdict

from odoo import fields, models
from odoo.fields import Domain

from ...discounts import allot
from .hotel_reward_use import LIVE


class HotelReservation(models.Model):
    _inherit = "hotel.reservation"

    def _sync_nights_of_folio(self):
        """Reckon the discounts anew once the nights are right."""
        result = super()._sync_nights_of_folio()
        if self.reward_use_ids:
            self._sync_discounts()
            self.folio_ids._close_if_empty()
        return result

    def _sync_discounts(self):
        """Bring the lines of discounts in line with the nights. With sudo; the folios are locked."""
        self.ensure_one()
        if not self.reward_use_ids:
            return
        lines = self._get_discount_lines()
        fixed = lines._get_fixed_discounts()
        wanted, days = self._get_wanted_discounts()
        for line in fixed:
            wanted[line._get_discount_bucket()] -= line._get_discount_coins()
        standing, gone = {}, lines.browse()
        for line in lines - fixed:
            bucket = line._get_discount_bucket()
            if wanted.get(bucket) and bucket not in standing:
                standing[bucket] = line
            else:
                gone |= line
        gone._permitted_discounts().unlink()
        for bucket, coins in wanted.items():
            if coins:
                self._write_discount(bucket, coins, standing.get(bucket), days.get(bucket))
        self._sync_free_products()
        self.reward_use_ids._update_amounts()

    def _get_discount_lines(self):
        """Return the lines of discounts on open folios.

        :rtype: sale.order.line
        """
        domain = Domain("hotel_use_id", "in", self.reward_use_ids.ids) & Domain("hotel_stay_id", "!=", False)
        return self.env["sale.order.line"].search(domain & Domain("order_id.state", "!=", "cancel"), order="id")

    def _get_night_shares(self, lines):
        """Return what is taken off some nights.

        :param sale.order.line lines: of nights
        :returns: (line, use's id) -> smallest coins
        :rtype: dict
        """
        charges = lines._get_hotel_charges()
        shares = allot(charges, self._get_discount_terms(charges))
        return {
            (line, use_id): parts[charge.key]
            for use_id, parts in shares.items()
            for line, charge in zip(lines, charges, strict=True)
            if charge.key in parts
        }

    def _get_wanted_discounts(self):
        """Return what the bills should say.

        :returns: Bucket -> smallest coins, and Bucket -> the last of its nights
        :rtype: tuple[dict, dict]
        """
        wanted, days = defaultdict(int), {}
        for (line, use_id), coins in self._get_night_shares(self._get_charged_nights()).items():
            bucket = line._get_night_bucket(use_id)
            wanted[bucket] += coins
            days[bucket] = max(days.get(bucket, line.hotel_service_date), line.hotel_service_date)
        return wanted, days

    def _write_discount(self, bucket, coins, line, day):
        """Write one line of a discount.

        :param Bucket bucket: for which nights
        :param int coins: what is taken off, in the smallest coins; less than 0 takes a discount back
        :param sale.order.line line: the one that stands there, or None
        :param date day: of the last night
        """
        use = self.env["hotel.reward.use"].browse(bucket.use_id)
        folio = self.env["sale.order"].browse(bucket.folio_id).with_company(self.company_id)
        taxes = self.env["account.tax"].browse(bucket.tax_ids)
        product = use._get_product()
        vals = {
            **folio._get_discount_price(product, taxes, self.currency_id.round(coins * self.currency_id.rounding)),
            "hotel_service_date": day or (line and line.hotel_service_date) or self.property_id.business_date,
        }
        if line:
            changed = {name: value for name, value in vals.items() if (line[name] or False) != (value or False)}
            if changed:
                line._permitted_discounts().write(changed)
            return
        stay = self.env["hotel.stay"].browse(bucket.stay_id)
        self.env["sale.order.line"]._permitted_discounts().create(
            {
                **vals,
                "order_id": folio.id,
                "product_id": product.id,
                "name": use.with_context(lang=folio.partner_invoice_id.lang or self.env.lang)._get_line_text(),
                "product_uom_qty": 1.0,
                "qty_delivered": 1.0 if bucket.is_due else 0.0,
                "tax_ids": [(6, 0, taxes.ids)],
                "discount": 0.0,
                "hotel_stay_id": stay.id,
                "hotel_kind": "room",
                "hotel_posted_at": fields.Datetime.now() if bucket.is_due else False,
                "sequence": 15,
                **use._prepare_line_vals(),
            }
        )

    def _sync_free_products(self):
        """Put things that cost nothing, such as a breakfast, on the main folio; and take them off again."""
        uses = self.reward_use_ids
        products = uses.filtered(lambda use: use.reward_id.reward_type == "product")
        for use in products:
            lines = use.line_ids.filtered(lambda line: line.order_id.state != "cancel")
            if use.state in LIVE and not lines:
                folio = self._get_folio()
                self.env["sale.order.line"]._permitted_discounts().create(use._prepare_product_vals(folio))
            elif use.state not in LIVE and not lines.invoice_lines:
                lines._permitted_discounts().unlink()
