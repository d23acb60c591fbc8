"""The page behind the code in a room: no login, and nothing of whoever stays there."""

import uuid

from odoo.http import Controller, request, route

from odoo.addons.hotel_crm_base import visitor
from odoo.addons.hotel_crm_base.controllers.booking_tools import (
    check_limit,
    check_limits,
    end_request,
    get_subject,
    page,
    render,
)
from odoo.addons.hotel_crm_loyalty.controllers.member_tools import is_first

HERE = "hotel_crm_service"


class CaseRoom(Controller):
    """For the guest in the room."""

    @route("/hotel/room/<string:token>", type="http", auth="public", website=True, methods=["GET"], sitemap=False)
    @page()
    def ask(self, token, **_params):
        """Show the form."""
        return show_form(get_room(token), token)

    @route("/hotel/room/<string:token>", type="http", auth="public", website=True, methods=["POST"], sitemap=False)
    @page("")
    def send(self, token, nonce="", **values):
        """Take in what was written; show where the answer will stand."""
        room = get_room(token)
        check_limits(("act", get_subject()), ("case", f"room {room.id}"))
        intake = request.env["hotel.case.intake"]
        facts, problems = intake._read_form(values, request.httprequest.files.getlist("pictures"))
        if problems:
            return show_form(room, token, values, problems, 422)
        if visitor.is_trapped(values) or not is_first(nonce):
            return render(f"{HERE}.case_sent", {"case": None, "hotel": room.property_id})
        case = intake._take_in_from_room(room, facts)
        return request.redirect(case.get_portal_url(query_string="&notice=sent"))

    @route("/hotel/room-codes", type="http", auth="user", website=True, methods=["GET"], sitemap=False)
    def codes(self, ids="", **_params):
        """Show the codes of rooms to print; record rules say which rooms that are."""
        asked = [visitor.read_id(part) for part in ids.split(",")[:1000]]
        rooms = request.env["hotel.room"].search([("id", "in", [room_id for room_id in asked if room_id])])
        return request.render(f"{HERE}.room_codes", {"rooms": rooms})


def get_room(token):
    """Return the room of a code, with sudo; where there is none the request ends here."""
    room = request.env["hotel.room"]._find_by_service_token(token)
    if not room:
        # guesses are counted apart: a guest never guesses
        check_limit("link")
        end_request(render(f"{HERE}.case_unknown", {}, 404))
    return room.with_context(lang=request.env.lang)


def show_form(room, token, values=None, problems=None, status=200):
    """Return the form of a room, with what was typed and what is wrong with it."""
    shown = {
        "room": room,
        "hotel": room.property_id,
        "hotels": None,
        "action": f"/hotel/room/{token}",
        "kinds": request.env["hotel.case.intake"]._get_kinds(),
        "values": {name: str((values or {}).get(name) or "")[:5000] for name in ("kind", "text")},
        "problems": problems or {},
        "nonce": uuid.uuid4().hex,
        "trap": visitor.TRAP,
    }
    return render(f"{HERE}.case_form", shown, status)
