"""Charges on folios: agreed prices that nothing recomputes, invoiced once they are due."""

from odoo import api, fields, models

from ..consumption.hotel_consumption import KINDS


class SaleOrderLine(models.Model):
    """A charge on a folio; room charges are one line per night."""

    _inherit = "sale.order.line"

    hotel_stay_id = fields.Many2one(
        "hotel.stay", string="Stay", index="btree_not_null", ondelete="restrict", copy=False
    )
    hotel_service_date = fields.Date(
        string="Service Date", copy=False, help="The night, or the day of the charge."
    )
    hotel_is_night = fields.Boolean(string="Room Charge", copy=False)
    hotel_kind = fields.Selection(KINDS, string="Kind of Charge", copy=False)
    hotel_outlet_id = fields.Many2one("hotel.outlet", string="Outlet", ondelete="restrict", copy=False)
    hotel_posted_at = fields.Datetime(
        string="Posted At",
        copy=False,
        readonly=True,
        help="When the charge was due: a night once it has been slept.",
    )
    hotel_bill_ref = fields.Char(string="Bill", copy=False)
    hotel_corrected_line_id = fields.Many2one(
        "sale.order.line",
        string="Corrects",
        index="btree_not_null",
        ondelete="restrict",
        copy=False,
        help="The charge that this line takes back, wholly or in part.",
    )
    hotel_reason = fields.Char(string="Reason", copy=False, help="Why a charge was taken back.")

    _hotel_night_once = models.UniqueIndex(
        "(hotel_stay_id, hotel_service_date) WHERE hotel_is_night", "A night is charged to a stay once."
    )

    @api.depends("product_id", "product_uom_id", "product_uom_qty")
    def _compute_price_unit(self):
        """Prices of charges were agreed; no change of quantity or rates changes them."""
        return super(SaleOrderLine, self.filtered(lambda line: not line.hotel_kind))._compute_price_unit()

    @api.depends("product_id", "product_uom_id", "product_uom_qty")
    def _compute_discount(self):
        """Charges have the price that was agreed, without a discount on top."""
        return super(SaleOrderLine, self.filtered(lambda line: not line.hotel_kind))._compute_discount()

    @api.depends("hotel_posted_at")
    def _compute_qty_delivered(self):
        """A charge is delivered when it is due."""
        charges = self.filtered("hotel_kind")
        result = super(SaleOrderLine, self - charges)._compute_qty_delivered()
        for line in charges:
            line.qty_delivered = line.product_uom_qty if line.hotel_posted_at else 0.0
        return result

    @api.depends("qty_invoiced", "qty_delivered", "product_uom_qty", "state")
    def _compute_qty_to_invoice(self):
        """Only what is due is invoiced, whatever the product says."""
        result = super()._compute_qty_to_invoice()
        for line in self.filtered(lambda line: line.hotel_kind and line.state == "sale"):
            line.qty_to_invoice = line.qty_delivered - line.qty_invoiced
        return result

    def _check_line_unlink(self):
        """Nights that were not slept leave a folio, although it is confirmed."""
        free = self.filtered(lambda line: line.hotel_is_night and not line._is_fixed_charge())
        return super(SaleOrderLine, self - free)._check_line_unlink()

    def _is_fixed_charge(self):
        """Return whether a charge is due or invoiced: then it is corrected, never changed.

        :rtype: bool
        """
        self.ensure_one()
        return bool(self.hotel_posted_at or self.invoice_lines)

    def _update_night(self, stay, rate, gross):
        """Take over the rate and the type of a night that is not due yet.

        :param hotel.stay stay: whose night
        :param float rate: as the price list says
        :param float gross: what the guest was told with tax; 0 where only the rate is known
        """
        self.ensure_one()
        product = stay._get_night_product().with_company(self.company_id)
        wanted = {
            **self.order_id._get_night_price(product, rate, gross),
            "name": stay._get_night_description(self.hotel_service_date),
        }
        changed = {name: value for name, value in wanted.items() if (self[name] or False) != (value or False)}
        if product != self.product_id:
            changed["product_id"] = product.id
        if changed:
            self.write(changed)

    def _is_slept(self):
        """Return whether a guest who leaves now pays this night: those that are over, and the first in any case.

        :rtype: bool
        """
        self.ensure_one()
        stay = self.hotel_stay_id
        today = stay.property_id.business_date
        return self.hotel_is_night and (self.hotel_service_date < today or self.hotel_service_date == stay.arrival_date)
