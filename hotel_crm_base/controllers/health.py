"""The health of the hotel, for monitors."""

from odoo.http import Controller, request, route


class Health(Controller):
    """For monitors that have the token; an administrator makes it on the page Health."""

    @route("/hotel/health", type="http", auth="public", methods=["GET"], save_session=False, readonly=True)
    def health(self, **_params):
        """Answer 200 where nothing cannot wait, 503 where something does, 401 without the token."""
        scheme, _space, token = request.httprequest.headers.get("Authorization", "").partition(" ")
        checks = request.env["hotel.health.check"].sudo()  # the token is the right
        if scheme.lower() != "bearer" or not checks._is_token(token.strip()):
            return request.make_json_response(
                {"status": "unauthorized"}, status=401, headers={"WWW-Authenticate": "Bearer"})
        report = checks._report()
        return request.make_json_response(
            report, status=503 if report["status"] == "critical" else 200, headers={"Cache-Control": "no-store"})
