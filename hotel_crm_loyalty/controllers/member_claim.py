"""A member claims a stay whose points are missing."""

import uuid

from werkzeug.exceptions import NotFound

from odoo.exceptions import UserError
from odoo.http import Controller, request, route

from odoo.addons.hotel_crm_base.controllers.booking_tools import page

from .member_tools import get_card, go_to, is_first, show

KEPT = ("hotel", "arrival", "departure", "number", "text")


class MemberClaim(Controller):
    """The form and the answers, on one page."""

    @route("/my/club/claim", type="http", auth="user", website=True, methods=["GET"])
    @page()
    def claims(self, **params):
        """Show the form and what was claimed."""
        return show_claims(get_claiming(params), {})

    @route("/my/club/claim", type="http", auth="user", website=True, methods=["POST"])
    @page("book")
    def claim(self, nonce="", **values):
        """File a claim."""
        card, claims = get_claiming(values), request.env["hotel.member.claim"]
        facts, problems = claims._read_form(card, values)
        if problems:
            return show_claims(card, values, problems=problems, status=422)
        if is_first(nonce):
            try:
                with request.env.cr.savepoint():
                    claims._claim(card, facts)
            except UserError as error:
                return show_claims(card, values, str(error), status=409)
        return go_to("/my/club/claim", card, notice="claimed")


def get_claiming(params):
    """Return the own card, where its programme takes claims.

    :raises NotFound: it does not
    """
    card = get_card(params)
    if request.env["hotel.member.claim"]._get_rule(card) is None:
        raise NotFound()
    return card


def show_claims(card, values, problem="", problems=None, status=200):
    """Return the page of the claims, with what was typed and what is wrong with it."""
    claims = request.env["hotel.member.claim"]
    shown = {
        "values": {name: str(values.get(name) or "")[:1000] for name in KEPT},
        "problem": problem,
        "problems": problems or {},
        "rule": claims._get_rule(card),
        "hotels": claims._get_hotels(card),
        "rows": claims._get_claims(card),
        "nonce": uuid.uuid4().hex,
    }
    return show("member_claims", card, shown, status)
