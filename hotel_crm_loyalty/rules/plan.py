"""A programme made ready for evaluation: trees are functions, tiers have ranks, versions are found by date.

>>> from .loader import load_fixture
>>> plan = Plan(load_fixture("hilton"))
>>> plan.at(date(2025, 12, 31)).code, plan.at(date(2026, 1, 1)).code
('to-2025', 'from-2026')
>>> [tier.code for tier in plan.at(date(2026, 1, 1)).tiers]
['member', 'silver', 'gold', 'diamond', 'diamond_reserve']
"""

from bisect import bisect_right
from datetime import date

from .dates import WorkingDays
from .earning import EarningTerms
from .expiring import get_lot_expiry
from .metrics import compile_metrics
from .programme import Programme, Version
from .record_tiers import Tier
from .trees import compile_counts, compile_fact, walk


class TierTerms:
    """A tier of a version: its rank (0 is everybody's) and its conditions as functions of counts."""

    __slots__ = ("code", "rank", "record", "gain", "keep", "lifetime", "validity")

    def __init__(self, record: Tier, rank: int, validity):
        self.code, self.rank, self.record = record.code, rank, record
        self.gain = compile_counts(record.gain)
        self.keep = compile_counts(record.keep) or self.gain
        self.lifetime = compile_counts(record.lifetime)
        self.validity = record.validity or validity


class Terms:
    """One version of the rules, ready to be asked."""

    def __init__(self, version: Version, calendar: WorkingDays):
        self.version, self.code, self.calendar = version, version.code, calendar
        self.tiers = [TierTerms(tier, rank, version.validity) for rank, tier in enumerate(version.tiers)]
        self.highest_first = self.tiers[::-1]
        self.lifetime_tiers = [tier for tier in self.highest_first if tier.lifetime]
        self._by_code = {old: tier for tier in self.tiers for old in tier.record.replaces}
        self._by_code.update((tier.code, tier) for tier in self.tiers)
        self.measure = compile_metrics(version.metrics)
        self.year_metrics = [metric for metric in version.metrics if metric.kind == "tier_years"]
        self.joining_metrics = [metric.code for metric in version.metrics if metric.kind == "enrolment"]
        self.earning = EarningTerms(version.earning, calendar)
        self.cycle, self.changes, self.expiry = version.cycle, version.changes, version.expiry
        self.inactivity = next((expiry for expiry in version.expiry if expiry.kind == "inactivity"), None)
        self.exempt = {expiry.kind: frozenset(expiry.exempt_tiers) for expiry in version.expiry}
        self.discount_where = compile_fact(version.discount.where)
        trees = [node for tier in version.tiers for node in (tier.gain, tier.keep, tier.lifetime)]
        leaves = [leaf for node in trees for leaf in walk(node) if leaf.scope == "joining"]
        #: pairs (metric, days) that a fast track asks for
        self.early = sorted({(leaf.metric, leaf.days) for leaf in leaves})
        self._lot_days = {}

    def get_lot_days(self, day: date) -> tuple:
        """Return from which day points that are earned on a day can be spent, and on which they are gone or None.

        Days recur among members by the thousand, so each is reckoned once.
        """
        found = self._lot_days.get(day)
        if found is None:
            available = self.earning.get_available(day)
            found = self._lot_days[day] = available, get_lot_expiry(self.expiry, day, available)
        return found

    def get_tier(self, code: str) -> TierTerms:
        """Return a tier by its code, or by one that it replaces; an unknown one is everybody's."""
        return self._by_code.get(code, self.tiers[0])

    def find_tier(self, code: str) -> TierTerms | None:
        """Return a tier by its code, or None."""
        return self._by_code.get(code)


class Plan:
    """A programme ready to be evaluated; ``calendar`` says what working days are."""

    def __init__(self, programme: Programme, calendar: WorkingDays | None = None):
        self.programme, self.calendar = programme, calendar or WorkingDays()
        self.terms = [Terms(version, self.calendar) for version in programme.versions]
        self.starts = [version.from_date for version in programme.versions[1:]]
        #: (metric, days) of the fast tracks of any version
        self.early = sorted({pair for terms in self.terms for pair in terms.early})
        #: whether any version counts the years in which a tier was held
        self.counts_years = any(terms.year_metrics for terms in self.terms)

    def at(self, day: date) -> Terms:
        """Return the version in force on a day; before the first one begins, the first."""
        return self.terms[bisect_right(self.starts, day)] if self.starts else self.terms[0]
