from odoo import models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _get_printed_lines(self):
        """Return the charges of this folio by day, as they are printed.

        :rtype: sale.order.line
        """
        self.ensure_one()
        lines = self.order_line.filtered(lambda line: not line.display_type)
        return lines.sorted(lambda line: (line.hotel_service_date or line.create_date.date(), line.id))
