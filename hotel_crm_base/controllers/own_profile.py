"""A guest's own data: for everybody who has an account, member or not."""

from odoo.http import Controller, request, route

from .. import visitor
from .booking_tools import get_partner, page, render

#: what the page may be asked to say; everything else in the address is ignored
NOTICES = ("saved", "asked", "withdrawn")


class OwnProfile(Controller):
    """Language, birth date, preferences, consents, and what is asked of the privacy desk.

    Name, address, phone and e-mail are corrected on Odoo's own page.
    """

    @route("/my/profile", type="http", auth="user", website=True, methods=["GET"])
    @page()
    def profile(self, **_params):
        """Show the form."""
        return show_profile(get_partner())

    @route("/my/profile", type="http", auth="user", website=True, methods=["POST"])
    @page("act")
    def save(self, **values):
        """Change what was changed."""
        profiles = request.env["hotel.own.profile"]
        problems = profiles._save_profile(get_partner(), values)
        if problems:
            return show_profile(get_partner(), profiles._keep_typed(values), problems, 422)
        return request.redirect("/my/profile?notice=saved")

    @route("/my/privacy", type="http", auth="user", website=True, methods=["POST"])
    @page("privacy")
    def ask(self, **values):
        """Ask for a copy or to be forgotten."""
        return answer(request.env["hotel.own.profile"]._ask_privacy(get_partner(), values))

    @route("/my/privacy/withdraw", type="http", auth="user", website=True, methods=["POST"])
    @page("act")
    def withdraw(self, **values):
        """Withdraw a request."""
        number = visitor.read_id(values.get("request")) or 0
        return answer(request.env["hotel.own.profile"]._withdraw_privacy(get_partner(), number))


def answer(outcome):
    """Return the page with what became of a request: a notice, or a problem."""
    notice, problem = outcome
    if problem:
        return show_profile(get_partner(), problems={"privacy": problem}, status=422)
    return request.redirect(f"/my/profile?notice={notice}")


def show_profile(guest, values=None, problems=None, status=200):
    """Return the form, with what was typed and what is wrong with it."""
    notice = request.params.get("notice")
    profiles = request.env["hotel.own.profile"]
    shown = {
        **profiles._get_profile(guest),
        **profiles._get_privacy(guest),
        "values": values or {},
        "is_typed": values is not None,
        "problems": problems or {},
        "notice": notice if notice in NOTICES and request.httprequest.method == "GET" else "",
        "page_name": "hotel_profile",
        "no_breadcrumbs": False,
    }
    return render("own_profile", shown, status)
