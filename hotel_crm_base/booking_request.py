"""What another system sends to the booking API: read, bounded and checked, never trusted.

Plain Python, no Odoo, no clock. What is wrong is a `RequestError` with a code and a sentence for the
people who write the other system; it names the field, and never repeats what was in it.

>>> read_json(b'{"property": "HARB"}')
{'property': 'HARB'}
>>> read_json(b'{"property": NaN}')  # doctest: +IGNORE_EXCEPTION_DETAIL
Traceback (most recent call last):
RequestError: The body is not JSON.
"""

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import date

from .rest.errors import ApiError

#: most rooms in a booking, most nights and persons in a room; longest texts; largest body in bytes
MAX_ROOMS, MAX_NIGHTS, MAX_PERSONS = 20, 400, 30
MAX_NAME, MAX_NOTE, MAX_CODE = 128, 1000, 64
MAX_BODY = 64 * 1024
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_KEY = re.compile(r"[\x21-\x7e]{8,128}")
_REQUIRED = object()


class RequestError(ApiError):
    """A request that cannot be read; ``status`` is the HTTP status, ``code`` names the kind."""

    def __init__(self, message: str, code: str = "invalid_request", status: int = 400):
        super().__init__(message, code, status)


@dataclass(frozen=True)
class StayRequest:
    """Dates and persons; the plan and the room type by their codes."""

    arrival_date: date
    departure_date: date
    room_type: str = ""
    rate_plan: str = ""
    adults: int = 2
    children: int = 0
    infants: int = 0
    rooms: int = 1
    guest_name: str = ""
    code: str = ""


@dataclass(frozen=True)
class Booker:
    """Who books: a new guest, or one who is known by a guest code."""

    name: str = ""
    email: str = ""
    phone: str = ""
    language: str = ""
    guest_code: str = ""


@dataclass(frozen=True)
class BookingRequest:
    """A whole booking."""

    property: str
    stays: tuple[StayRequest, ...]
    booker: Booker
    channel: str = "web"
    market_segment: str = ""
    code: str = ""
    note: str = ""
    expected_total: float | None = None
    confirm: bool = False


@dataclass(frozen=True)
class ChangeRequest:
    """Changes of one room of a booking, by number; only what is named changes."""

    changes: dict
    room: int = 1
    expected_total: float | None = None
    dry_run: bool = False


def read_json(body: bytes) -> dict:
    """Return the object that a body holds; an empty body is an empty object.

    >>> read_json(b''), read_json('{"name": "王伟"}'.encode())
    ({}, {'name': '王伟'})
    >>> for body in (b'[1]', b'{', b'\\xff', b'[' * 60000):
    ...     try: read_json(body)
    ...     except RequestError as error: print(error.code)
    invalid_json
    invalid_json
    invalid_json
    invalid_json
    """
    if not body.strip():
        return {}
    try:
        data = json.loads(body.decode("utf-8"), parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        raise RequestError("The body is not JSON.", "invalid_json") from None
    if not isinstance(data, dict):
        raise RequestError("The body is not a JSON object.", "invalid_json")
    return data


def _refuse_constant(text):
    raise ValueError(text)


def read_key(text: str | None) -> str:
    """Return an idempotency key.

    >>> read_key("6f1f0e0c-9a63")
    '6f1f0e0c-9a63'
    >>> read_key("short")  # doctest: +IGNORE_EXCEPTION_DETAIL
    Traceback (most recent call last):
    RequestError: The header Idempotency-Key has 8 to 128 visible ASCII characters.
    """
    if not text:
        raise RequestError("The header Idempotency-Key is missing.", "idempotency_key_missing")
    if not _KEY.fullmatch(text):
        raise RequestError("The header Idempotency-Key has 8 to 128 visible ASCII characters.")
    return text


def digest(data: dict) -> str:
    """Return what two requests have in common when they ask the same, whatever the order of their fields.

    >>> digest({"a": 1, "b": "王"}) == digest({"b": "王", "a": 1}), digest({"a": 1}) == digest({"a": 2})
    (True, False)
    """
    text = json.dumps(data, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


class Reader:
    """Reads the fields of one object, each by its kind; `finish` refuses those that nobody asked for.

    >>> reader = Reader({"adults": 2, "nmae": "Ana"})
    >>> reader.number("adults", 1, 1, 9)
    2
    >>> reader.finish()  # doctest: +IGNORE_EXCEPTION_DETAIL
    Traceback (most recent call last):
    RequestError: “nmae” is not a field here.
    """

    def __init__(self, data, where=""):
        if not isinstance(data, dict):
            raise RequestError(f"“{where}” is not an object.")
        self.data, self.where, self.known = data, where, set()

    def _take(self, name, default):
        self.known.add(name)
        value = self.data.get(name)
        if value is not None and value != "":
            return value
        if default is _REQUIRED:
            raise RequestError(f"“{self.where}{name}” is missing.")
        return default

    def text(self, name, default=_REQUIRED, most=MAX_CODE):
        """Return a text without control characters."""
        value = self._take(name, default)
        if value is default:
            return value
        if not isinstance(value, str) or not _is_sound(value):
            raise RequestError(f"“{self.where}{name}” is not a text.")
        if len(value.strip()) > most:
            raise RequestError(f"“{self.where}{name}” has {most} characters at most.")
        return value.strip()

    def number(self, name, default=_REQUIRED, least=0, most=MAX_PERSONS):
        """Return a whole number; digits in a text count too, as an address has them."""
        value = self._take(name, default)
        if isinstance(value, str) and re.fullmatch(r"\d{1,9}", value, re.ASCII):
            value = int(value)
        if value is default and default is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise RequestError(f"“{self.where}{name}” is a whole number from {least} to {most}.")
        return value

    def amount(self, name):
        """Return an amount of money, or None."""
        value = self._take(name, None)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value < 1e12:
            raise RequestError(f"“{self.where}{name}” is an amount.")
        return float(value)

    def boolean(self, name):
        """Return true or false; false where it is not said."""
        value = self._take(name, False)
        if not isinstance(value, bool):
            raise RequestError(f"“{self.where}{name}” is true or false.")
        return value

    def day(self, name, default=_REQUIRED):
        """Return a date."""
        value = self._take(name, default)
        if value is default:
            return value
        try:
            if not isinstance(value, str) or not _DATE.fullmatch(value):
                raise ValueError
            return date.fromisoformat(value)
        except ValueError:
            raise RequestError(f"“{self.where}{name}” is a date such as 2028-02-29.") from None

    def part(self, name):
        """Return a reader of an object inside this one."""
        return Reader(self._take(name, _REQUIRED), f"{self.where}{name}.")

    def parts(self, name, most):
        """Return a reader for each object of a list."""
        value = self._take(name, _REQUIRED)
        if not isinstance(value, list) or not 0 < len(value) <= most:
            raise RequestError(f"“{self.where}{name}” is a list of 1 to {most} objects.")
        return [Reader(each, f"{self.where}{name}[{number}].") for number, each in enumerate(value)]

    def finish(self):
        """Refuse fields that nobody has asked for: a wrong name would be lost silently."""
        unknown = sorted(set(self.data) - self.known)
        if unknown:
            raise RequestError(f"“{self.where}{_show(unknown[0])}” is not a field here.")


def _show(name):
    """Return a name in visible ASCII, shortened.

    >>> _show("nmae"), _show("x" * 99), _show("王\\n")
    ('nmae', 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx', '??')
    """
    return re.sub(r"[^\x21-\x7e]", "?", name[:40])


def _is_sound(text):
    """Whether a text can be stored: no control characters but line breaks, no half characters."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", text)
