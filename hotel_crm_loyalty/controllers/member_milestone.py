"""A member chooses a reward at a milestone."""

from odoo.exceptions import UserError
from odoo.http import Controller, request, route

from odoo.addons.hotel_crm_base import visitor
from odoo.addons.hotel_crm_base.controllers.booking_tools import page

from .member_tools import get_card, go_to, show


class MemberMilestone(Controller):
    """What was reached, and the choice."""

    @route("/my/club/milestones", type="http", auth="user", website=True, methods=["GET"])
    @page()
    def milestones(self, **params):
        """Show the milestones and what may be chosen."""
        return show_milestones(get_card(params))

    @route("/my/club/milestones", type="http", auth="user", website=True, methods=["POST"])
    @page("act")
    def choose(self, milestone="", option="", **params):
        """Take what was chosen."""
        card = get_card(params)
        try:
            with request.env.cr.savepoint():
                request.env["hotel.member.milestone"]._choose(card, visitor.read_id(milestone), option)
        except UserError as error:
            return show_milestones(card, str(error), 409)
        return go_to("/my/club/milestones", card, notice="chosen")


def show_milestones(card, problem="", status=200):
    """Return the page of the milestones."""
    rows = request.env["hotel.member.milestone"]._get_milestones(card)
    return show("member_milestones", card, {"rows": rows, "problem": problem}, status)
