"""Days on which rooms are not sold, or only for some lengths of stay. Plain Python, no Odoo."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

#: What can stand against a stay
CLOSED = "closed"
NO_ARRIVAL = "closed_to_arrival"
NO_DEPARTURE = "closed_to_departure"
MIN_STAY = "min_stay"
MAX_STAY = "max_stay"


class Problem(NamedTuple):
    """Why a stay is not sold: a code, the day meant, and the number of nights meant."""

    code: str
    day: date | None = None
    nights: int = 0


def clean_weekdays(text: str | None) -> str:
    """Return the digits of weekdays in order and once each; every day is none.

    >>> clean_weekdays('7 6,6'), clean_weekdays('1234567'), clean_weekdays(None)
    ('67', '', '')
    >>> clean_weekdays('08')
    Traceback (most recent call last):
    ValueError: 08
    """
    digits = "".join(sorted(set(text or "") - set(" ,;-")))
    if not set(digits) <= set("1234567"):
        raise ValueError(text)
    return "" if len(digits) == 7 else digits


@dataclass(frozen=True, slots=True)
class Restriction:
    """Days from first to last, both included; of one room type and rate plan, or of all."""

    first: date
    last: date
    weekdays: str = ""
    room_type_id: int | None = None
    rate_plan_id: int | None = None
    is_closed: bool = False
    is_closed_to_arrival: bool = False
    is_closed_to_departure: bool = False
    min_stay: int = 0
    max_stay: int = 0

    def meets(self, day: date) -> bool:
        """Whether the restriction is about this day.

        >>> weekend = Restriction(date(2028, 6, 1), date(2028, 6, 30), '67')
        >>> weekend.meets(date(2028, 6, 3)), weekend.meets(date(2028, 6, 5)), weekend.meets(date(2028, 7, 1))
        (True, False, False)
        """
        return self.first <= day <= self.last and (not self.weekdays or str(day.isoweekday()) in self.weekdays)

    def find_problems(self, arrival: date, departure: date) -> Iterator[Problem]:
        """Yield what this restriction has against a stay."""
        nights = (departure - arrival).days
        if self.is_closed:
            days = (arrival + timedelta(days=number) for number in range(nights))
            yield from (Problem(CLOSED, day) for day in days if self.meets(day))
        if self.is_closed_to_departure and self.meets(departure):
            yield Problem(NO_DEPARTURE, departure)
        if not self.meets(arrival):
            return
        if self.is_closed_to_arrival:
            yield Problem(NO_ARRIVAL, arrival)
        if nights < self.min_stay:
            yield Problem(MIN_STAY, nights=self.min_stay)
        if self.max_stay and nights > self.max_stay:
            yield Problem(MAX_STAY, nights=self.max_stay)


class RateCalendar:
    """What restrictions have against one range of dates, asked for many types and plans.

    >>> closed = Restriction(date(2028, 6, 3), date(2028, 6, 3), room_type_id=1, is_closed=True)
    >>> long = Restriction(date(2028, 6, 1), date(2028, 6, 30), rate_plan_id=9, min_stay=3)
    >>> calendar = RateCalendar([closed, long], date(2028, 6, 2), date(2028, 6, 4))
    >>> [problem.code for problem in calendar.find_problems(1, 9)]
    ['closed', 'min_stay']
    >>> calendar.find_problems(2, None)
    []
    """

    def __init__(self, restrictions: Iterable[Restriction], arrival: date, departure: date):
        self._found = {}
        for restriction in restrictions:
            key = (restriction.room_type_id, restriction.rate_plan_id)
            self._found.setdefault(key, []).extend(restriction.find_problems(arrival, departure))

    def find_problems(self, room_type_id: int, rate_plan_id: int | None) -> list[Problem]:
        """Return what stands against this type under this plan; of several minimums the longest."""
        keys = {(None, None), (room_type_id, None), (None, rate_plan_id), (room_type_id, rate_plan_id)}
        found = {problem for key in keys for problem in self._found.get(key, ())}
        return strictest(found)


def strictest(problems: Iterable[Problem]) -> list[Problem]:
    """Return each kind of problem once: the first day, the longest minimum, the shortest maximum.

    >>> strictest([Problem(MIN_STAY, nights=2), Problem(MIN_STAY, nights=4)])
    [Problem(code='min_stay', day=None, nights=4)]
    """
    kinds = {}
    for problem in sorted(problems, key=_severity):
        kinds.setdefault(problem.code, problem)
    return sorted(kinds.values(), key=lambda problem: problem.code)


def _severity(problem):
    return problem.day or date.min, -problem.nights if problem.code == MIN_STAY else problem.nights
