"""The evaluation: members with their facts -> points and tiers, each with its reason.

A member's history is replayed in the order of dates by the rules in force on each, up to a day. Nothing
looks ahead: what is decided up to a day does not change when later facts are added. Members do not depend on
each other, so any part of them may be evaluated alone, and in batches of any size.

>>> from decimal import Decimal
>>> from .facts import Stay
>>> from .loader import load_fixture
>>> from .words import explain
>>> stay = Stay("s1", date(2026, 4, 30), date(2026, 5, 10), (("room", Decimal(400)),), channel="direct")
>>> plan = Plan(load_fixture("marriott"))
>>> found = evaluate_member(plan, Member("m1", date(2026, 1, 5), (stay,)), date(2026, 12, 31))
>>> found.tier, found.tier_until, found.balance, [move.key for move in found.moves]
('silver', datetime.date(2028, 2, 29), 4000, ['earn/s1'])
>>> explain(found.decisions[0].reason), explain(found.moves[0].reason, "zh_CN")
('silver was reached (before: member).', '消费400获得4000积分。')
"""

from collections.abc import Iterable, Iterator
from datetime import date
from heapq import heapify, heappop, heappush

from . import happenings, upcoming
from .cycles import Bucket, get_excess, get_span
from .dates import DAY, add_months
from .earning import Usage
from .expiring import Expiring
from .facts import Member
from .ledger import Account, Entry
from .plan import Plan
from .results import Decision, Outcome, Reason
from .standing import Standing
from .timeline import CYCLE, EXPIRY, INACTIVITY, JOIN, STATUS, VERSION, YEAR, list_facts
from .trees import Counts

NOTHING = {}


def evaluate(plan: Plan, members: Iterable[Member], as_of: date) -> Iterator[Outcome]:
    """Yield the outcome of each member on a day, one at a time: memory does not grow with the batch."""
    for member in members:
        yield evaluate_member(plan, member, as_of)


def evaluate_member(plan: Plan, member: Member, as_of: date) -> Outcome:
    """Return what the rules say about one member on a day, that day included.

    :raises ValueError: where the member joins later than that
    """
    if member.joined > as_of:
        raise ValueError(f"{member.key} joins on {member.joined}, after {as_of}")
    return Run(plan, member, as_of).play()


