"""Days that hotels greet on: festivals of both calendars, birthdays, and which of them are due. Plain Python.

Lunar days are those of the Chinese calendar as ``borax`` has it (1900 to 2100).

>>> get_festival("spring_festival", 2026), get_festival("qixi", 2023)
(datetime.date(2026, 2, 17), datetime.date(2023, 8, 22))
>>> get_festival("christmas", 2026)
datetime.date(2026, 12, 25)
>>> get_festival("own", 2027, 2, 29)
datetime.date(2027, 2, 28)
"""

from calendar import isleap
from datetime import date, timedelta

from borax.calendars.lunardate import LunarDate

#: code -> (month, day) of the Chinese calendar
LUNAR = {
    "spring_festival": (1, 1),
    "lantern": (1, 15),
    "dragon_boat": (5, 5),
    "qixi": (7, 7),
    "mid_autumn": (8, 15),
    "chongyang": (9, 9),
}
#: code -> (month, day)
FIXED = {
    "new_year": (1, 1),
    "valentine": (2, 14),
    "women": (3, 8),
    "labour": (5, 1),
    "children": (6, 1),
    "national": (10, 1),
    "christmas": (12, 25),
}
OWN = "own"


def get_festival(code: str, year: int, month: int = 1, day: int = 1) -> date:
    """Return the day of a festival that falls into a year of the common calendar.

    :param month, day: of a festival of one's own; 29 February is the 28th in other years
    :raises KeyError: there is no such festival
    """
    if code == OWN:
        return fit_day(year, month, day)
    if code in FIXED:
        return date(year, *FIXED[code])
    # a leap month never takes the place of the month itself
    return LunarDate(year, *LUNAR[code], 0).to_solar_date()


def fit_day(year: int, month: int, day: int) -> date:
    """Return a day of the year, the last of its month where the month is shorter.

    >>> fit_day(2028, 2, 29), fit_day(2026, 2, 29)
    (datetime.date(2028, 2, 29), datetime.date(2026, 2, 28))
    """
    following = date(year + month // 12, month % 12 + 1, 1)
    return min(date(year, month, 1) + timedelta(days=day - 1), following - timedelta(days=1))


def get_window(today: date, offset: int, late: int) -> tuple[date, date]:
    """Return the first and the last day of an event whose greeting is due.

    :param offset: days from the event to its greeting; less than 0 before it
    :param late: for how many days a greeting is made up for

    >>> get_window(date(2026, 5, 10), -3, 2)
    (datetime.date(2026, 5, 11), datetime.date(2026, 5, 13))
    """
    last = today - timedelta(days=offset)
    return last - timedelta(days=late), last


def get_days(first: date, last: date) -> list[date]:
    """Return the days of a window, both ends included."""
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def get_birthdays(first: date, last: date) -> list[tuple[int, date]]:
    """Return the days of the year (month times 100 plus day) celebrated in a window, each with its date.

    Who was born on 29 February celebrates on the 28th in other years.

    >>> get_birthdays(date(2026, 2, 28), date(2026, 3, 1))
    [(228, datetime.date(2026, 2, 28)), (229, datetime.date(2026, 2, 28)), (301, datetime.date(2026, 3, 1))]
    >>> get_birthdays(date(2028, 2, 28), date(2028, 2, 29))
    [(228, datetime.date(2028, 2, 28)), (229, datetime.date(2028, 2, 29))]
    """
    found = []
    for each in get_days(first, last):
        found.append((each.month * 100 + each.day, each))
        if (each.month, each.day) == (2, 28) and not isleap(each.year):
            found.append((229, each))
    return found


def get_festivals(code: str, first: date, last: date, month: int = 1, day: int = 1) -> list[date]:
    """Return the days of a festival in a window; one may be in the year before or after.

    >>> get_festivals("new_year", date(2026, 12, 30), date(2027, 1, 2))
    [datetime.date(2027, 1, 1)]
    """
    days = (get_festival(code, year, month, day) for year in range(first.year, last.year + 1))
    return [each for each in days if first <= each <= last]
