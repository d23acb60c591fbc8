"""Greetings that the portal shows."""

from odoo.http import request, route

from odoo.addons.hotel_crm_base.controllers.booking_tools import get_partner, page
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
