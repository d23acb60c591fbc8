"""What a guest has spent: for everybody who has an account, member or not."""

from odoo.http import Controller, request, route

from odoo.addons.hotel_crm_base import visitor
from odoo.addons.hotel_crm_base.controllers.booking_tools import get_partner, page

from .member_tools import render


class OwnSpending(Controller):
    """One page, of the guest who is logged in."""

    @route("/my/spending", type="http", auth="user", website=True, methods=["GET"], readonly=True)
    @page()
    def spending(self, months="", hotel="", **_params):
        """Show sums by month, hotel, kind and place."""
        spending = request.env["hotel.member.spending"]._get_spending(
            get_partner(), visitor.read_number(months, 0, 999, 0), visitor.read_id(hotel)
        )
        return render("own_spending", {**spending, "page_name": "hotel_spending"})
