"""How everything that other programs call answers: JSON, and every error has a status, a code and a sentence.

Nothing of a traceback leaves. An error undoes what the request has written, as an exception does.
"""

import psycopg2
from werkzeug.exceptions import HTTPException

from odoo.exceptions import AccessDenied, AccessError, MissingError, UserError
from odoo.http import SessionExpiredException, request

#: codes of errors of HTTP that come before a route is reached
CODES = {
    400: "invalid_request",
    401: "unauthorized",
    404: "not_found",
    405: "not_found",
    411: "invalid_request",
    413: "too_large",
    415: "unsupported_media_type",
    503: "try_again",
}


class Refusal(HTTPException):
    """An expected no: undone like every error, and no matter for the log.

    :param int status: of HTTP
    :param str code: names the kind
    :param str message: a sentence for the people who write the other program
    :param dict headers: of the answer, further ones
    :param more: further values beside code and message, such as ``field``
    """

    def __init__(self, status, code, message, headers=None, **more):
        super().__init__(message)
        self.code, self.parts, self.extra, self.more = status, (status, code, message), headers, more

    def get_response(self, *_args, **_kwargs):
        return answer(*self.parts, headers=self.extra, **self.more)


def refuse(error, headers=None):
    """Return the refusal of an ApiError."""
    parts = error.as_dict()
    return Refusal(error.status, parts.pop("code"), parts.pop("message"), {**error.headers, **(headers or {})}, **parts)


def answer(status, code, message, headers=None, **more):
    """Return the response of an error; see Refusal."""
    error = {"code": code, "message": message, **more}
    response = request.make_json_response({"error": error}, status=status)
    response.headers.update({"Cache-Control": "no-store", **(headers or {})})
    if status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def explain(exc):
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


def answer_to(exc):
    """Return the response of any error."""
    return exc.get_response() if isinstance(exc, Refusal) else answer(*explain(exc))


def spend(kind="api"):
    """Count a request of a key.

    :raises Refusal: 429 where the key is used more often than it may be
    """
    # the key alone: however the header is written, it is one key
    parts = request.httprequest.headers.get("Authorization", "").split(None, 1)
    subject = f"key {parts[1].strip()}" if len(parts) == 2 else f"user {request.env.uid}"
    wait = request.env["hotel.rate.limit"]._spend(kind, subject)
    if wait:
        raise Refusal(429, "rate_limited", "This key is used too often.", {"Retry-After": str(wait)})


def read_body(most):
    """Return the bytes of a body of JSON.

    :param int most: bytes that it may have
    :raises Refusal: it is larger, or something else
    """
    http = request.httprequest
    if (http.content_length or 0) > most:
        raise Refusal(413, "too_large", f"The body has {most} bytes at most.")
    if http.mimetype not in ("", "application/json"):
        raise Refusal(415, "unsupported_media_type", "The body is sent as application/json.")
    data = http.get_data()
    if len(data) > most:
        raise Refusal(413, "too_large", f"The body has {most} bytes at most.")
    return data
