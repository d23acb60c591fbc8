"""Folios are orders of Odoo, but guests meet them on the pages of their bookings only."""

from odoo.exceptions import AccessError, MissingError, ValidationError
from odoo.http import request, route

from odoo.addons.sale.controllers.portal import CustomerPortal, PaymentPortal


def is_folio(order_id):
    """Return whether an order is a folio; whose it is, the caller asks."""
    # a yes or no about a number tells nothing
    return bool(request.env["sale.order"].sudo().browse(order_id).exists().hotel_reservation_id)


class FolioPage(CustomerPortal):
    """The pages of an order: folios are not signed or declined there."""

    @route()
    def portal_order_page(self, order_id, access_token=None, **params):
        """Send guests to the page of the booking instead."""
        if not is_folio(order_id):
            return super().portal_order_page(order_id, access_token=access_token, **params)
        try:
            order = self._document_check_access("sale.order", order_id, access_token=access_token)
        except (AccessError, MissingError):
            return request.redirect("/my")
        return request.redirect(order.hotel_reservation_id.get_portal_url())

    @route()
    def portal_quote_accept(self, order_id, **params):
        """Refuse to sign a folio: bookings are confirmed by paying, or by the hotel."""
        if is_folio(order_id):
            return {"error": request.env._("Invalid order.")}
        return super().portal_quote_accept(order_id, **params)

    @route()
    def portal_quote_decline(self, order_id, **params):
        """Refuse to decline a folio: bookings are cancelled on their own page, under their terms."""
        if is_folio(order_id):
            return request.redirect("/my")
        return super().portal_quote_decline(order_id, **params)


class FolioPayment(PaymentPortal):
    """Paying an order: folios have a route of their own, which looks after the room."""

    @route()
    def portal_order_transaction(self, order_id, access_token, **kwargs):
        """Refuse to pay a folio past its booking."""
        if is_folio(order_id):
            raise ValidationError(request.env._("Please pay on the page of your booking."))
        return super().portal_order_transaction(order_id, access_token, **kwargs)
