"""Paying a booking with Odoo's payment form; the amount is the server's, whatever a browser says."""

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.http import request, route

from odoo.addons.payment.controllers.portal import PaymentPortal

from .booking_own import get_own, go_to
from .booking_tools import page, render


class BookingPayment(PaymentPortal):
    """The page with the payment form, and the route that begins a payment."""

    @route("/my/reservations/<int:reservation_id>/pay", type="http", auth="public", website=True, methods=["GET"])
    @page()
    def pay_reservation(self, reservation_id, access_token=None, what="due", **_params):
        """Show what is to pay, how long the room is held, and the payment form."""
        reservation = get_own(reservation_id, access_token)
        payable = reservation._get_payable()
        amount = payable["due"] if what != "total" and payable["due"] else payable["total"]
        if not amount:
            return go_to(reservation, access_token)
        what = "due" if payable["due"] and what != "total" else "total"
        values = {
            "reservation": reservation,
            "hotel": reservation.property_id,
            "token": access_token,
            "payable": payable,
            "what": what,
            "problems": reservation._check_before_payment(),
            "page_name": "hotel_reservations",
        }
        return render("booking_pay", {**values, **self._get_hotel_payment_values(reservation, amount, what)})

    def _get_hotel_payment_values(self, reservation, amount, what):
        """Return what Odoo's payment form wants to know.

        :param float amount: to pay
        :param str what: due or total
        """
        folio = reservation._get_folio()
        payer = get_payer(folio)
        # visitors have no rights on providers
        providers = request.env["payment.provider"].sudo()._get_compatible_providers(
            folio.company_id.id, payer.id, amount, currency_id=folio.currency_id.id, sale_order_id=folio.id
        )
        methods = request.env["payment.method"].sudo()._get_compatible_payment_methods(
            providers.ids, payer.id, currency_id=folio.currency_id.id, sale_order_id=folio.id
        )
        logged_in = not request.env.user._is_public()
        tokens = request.env["payment.token"].sudo()
        return {
            "amount": amount,
            "currency": folio.currency_id,
            "partner_id": payer.id,
            "providers_sudo": providers,
            "payment_methods_sudo": methods,
            "tokens_sudo": tokens._get_available_tokens(providers.ids, payer.id) if logged_in else tokens,
            # a card is kept for who can log in to see and delete it
            "show_tokenize_input_mapping": self._compute_show_tokenize_input_mapping(
                providers, sale_order_id=folio.id
            )
            if logged_in
            else dict.fromkeys(providers.ids, False),
            "company_mismatch": not self._can_partner_pay_in_company(payer, folio.company_id),
            "expected_company": folio.company_id,
            "transaction_route": f"{reservation.access_url}/transaction/{what}",
            "landing_route": reservation.get_portal_url(),
            "access_token": reservation._portal_ensure_token(),
            **self._get_extra_payment_form_values(),
        }

    @route(
        "/my/reservations/<int:reservation_id>/transaction/<any(due,total):what>", type="jsonrpc", auth="public"
    )
    def transact_reservation(self, reservation_id, what, access_token=None, amount=None, **kwargs):
        """Begin a payment: hold the room for as long as it may take, and say how to go on.

        :returns: the processing values of the transaction
        :raises ValidationError: the amount is another one by now, or the booking cannot be paid
        """
        reservations = request.env["hotel.reservation"]
        reservation = reservations._find_for_guest(reservation_id, access_token, request.env.user)
        limits = request.env["hotel.rate.limit"]
        if not reservation or limits._spend("act", f"reservation {reservation.id}"):
            raise ValidationError(request.env._("This cannot be paid now. Please load the page again."))
        due = reservation._get_payable()[what]
        problems = reservation._check_before_payment()
        if problems:
            raise ValidationError("\n".join(problems))
        folio = reservation._get_folio()
        if not due or folio.currency_id.compare_amounts(float(amount or 0), due):
            raise ValidationError(request.env._("What is to pay has changed meanwhile. Please load the page again."))
        self._validate_transaction_kwargs(kwargs)
        if reservation.state == "held":
            reservation._extend_hold()
        payer = get_payer(folio)
        if request.env.user._is_public():
            kwargs["tokenization_requested"] = False
        kwargs.update(
            amount=due,
            partner_id=payer.id,
            currency_id=folio.currency_id.id,
            # never where a browser would like to go afterwards
            landing_route=reservation.get_portal_url(),
        )
        transaction = self._create_transaction(
            custom_create_values={"sale_order_ids": [Command.set(folio.ids)]}, sale_order_id=folio.id, **kwargs
        )
        return transaction._get_processing_values()


def get_payer(folio):
    """Return in whose name is paid: who is logged in, else who gets the bill."""
    user = request.env.user
    return user.sudo().partner_id if not user._is_public() else folio.partner_invoice_id
