"""A guest's own bookings: by login, or by the link of an e-mail."""

from werkzeug.exceptions import abort

from odoo.http import content_disposition, request, route

from odoo.addons.portal.controllers.portal import CustomerPortal, pager

from .. import visitor
from .booking_tools import check_limit, end_request, get_partner, page, render

PAGE_SIZE = 20
#: what a page may be asked to say; everything else in the address is ignored
NOTICES = ("booked", "changed", "cancelled", "sent")


def get_own(reservation_id, token):
    """Return a reservation to its guest; for everybody else the request ends here.

    Whether it is somebody else's or there is none at all: the answer is the same.
    """
    if request.env.user._is_public() and not token:
        abort(request.redirect_query("/web/login", {"redirect": request.httprequest.path}))
    found = request.env["hotel.reservation"]._find_for_guest(reservation_id, token, request.env.user)
    if not found:
        # guesses are counted apart: a guest never guesses
        check_limit("link")
        end_request(render("booking_unknown", {}, 404))
    return found


class OwnBookings(CustomerPortal):
    """Pages under /my/reservations; the public may come with a token."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "hotel_reservation_count" in counters:
            # guests have no rights on reservations: the domain picks their own
            reservations = request.env["hotel.reservation"].sudo()
            values["hotel_reservation_count"] = reservations.search_count(
                reservations._get_own_domain(request.env.user.partner_id)
            )
        return values

    @route(
        ["/my/reservations", "/my/reservations/page/<int:number>"],
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
        readonly=True,
    )
    @page()
    def list(self, number=1, **_params):
        """List the bookings of the guest who is logged in, the next arrivals first."""
        reservations = request.env["hotel.reservation"].sudo()
        domain = reservations._get_own_domain(get_partner())
        found = reservations.search_fetch(domain, limit=PAGE_SIZE)
        # most have one page, which says by itself how many there are
        count = len(found) if len(found) < PAGE_SIZE else reservations.search_count(domain)
        pages = pager("/my/reservations", count, number, PAGE_SIZE)
        if pages["offset"]:
            found = reservations.search_fetch(domain, limit=PAGE_SIZE, offset=pages["offset"])
        return render("own_bookings", {"reservations": found, "pager": pages, "page_name": "hotel_reservations"})

    @route("/my/reservations/calendar", type="http", auth="user", website=True, methods=["GET"], readonly=True)
    @page()
    def calendar(self, month="", **_params):
        """Show the stays of the guest who is logged in, a month at a time."""
        values = request.env["hotel.booking.page"]._get_calendar(get_partner(), visitor.read_date(f"{month}-01"))
        return render("own_calendar", {**values, "page_name": "hotel_reservations"})

    @route("/my/reservations/<int:reservation_id>", type="http", auth="public", website=True, methods=["GET"])
    @page()
    def show(self, reservation_id, access_token=None, notice="", **_params):
        """Show a booking, what can be done with it and what is due."""
        reservation = get_own(reservation_id, access_token)
        return show_reservation(reservation, access_token, notice if notice in NOTICES else "")

    @route(
        "/my/reservations/<int:reservation_id>/stay.ics",
        type="http",
        auth="public",
        website=True,
        multilang=False,
        methods=["GET"],
        readonly=True,
    )
    @page()
    def ics(self, reservation_id, access_token=None, **_params):
        """Return the file that adds the stay to a calendar."""
        reservation = get_own(reservation_id, access_token)
        headers = [
            ("Content-Type", "text/calendar; charset=utf-8"),
            ("Content-Disposition", content_disposition(f"{reservation.name}.ics")),
        ]
        return request.make_response(reservation._get_ics(), headers=headers)

    @route("/my/reservations/<int:reservation_id>/resend", type="http", auth="public", website=True, methods=["POST"])
    @page("act")
    def resend(self, reservation_id, access_token=None, **_params):
        """Send the confirmation once more."""
        reservation = get_own(reservation_id, access_token)
        check_limit("send", f"reservation {reservation.id}")
        reservation._send_again()
        return go_to(reservation, access_token, notice="sent")


def go_to(reservation, token, step=None, notice=""):
    """Return a redirection to a page of a booking; the token goes along where it came along."""
    query = f"&notice={notice}" if notice else ""
    if token:
        return request.redirect(reservation.get_portal_url(suffix=step, query_string=query))
    return request.redirect(f"{reservation.access_url}{step or ''}?{query.lstrip('&')}".rstrip("?"))


def show_reservation(reservation, token, notice="", problem="", status=200):
    """Return the page of a booking.

    :param str problem: a sentence about what could not be done
    """
    values = {
        "reservation": reservation,
        "hotel": reservation.property_id,
        "token": token,
        "notice": notice,
        "problem": problem,
        "payable": reservation._get_payable(),
        "page_name": "hotel_reservations",
        "is_own": reservation.partner_id == get_partner(),
    }
    return render("own_booking", values, status)
