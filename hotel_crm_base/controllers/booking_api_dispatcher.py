"""How the booking API reads requests and answers: JSON both ways, and every error has a code.

A dispatcher of its own, beside Odoo's for pages, JSON-RPC and JSON-2: only there every error comes by,
also those before a route is reached (no key, an old key) and after it (two transactions that met).
Nothing of a traceback leaves. An error undoes what the request has written, as an exception does.
"""

import psycopg2
from werkzeug.exceptions import HTTPException

from odoo.exceptions import AccessDenied, AccessError, MissingError, UserError
from odoo.http import HttpDispatcher, SessionExpiredException, request

from ..booking_request import MAX_BODY, RequestError, read_json
from ..models.booking.errors import BookingError

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
CODES = {400: "invalid_request", 401: "unauthorized", 404: "not_found", 405: "not_found", 413: "too_large"}


class HotelApiDispatcher(HttpDispatcher):
    """Dispatches routes of type ``hotel_api``."""

    routing_type = TYPE
    mimetypes = ("application/json",)

    def dispatch(self, endpoint, args):
        """Check who asks and how often, read the body, call the route."""
        api = self.request.env["hotel.booking.api"]
        try:
            api._check_caller()
            self._check_limit()
            self.request.params = {**args, "body": self._read_body()}
            result = self.request.registry["ir.http"]._dispatch(endpoint)
        except RequestError as error:
            raise _Refusal(error.status, error.code, error.message) from None
        except BookingError as error:
            raise _Refusal(STATUSES.get(error.code, 422), error.code, str(error)) from None
        if isinstance(result, dict):
            result = self.request.make_json_response(result)
        result.headers["Cache-Control"] = "no-store"
        return result

    def _read_body(self):
        """Return the object of the body of the request."""
        http = self.request.httprequest
        if http.method in ("GET", "HEAD"):
            return {}
        if (http.content_length or 0) > MAX_BODY:
            raise RequestError(f"The body has {MAX_BODY} bytes at most.", "too_large", 413)
        if http.mimetype not in ("", *self.mimetypes):
            raise RequestError("The body is sent as application/json.", "unsupported_media_type", 415)
        return read_json(http.get_data())

    def _check_limit(self):
        """Refuse a key that is used more often than it may be."""
        # the key alone: however the header is written, it is one key
        parts = self.request.httprequest.headers.get("Authorization", "").split(None, 1)
        subject = f"key {parts[1].strip()}" if len(parts) == 2 else f"user {self.request.env.uid}"
        wait = self.request.env["hotel.rate.limit"]._spend("api", subject)
        if wait:
            raise _Refusal(
                429, "rate_limited", "This key is used too often.", headers={"Retry-After": str(wait)}
            )

    def handle_error(self, exc):
        """Return the answer to an error: a status, a code and a sentence."""
        if isinstance(exc, _Refusal):
            return exc.get_response()
        return _answer(*_explain(exc))


def _explain(exc):
    """Return status, code and sentence of any error."""
    if isinstance(exc, (SessionExpiredException, AccessDenied)):
        return 401, "unauthorized", "Send a valid API key: Authorization: Bearer <key>."
    if isinstance(exc, HTTPException) and exc.code:
        return exc.code, CODES.get(exc.code, "invalid_request"), exc.name
    if isinstance(exc, AccessError):
        return 403, "forbidden", "This account has no right to do that."
    if isinstance(exc, MissingError):
        return 404, "not_found", "It is there no more."
    if isinstance(exc, UserError):
        return 422, "refused", str(exc)
    if isinstance(exc, psycopg2.OperationalError):
        return 503, "try_again", "Others were faster. Please try again."
    return 500, "server_error", "The server has failed. The request has changed nothing."


def _answer(status, code, message, headers=None):
    response = request.make_json_response({"error": {"code": code, "message": message}}, status=status)
    response.headers.update({"Cache-Control": "no-store", **(headers or {})})
    if status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


class _Refusal(HTTPException):
    """An expected no: undone like every error, and no matter for the log."""

    def __init__(self, status, code, message, headers=None):
        super().__init__(message)
        self.code, self.parts, self.extra = status, (status, code, message), headers

    def get_response(self, *_args, **_kwargs):
        return _answer(*self.parts, headers=self.extra)
