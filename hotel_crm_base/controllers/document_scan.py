from werkzeug.exceptions import NotFound

from odoo.exceptions import AccessError, MissingError
from odoo.http import Controller, request, route


class DocumentScan(Controller):
    """Scans of identity documents, each for one question that was asked with a reason."""

    @route("/hotel/scan/<int(min=1):question_id>", type="http", auth="user", methods=["GET"])
    def show(self, question_id):
        """Return the scan that the user has just asked for, once."""
        question = request.env["hotel.guest.document.scan.show"].browse(question_id)
        try:
            content, kind = question._take()
        except (AccessError, MissingError):
            raise NotFound() from None
        headers = [
            ("Content-Type", kind),
            ("Content-Disposition", "inline"),
            ("Cache-Control", "no-store"),
            ("X-Content-Type-Options", "nosniff"),
            ("Content-Security-Policy", "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'"),
        ]
        return request.make_response(content, headers)
