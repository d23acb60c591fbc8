"""A guest's copy, and the link by which somebody without an account confirms who is asking."""

from werkzeug.exceptions import NotFound

from odoo.exceptions import AccessError, UserError
from odoo.http import Controller, content_disposition, request, route

from .booking_tools import get_partner, page, render


class Privacy(Controller):
    """Pages under /hotel/privacy."""

    @route("/my/privacy/copy/<int:request_id>", type="http", auth="user", methods=["GET"])
    @page("privacy")
    def copy(self, request_id):
        """Return the copy to the guest who asked for it, while it may be fetched."""
        found = request.env["hotel.privacy.request"].sudo().search(
            [("id", "=", request_id), ("partner_id", "=", get_partner().id)]
        )  # fmt: skip
        if not found or not found._is_fetchable():
            raise NotFound()
        return send_copy(found.with_user(request.env.user)._fetch())

    @route("/hotel/privacy/copy/<int:request_id>", type="http", auth="user", methods=["GET"])
    def hand_over(self, request_id):
        """Return the copy to staff who hand it over."""
        found = request.env["hotel.privacy.request"].browse(request_id).exists()
        try:
            found._check_hand_over()
        except (AccessError, UserError, ValueError):
            raise NotFound() from None
        return send_copy(found._fetch())

    @route("/hotel/privacy/<int:request_id>/<string:token>", type="http", auth="public", website=True, methods=["GET"])
    @page("link")
    def ask(self, request_id, token, **_params):
        """Ask for the confirmation: programs that look at e-mails open links, and press no buttons."""
        found = request.env["hotel.privacy.request"].browse(request_id)
        return render("privacy_confirm", {"is_open": found._is_token(token), "is_done": False})

    @route("/hotel/privacy/<int:request_id>/<string:token>", type="http", auth="public", website=True, methods=["POST"])
    @page("link")
    def confirm(self, request_id, token, **_params):
        """Confirm who is asking."""
        found = request.env["hotel.privacy.request"].browse(request_id)
        is_done = found._confirm(token)
        return render("privacy_confirm", {"is_open": False, "is_done": is_done}, 200 if is_done else 404)


def send_copy(data):
    """Return a copy as a file that nobody keeps on the way."""
    headers = [
        ("Content-Type", "application/zip"),
        ("Content-Disposition", content_disposition("my-data.zip")),
        ("Cache-Control", "no-store"),
        ("X-Content-Type-Options", "nosniff"),
    ]
    return request.make_response(data, headers)
