"""How long a tier lasts, and from when it holds (F9, F10).

>>> from .record_tiers import Changes, Validity
>>> leap = Validity(kind="day", month=2, day=31, years=2)
>>> get_until(leap, Changes(), date(2026, 5, 10), (date(2026, 1, 1), date(2026, 12, 31)), 12)
datetime.date(2028, 2, 29)
>>> get_until(Validity(), Changes(month=1, day=15), date(2026, 5, 10), (date(2026, 1, 1), date(2026, 12, 31)), 12)
datetime.date(2028, 1, 14)
"""

from datetime import date

from .dates import DAY, WorkingDays, add_months, fixed_day, next_yearly
from .record_tiers import Changes, Validity


def get_until(validity: Validity, changes: Changes, start: date, span: tuple, months: int) -> date | None:
    """Return the last day of a tier, or None for no end.

    Where downgrades are processed on one day of the year, a tier lasts to the day before that.

    :param start: first day of the tier
    :param span: first and last day of the cycle in which it was earned
    :param months: length of a cycle
    """
    until = _get_end(validity, start, span, months)
    if until is None or changes.month is None:
        return until
    return next_yearly(until + DAY, changes.month, changes.day) - DAY


def _get_end(validity, start, span, months):
    if validity.kind == "forever":
        return None
    if validity.kind == "months":
        return add_months(start, validity.months) - DAY
    if validity.kind == "day":
        # the year of earning is the cycle's where that is a year, so that January belongs to the year it is in
        year = span[0].year if (span[0].month, span[0].day) == (1, 1) and span[1] else start.year
        return fixed_day(year + validity.years, validity.month, validity.day)
    if span[1] is None:
        return add_months(start, months * max(validity.cycles, 1)) - DAY
    return add_months(span[1] + DAY, months * validity.cycles) - DAY


def get_effective(changes: Changes, day: date, calendar: WorkingDays) -> date:
    """Return the first day of a tier whose condition was met on a day.

    >>> days = WorkingDays()
    >>> [get_effective(Changes(upgrade=how, upgrade_days=3), date(2026, 5, 29), days).isoformat()
    ...  for how in ("at_once", "next_day", "working_days")]
    ['2026-05-29', '2026-05-30', '2026-06-03']
    """
    if changes.upgrade == "next_day":
        return day + DAY
    return calendar.add(day, changes.upgrade_days) if changes.upgrade == "working_days" else day
