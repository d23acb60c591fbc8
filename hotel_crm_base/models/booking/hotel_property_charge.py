"""As which product a charge stands on a folio: it decides tax and account."""

from odoo import models


class HotelProperty(models.Model):
    _inherit = "hotel.property"

    def _get_charge_product(self, kind):
        """Return the service that charges of a kind are put on folios as; made where there is none.

        Whoever keeps the books sets its taxes and accounts. Fees are made without tax: what is kept
        for a room that nobody used is damages in most countries.

        :param str kind: kind of consumption
        :rtype: product.product, with sudo
        """
        self.ensure_one()
        company = self.company_id
        # outlets post charges without rights on products
        products = self.env["product.product"].sudo().with_company(company)
        found = products.search(
            [("hotel_charge_kind", "=", kind), ("company_id", "in", (company.id, False))],
            order="company_id, id",
            limit=1,
        )
        return found or products.create(self._prepare_charge_product_vals(kind))

    def _prepare_charge_product_vals(self, kind):
        """Return values of the service for charges of a kind."""
        kinds = dict(self.env["hotel.consumption"]._fields["kind"]._description_selection(self.env))
        tax = self.env["account.tax"] if kind == "fee" else self.company_id.sudo().account_sale_tax_id
        return {
            "name": kinds[kind],
            "type": "service",
            "company_id": self.company_id.id,
            "hotel_charge_kind": kind,
            "purchase_ok": False,
            "list_price": 0.0,
            "taxes_id": [(6, 0, tax.ids)],
        }
