"""A member passes points on: who gets them is asked for first, then what it comes to is confirmed."""

import uuid

from werkzeug.exceptions import NotFound

from odoo.exceptions import UserError
from odoo.http import Controller, request, route

from odoo.addons.hotel_crm_base.controllers.booking_tools import check_limit, get_subject, page

from .member_tools import get_card, go_to, is_first, show


class MemberTransfer(Controller):
    """Two steps of one form; the second one asks everything again."""

    @route("/my/club/transfer", type="http", auth="user", website=True, methods=["GET"])
    @page()
    def ask(self, **params):
        """Show the form with the limits."""
        return show_transfer(get_transferring(params), {})

    @route("/my/club/transfer", type="http", auth="user", website=True, methods=["POST"])
    @page("act")
    def transfer(self, confirm="", nonce="", **values):
        """Show what it comes to; pass the points on once it is confirmed."""
        card, transfers = get_transferring(values), request.env["hotel.member.transfer"]
        facts, problems = transfers._read_form(values)
        if problems:
            return show_transfer(card, values, problems=problems, status=422)
        # guesses: of this login, and at this number from wherever they come
        check_limit("find", f"transfer {get_subject()}")
        check_limit("find", f"transfer number {facts['number']}")
        receiver = transfers._find_receiver(card, facts["number"], facts["name"])
        if not receiver:
            sentence = request.env._("There is no member with this number and this last name.")
            return show_transfer(card, values, sentence, status=422)
        problem = transfers._check(card, receiver, facts["points"])
        if problem:
            return show_transfer(card, values, problem, status=409)
        if not confirm:
            return show_confirm(card, facts)
        if is_first(nonce):
            try:
                with request.env.cr.savepoint():
                    transfers._transfer(card, receiver, facts["points"])
            except UserError as error:
                return show_transfer(card, values, str(error), status=409)
        return go_to("/my/club", card, notice="transferred")


def get_transferring(params):
    """Return the own card, where its programme lets points go.

    :raises NotFound: it does not
    """
    card = get_card(params)
    if not request.env["hotel.member.transfer"]._get_rule(card)[1]:
        raise NotFound()
    return card


def show_transfer(card, values, problem="", problems=None, status=200):
    """Return the form, with what was typed and what is wrong with it."""
    shown = {
        "values": {name: str(values.get(name) or "")[:128] for name in ("number", "name", "points")},
        "problem": problem,
        "problems": problems or {},
        "limits": request.env["hotel.member.transfer"]._get_limits(card),
        "available": int(card.points),
    }
    return show("member_transfer", card, shown, status)


def show_confirm(card, facts):
    """Return what a transfer comes to, to be confirmed."""
    shown = {"facts": facts, "nonce": uuid.uuid4().hex, "left": int(card.points) - facts["points"]}
    return show("member_transfer_confirm", card, shown)
