"""A balance by the days on which points are lost."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple


class Bucket(NamedTuple):
    """Points that are lost on one day, or never by themselves (``expires`` None)."""

    expires: date | None
    points: int


def bundle(lots: Iterable[tuple], lost: date | None = None) -> list[Bucket]:
    """Return how many points are lost on which day, the earliest first; those that stay come last.

    :param lots: pairs (day on which what remains is lost or None, points)
    :param lost: day on which the whole balance is lost unless something happens

    >>> [(str(day), points) for day, points in bundle([(None, 5), (date(2027, 1, 1), 3), (date(2027, 1, 1), 4)])]
    [('2027-01-01', 7), ('None', 5)]
    >>> bundle([(None, 5), (date(2027, 1, 1), 0)], date(2026, 6, 1))
    [Bucket(expires=datetime.date(2026, 6, 1), points=5)]
    """
    sums = {}
    for expires, points in lots:
        day = min((one for one in (expires, lost) if one), default=None)
        sums[day] = sums.get(day, 0) + points
    order = sorted((day for day in sums if day and sums[day]), key=date.toordinal)
    return [Bucket(day, sums[day]) for day in (*order, *([None] if sums.get(None) else ()))]
