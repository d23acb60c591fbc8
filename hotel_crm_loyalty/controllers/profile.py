"""A guest's own data: for everybody who has an account, member or not."""

from odoo.http import Controller, request, route

from odoo.addons.hotel_crm_base.controllers.booking_tools import get_partner, page

from .member_tools import NOTICES, render


class OwnProfile(Controller):
    """Language, birth date, preferences, consents; name, address, phone and e-mail stay with Odoo's page."""

    @route("/my/profile", type="http", auth="user", website=True, methods=["GET"])
    @page()
    def profile(self, **_params):
        """Show the form."""
        return show_profile(get_partner())

    @route("/my/profile", type="http", auth="user", website=True, methods=["POST"])
    @page("act")
    def save(self, **values):
        """Change what was changed."""
        profiles = request.env["hotel.member.profile"]
        problems = profiles._save_profile(get_partner(), values)
        if problems:
            return show_profile(get_partner(), profiles._keep_typed(values), problems, 422)
        return request.redirect("/my/profile?notice=saved")


def show_profile(guest, values=None, problems=None, status=200):
    """Return the form, with what was typed and what is wrong with it."""
    notice = request.params.get("notice")
    shown = {
        **request.env["hotel.member.profile"]._get_profile(guest),
        "values": values or {},
        "is_typed": values is not None,
        "problems": problems or {},
        "notice": notice if notice in NOTICES and request.httprequest.method == "GET" else "",
        "page_name": "hotel_profile",
    }
    return render("own_profile", shown, status)
