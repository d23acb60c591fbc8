"""Greetings that the portal shows."""

from werkzeug.exceptions import NotFound

from odoo.http import Controller, request, route

from odoo.addons.hotel_crm_base.controllers.booking_tools import get_partner, page, render
from odoo.addons.portal.controllers.portal import CustomerPortal


class OwnGreetings(CustomerPortal):
    """The page under /my/greetings."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "hotel_greeting_count" in counters:
            values["hotel_greeting_count"] = len(get_partner()._get_portal_greetings())
        return values

    @route("/my/greetings", type="http", auth="user", website=True, methods=["GET"])
    @page()
    def greetings(self, **_params):
        """List the greetings to the guest who is logged in."""
        greetings = get_partner()._get_portal_greetings()
        return request.render(
            "hotel_crm_marketing.own_greetings", {"greetings": greetings, "page_name": "hotel_greetings"}
        )


class Choices(Controller):
    """Saying no to messages by the link in one of them: no login."""

    @route("/hotel/messages/<int:partner_id>/<string:token>", type="http", auth="public", website=True, methods=["GET"])
    @page("link")
    def choices(self, partner_id, token, **_params):
        """Show what the guest has agreed to."""
        return show_choices(find_guest(partner_id, token), token)

    @route(
        "/hotel/messages/<int:partner_id>/<string:token>", type="http", auth="public", website=True, methods=["POST"]
    )
    @page("link")
    def withdraw(self, partner_id, token, purpose="", **_params):
        """Take back the consent to messages of one purpose, or of all."""
        guest = find_guest(partner_id, token)
        purposes = {each[0] for each in guest._get_hotel_choices()} if purpose == "all" else {purpose}
        guest._withdraw_hotel_choices(purposes)
        return show_choices(guest, token, True)


def find_guest(partner_id, token):
    """Return the guest of a link, with sudo.

    :raises NotFound: the link is wrong
    """
    guest = request.env["res.partner"]._find_hotel_choice(partner_id, token)
    if not guest:
        raise NotFound()
    return guest


def show_choices(guest, token, is_done=False):
    """Return the page of choices; it names nobody."""
    values = {
        "choices": guest._get_hotel_choices(),
        "path": f"/hotel/messages/{guest.id}/{token}",
        "is_done": is_done,
    }
    return render("hotel_crm_marketing.message_choices", values)
