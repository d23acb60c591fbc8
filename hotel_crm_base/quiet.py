"""Quiet hours: when a message may reach somebody, by the clock where he or she lives.

Instants are naive and in UTC, as Odoo stores them; hours are local, 21.5 is half past nine.

>>> from datetime import datetime
>>> next_allowed(datetime(2026, 1, 10, 23, 30), "Europe/Lisbon", 21.0, 9.0)
datetime.datetime(2026, 1, 11, 9, 0)
>>> next_allowed(datetime(2026, 1, 10, 23, 30), "Asia/Shanghai", 21.0, 9.0)
datetime.datetime(2026, 1, 11, 1, 0)
>>> next_allowed(datetime(2026, 1, 10, 12, 0), "Asia/Shanghai", 21.0, 9.0)
datetime.datetime(2026, 1, 10, 12, 0)

The night in which the clocks go forward is an hour shorter:

>>> next_allowed(datetime(2026, 3, 28, 23, 0), "Europe/Lisbon", 21.0, 9.0)
datetime.datetime(2026, 3, 29, 8, 0)
"""

from datetime import datetime, timedelta

import pytz


def is_quiet(hour: float, start: float, end: float) -> bool:
    """Return whether an hour of the day is quiet; the end is not. Hours alike: none is quiet.

    >>> [is_quiet(hour, 21, 9) for hour in (20.9, 21, 3, 9)]
    [False, True, True, False]
    >>> is_quiet(13, 12, 14), is_quiet(15, 12, 14), is_quiet(3, 0, 0)
    (True, False, False)
    """
    if start <= end:
        return start <= hour < end
    return hour >= start or hour < end


def next_allowed(moment: datetime, tz: str, start: float, end: float) -> datetime:
    """Return the first instant from a moment on that is not quiet.

    An end that the change of the clocks leaves out is as long after the change as it would have
    been after the last hour before it; one that comes twice is the later one.

    >>> next_allowed(datetime(2026, 3, 29, 0, 30), "Europe/Lisbon", 0.0, 1.5)
    datetime.datetime(2026, 3, 29, 1, 30)
    >>> next_allowed(datetime(2026, 10, 25, 0, 0), "Europe/Lisbon", 0.0, 1.5)
    datetime.datetime(2026, 10, 25, 1, 30)
    """
    zone = pytz.timezone(tz)
    local = pytz.utc.localize(moment).astimezone(zone)
    if not is_quiet(local.hour + local.minute / 60 + local.second / 3600, start, end):
        return moment
    day = local.date() + timedelta(days=1 if local.hour + local.minute / 60 >= end else 0)
    wall = datetime.combine(day, datetime.min.time()) + timedelta(hours=end)
    # is_dst=False: behind a gap, and the second of two hours alike
    ends = zone.localize(wall, is_dst=False).astimezone(pytz.utc).replace(tzinfo=None)
    return max(ends, moment)


def next_allowed_everywhere(moment: datetime, zones: list[str], start: float, end: float) -> datetime:
    """Return the first instant from a moment on that is quiet in none of some time zones.

    Where there is none, the first zone decides.

    >>> next_allowed_everywhere(datetime(2026, 1, 10, 8, 0), ["Europe/Lisbon", "Asia/Shanghai"], 21.0, 9.0)
    datetime.datetime(2026, 1, 10, 9, 0)
    >>> next_allowed_everywhere(datetime(2026, 1, 10, 20, 0), ["Europe/Lisbon", "Pacific/Auckland"], 12.0, 11.0)
    datetime.datetime(2026, 1, 11, 11, 0)
    """
    found = moment
    for _turn in range(2 * len(zones)):
        latest = max(next_allowed(found, zone, start, end) for zone in zones)
        if latest == found:
            return found
        found = latest
    return next_allowed(moment, zones[0], start, end)


def get_zones(own: str | None, country: str | None, fallback: str | None) -> list[str]:
    """Return the time zones in which somebody may live, the likeliest first.

    A contact's own zone is often that of whoever typed it in: it counts alone only where it lies
    in the contact's country, or where no country is known.

    >>> get_zones("Asia/Shanghai", "CN", "Europe/Lisbon"), get_zones("Asia/Shanghai", None, None)
    (['Asia/Shanghai'], ['Asia/Shanghai'])
    >>> get_zones("Europe/Lisbon", "JP", None), get_zones(None, None, "Europe/Lisbon"), get_zones("x", "??", None)
    (['Asia/Tokyo', 'Europe/Lisbon'], ['Europe/Lisbon'], ['UTC'])
    """
    own = own if own in pytz.all_timezones_set else None
    there = list(pytz.country_timezones.get(country, [])) if country else []
    if own and (own in there or not there):
        return [own]
    if there:
        return there + ([own] if own else [])
    return [fallback if fallback in pytz.all_timezones_set else "UTC"]