class Run:
    """One member's history while it is replayed."""

    def __init__(self, plan: Plan, member: Member, as_of: date):
        self.plan, self.member, self.as_of, self.day = plan, member, as_of, member.joined
        self.terms = plan.at(member.joined)
        self.account, self.decisions, self.lifetime, self.early = Account(member.key), [], {}, {}
        self.usage, self.records, self.offers = Usage(member.joined), {}, {}
        self.standing = Standing(self, self.terms.tiers[0].code, member.joined)
        self.expiring = Expiring(self)
        self.events, self.next_day = [], None
        self.anchor = member.joined
        self.bucket = None
        self._open_bucket(member.joined, None)

    # what the parts of a run ask of it

    def plan_event(self, day: date, order: int, key: str, what):
        """Have something happen on a day, if that is not after the day of the evaluation."""
        if day <= self.as_of:
            heappush(self.events, (day, order, key, what))
        elif self.next_day is None or day < self.next_day:
            self.next_day = day

    def decide(self, kind, effective, until, tier, previous, origin, reason, inputs):
        """Write a decision down; return its key."""
        key = f"{kind}/{self.day}/{tier}/{origin}"
        self.decisions.append(
            Decision(key, self.member.key, kind, self.day, effective, until, tier, previous, self.terms.code, origin,
                     reason, inputs)  # fmt: skip
        )
        return key

    def refuse(self, origin: str, reason: Reason):
        """Write down why a fact did nothing."""
        held = self.standing.held
        self.decide("refuse", self.day, None, held, held, origin, reason, ())

    def get_counts(self, bucket: Bucket) -> Counts:
        """Return what the conditions of tiers are asked about."""
        early = NOTHING
        if self.early:
            early = {pair: value for pair, value in self.early.items() if self._is_early(pair[1], self.day)}
        return Counts(bucket.counts, self.lifetime, early)

    def get_inputs(self, bucket: Bucket) -> tuple:
        """Return the counts of a cycle as inputs of a decision."""
        return (("cycle", bucket.start), *sorted(bucket.counts.items()))

    def credit(self, entry: Entry, points: int):
        """Open a lot for points that were earned, pending for the days that the programme says."""
        self.open_lot(entry, points, *self.terms.get_lot_days(entry.on))

    def open_lot(self, entry: Entry, points: int, available: date, expires: date | None):
        """Open a lot and see to it that it expires."""
        was_empty = not self.account.balance
        self.expiring.watch(self.account.credit(entry, points, available, expires))
        if was_empty:
            self.expiring.restart()

    def count(self, amounts: dict, day: date, origin: str):
        """Count what a fact of today adds to the metrics, then look at tiers and milestones."""
        if not amounts:
            return
        terms = self.terms
        self.bucket.add(day, amounts)
        self.change_lives(amounts, day, 1)
        if self.bucket.window:
            self.forget_old()
        if terms.version.milestones:
            happenings.offer_milestones(self, origin)
        if terms.lifetime_tiers:
            self.standing.judge_lifetime(origin)
        self.standing.judge(origin)

    def forget_old(self):
        """Let what is too old leave a rolling window."""
        if self.bucket.window:
            self.bucket.forget_before(add_months(self.day, -self.terms.cycle.months) + DAY)

    def change_lives(self, amounts: dict, day: date, sign: int):
        """Count for the whole life and for the first days of membership."""
        lifetime = self.lifetime
        for metric, value in amounts.items():
            lifetime[metric] = lifetime.get(metric, 0) + sign * value
        for pair in self.early:
            if pair[0] in amounts and self._is_early(pair[1], day):
                self.early[pair] += sign * amounts[pair[0]]

    def _is_early(self, days, day):
        return (day - self.member.joined).days <= days

    # cycles

    def begin_cycle(self, day: date, is_reset: bool) -> Bucket:
        """Begin a new cycle within one that runs; return it. Without a reset the counts go on."""
        old, cycle = self.bucket, self.terms.cycle
        if cycle.kind == "tier_change":
            self.anchor = day
        self._open_bucket(day, old.previous)
        self.bucket.start = day
        if not is_reset:
            self.bucket.absorb(old)
        return self.bucket

    def rejoin_cycle(self, entitlement) -> Bucket | None:
        """Undo the cycle that a tier began which was taken back: what it counted goes to the one before."""
        begun, old = entitlement.begun, entitlement.bucket
        if begun is None or begun is not self.bucket or old is None or (old.end and old.end < self.day):
            return None
        if begun.merged_into is None and old.merged_into is None:
            old.absorb(begun)
            self.bucket = old
            if old.kind == "tier_change":
                self.anchor = old.start
            return old
        return None

    def _open_bucket(self, day, previous):
        cycle = self.terms.cycle
        start, end = get_span(cycle, self.anchor, day)
        self.bucket = Bucket(cycle.kind, start, end, previous)
        if end is not None:
            self.plan_event(end + DAY, CYCLE, "cycle", _Boxed(self.bucket))

    def _on_cycle(self, key, boxed):
        """A cycle has ended: roll over, open the next one, renew what is renewed at its end."""
        old = boxed.content
        if old is not self.bucket:
            return
        now, ended, origin = self.terms, self.plan.at(old.end), f"cycle:{old.end}"
        tier = ended.get_tier(self.standing.held)
        above = ended.tiers[tier.rank + 1] if tier.rank + 1 < len(ended.tiers) else None
        rolled = {one.metric: get_excess(one, old, tier, above) for one in ended.version.rollovers}
        rolled = {metric: value for metric, value in rolled.items() if value}
        self._open_bucket(self.day, old)
        if now.changes.renewal == "at_end":
            self.standing.judge(origin, old, is_end=True)
        if rolled:
            self.bucket.roll_in(rolled)
            reason = Reason.of("rolled_over", **rolled)
            inputs = self.get_inputs(old)
            self.decide("rollover", self.day, self.bucket.end, tier.code, tier.code, origin, reason, inputs)
        if rolled or now.cycle.best_of_previous:
            self.standing.judge(origin)

    def _on_version(self, key, what):
        """New rules are in force: another kind of cycle begins, with what was counted so far."""
        self.standing.rename()
        self._want_early()
        if self.terms.cycle.kind != self.bucket.kind:
            old = self.bucket
            self._open_bucket(self.day, old.previous)
            self.bucket.absorb(old)
            old.merged_into = self.bucket
        self.standing.judge(f"version:{self.terms.code}")

    def _on_year(self, key, what):
        """A calendar year has ended: count it for the tiers that were held on its last day."""
        terms = self.plan.at(self.day - DAY)
        rank = terms.get_tier(self.standing.held).rank
        for metric in terms.year_metrics:
            if rank >= terms.get_tier(metric.tier).rank:
                self.lifetime[metric.code] = self.lifetime.get(metric.code, 0) + 1
        if self.terms.lifetime_tiers:
            self.standing.judge_lifetime(f"year:{self.day.year - 1}")

    def _on_join(self, key, what):
        """The first day: welcome points, and what joining itself counts for."""
        for bonus in self.terms.earning.welcomes:
            happenings.give_welcome(self, bonus)
        self.count(dict.fromkeys(self.terms.joining_metrics, 1), self.day, "join")
        self.expiring.arm()

    # the replay

    def play(self) -> Outcome:
        """Replay all that happened; return the outcome."""
        self._plan_history()
        events, at = self.events, self.plan.at
        while events:
            self.day, order, key, what = heappop(events)
            self.terms = at(self.day)
            HANDLERS[order](self, key, what)
        self.day, self.terms = self.as_of, at(self.as_of)
        self.forget_old()
        return self._finish()

    def _plan_history(self):
        joined = self.member.joined
        self._want_early()
        facts = list_facts(self.member.facts, self.as_of)
        for entry in facts:
            if entry[0] < joined:
                self.refuse(entry[2], Reason.of("before_joining", joined=joined))
            else:
                self.events.append(entry)
        self.events += [(start, VERSION, "version", None) for start in self.plan.starts if joined < start <= self.as_of]
        if self.plan.counts_years:
            years = range(joined.year + 1, self.as_of.year + 1)
            self.events += [(date(year, 1, 1), YEAR, "year", None) for year in years]
        self.events.append((joined, JOIN, "join", None))
        heapify(self.events)

    def _want_early(self):
        for pair in self.terms.early:
            self.early.setdefault(pair, 0)

    def _finish(self):
        standing, bucket = self.standing, self.bucket
        return Outcome(
            self.member.key, self.as_of, tuple(self.account.moves), tuple(self.decisions),
            tuple(lot.freeze() for lot in self.account.lots.values()), self.account.debt,
            standing.held, standing.since, standing.until,
            self.expiring.get_deadline() if self.account.balance else None,
            (bucket.start, bucket.end), dict(bucket.counts), dict(self.lifetime),
            upcoming.find_next(self),
        )  # fmt: skip


class _Boxed:
    """Something that stands in the order of events without being compared."""

    __slots__ = ("content",)

    def __init__(self, content):
        self.content = content

    def __lt__(self, other):
        return False


HANDLERS = {
    YEAR: Run._on_year,
    CYCLE: Run._on_cycle,
    VERSION: Run._on_version,
    STATUS: lambda run, key, what: run.standing.lapse(),
    EXPIRY: lambda run, key, what: run.expiring.on_lot(run.account.lots[key]),
    INACTIVITY: lambda run, key, what: run.expiring.on_inactivity(),
    JOIN: Run._on_join,
    **happenings.HANDLERS,
}
