"""Business dates: months, fixed days and working days. No time of day, no clock.

>>> add_months(date(2024, 2, 29), 24), add_months(date(2026, 1, 31), 1)
(datetime.date(2026, 2, 28), datetime.date(2026, 2, 28))
>>> fixed_day(2028, 2, 31)
datetime.date(2028, 2, 29)
"""

from calendar import isleap
from collections.abc import Iterable
from datetime import date, timedelta

DAY = timedelta(days=1)
#: days of each month of a year that is no leap year; counted from 1
LENGTHS = (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def fixed_day(year: int, month: int, day: int) -> date:
    """Return a day of a year; a day that the month lacks is its last one, so 31 is always the last."""
    if day <= 28:
        return date(year, month, day)
    last = 29 if month == 2 and isleap(year) else LENGTHS[month]
    return date(year, month, day if day < last else last)


def add_months(day: date, months: int) -> date:
    """Return the same day so many months later (earlier where negative), at most the month's last.

    >>> add_months(date(2026, 3, 31), -1), add_months(date(2026, 11, 15), 3)
    (datetime.date(2026, 2, 28), datetime.date(2027, 2, 15))
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return fixed_day(year, month + 1, day.day)


def months_between(start: date, day: date) -> int:
    """Return how many whole months after ``start`` the day is; 0 or more where the day is not before it.

    >>> months_between(date(2026, 3, 10), date(2027, 3, 9)), months_between(date(2026, 3, 10), date(2027, 3, 10))
    (11, 12)
    >>> months_between(date(2024, 2, 29), date(2025, 2, 28))
    12
    """
    months = (day.year - start.year) * 12 + day.month - start.month
    return months if add_months(start, months) <= day else months - 1


def next_yearly(day: date, month: int, number: int) -> date:
    """Return the first ``number``-th of ``month`` that is not before a day.

    >>> next_yearly(date(2027, 1, 1), 1, 15), next_yearly(date(2027, 1, 16), 1, 15)
    (datetime.date(2027, 1, 15), datetime.date(2028, 1, 15))
    """
    found = fixed_day(day.year, month, number)
    return found if found >= day else fixed_day(day.year + 1, month, number)


class WorkingDays:
    """A calendar of working days.

    :param holidays: days off beside the weekend
    :param workdays: days of a weekend on which people work (as in China before long holidays)
    :param weekend: days of the week that are off, 0 is Monday

    >>> plain, china = WorkingDays(), WorkingDays([date(2026, 10, 1)], workdays=[date(2026, 10, 10)])
    >>> plain.add(date(2026, 5, 29), 3), china.add(date(2026, 10, 9), 1), china.add(date(2026, 9, 30), 1)
    (datetime.date(2026, 6, 3), datetime.date(2026, 10, 10), datetime.date(2026, 10, 2))
    """

    def __init__(self, holidays: Iterable[date] = (), workdays: Iterable[date] = (), weekend: Iterable[int] = (5, 6)):
        self._holidays, self._workdays, self._weekend = set(holidays), set(workdays), set(weekend)
        self._found = {}

    def is_working(self, day: date) -> bool:
        """Return whether people work on a day."""
        return day in self._workdays or (day.weekday() not in self._weekend and day not in self._holidays)

    def add(self, day: date, count: int) -> date:
        """Return the ``count``-th working day after a day; the day itself for 0."""
        found = self._found.get((day, count))
        if found is None:
            found, left = day, count
            while left > 0:
                found += DAY
                left -= self.is_working(found)
            self._found[day, count] = found
        return found
