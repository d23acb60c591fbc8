"""Which bookings a coupon counts for: room types, nights, dates, weekdays, amounts. Plain Python, no Odoo.

>>> from datetime import date
>>> weekend = Conditions(weekdays="56", least_nights=2)
>>> find_problem(weekend, [Stay(7, date(2026, 5, 1), date(2026, 5, 3))], 20000)
''
>>> find_problem(weekend, [Stay(7, date(2026, 5, 3), date(2026, 5, 5))], 20000)
'weekdays'
>>> find_problem(weekend, [Stay(7, date(2026, 5, 1), date(2026, 5, 2))], 20000)
'least_nights'
"""

from datetime import date, timedelta
from typing import NamedTuple


class Stay(NamedTuple):
    """One room of a booking."""

    room_type_id: int
    arrival_date: date
    departure_date: date

    @property
    def nights(self) -> list[date]:
        """Return the nights, each by the day of its evening; the day itself for day use."""
        count = max((self.departure_date - self.arrival_date).days, 1)
        return [self.arrival_date + timedelta(days=number) for number in range(count)]


class Conditions(NamedTuple):
    """What a booking has to be like; what is empty is not asked."""

    room_type_ids: frozenset = frozenset()
    least_nights: int = 0
    most_nights: int = 0
    first_date: date | None = None  #: first night
    last_date: date | None = None  #: last night
    weekdays: str = ""  #: digits, Monday is 1: evenings of the nights
    least_amount: int = 0  #: of all nights with tax, in the smallest coins


def find_problem(conditions: Conditions, stays: list[Stay], amount: int) -> str:
    """Return which condition the rooms of a booking do not fulfil; empty where they fulfil all.

    Each room has to fulfil what is said of nights and types; the amount is that of the whole booking.

    >>> find_problem(Conditions(least_amount=10000), [], 9999)
    'least_amount'
    """
    for stay in stays:
        problem = _find_of_stay(conditions, stay)
        if problem:
            return problem
    return "least_amount" if amount < conditions.least_amount else ""


def _find_of_stay(conditions, stay):
    nights = stay.nights
    if conditions.room_type_ids and stay.room_type_id not in conditions.room_type_ids:
        return "room_type"
    if len(nights) < conditions.least_nights:
        return "least_nights"
    if conditions.most_nights and len(nights) > conditions.most_nights:
        return "most_nights"
    if conditions.first_date and nights[0] < conditions.first_date:
        return "dates"
    if conditions.last_date and nights[-1] > conditions.last_date:
        return "dates"
    if conditions.weekdays and any(str(night.isoweekday()) not in conditions.weekdays for night in nights):
        return "weekdays"
    return ""
