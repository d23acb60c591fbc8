"""The form in which a visitor books, and what becomes of it."""

import uuid

from odoo.exceptions import UserError
from odoo.http import Controller, request, route

from .. import visitor
from ..models.booking.errors import BookingError, CodeRefused, GuestRefused, NotForSale, PriceChanged, SoldOut
from .booking import get_hotel, read_search, show_offers
from .booking_tools import check_limit, get_partner, name_form, page, render

#: what a form shows again where something is wrong with it; nothing that was typed is lost
KEPT = ("name", "email", "phone", "country_id", "lang", "note", "code", "arrival_hour", "agreed")


class BookingForm(Controller):
    """One form: shown by GET with an address that can be kept, sent by POST."""

    @route(
        "/hotel/<string:slug>/book",
        type="http",
        auth="public",
        website=True,
        methods=["GET"],
        sitemap=False,
        readonly=True,
    )
    @page()
    def form(self, slug, **params):
        """Show the form for the offer that was chosen."""
        hotel = get_hotel(slug)
        search = read_search(hotel, params)
        if not search.is_ready:
            return request.redirect(hotel._get_page_url())
        basket = find_basket(hotel, search, params)
        if not basket:
            notice = request.env._("This room is not available any more. Here is what is left.")
            return show_offers(hotel, search, notice)
        return show_form(hotel, search, basket, values={})

    @route("/hotel/<string:slug>/book", type="http", auth="public", website=True, methods=["POST"])
    @page("book")
    def book(self, slug, **values):
        """Book what was chosen: hold it, then ask for the deposit where there is one."""
        hotel = get_hotel(slug)
        search = read_search(hotel, values)
        pages = request.env["hotel.booking.page"]
        booked = pages._find_booked(name_form(values.get("nonce")))
        if booked or not search.is_ready:
            return go_on(booked) if booked else request.redirect(hotel._get_page_url())
        if values.get("code"):
            check_limit("code")
        facts, problems = pages._read_booking_form(hotel, values, search.rooms)
        if get_partner():
            problems = {name: text for name, text in problems.items() if name not in ("name", "email")}
        # the price is looked at in turn: here it would be for nothing, as others may book meanwhile
        if not (problems or values.get("apply")) and pages._is_left(hotel, search, read_picks(search, values)):
            return book_in_turn(hotel, search, values, facts)
        basket = find_basket(hotel, search, values)
        if not basket:
            return show_sold_out(hotel, search)
        return show_form(hotel, search, basket, values, {} if values.get("apply") else problems)


def book_in_turn(hotel, search, values, facts):
    """Wait for those who book at this moment, look again, and book.

    As little as possible is done here: others wait meanwhile. So who finds the room gone is sent
    to another page instead of being shown it.
    """
    # visitors have no rights on the inventory
    request.env["hotel.inventory"].sudo()._in_turn(hotel)
    pages = request.env["hotel.booking.page"]
    ref = name_form(values.get("nonce"))
    booked = pages._find_booked(ref)
    if booked:
        return go_on(booked)
    basket = find_basket(hotel, search, values)
    gone = request.redirect_query(hotel._get_page_url(), {**search.query, "gone": 1})
    if not basket:
        return gone
    if values.get("expected_total") != f"{basket['total']:.6f}":
        return show_form(hotel, search, basket, values, explain(PriceChanged("")))
    try:
        with request.env.cr.savepoint():
            return go_on(pages._book_online(hotel, search, basket, facts, ref, get_partner()))
    except (SoldOut, NotForSale):
        return gone
    except (BookingError, UserError) as error:
        return show_form(hotel, search, basket, values, explain(error))


def explain(error):
    """Return field to sentence for an error of a booking."""
    if isinstance(error, GuestRefused):
        return {"form": request.env["hotel.booking.page"]._get_refusal()}
    if isinstance(error, PriceChanged):
        return {"form": request.env._("The price has changed meanwhile. Please look at it again.")}
    return {"code" if isinstance(error, CodeRefused) else "form": str(error)}


def read_picks(search, params):
    """Return what the parameters name, a visitor.Pick for each room."""
    if search.is_each:
        return search.picks
    type_id, plan_id = visitor.read_id(params.get("type")), visitor.read_id(params.get("plan"))
    return (visitor.Pick(type_id, plan_id, search.adults, search.children),) * search.rooms


def find_basket(hotel, search, params):
    """Return the rooms that the parameters name, or None where they are not to be had."""
    picks = read_picks(search, params)
    if len(picks) != search.rooms:
        return None
    try:
        return request.env["hotel.booking.page"]._get_basket(hotel, search, picks, get_partner())
    except BookingError:
        return None


def show_form(hotel, search, basket, values, problems=None):
    """Return the form, with what was typed and what is wrong with it."""
    countries = request.env["res.country"].sudo()
    kept = {name: values.get(name) or "" for name in KEPT}
    quote = request.env["hotel.booking.page"]._quote_form(hotel, search, basket, kept["code"], get_partner())
    if quote["problem"]:
        problems = {"code": quote["problem"], **(problems or {})}
    kept.update({f"guest_{n}": values.get(f"guest_{n}") or "" for n in range(1, search.rooms + 1)})
    if not values:
        kept.update(lang=request.env.lang, country_id=str(hotel.country_id.id or ""))
    shown = {
        "hotel": hotel,
        "search": search,
        "basket": basket,
        "offer": basket,
        "quote": quote,
        "values": kept,
        "problems": problems or {},
        "guest": get_partner(),
        "countries": () if get_partner() else countries.search_fetch([], ["name", "code", "phone_code"]),
        "languages": request.env["res.lang"].get_installed(),
        "nonce": values.get("nonce") or uuid.uuid4().hex,
        "trap": visitor.TRAP,
    }
    return render("booking_form", shown, 200 if not problems else 422)


def show_sold_out(hotel, search):
    """Return what else is to be had; the answer says that it is no success."""
    return show_offers(hotel, search, request.env["hotel.booking.page"]._explain("gone"), 409)


def go_on(booked):
    """Return the next page of a booking that was made: payment, or what was booked."""
    step = "/pay" if booked._get_payable()["due"] else None
    return request.redirect(booked.get_portal_url(suffix=step))
