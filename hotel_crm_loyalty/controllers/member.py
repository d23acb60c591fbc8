"""The card of the guest who is logged in, and its history."""

from odoo.http import content_disposition, request, route

from odoo.addons.hotel_crm_base.controllers.booking_tools import check_limit, get_partner, page
from odoo.addons.loyalty.controllers.portal import CustomerPortalLoyalty
from odoo.addons.portal.controllers.portal import pager

from .member_tools import get_card, go_to, show

PAGE_SIZE = 25


class Member(CustomerPortalLoyalty):
    """Pages under /my/club, and Odoo's own pages of cards."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        guest = get_partner()
        if "hotel_club_count" in counters:
            values["hotel_club_count"] = len(request.env["hotel.member.page"]._get_cards(guest))
        if "hotel_spending_count" in counters:
            values["hotel_spending_count"] = int(request.env["hotel.member.spending"]._has_spending(guest))
        return values

    @route("/my/club", type="http", auth="user", website=True, methods=["GET"])
    @page()
    def card(self, **params):
        """Show the card, its points and the way to the next tier."""
        card = get_card(params)
        return show("member_card", card, request.env["hotel.member.page"]._get_standing(card))

    @route(
        ["/my/club/history", "/my/club/history/page/<int:number>"],
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
    )
    @page()
    def history(self, number=1, kind="all", **params):
        """Show what happened to the card, and why."""
        card, history = get_card(params), request.env["hotel.member.history"]
        filters = history._get_filters()
        kind = kind if kind in filters else "all"
        pages = pager(
            "/my/club/history", history._count(card, kind), number, PAGE_SIZE, url_args={"kind": kind, "card": card.id}
        )
        lines = history._get_lines(card, kind, pages["offset"], PAGE_SIZE)
        values = {"lines": lines, "filters": filters, "kind": kind, "pager": pages, "history": history}
        return show("member_history", card, values)

    @route(
        "/my/club/history.csv", type="http", auth="user", website=True, multilang=False, methods=["GET"], readonly=True
    )
    @page()
    def history_file(self, **params):
        """Return the whole history as a file."""
        card = get_card(params)
        check_limit("act")
        headers = [
            ("Content-Type", "text/csv; charset=utf-8"),
            ("Content-Disposition", content_disposition("club-history.csv")),
            ("X-Content-Type-Options", "nosniff"),
        ]
        return request.make_response(request.env["hotel.member.history"]._write_csv(card), headers=headers)

    @route()
    def portal_my_loyalty_card_history(self, card_id, page=1, **kwargs):
        """Send members to the page with the reasons; other cards keep Odoo's own page."""
        own = request.env["hotel.member.page"]._get_cards(get_partner()).filtered(lambda card: card.id == card_id)
        if own:
            return go_to("/my/club/history", own)
        return super().portal_my_loyalty_card_history(card_id, page=page, **kwargs)
