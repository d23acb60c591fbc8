"""What the routes of the members' pages share: whose card it is, answers, forms that count once."""

from werkzeug.exceptions import NotFound, abort

from odoo.http import request

from odoo.addons.hotel_crm_base import visitor
from odoo.addons.hotel_crm_base.controllers import booking_tools

#: what a page may be asked to say; everything else in the address is ignored
NOTICES = ("joined", "redeemed", "cancelled", "transferred", "claimed", "chosen", "saved")


def render(template, values, status=200):
    """Return a page of this addon.

    :param str template: name in this addon
    :param dict values: for the template
    """
    shared = {"club": request.env["hotel.member.page"], "no_breadcrumbs": False, "page_name": "hotel_club"}
    return booking_tools.render(f"hotel_crm_loyalty.{template}", {**shared, **values}, status)


def get_card(params):
    """Return the card of the guest who is logged in, with sudo; without one the request ends at the programme.

    :param params: as they came with the request; ``card`` is the id of one of several
    :raises NotFound: the card is not there, or not one's own
    """
    cards = request.env["hotel.member.page"]._get_cards(booking_tools.get_partner())
    if params.get("card"):
        wanted = visitor.read_id(params["card"])
        cards = cards.filtered(lambda card: card.id == wanted)
        if not cards:
            raise NotFound()
    if not cards:
        abort(request.redirect("/hotel/club"))
    return cards[:1]


def show(template, card, values, status=200):
    """Return a page about a card: with its siblings, and what the page has to say.

    :param loyalty.card card: one's own, with sudo
    """
    cards = request.env["hotel.member.page"]._get_cards(booking_tools.get_partner())
    notice = request.params.get("notice")
    shared = {"card": card, "cards": cards, "notice": notice if notice in NOTICES else "", "problem": ""}
    return render(template, {**shared, **values}, status)


def go_to(path, card=None, **query):
    """Return a redirection to a page of a card."""
    if card:
        query["card"] = card.id
    return request.redirect_query(path, query)


def is_first(nonce):
    """Return whether a form is sent for the first time: twice sent, it counts once.

    :param str nonce: made when the form was shown; as it came with the request
    """
    return request.env["hotel.member.form"].sudo()._take(booking_tools.name_form(nonce))
