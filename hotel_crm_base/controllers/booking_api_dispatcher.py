"""How the booking API reads requests and answers: JSON both ways, and every error has a code.

A dispatcher of its own, beside Odoo's for pages, JSON-RPC and JSON-2: only there every error comes by,
also those before a route is reached (no key, an old key) and after it (two transactions that met).
Nothing of a traceback leaves. An error undoes what the request has written, as an exception does.
"""

from odoo.http import HttpDispatcher

from ..booking_request import MAX_BODY, RequestError, read_json
from ..models.booking.errors import BookingError
from .api.answers import Refusal, answer_to, read_body, refuse, spend

TYPE = "hotel_api"
API = {"type": TYPE, "auth": "bearer", "save_session": False, "max_content_length": MAX_BODY}
#: HTTP statuses of errors of bookings by their code; the others are 422
STATUSES = {
    "sold_out": 409,
    "price_changed": 409,
    "hold_expired": 409,
    "not_changeable": 409,
    "guest_refused": 403,
    "try_again": 503,
}


class HotelApiDispatcher(HttpDispatcher):
    """Dispatches routes of type ``hotel_api``."""

    routing_type = TYPE
    mimetypes = ("application/json",)

    def dispatch(self, endpoint, args):
        """Check who asks and how often, read the body, call the route."""
        api = self.request.env["hotel.booking.api"]
        try:
            api._check_caller()
            spend()
            self.request.params = {**args, "body": self._read_body()}
            result = self.request.registry["ir.http"]._dispatch(endpoint)
        except RequestError as error:
            raise refuse(error) from None
        except BookingError as error:
            raise Refusal(STATUSES.get(error.code, 422), error.code, str(error)) from None
        if isinstance(result, dict):
            result = self.request.make_json_response(result)
        result.headers["Cache-Control"] = "no-store"
        return result

    def _read_body(self):
        """Return the object of the body of the request."""
        if self.request.httprequest.method in ("GET", "HEAD"):
            return {}
        return read_json(read_body(MAX_BODY))

    def handle_error(self, exc):
        """Return the answer to an error: a status, a code and a sentence."""
        return answer_to(exc)
