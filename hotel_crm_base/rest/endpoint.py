"""What API v1 offers, as data: of this the requests are checked and the OpenAPI page is made."""

import re
from dataclasses import dataclass, field

from .errors import ALWAYS, ApiError
from .schema import Kind, Record

#: largest body in bytes, where an endpoint says nothing else
MAX_BODY = 64 * 1024
_PART = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Endpoint:
    """One method of one address.

    ``call`` is ``(model, method)``: the method is given the client and, by name, what the address, the
    query and the body say, all checked; it returns the answer. One call is one transaction.

    >>> guest = Endpoint("GET", "guests/{code}/flags", "guests.read", ("m", "f"), "Flags", Record({}))
    >>> guest.match("guests/G-1/flags"), guest.match("guests/flags"), guest.match("guests/a/b/flags")
    ({'code': 'G-1'}, None, None)
    """

    method: str  #: GET or POST
    path: str  #: below /hotel/api/v1/, with {names}
    scope: str  #: code of the hotel.api.scope that a client needs
    call: tuple[str, str]
    summary: str
    answer: Kind
    body: Kind | None = None  #: a Record, whose fields are handed over, or Anything, handed over as ``document``
    params: dict[str, Kind] = field(default_factory=dict)  #: parts of the address
    query: dict[str, Kind] = field(default_factory=dict)
    errors: tuple[str, ...] = ()  #: codes beside those of `ALWAYS`
    about: str = ""  #: more about it, for the page
    tag: str = ""  #: chapter of the page
    is_readonly: bool = False  #: it may be asked of a replica of the database
    takes_key: bool = False  #: an Idempotency-Key may come with it
    is_serial: bool = False  #: requests of one source system take turns
    max_body: int = MAX_BODY

    def match(self, path):
        """Return the parts of an address, None where it is another one."""
        pattern = "".join(
            f"(?P<{text}>[^/]+)" if number % 2 else re.escape(text)
            for number, text in enumerate(_PART.split(self.path))
        )
        found = re.fullmatch(pattern, path)
        return found and found.groupdict()

    def get_errors(self):
        """Return all codes that it may answer with."""
        found = [*ALWAYS, *self.errors]
        if self.body:
            found += ["invalid_json", "too_large", "unsupported_media_type"]
        if self.takes_key:
            found.append("idempotency_conflict")
        return list(dict.fromkeys(found))

    def read_body(self, body):
        """Return what the body says, checked, by name."""
        if self.body is None:
            return {}
        values = self.body.check(body, "" if isinstance(self.body, Record) else "body")
        return values if isinstance(self.body, Record) else {"document": values}

    def read_query(self, params, query):
        """Return what the address says, checked.

        :param dict params: parts of the address
        :param dict query: behind the question mark
        """
        return Record(self.params).check(params) | Record(self.query).check(query)


def find(endpoints, method, path):
    """Return the endpoint of a request and the parts of its address.

    >>> one = Endpoint("POST", "guests", "guests.write", ("m", "f"), "Guests", Record({}))
    >>> find([one], "POST", "guests")[0] is one
    True
    >>> for method, path in (("POST", "nowhere"), ("GET", "guests")):
    ...     try: find([one], method, path)
    ...     except ApiError as error: print(error.status, error.message)
    404 There is no such address or method.
    405 Here only POST is understood.
    >>> other = Endpoint("GET", "{name}", "guests.read", ("m", "f"), "Any", Record({}))
    >>> find([other, one], "POST", "guests")[0] is one, find([other, one], "GET", "rooms")[0] is other
    (True, True)
    >>> try: find([other, one], "GET", "guests")
    ... except ApiError as error: print(error.status)
    405
    """
    found = [(endpoint, parts) for endpoint in endpoints if (parts := endpoint.match(path)) is not None]
    # an address that is written out is no value of another one's part
    found = [each for each in found if each[0].path == path] or found
    wanted = "GET" if method == "HEAD" else method
    for endpoint, parts in found:
        if endpoint.method == wanted:
            return endpoint, parts
    if not found:
        raise ApiError("There is no such address or method.", "not_found")
    known = ", ".join(sorted({endpoint.method for endpoint, _parts in found}))
    raise ApiError(f"Here only {known} is understood.", "method_not_allowed", headers={"Allow": known})
