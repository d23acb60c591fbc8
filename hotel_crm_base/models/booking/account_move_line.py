from odoo import models


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def _note_on_folio(self):
        """Put a line on the folio for what an accountant has credited by hand, or invoiced once more.

        So folio and consumption follow the books: a credit note reverses, an invoice in its place charges.
        """
        self.ensure_one()
        charge = self.sale_line_ids.filtered("hotel_kind")
        if len(charge) != 1 or not charge.order_id.hotel_reservation_id or self.price_total <= 0:
            return
        is_credit = self.move_id.move_type == "out_refund"
        beyond = charge.qty_invoiced - charge.product_uom_qty
        if charge.product_uom_qty <= 0 or (beyond >= 0 if is_credit else beyond <= 0):
            return
        charge.order_id.hotel_reservation_id._lock_folios()
        reason = self.move_id.ref or self.move_id.name
        if is_credit:
            new = charge._add_correction(charge.order_id, self.price_total, reason)
        else:
            new = charge.order_id._add_charge(
                charge.product_id,
                self.price_total,
                name=charge.name,
                hotel_reason=reason,
                **charge._prepare_same_charge_vals(),
            )
        self.sale_line_ids = new
        if charge._get_consumption():
            new._write_consumption()
