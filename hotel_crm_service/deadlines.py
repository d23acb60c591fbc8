"""Deadlines in working hours: open hours of a week at a place, closed times, pauses. Plain Python, no Odoo, no clock.

All moments are UTC without a zone; hours of a week are those of the wall clock of a time zone, so a night in which
the clock is changed has an hour more or less.

>>> office = Hours("Europe/Lisbon", {day: ((9, 17),) for day in range(5)})
>>> friday = datetime(2026, 5, 1, 15)  # 16:00 in Lisbon
>>> deadline(office, friday, 120)  # an hour on Friday, one on Monday
datetime.datetime(2026, 5, 4, 9, 0)
>>> deadline(None, friday, 120)
datetime.datetime(2026, 5, 1, 17, 0)
>>> deadline(office, friday, 120, [(friday, datetime(2026, 5, 4, 10))])
datetime.datetime(2026, 5, 4, 12, 0)
>>> seconds_between(office, friday, datetime(2026, 5, 4, 9)) // 60
120
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

#: a place that is never open within so many days has no deadline
HORIZON_DAYS = 400
UTC = ZoneInfo("UTC")


@dataclass(frozen=True)
class Hours:
    """When a department works.

    :param zone: IANA name of a time zone
    :param week: weekday (0 is Monday) to (from, until) in hours of the wall clock; 24 is midnight
    :param closed: (from, until) in UTC when it does not work, such as a holiday
    :param second_week: weekdays of every second week, where they differ (weeks counted through, as Odoo counts them:
        years of 53 weeks change nothing)
    """

    zone: str
    week: Mapping[int, tuple]
    closed: tuple = ()
    second_week: Mapping[int, tuple] | None = None
    _zone: ZoneInfo = field(init=False, repr=False, compare=False, default=None)

    def __post_init__(self):
        object.__setattr__(self, "_zone", ZoneInfo(self.zone))

    def spans_of(self, day: date) -> list:
        """Return when it is open on a day of the wall clock, in UTC, in order."""
        is_second = self.second_week is not None and (day.toordinal() - 1) // 7 % 2
        week = self.second_week if is_second else self.week
        hours = sorted(week.get(day.weekday(), ()))
        spans = [(self._to_utc(day, start), self._to_utc(day, end)) for start, end in hours]
        return subtract(spans, self.closed)

    def local_date(self, moment: datetime) -> date:
        """Return the day at the place."""
        return moment.replace(tzinfo=UTC).astimezone(self._zone).date()

    def _to_utc(self, day, hour):
        local = datetime.combine(day, datetime.min.time()) + timedelta(seconds=round(hour * 3600))
        return local.replace(tzinfo=self._zone).astimezone(UTC).replace(tzinfo=None)


def deadline(hours: Hours | None, start: datetime, minutes: float, pauses: Iterable = ()) -> datetime | None:
    """Return when so many working minutes have passed.

    :param hours: None for day and night
    :param pauses: (from, until) in which the clock stands; until None: it stands now, there is no deadline
    :returns: None while it stands, or where it never opens
    """
    pauses = sorted((begin, end) for begin, end in pauses if end is None or end > begin)
    if any(end is None for _begin, end in pauses):
        return None
    left = timedelta(minutes=minutes)
    if not left:
        return start
    for begin, end in _walk(hours, start, pauses):
        if end is None or end - begin >= left:
            return begin + left
        left -= end - begin
    return None


def seconds_between(hours: Hours | None, start: datetime, end: datetime, pauses: Iterable = ()) -> int:
    """Return the working seconds between two moments; negative where the end comes first.

    >>> seconds_between(None, datetime(2026, 1, 2), datetime(2026, 1, 1))
    -86400
    """
    if end < start:
        return -seconds_between(hours, end, start, pauses)
    pauses = sorted((begin, until or end) for begin, until in pauses)
    total = timedelta()
    for begin, until in _walk(hours, start, pauses):
        if begin >= end:
            break
        total += min(until or end, end) - begin
    return int(total.total_seconds())


def subtract(spans: Iterable, holes: Iterable) -> list:
    """Return what is left of spans in order, without holes and never the same time twice.

    >>> subtract([(1, 5), (4, 9)], [(2, 3), (8, 12)])
    [(1, 2), (3, 5), (5, 8)]
    """
    left, reached = [], None
    for begin, end in spans:
        begin = begin if reached is None else max(begin, reached)
        for hole_begin, hole_end in sorted(holes):
            if hole_end <= begin or hole_begin >= end:
                continue
            if hole_begin > begin:
                left.append((begin, hole_begin))
            begin = hole_end
        if begin < end:
            left.append((begin, end))
        reached = end if reached is None else max(end, reached)
    return left


def _walk(hours, start, pauses):
    """Yield what is open from a moment on, in order; the last span of day and night has no end."""
    if hours is None:
        last = max([start, *(end for _begin, end in pauses)])
        yield from subtract([(start, last)], pauses)
        yield (last, None)
        return
    first = hours.local_date(start) - timedelta(days=1)
    for number in range(HORIZON_DAYS + 2):
        day = subtract(hours.spans_of(first + timedelta(days=number)), pauses)
        yield from ((max(begin, start), end) for begin, end in day if end > start)
