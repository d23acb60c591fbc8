"""From charges to consumption: each is written once; what is taken back is reversed."""

from odoo import models
from odoo.exceptions import UserError

#: consumption that comes from folios; the reference is the id of the charge
SOURCE = "folio"


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _write_consumption(self):
        """Write what these charges are as consumption, once; what was taken back before is none.

        :returns: the new rows, reversals among them
        :rtype: hotel.consumption, with sudo
        """
        # nobody may write in the name of folios but this
        rows = self.env["hotel.consumption"].sudo()
        lines = self.sudo().filtered(lambda line: line._is_consumption())
        known = lines._get_consumption()
        done = set(known.mapped("source_ref"))
        lines = lines.filtered(lambda line: str(line.id) not in done)
        whole = lines.filtered(lambda line: line._takes_back_all())
        new = lines - whole - whole.hotel_corrected_line_id
        made = rows.create([line._prepare_consumption_vals() for line in new.sorted("id")])
        return made | whole._reverse_consumption()

    def _reverse_consumption(self):
        """Reverse what these corrections take back as a whole, as far as it was written.

        :rtype: hotel.consumption, with sudo
        """
        made = self.env["hotel.consumption"].sudo()
        for line in self:
            row = line.hotel_corrected_line_id._get_consumption()
            if row and not row.is_reversed:
                made |= row.action_reverse(line.hotel_reason or line.name)
        return made

    def _is_consumption(self):
        """Return whether this line is something that was used: no sections, no deposits."""
        self.ensure_one()
        if self.display_type or self.is_downpayment:
            return False
        return bool(self.hotel_posted_at or not self.hotel_kind)

    def _takes_back_all(self):
        """Return whether this line takes another one back wholly."""
        self.ensure_one()
        origin = self.hotel_corrected_line_id
        return bool(origin) and not self.currency_id.compare_amounts(origin.price_total, -self.price_total)

    def _get_consumption(self):
        """Return the rows that were written for these charges.

        :rtype: hotel.consumption, with sudo
        """
        rows = self.env["hotel.consumption"].sudo()  # as above
        refs = [str(line_id) for line_id in self.ids]
        return rows.search([("source_system", "=", SOURCE), ("source_ref", "in", refs)])

    def _prepare_consumption_vals(self):
        """Return values of the consumption of this charge: of the guest who stayed, whoever pays.

        :rtype: dict
        """
        self.ensure_one()
        reservation = self.order_id.hotel_reservation_id
        stay = self.hotel_stay_id or reservation.stay_ids[:1]
        kind = self.hotel_kind or "room"
        return {
            "partner_id": (stay.partner_id or reservation.partner_id).id,
            "stay_id": stay.id,
            "property_id": reservation.property_id.id,
            "outlet_id": self.hotel_outlet_id.id,
            "kind": kind,
            "business_date": self.hotel_service_date or reservation.property_id.business_date,
            "bill_ref": self.hotel_bill_ref or self.order_id.name,
            "description": (self.name or self.product_id.name or "").split("\n")[0],
            "quantity": self.product_uom_qty,
            "amount_gross": self.price_total,
            "amount_net": self.price_subtotal,
            "currency_id": self.currency_id.id,
            "accrues_points": kind != "fee",
            "source_system": SOURCE,
            "source_ref": str(self.id),
        }

    def _take_back(self, reason, amount=None):
        """Correct a charge by a line of its own; the charge itself stays for all to see.

        A folio that is invoiced already gets a credit note, consumption that is written a reversal. Nights
        that are not due yet are no charges: the stay is changed instead.

        :param str reason: why, required
        :param float amount: with tax; default all that is left of the charge
        :returns: the correction
        :rtype: sale.order.line, with sudo
        :raises UserError: no reason, not due, a correction itself, or more than is left
        """
        self.ensure_one()
        line = self.sudo()  # whoever corrects was checked by the caller
        reservation = line.order_id.hotel_reservation_id
        reservation._lock_folios()
        amount = line._check_taking_back(reason, amount)
        folio = line.order_id if line.order_id._is_open_folio() else reservation._get_folio(kind="main")
        new = line._add_correction(folio, amount, reason)
        if line._get_consumption():
            new._write_consumption()
        if line.invoice_lines:
            folio._bill()
        reservation._settle_if_over()
        return new

    def _add_correction(self, folio, amount, reason):
        """Put a line on a folio that takes this charge back.

        :param float amount: with tax
        :rtype: sale.order.line
        """
        new = folio._add_charge(
            self.product_id,
            -amount,
            name=self.env._("Correction: %s", self.name),
            hotel_corrected_line_id=self.id,
            hotel_reason=reason,
            **self._prepare_same_charge_vals(),
        )
        if not self.currency_id.compare_amounts(self.price_total, amount) and self.tax_ids:
            new._mirror(self)
        return new

    def _prepare_same_charge_vals(self):
        """Return what another line about the same charge has in common with it.

        :rtype: dict
        """
        return {
            "hotel_stay_id": self.hotel_stay_id.id,
            "hotel_kind": self.hotel_kind or "other",
            "hotel_outlet_id": self.hotel_outlet_id.id,
            "hotel_bill_ref": self.hotel_bill_ref,
            "hotel_service_date": self.hotel_service_date,
        }

    def _check_taking_back(self, reason, amount):
        """Return how much of a charge is taken back.

        :raises UserError: as ``_take_back``
        """
        if not (reason or "").strip():
            raise UserError(self.env._("Say why the charge is taken back."))
        if self.hotel_corrected_line_id or not self.hotel_posted_at:
            raise UserError(self.env._("Only charges that are due are taken back, and corrections never."))
        before = self.search([("hotel_corrected_line_id", "=", self.id)])
        left = self.currency_id.round(self.price_total + sum(before.mapped("price_total")))
        amount = self.currency_id.round(left if amount is None else amount)
        if self.currency_id.compare_amounts(amount, 0) <= 0 or self.currency_id.compare_amounts(amount, left) > 0:
            raise UserError(
                self.env._("%(left)s of this charge can be taken back.", left=self.currency_id.format(left))
            )
        return amount

    def _mirror(self, origin):
        """Take over price and taxes of the charge that this line takes back as a whole."""
        self.ensure_one()
        self.write(
            {
                "tax_ids": [(6, 0, origin.tax_ids.ids)],
                "price_unit": origin.price_unit,
                "extra_tax_data": self.env["account.tax"]._reverse_quantity_base_line_extra_tax_data(
                    origin.extra_tax_data
                )
                or False,
            }
        )
