r"""Calendar files (RFC 5545) of stays: what a guest's calendar takes over, changes and removes.

Plain Python. Times are the hotel's, with a description of its time zone in the file, so that
they are right in every calendar whatever zones it knows.

>>> from datetime import datetime
>>> event = Event("stay-7@hotel", datetime(2026, 3, 28, 15), datetime(2026, 3, 30, 12), "Harbour Hotel",
...               place="Rua Nova 1; Porto", text="Number R7,\nDouble", sequence=2)
>>> content = write([event], "Europe/Lisbon", datetime(2026, 1, 5, 8, 30)).decode()
>>> [line for line in content.split("\r\n") if line.startswith(("METHOD", "DTSTART;", "SEQ", "LOC", "DESC", "STATUS"))]
... # doctest: +NORMALIZE_WHITESPACE
['METHOD:PUBLISH', 'DTSTART;TZID=Europe/Lisbon:20260328T150000', 'SEQUENCE:2', 'STATUS:CONFIRMED',
 'LOCATION:Rua Nova 1\\; Porto', 'DESCRIPTION:Number R7\\,\\nDouble']
>>> "STATUS:CANCELLED" in write([event], "UTC", datetime(2026, 1, 5), method="CANCEL").decode()
True
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytz

PRODUCT = "-//Hotel CRM//Bookings//EN"
WIDTH = 75  # bytes in a line


@dataclass(frozen=True)
class Event:
    """One stay; ``start`` and ``end`` are local wall-clock times, the uid is the same in all versions."""

    uid: str
    start: datetime
    end: datetime
    title: str
    place: str = ""
    text: str = ""
    url: str = ""
    organizer: str = ""
    sequence: int = 0
    status: str = "CONFIRMED"


def write(events: list[Event], tz: str, now: datetime, method: str = "PUBLISH") -> bytes:
    """Return the file.

    :param events: at least one
    :param tz: name of the time zone of all events
    :param now: this moment in UTC
    :param method: PUBLISH for what stands, CANCEL for what is off
    """
    lines = ["BEGIN:VCALENDAR", f"PRODID:{PRODUCT}", "VERSION:2.0", "CALSCALE:GREGORIAN", f"METHOD:{method}"]
    lines += _zone_lines(tz, min(event.start for event in events), max(event.end for event in events))
    for event in events:
        lines += _event_lines(event, tz, now, method)
    lines.append("END:VCALENDAR")
    return b"".join(fold(line) for line in lines)


def escape(text: str) -> str:
    r"""Return a text as a value of a property.

    >>> escape("a\\b; c, d\r\ne")
    'a\\\\b\\; c\\, d\\ne'
    """
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "".join(
        "\\n" if sign == "\n" else sign
        for sign in text.replace("\r\n", "\n").replace("\r", "\n")
        if sign >= " " or sign in "\n\t"
    )


def fold(line: str) -> bytes:
    r"""Return a line in pieces of 75 bytes at most, no character torn apart.

    >>> fold("X:" + "a" * 80)[70:]
    b'aaaaa\r\n aaaaaaa\r\n'
    >>> max(len(piece) for piece in fold("SUMMARY:" + "海港酒店" * 20).split(b"\r\n"))
    74
    >>> fold("SUMMARY:" + "海港酒店" * 20).replace(b"\r\n ", b"").decode() == "SUMMARY:" + "海港酒店" * 20 + "\r\n"
    True
    """
    pieces, size = [b""], 0
    for sign in line:
        code = sign.encode()
        if size + len(code) > WIDTH:
            pieces.append(b"")
            size = 1  # the space that goes before the rest of a line
        pieces[-1] += code
        size += len(code)
    return b"\r\n ".join(pieces) + b"\r\n"


def _event_lines(event, tz, now, method):
    status = "CANCELLED" if method == "CANCEL" else event.status
    lines = [
        "BEGIN:VEVENT",
        f"UID:{escape(event.uid)}",
        f"DTSTAMP:{now:%Y%m%dT%H%M%SZ}",
        f"DTSTART;TZID={tz}:{_stamp(event.start)}",
        f"DTEND;TZID={tz}:{_stamp(event.end)}",
        f"SEQUENCE:{event.sequence}",
        f"STATUS:{status}",
        f"SUMMARY:{escape(event.title)}",
        "TRANSP:TRANSPARENT",
    ]
    for name, value in (("LOCATION", event.place), ("DESCRIPTION", event.text)):
        if value:
            lines.append(f"{name}:{escape(value)}")
    if event.url:
        lines.append(f"URL:{event.url}")
    if event.organizer:
        lines.append(f"ORGANIZER:mailto:{event.organizer}")
    return [*lines, "END:VEVENT"]


def _stamp(wall):
    return f"{wall:%Y%m%dT%H%M%S}"


def _zone_lines(tz, start, end):
    """Return the description of a time zone: its offset before the events, and each change until after them."""
    zone = pytz.timezone(tz)
    first, last = start - timedelta(days=366), end + timedelta(days=366)
    lines = ["BEGIN:VTIMEZONE", f"TZID:{tz}"]
    before = pytz.utc.localize(first).astimezone(zone)
    lines += _observance(before, before, first)
    changes = [moment for moment in getattr(zone, "_utc_transition_times", ()) if first < moment < last]
    for moment in changes:
        old = pytz.utc.localize(moment - timedelta(seconds=1)).astimezone(zone)
        new = pytz.utc.localize(moment).astimezone(zone)
        lines += _observance(old, new, moment + old.utcoffset())
    return [*lines, "END:VTIMEZONE"]


def _observance(old, new, onset):
    """Return what holds from an onset on, given in the wall-clock time before it."""
    kind = "DAYLIGHT" if new.dst() else "STANDARD"
    return [
        f"BEGIN:{kind}",
        f"DTSTART:{_stamp(onset)}",
        f"TZOFFSETFROM:{old:%z}",
        f"TZOFFSETTO:{new:%z}",
        f"TZNAME:{new:%Z}",
        f"END:{kind}",
    ]
