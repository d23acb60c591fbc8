"""A guest changes or cancels: what it costs is shown first, then confirmed."""

from odoo.exceptions import UserError
from odoo.http import Controller, request, route

from .. import visitor
from .booking_own import get_own, go_to, show_reservation
from .booking_tools import page, render


class OwnChange(Controller):
    """The guest's own changes; what is shown is asked again when it is confirmed."""

    @route("/my/reservations/<int:reservation_id>/change", type="http", auth="public", website=True, methods=["GET"])
    @page()
    def choose(self, reservation_id, access_token=None, **params):
        """Show the form of a change, and its price where one was chosen."""
        reservation = get_own(reservation_id, access_token)
        if not reservation._is_changeable_online():
            return go_to(reservation, access_token)
        return show_change(reservation, access_token, params)

    @route("/my/reservations/<int:reservation_id>/change", type="http", auth="public", website=True, methods=["POST"])
    @page("act")
    def change(self, reservation_id, access_token=None, **params):
        """Change the booking at the price that was shown."""
        reservation = get_own(reservation_id, access_token)
        # guests have no rights on the inventory; nothing was written yet
        request.env["hotel.inventory"].sudo()._in_turn(reservation.property_id)
        if not reservation._is_changeable_online():
            return go_to(reservation, access_token)
        stay, changes, problem = reservation._read_online_change(params)
        if problem or not changes:
            return show_change(reservation, access_token, params)
        quote = reservation._quote_change(stay, changes)
        if quote["problems"] or params.get("expected_total") != f"{quote['new_total']:.6f}":
            return show_change(reservation, access_token, params, status=409)
        try:
            with request.env.cr.savepoint():
                reservation._change(stay, changes, expected_total=quote["new_total"])
        except UserError as error:
            return show_change(reservation, access_token, params, str(error), status=409)
        return go_to(reservation, access_token, notice="changed")

    @route("/my/reservations/<int:reservation_id>/cancel", type="http", auth="public", website=True, methods=["GET"])
    @page()
    def ask(self, reservation_id, access_token=None, **_params):
        """Show what a cancellation costs now."""
        reservation = get_own(reservation_id, access_token)
        if not reservation._is_cancellable_online():
            return go_to(reservation, access_token)
        return show_cancel(reservation, access_token)

    @route("/my/reservations/<int:reservation_id>/cancel", type="http", auth="public", website=True, methods=["POST"])
    @page("act")
    def cancel(self, reservation_id, access_token=None, expected_fee="", reason="", **_params):
        """Cancel the booking at the fee that was shown."""
        reservation = get_own(reservation_id, access_token)
        if not reservation._is_cancellable_online():
            return go_to(reservation, access_token)
        if expected_fee != f"{reservation._quote_cancel()['fee']:.6f}":
            problem = request.env._("The fee has changed meanwhile. Please look at it again.")
            return show_cancel(reservation, access_token, problem, 409)
        try:
            with request.env.cr.savepoint():
                reservation._cancel(visitor.read_text(reason, visitor.MAX_NOTE))
        except UserError as error:
            return show_reservation(reservation, access_token, problem=str(error), status=409)
        return go_to(reservation, access_token, notice="cancelled")


def show_change(reservation, token, params, problem="", status=200):
    """Return the form of a change with its price."""
    stay, changes, wrong = reservation._read_online_change(params)
    quote = None
    if changes and not wrong:
        try:
            quote = reservation._quote_change(stay, changes)
        except UserError as error:
            wrong = str(error)
    now = {name: stay[name] for name in ("arrival_date", "departure_date", "adults", "children")}
    values = {
        "reservation": reservation,
        "hotel": reservation.property_id,
        "token": token,
        "stay": stay,
        "wish": {**now, "room_type_id": stay.room_type_id.id, **changes},
        "quote": quote,
        "problem": problem or wrong,
        "types": request.env["hotel.booking.page"]._get_types(reservation.property_id),
        "page_name": "hotel_reservations",
    }
    return render("own_change", values, status)


def show_cancel(reservation, token, problem="", status=200):
    """Return the page that asks whether to cancel, with the fee."""
    values = {
        "reservation": reservation,
        "hotel": reservation.property_id,
        "token": token,
        "quote": reservation._quote_cancel(),
        "problem": problem,
        "page_name": "hotel_reservations",
    }
    return render("own_cancel", values, status)
