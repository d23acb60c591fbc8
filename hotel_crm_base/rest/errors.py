"""What goes wrong at the border, in a form that other programs can read."""

#: code -> (HTTP status, what it means); every error of API v1 has one of these codes
CODES = {
    "invalid_request": (400, "A field is missing, unknown, of another type or out of bounds; “field” says which."),
    "invalid_json": (400, "The body is not a JSON object in UTF-8."),
    "invalid_cursor": (400, "The cursor is none that this endpoint has given."),
    "unauthorized": (401, "There is no key, or it is unknown or too old."),
    "forbidden": (403, "The key has no right to do that."),
    "not_found": (404, "There is no such address, or no such record for this key."),
    "method_not_allowed": (405, "The address is there, the method is not."),
    "idempotency_conflict": (409, "The Idempotency-Key was used for another request."),
    "too_large": (413, "The body is larger than the endpoint takes."),
    "unsupported_media_type": (415, "The body is sent as application/json."),
    "refused": (422, "A rule of the hotel forbids it."),
    "rate_limited": (429, "The key is used too often; Retry-After says how many seconds to wait."),
    "server_error": (500, "The server has failed. The request has changed nothing."),
    "try_again": (503, "Others were faster. The request has changed nothing; send it again."),
}
#: codes that any endpoint may answer with, whatever it does
ALWAYS = (
    *("unauthorized", "forbidden", "not_found", "method_not_allowed", "invalid_request", "rate_limited"),
    *("server_error", "try_again"),
)


class ApiError(ValueError):
    """A request that is refused.

    ``code`` names the kind, ``status`` is the HTTP status, ``field`` the path of the value that is
    wrong, ``row`` its place in a batch, counted from 0. The sentence names the field and never
    repeats what was in it, for it may be about somebody.

    >>> error = ApiError("“rows” is missing.", field="rows")
    >>> error.status, error.as_dict()
    (400, {'code': 'invalid_request', 'message': '“rows” is missing.', 'field': 'rows'})
    >>> ApiError("There is no such guest.", "not_found").status
    404
    """

    def __init__(self, message, code="invalid_request", status=None, field=None, row=None, headers=None):
        super().__init__(message)
        self.message, self.code, self.field, self.row = message, code, field, row
        self.headers = headers or {}
        self.status = status or CODES.get(code, (422,))[0]

    def as_dict(self):
        """Return what stands under ``error`` in the answer."""
        parts = {"code": self.code, "message": self.message, "field": self.field, "row": self.row}
        return {name: value for name, value in parts.items() if value is not None}
