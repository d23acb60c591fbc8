"""Comparisons and periods of the rules of a segment. Plain Python, no Odoo.

>>> Comparison("at_least", 3).condition()
('%s >= %s', (3,))
>>> Comparison("between", 1, 5).inverse()
('(%s < %s OR %s > %s)', (1, 5))
>>> Comparison("at_most", 2).holds(0), Comparison("exactly", 2).holds(0)
(True, False)
>>> get_period("last", date(2026, 3, 1), days=30)
(datetime.date(2026, 1, 30), datetime.date(2026, 3, 1))
"""

from datetime import date, timedelta
from typing import NamedTuple

OPERATORS = {
    "at_least": ("%s >= %s", "%s < %s"),
    "at_most": ("%s <= %s", "%s > %s"),
    "exactly": ("%s = %s", "%s <> %s"),
    "between": ("(%s >= %s AND %s <= %s)", "(%s < %s OR %s > %s)"),
}


class Comparison(NamedTuple):
    """An amount compared with a number, or with two, both included."""

    operator: str
    number: float
    number_to: float = 0.0

    @property
    def values(self) -> tuple:
        """The numbers that the operator takes."""
        return (self.number, self.number_to) if self.operator == "between" else (self.number,)

    def holds(self, amount: float) -> bool:
        """Return whether an amount compares so."""
        return {
            "at_least": amount >= self.number,
            "at_most": amount <= self.number,
            "exactly": amount == self.number,
            "between": self.number <= amount <= self.number_to,
        }[self.operator]

    def condition(self) -> tuple[str, tuple]:
        """Return a template for SQL and its numbers: before each number is a place for the amount."""
        return OPERATORS[self.operator][0], self.values

    def inverse(self) -> tuple[str, tuple]:
        """Return the template of the opposite."""
        return OPERATORS[self.operator][1], self.values


def get_period(kind: str, today: date, days: int = 0, first: date | None = None, last: date | None = None) -> tuple:
    """Return the first and last day that a rule is about; None is open.

    :param kind: ever, last (so many days, today included), next, between

    >>> get_period("ever", date(2026, 3, 1))
    (None, None)
    >>> get_period("next", date(2026, 3, 1), days=1)
    (datetime.date(2026, 3, 1), datetime.date(2026, 3, 2))
    """
    if kind == "last":
        return today - timedelta(days=days), today
    if kind == "next":
        return today, today + timedelta(days=days)
    return (first, last) if kind == "between" else (None, None)
