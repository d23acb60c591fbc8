"""Parsers of dates and instants, made as those in :mod:`values`."""

import re
from datetime import date, datetime, timedelta

from . import words
from .problems import Bad
from .values import given

#: what a job may choose; the first is also understood by all the others
DATE_FORMS = {
    "iso": "2025-12-31",
    "dmy": "31.12.2025 or 31/12/2025",
    "mdy": "12/31/2025",
}
_ISO = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SHORT = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})")
_NAMED = re.compile(r"(\d{1,2})[-/. ]+([^\W\d]+)\.?,?[-/. ]+(\d{4})")
_TIME = re.compile(r"[T ]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?$")
_SERIAL = re.compile(r"[1-7]\d{4}(\.\d+)?")
EXCEL_EPOCH = datetime(1899, 12, 30)


def _to_date(text, form, today):
    iso = _ISO.fullmatch(text) or _COMPACT.fullmatch(text)
    if iso:
        return date(int(iso[1]), int(iso[2]), int(iso[3]))
    short = _SHORT.fullmatch(text) if form != "iso" else None
    if short:
        day, month = (short[1], short[2]) if form == "dmy" else (short[2], short[1])
        year = int(short[3])
        if year < 100:
            year += 2000 if year + 1990 <= today.year else 1900
        return date(year, int(month), int(day))
    named = _NAMED.fullmatch(text)
    if named:
        return date(int(named[3]), words.months()[named[2].casefold()], int(named[1]))
    if _SERIAL.fullmatch(text):
        return (EXCEL_EPOCH + timedelta(days=int(float(text)))).date()
    raise ValueError(text)


def make_date(form="iso", today=date(2025, 1, 1)):
    """Return a parser of dates.

    ISO dates, day-month name-year and serial numbers of Excel are always understood; of
    12/11/2025 and 12.11.2025 the job says by ``form`` what comes first. Years of two digits are
    at most ten years after ``today``.

    >>> make_date("dmy")("31.12.2015"), make_date("mdy")("12/31/2015"), make_date()("42369")
    (datetime.date(2015, 12, 31), datetime.date(2015, 12, 31), datetime.date(2015, 12, 31))
    >>> make_date()("2015-02-29"), make_date("mdy")("31/12/2015").code, make_date()("1.2.2015").code
    (Bad('bad_date', '2025-12-31'), 'bad_date', 'bad_date')
    >>> make_date("dmy")("1.2.35").year, make_date("dmy")("1.2.36").year
    (2035, 1936)
    >>> make_date()("2015-12-31 00:00:00"), make_date()("NULL")
    (datetime.date(2015, 12, 31), None)
    """

    def parse(text):
        time = _TIME.search(text)
        try:
            day = _to_date(text[: time.start()] if time else text, form, today)
        except (ValueError, KeyError, OverflowError):
            return Bad("bad_date", DATE_FORMS[form])
        return day if 1900 <= day.year <= 2100 else Bad("far_date")

    return given(parse)


def make_instant(form="iso", today=date(2025, 1, 1)):
    """Return a parser of instants: ``(local datetime or date, UTC offset in minutes or None)``.

    A date without a time stays a date: the engine puts it at noon of the property. An offset
    in the text is honoured, otherwise the time is the property's.

    >>> make_instant()("2015-12-31T14:05+08:00")
    (datetime.datetime(2015, 12, 31, 14, 5), 480)
    >>> make_instant("dmy")("31/12/2015 14:05"), make_instant()("2015-12-31")
    ((datetime.datetime(2015, 12, 31, 14, 5), None), (datetime.date(2015, 12, 31), None))
    >>> make_instant()("42369.5"), make_instant()("25:00")
    ((datetime.datetime(2015, 12, 31, 12, 0), None), Bad('bad_date', '2025-12-31'))
    """
    parse_date = make_date(form, today)

    def parse(text):
        day = parse_date(text)
        if isinstance(day, Bad):
            return day
        if "." in text and _SERIAL.fullmatch(text):
            moment = EXCEL_EPOCH + timedelta(seconds=round(float(text) * 86400))
            return moment, None
        time = _TIME.search(text)
        if not time:
            return day, None
        try:
            moment = datetime(day.year, day.month, day.day, int(time[1]), int(time[2]), int(time[3] or 0))
        except ValueError:
            return Bad("bad_date", DATE_FORMS[form])
        zone = time[4]
        if not zone:
            return moment, None
        if zone in ("Z", "UTC"):
            return moment, 0
        minutes = int(zone[1:3]) * 60 + int(zone[-2:])
        return moment, -minutes if zone[0] == "-" else minutes

    return given(parse)
