"""Tax of folios is rounded line by line, so that nights, consumption and invoice have one total."""

from odoo import api, models


class AccountTax(models.Model):
    _name = "account.tax"
    _inherit = ["account.tax", "hotel.cached.mixin"]

    @api.model
    def _add_tax_details_in_base_line(self, base_line, company, rounding_method=None):
        """Round each charge by itself, whatever the company does with its other bills.

        The guest is shown the price of each night: their sum is the bill, to the cent.
        """
        if not rounding_method and self._is_hotel_charge(base_line.get("record")):
            rounding_method = "round_per_line"
        return super()._add_tax_details_in_base_line(base_line, company, rounding_method=rounding_method)

    @api.model
    def _is_hotel_charge(self, record):
        """Return whether a line of an order or an invoice is a charge of a folio.

        :param record: the record that a base line was made of, if any
        :rtype: bool
        """
        if not isinstance(record, models.BaseModel):
            return False
        if record._name == "sale.order.line":
            return bool(record.order_id.hotel_reservation_id)
        if record._name == "account.move.line":
            return bool(record.sale_line_ids.order_id.hotel_reservation_id)
        return False
