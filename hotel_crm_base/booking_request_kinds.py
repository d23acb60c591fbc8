"""The requests of the booking API, field by field. Plain Python, no Odoo.

>>> query = {"property": "HARB", "arrival": "2028-02-28", "departure": "2028-03-01", "adults": "2"}
>>> read_availability(query)[1].departure_date
datetime.date(2028, 3, 1)
>>> read_availability({**query, "departure": "2028-02-30"})  # doctest: +IGNORE_EXCEPTION_DETAIL
Traceback (most recent call last):
RequestError: “departure” is a date such as 2028-02-29.
"""

from .booking_request import (
    MAX_NAME,
    MAX_NIGHTS,
    MAX_NOTE,
    MAX_ROOMS,
    Booker,
    BookingRequest,
    ChangeRequest,
    Reader,
    RequestError,
    StayRequest,
)

#: fields of a change -> fields of a stay
CHANGES = {
    "arrival": "arrival_date",
    "departure": "departure_date",
    "room_type": "room_type",
    "rate_plan": "rate_plan",
    "adults": "adults",
    "children": "children",
    "infants": "infants",
}


def read_availability(data: dict) -> tuple[str, StayRequest]:
    """Return the code of the property, and what is looked for there; one of both types may be named."""
    reader = Reader(data)
    place = reader.text("property")
    stay = _read_stay(reader, is_typed=False, rooms=reader.number("rooms", 1, 1, MAX_ROOMS))
    reader.finish()
    return place, stay


def read_quote(data: dict) -> tuple[str, StayRequest]:
    """Return the code of the property, and the room whose price is asked for; the code of an offer may be named."""
    reader = Reader(data)
    place = reader.text("property")
    stay = _read_stay(reader, code=reader.text("code", ""))
    reader.finish()
    return place, stay


def read_booking(data: dict) -> BookingRequest:
    """Return a booking.

    >>> room = {"room_type": "DBL", "arrival": "2028-02-28", "departure": "2028-03-01"}
    >>> body = {"property": "HARB", "rooms": [room], "booker": {"name": "王伟", "email": "w@example.com"}}
    >>> booking = read_booking(body)
    >>> booking.stays[0].adults, booking.booker.name, booking.confirm
    (2, '王伟', False)
    >>> read_booking({**body, "booker": {"name": "Ana"}})  # doctest: +IGNORE_EXCEPTION_DETAIL
    Traceback (most recent call last):
    RequestError: “booker” needs an e-mail address or a phone number, or a guest code.
    """
    reader = Reader(data)
    stays = []
    for room in reader.parts("rooms", MAX_ROOMS):
        stays.append(_read_stay(room, guest_name=room.text("guest_name", "", MAX_NAME)))
        room.finish()
    request = BookingRequest(
        property=reader.text("property"),
        stays=tuple(stays),
        booker=_read_booker(reader.part("booker")),
        channel=reader.text("channel", "web"),
        market_segment=reader.text("market_segment", ""),
        code=reader.text("code", ""),
        note=reader.text("note", "", MAX_NOTE),
        expected_total=reader.amount("expected_total"),
        confirm=reader.boolean("confirm"),
    )
    reader.finish()
    return request


def read_change(data: dict) -> ChangeRequest:
    """Return a change.

    >>> read_change({"departure": "2028-03-02", "dry_run": True}).changes
    {'departure_date': datetime.date(2028, 3, 2)}
    >>> read_change({"room": 2})  # doctest: +IGNORE_EXCEPTION_DETAIL
    Traceback (most recent call last):
    RequestError: Name what is to change.
    """
    reader = Reader(data)
    found = {
        "arrival": reader.day("arrival", None),
        "departure": reader.day("departure", None),
        "room_type": reader.text("room_type", None),
        "rate_plan": reader.text("rate_plan", None),
        "adults": reader.number("adults", None, 1),
        "children": reader.number("children", None),
        "infants": reader.number("infants", None),
    }
    changes = {CHANGES[name]: value for name, value in found.items() if value is not None}
    request = ChangeRequest(
        changes=changes,
        room=reader.number("room", 1, 1, MAX_ROOMS),
        expected_total=reader.amount("expected_total"),
        dry_run=reader.boolean("dry_run"),
    )
    reader.finish()
    if not changes:
        raise RequestError("Name what is to change.")
    return request


def read_cancel(data: dict) -> tuple[str, bool]:
    """Return the reason of a cancellation, and whether it is only asked what it costs.

    >>> read_cancel({"reason": "Ill", "dry_run": True}), read_cancel({})
    (('Ill', True), ('', False))
    """
    reader = Reader(data)
    answer = reader.text("reason", "", MAX_NOTE), reader.boolean("dry_run")
    reader.finish()
    return answer


def _read_stay(reader, is_typed=True, **values):
    """Return dates and persons; ``is_typed`` is whether a room type has to be named."""
    stay = StayRequest(
        arrival_date=reader.day("arrival"),
        departure_date=reader.day("departure"),
        rate_plan=reader.text("rate_plan", ""),
        adults=reader.number("adults", 2, 1),
        children=reader.number("children", 0),
        infants=reader.number("infants", 0),
        room_type=reader.text("room_type") if is_typed else reader.text("room_type", ""),
        **values,
    )
    if not 0 < (stay.departure_date - stay.arrival_date).days <= MAX_NIGHTS:
        raise RequestError(f"A stay is 1 to {MAX_NIGHTS} nights.", "invalid_terms", 422)
    return stay


def _read_booker(reader):
    """Return who books."""
    code = reader.text("guest_code", "")
    booker = Booker(
        name=reader.text("name", "", MAX_NAME),
        email=reader.text("email", "", 254),
        phone=reader.text("phone", ""),
        language=reader.text("language", ""),
        guest_code=code,
    )
    reader.finish()
    if not code and not booker.name:
        raise RequestError("“booker.name” is missing.")
    if not code and not (booker.email or booker.phone):
        raise RequestError("“booker” needs an e-mail address or a phone number, or a guest code.")
    return booker
