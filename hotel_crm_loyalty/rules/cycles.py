"""The time over which metrics are counted, and what of it goes on into the next (F7, F8, F12).

>>> from .record_tiers import Cycle
>>> get_span(Cycle(), date(2026, 3, 10), date(2026, 5, 1))
(datetime.date(2026, 1, 1), datetime.date(2026, 12, 31))
>>> get_span(Cycle(kind="joining"), date(2026, 3, 10), date(2027, 3, 10))
(datetime.date(2027, 3, 10), datetime.date(2028, 3, 9))
>>> get_span(Cycle(kind="rolling"), date(2026, 3, 10), date(2027, 3, 10))
(datetime.date(2026, 3, 10), None)
"""

from collections import deque
from datetime import date

from .dates import DAY, add_months, months_between
from .record_tiers import Cycle
from .trees import find_need


def get_span(cycle: Cycle, anchor: date, day: date) -> tuple:
    """Return first and last day of the cycle that a day is in; a rolling window has no last day.

    :param anchor: the day of joining, or of the last change of tier
    """
    if cycle.kind == "rolling":
        return anchor, None
    if cycle.kind == "calendar":
        return date(day.year, 1, 1), date(day.year, 12, 31)
    number = months_between(anchor, day) // cycle.months
    return add_months(anchor, number * cycle.months), add_months(anchor, (number + 1) * cycle.months) - DAY


class Bucket:
    """What a member's metrics count in one cycle. ``rolled`` came over from the cycle before."""

    __slots__ = ("kind", "start", "end", "counts", "rolled", "previous", "milestones", "window", "merged_into")

    def __init__(self, kind: str, start: date, end: date | None, previous=None):
        self.kind, self.start, self.end, self.previous = kind, start, end, previous
        self.counts, self.rolled, self.milestones = {}, {}, {}
        self.window = deque() if kind == "rolling" else None
        self.merged_into = None

    def add(self, day: date, amounts: dict, sign: int = 1):
        """Count what a fact of a day adds, or take it away."""
        if self.window is not None:
            self.window.append((day, amounts, sign))
        counts = self.counts
        for metric, value in amounts.items():
            counts[metric] = counts.get(metric, 0) + sign * value

    def remove(self, day: date, amounts: dict):
        """Take away what a fact of an earlier day had added; a window that has passed it forgot it already."""
        if self.window is None:
            self.add(day, amounts, -1)
        elif self.window and self.window[0][0] <= day:
            # leaves the window together with the fact; its place in the order is the fact's
            at = next(at for at, (other, _amounts, _sign) in enumerate(self.window) if other >= day)
            self.window.insert(at, (day, amounts, -1))
            for metric, value in amounts.items():
                self.counts[metric] = self.counts.get(metric, 0) - value

    def forget_before(self, day: date):
        """Let what lies before a day leave a rolling window."""
        while self.window and self.window[0][0] < day:
            _day, amounts, sign = self.window.popleft()
            for metric, value in amounts.items():
                self.counts[metric] -= sign * value

    def absorb(self, other):
        """Take over what another cycle counted: a change of tier that began it was taken back."""
        for metric, value in other.counts.items():
            self.counts[metric] = self.counts.get(metric, 0) + value
        if self.window is not None and other.window is not None:
            self.window.extend(other.window)
        self.milestones = {**other.milestones, **self.milestones}
        other.merged_into = self

    def roll_in(self, amounts: dict):
        """Count what came over from the cycle before."""
        self.rolled = amounts
        self.add(self.start, amounts)


def get_excess(rollover, bucket: Bucket, tier, next_tier):
    """Return how much of a metric goes on into the next cycle.

    What had been rolled into this cycle is used up first and does not go on again.

    :param tier: TierTerms of the tier held on the last day; ``next_tier`` the one above, or None

    >>> from .loader import load_fixture
    >>> from .plan import Plan
    >>> terms = Plan(load_fixture("ihg")).at(date(2026, 1, 1))
    >>> year = Bucket("calendar", date(2026, 1, 1), date(2026, 12, 31))
    >>> year.add(date(2026, 5, 1), {"nights": 27})
    >>> get_excess(terms.version.rollovers[0], year, terms.get_tier("gold"), terms.get_tier("platinum"))
    Decimal('7')
    """
    if rollover.tiers and tier.code not in rollover.tiers:
        return 0
    need = find_need(tier.record.gain, rollover.metric)
    if need is None:
        return 0
    have = bucket.counts.get(rollover.metric, 0)
    excess = have - need
    above = find_need(next_tier.record.gain, rollover.metric) if next_tier and rollover.below_next else None
    if above is not None:
        excess = min(excess, above - 1 - need)
    return max(min(excess, have - bucket.rolled.get(rollover.metric, 0)), 0)
