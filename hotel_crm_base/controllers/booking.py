"""The public booking pages: the chain, a property, offers, pictures."""

from datetime import timedelta

from werkzeug.exceptions import NotFound

from odoo import fields
from odoo.http import Controller, request, route

from .. import visitor
from ..models.booking.errors import BookingError
from .booking_tools import get_partner, page, render

IMAGES = {"property": "hotel.property", "type": "hotel.room.type", "picture": "hotel.room.type.image"}

#: days ahead that the chain page looks at; each property says how far it sells
MOST_DAYS = 1100


class Booking(Controller):
    """Everybody may look; addresses say dates and numbers, never who asks."""

    @route("/hotel", type="http", auth="public", website=True, methods=["GET"], sitemap=True, readonly=True)
    @page()
    def chain(self, **params):
        """Show the properties that are bookable online."""
        pages = request.env["hotel.booking.page"]
        # each property has its own today; the day before is one somewhere
        yesterday = fields.Date.today() - timedelta(days=1)
        search = visitor.read_search(params, yesterday, MOST_DAYS)
        rows = pages._get_chain_rows(search)
        return render("booking_chain", {"rows": rows, "search": search, "problem": pages._explain(search.problem)})

    @route(
        "/hotel/<string:slug>", type="http", auth="public", website=True, methods=["GET"], sitemap=True, readonly=True
    )
    @page()
    def hotel(self, slug, **params):
        """Show a property with its room types, or its offers for dates and persons."""
        hotel = get_hotel(slug)
        pages = request.env["hotel.booking.page"]
        search = read_search(hotel, params)
        values = {"hotel": hotel, "search": search, "problem": pages._explain(search.problem)}
        if not search.is_ready:
            types, prices = pages._get_types(hotel), pages._get_from_prices(hotel)
            return render("booking_hotel", {**values, "types": types, "prices": prices})
        return show_offers(hotel, search, pages._explain("gone") if params.get("gone") else "")

    @route(
        "/hotel/image/<any(property,type,picture):kind>/<int:record_id>/<any('256','512','1024'):size>",
        type="http",
        auth="public",
        methods=["GET"],
        readonly=True,
    )
    def image(self, kind, record_id, size, **_params):
        """Return a picture of what is sold online; other pictures are nobody's."""
        # visitors have no rights on properties and rooms
        record = request.env[IMAGES[kind]].sudo().browse(record_id).exists()
        room_type = record.room_type_id if kind == "picture" else record if kind == "type" else None
        hotel = room_type.property_id if room_type is not None else record
        is_shown = room_type is None or (room_type.is_online and room_type.active)
        if not record or not (is_shown and hotel.is_online and hotel.active):
            raise NotFound()
        stream = request.env["ir.binary"]._get_image_stream_from(record, f"image_{size}")
        response = stream.get_response()
        response.headers["Cache-Control"] = "public, max-age=604800"
        return response


def get_hotel(slug):
    """Return the property of a page, with sudo.

    :raises NotFound: no property is bookable online there
    """
    hotel = request.env["hotel.property"]._find_by_slug(slug)
    if not hotel:
        raise NotFound()
    return hotel


def read_search(hotel, params):
    """Return what is searched for, by the clock of the property.

    :rtype: visitor.Search
    """
    today = request.env["hotel.quote"].sudo()._get_first_arrival_date(hotel)
    return visitor.read_search(params, today, hotel.horizon_days)


def show_offers(hotel, search, notice="", status=200):
    """Return the page of what is to be had, with other dates where nothing is.

    :param str notice: a sentence to go first, such as that the room has just gone
    """
    pages = request.env["hotel.booking.page"]
    values = {"hotel": hotel, "search": search, "notice": notice, "rows": [], "other_dates": [], "problem": ""}
    try:
        if search.picks:
            choices = pages._find_choices(hotel, search, search.picks, get_partner())
            if len(choices) < len(search.picks):
                values["notice"] = notice or pages._explain("gone")
            search = values["search"] = search.picked(*(choice["pick"] for choice in choices))
            values["basket"] = pages._sum_up(choices) if choices else None
        if not search.is_complete:
            values["rows"] = pages._get_rows(hotel, search, get_partner())
        if not (search.is_each or any(row["offers"] for row in values["rows"])):
            values["other_dates"] = pages._get_other_dates(hotel, search, get_partner())
    except BookingError as error:
        values["problem"] = str(error)
    return render("booking_offers", values, status)
