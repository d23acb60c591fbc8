"""Coupons and points of the guest who is logged in."""

from odoo.exceptions import UserError
from odoo.http import Controller, request, route

from odoo.addons.hotel_crm_base import visitor
from odoo.addons.hotel_crm_base.controllers.booking_own import get_own, go_to, show_reservation
from odoo.addons.hotel_crm_base.controllers.booking_tools import get_partner, page
from odoo.addons.portal.controllers.portal import CustomerPortal


class OwnCoupons(CustomerPortal):
    """The page under /my/coupons."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "hotel_coupon_count" in counters:
            values["hotel_coupon_count"] = len(get_partner()._get_hotel_coupons())
        return values

    @route("/my/coupons", type="http", auth="user", website=True, methods=["GET"])
    @page()
    def coupons(self, **_params):
        """List the personal coupons of the guest, with QR codes; in no cache."""
        coupons = get_partner()._get_hotel_coupons(all_states=True)
        return request.render("hotel_crm_loyalty.own_coupons", {"coupons": coupons, "page_name": "hotel_coupons"})


class OwnPoints(Controller):
    """Points of a member for his or her own booking; a link to the booking alone spends none."""

    @route("/my/reservations/<int:reservation_id>/points", type="http", auth="user", website=True, methods=["POST"])
    @page("act")
    def use_points(self, reservation_id, offer="", points="", expected="", **_params):
        """Use points for what the page has offered: a discount, or nights."""
        reservation = get_own(reservation_id, None)
        try:
            with request.env.cr.savepoint():
                wish = (visitor.read_text(offer, 128), visitor.read_id(points), visitor.read_text(expected, 16))
                problem = reservation._use_points_offer(get_partner(), *wish)
                if problem:
                    raise UserError(problem)
        except UserError as error:
            return show_reservation(reservation, None, problem=str(error), status=409)
        return go_to(reservation, None)
