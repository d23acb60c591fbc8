"""How much a fact counts for each metric of a programme (F2, F20).

>>> from datetime import date
>>> from .facts import Stay
>>> from .record_points import Metric
>>> spend = Metric(code="spend", kind="spend", groups=("room",), rooms=1)
>>> measure = compile_metrics([Metric(code="nights", kind="nights"), spend])
>>> stay = Stay("s", date(2026, 5, 1), date(2026, 5, 4), spend=(("room", Decimal(900)), ("food", Decimal(80))), rooms=2)
>>> measure(stay, 0, 0)
{'nights': 3, 'spend': Decimal('450')}
"""

from collections.abc import Callable, Iterable
from decimal import Decimal

from .record_points import Metric
from .trees import compile_fact

#: revenue that is never counted: fees for a cancellation or a no-show
FEES = frozenset({"fee"})
#: metrics that no fact counts for by itself
BY_TIME = {"enrolment", "tier_years"}


def sum_spend(fact, groups, rooms):
    """Return the spend of a fact in some revenue groups (all but fees where there are none), for that many rooms.

    What was given back stands in the same list as negative amounts; a sum below 0 is 0.
    """
    total = sum(amount for group, amount in fact.spend if (group in groups if groups else group not in FEES))
    if rooms is not None and fact.rooms > rooms:
        total = Decimal(total) * rooms / fact.rooms
    return max(total, 0)


def _count_nights(fact, base, status, metric):
    return fact.nights * min(fact.rooms, metric.rooms or 1)


def _count_stays(fact, base, status, metric):
    return min(fact.rooms, metric.rooms or 1) if fact.kind == "stay" else 0


def _count_purchases(fact, base, status, metric):
    return 1 if fact.kind == "purchase" else 0


def _count_spend(fact, base, status, metric):
    return sum_spend(fact, metric.groups, metric.rooms)


def _count_growth(fact, base, status, metric):
    return sum_spend(fact, metric.groups, metric.rooms) * metric.points / metric.per


COUNTERS = {
    "nights": _count_nights,
    "stays": _count_stays,
    "purchases": _count_purchases,
    "spend": _count_spend,
    "growth": _count_growth,
    "base_points": lambda fact, base, status, metric: base,
    "status_points": lambda fact, base, status, metric: base + status,
}


def compile_metrics(metrics: Iterable[Metric]) -> Callable:
    """Return a function (fact, base points, status points from bonuses) -> {metric: what the fact adds}.

    A no-show counts for metrics of no-shows only, and any other fact for none of them. Counts are exact.
    """
    shown, missed = [], []
    for metric in metrics:
        if metric.kind == "no_shows":
            missed.append((metric.code, compile_fact(metric.where)))
        elif metric.kind not in BY_TIME:
            shown.append((metric.code, COUNTERS[metric.kind], compile_fact(metric.where), metric))

    def measure(fact, base, status):
        if fact.is_no_show:
            return {code: 1 for code, where in missed if where is None or where(fact)}
        found = {}
        for code, count, where, metric in shown:
            if where is None or where(fact):
                value = count(fact, base, status, metric)
                if value:
                    found[code] = value
        return found

    return measure
