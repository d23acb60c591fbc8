"""How far a payer is trusted: points from what happened, a grade from the points, an amount from the grade.

Every point has a reason, so that an approver, and the guest who appeals, can follow it. Weights and grades
are data; nothing here knows a clock, a currency or a database.

>>> weights = [
...     Weight("start", 50, 1, 50), Weight("stay", 2, 1, 20), Weight("spend", 1, 1000, 20),
...     Weight("no_show", -8, 1, 40), Weight("overdue", -15, 1, 60), Weight("survey", 20, 50, 20),
... ]
>>> good = rate({"stay": 6, "spend": 7600, "no_show": 0, "survey": 30}, weights)
>>> good.points
81
>>> [(reason.factor, reason.number, reason.points) for reason in good.reasons]
[('start', 1, 50), ('stay', 6, 12), ('spend', 7600, 7), ('survey', 30, 12)]

What is counted never weighs more than its limit, and the sum stays between 0 and 100:

>>> rate({"stay": 400}, weights).points, rate({"no_show": 30, "overdue": 9}, weights).points
(70, 0)

Nothing known is nothing said: a payer without a survey has no reason that names one.

>>> rate({"survey": None}, weights).reasons
[Reason(factor='start', number=1, points=50)]

>>> grades = [Grade("A", 80, 2000, 20000, 2.0), Grade("B", 60, 0, 2000, 1.0), Grade("D", 0, 0, 0, 0.0)]
>>> choose(81, grades).key, choose(60, grades).key, choose(59, grades).key
('A', 'B', 'D')
>>> choose(40, grades[:2]) is None
True
>>> [propose_limit(month, grades[0]) for month in (500, 3000, 90000)]
[2000, 6000.0, 20000]
>>> propose_limit(3000, grades[2])
0.0
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

LEAST, MOST = 0, 100
#: every payer has it once
START = "start"


class Weight(NamedTuple):
    """What one factor counts: ``points`` for each full ``per`` of it, at most ``limit`` either way.

    A survey counts in parts of a unit as well: its figure is no number of events.
    """

    factor: str
    points: float
    per: float
    limit: float


class Reason(NamedTuple):
    """Points that a payer has for a factor, and the number that they come from."""

    factor: str
    number: float
    points: int


class Score(NamedTuple):
    """The sum, from 0 to 100, and what it is made of."""

    points: int
    reasons: list[Reason]


class Grade(NamedTuple):
    """A standard: from how many points, and between which amounts the payer may owe."""

    key: object
    least_points: int
    least_amount: float
    most_amount: float
    months: float


def rate(facts: Mapping[str, float | None], weights: Iterable[Weight]) -> Score:
    """Return the points of a payer.

    :param facts: factor to its number: stays, money, months, events; -50 to 50 of a survey
    """
    facts = {START: 1, **facts}
    reasons = [reason for weight in weights if (reason := _get_reason(facts.get(weight.factor), weight))]
    total = sum(reason.points for reason in reasons)
    return Score(min(max(total, LEAST), MOST), reasons)


def _get_reason(number, weight):
    """Return the reason that a number gives, or None where it gives no point."""
    if not number:
        return None
    parts = number / (weight.per or 1)
    if weight.factor != "survey":
        parts = int(parts)
    points = round(min(max(parts * weight.points, -weight.limit), weight.limit))
    return Reason(weight.factor, number, points) if points else None


def choose(points: int, grades: Iterable[Grade]) -> Grade | None:
    """Return the best grade that these points reach, or None."""
    reached = [grade for grade in grades if points >= grade.least_points]
    return max(reached, key=lambda grade: grade.least_points, default=None)


def propose_limit(month_spend: float, grade: Grade) -> float:
    """Return how much a payer may owe: some months of what he or she spends, within the grade's range.

    :param month_spend: average of a month
    """
    return min(max(month_spend * grade.months, grade.least_amount), grade.most_amount)
