"""Papers of the desk as pages and spreadsheets; nothing here needs a PDF."""

from werkzeug.exceptions import NotFound

from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import Controller, content_disposition, request, route

from .booking_own import get_own
from .booking_tools import check_limit, page, render

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def get_stay(reservation_id, stay_id, token):
    """Return a stay of a booking to its guest.

    :raises NotFound: it is somebody else's, or has no card
    """
    stay = request.env["hotel.stay"]._find_to_register(get_own(reservation_id, token), stay_id)
    if not stay:
        raise NotFound()
    return stay


def send_xlsx(content, name):
    """Return a spreadsheet to be kept by nobody on the way."""
    headers = [
        ("Content-Type", XLSX),
        ("Content-Disposition", content_disposition(name)),
        ("Cache-Control", "no-store"),
    ]
    return request.make_response(content, headers)


class DeskPapers(Controller):
    """Registration cards and receipts for guests; lists for staff, whose rights the models ask."""

    @route(
        "/my/reservations/<int:reservation_id>/registration/<int:stay_id>",
        type="http",
        auth="public",
        website=True,
        methods=["GET"],
    )
    @page()
    def registration(self, reservation_id, stay_id, access_token=None, **_params):
        """Show the registration card, and where to sign it."""
        stay = get_stay(reservation_id, stay_id, access_token)
        query = stay.reservation_id._get_token_query(access_token)
        sign_url = f"/my/reservations/{reservation_id}/registration/{stay_id}/sign{query}"
        return render("own_registration", {"stay": stay, "hotel": stay.property_id, "sign_url": sign_url})

    @route(
        "/my/reservations/<int:reservation_id>/registration/<int:stay_id>/sign",
        type="jsonrpc",
        auth="public",
        website=True,
    )
    def sign(self, reservation_id, stay_id, access_token=None, name=None, signature=None):
        """Keep the signature of the guest."""
        check_limit("act")
        token = access_token or request.httprequest.args.get("access_token")
        stay = get_stay(reservation_id, stay_id, token)
        try:
            stay._sign_registration(name, signature)
        except UserError as error:
            return {"error": str(error)}
        query = stay.reservation_id._get_token_query(token)
        return {
            "force_refresh": True,
            "redirect_url": f"/my/reservations/{reservation_id}/registration/{stay_id}{query}",
        }

    @route(
        "/my/reservations/<int:reservation_id>/receipt", type="http", auth="public", website=True, methods=["GET"]
    )
    @page()
    def receipt(self, reservation_id, access_token=None, **_params):
        """Show what was charged and paid."""
        reservation = get_own(reservation_id, access_token)
        return render("own_receipt", {"reservation": reservation, "hotel": reservation.property_id})

    @route("/hotel/day_end/<int(min=1):day_end_id>/report.xlsx", type="http", auth="user", methods=["GET"])
    def day_end(self, day_end_id):
        """Return what was open at a day's end."""
        day_end = request.env["hotel.day.end"].browse(day_end_id)
        try:
            content = day_end._make_xlsx()
        except (AccessError, MissingError):
            raise NotFound() from None
        return send_xlsx(content, f"{day_end.property_id.code}-{day_end.date}.xlsx")

    @route("/hotel/property/<int(min=1):property_id>/house_list.xlsx", type="http", auth="user", methods=["GET"])
    def house_list(self, property_id):
        """Return who is in house, who comes and who leaves today."""
        try:
            hotel = request.env["hotel.front.desk"]._get_visible_property(property_id)
            content = hotel._make_house_list()
        except AccessError:
            raise NotFound() from None
        return send_xlsx(content, f"{hotel.code}-{hotel.business_date}-house.xlsx")
