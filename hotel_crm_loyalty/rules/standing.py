"""The tier of one member while its history is replayed (F3 - F6, F10, F11, F13, F15).

Whatever gives a tier - counts, a grant, a life's loyalty - is an entitlement with a first and a last day.
The tier held on a day is the highest one of those that run. So a lower tier that was earned on the way
catches who falls, a bought card is a floor by itself, and a tier whose counts were refunded goes without
touching the others.
"""

from bisect import bisect_right
from datetime import date

from .dates import DAY
from .lasting import get_effective, get_until
from .results import Reason
from .timeline import STATUS

#: entitlements that land softly when they lapse; what was given for a time ends hard
EARNED = frozenset({"gain", "keep", "landing"})


def is_met(condition, views) -> bool:
    """Return whether a condition holds by any of some counts; no condition never does."""
    return condition is not None and any(map(condition, views))


class Entitlement:
    """A tier for a time; ``condition`` and ``bucket`` are what it was earned by, ``begun`` the cycle it began."""

    __slots__ = ("tier", "start", "until", "basis", "bucket", "condition", "begun")

    def __init__(self, tier, start, until, basis, bucket=None, condition=None):
        self.tier, self.start, self.until, self.basis = tier, start, until, basis
        self.bucket, self.condition, self.begun = bucket, condition, None


class Standing:
    """Which tier a member holds, since when and until when, and why."""

    __slots__ = ("run", "held", "since", "until", "entitlements", "days", "codes", "_planned")

    def __init__(self, run, code: str, day: date):
        self.run, self.held, self.since, self.until = run, code, day, None
        self.entitlements, self._planned = [], set()
        self.days, self.codes = [day], [code]

    def get_code_on(self, day: date) -> str:
        """Return the tier that was held on a day; before joining, the first one."""
        return self.codes[max(bisect_right(self.days, day) - 1, 0)]

    def judge(self, origin: str, bucket=None, is_end=False):
        """Compare the counts of a cycle with the tiers, the highest first; give the first one that is met."""
        terms, bucket = self.run.terms, bucket or self.run.bucket
        held = ahead = terms.get_tier(self.held).rank
        for one in self.entitlements:
            if one.start > self.run.day:
                ahead = max(ahead, terms.get_tier(one.tier).rank)
        views = self._get_views(bucket)
        for tier in terms.highest_first:
            if tier.rank > ahead:
                if is_met(tier.gain, views):
                    self._gain(tier, bucket, origin)
                    return
            elif not tier.rank or (terms.changes.renewal == "at_end" and not is_end):
                return
            elif is_met(tier.keep if tier.rank == held else tier.gain, views):
                self._renew(tier, bucket, origin, tier.keep if tier.rank == held else tier.gain)
                return

    def _get_views(self, bucket):
        """Return the counts by any of which a tier may be met: of the cycle, and of the one before where it helps."""
        views = [self.run.get_counts(bucket)]
        if self.run.terms.cycle.best_of_previous and bucket.previous is not None:
            views.append(self.run.get_counts(bucket.previous))
        return views

    def _gain(self, tier, bucket, origin):
        run = self.run
        start = get_effective(run.terms.changes, run.day, run.plan.calendar)
        found = Entitlement(tier.code, start, self._get_until(tier, start, bucket), "gain", bucket, tier.gain)
        reason = Reason.of("tier_gained", tier=tier.code, previous=self.held)
        self._add(found)
        run.decide("gain", start, found.until, tier.code, self.held, origin, reason, run.get_inputs(bucket))
        self._begin_cycle(found, "upgrade")
        if start <= run.day:
            self.settle(origin)

    def _renew(self, tier, bucket, origin, condition):
        run = self.run
        until = self._get_until(tier, run.day, bucket)
        for one in self.entitlements:
            if one.tier == tier.code and (one.until is None or (until is not None and one.until >= until)):
                return
        found = Entitlement(tier.code, run.day, until, "keep", bucket, condition)
        self._add(found)
        if tier.code == self.held:
            reason = Reason.of("tier_kept", tier=tier.code)
            run.decide("keep", run.day, until, tier.code, self.held, origin, reason, run.get_inputs(bucket))
            self.until = until
            if "renewal" in run.terms.cycle.reset_on and bucket is run.bucket:
                found.begun = run.begin_cycle(run.day, is_reset=True)

    def _get_until(self, tier, start, bucket):
        terms = self.run.terms
        return get_until(tier.validity, terms.changes, start, (bucket.start, bucket.end), terms.cycle.months)

    def _add(self, entitlement):
        self.entitlements.append(entitlement)
        for day in (entitlement.start, entitlement.until and entitlement.until + DAY):
            if day and day > self.run.day and day not in self._planned:
                self._planned.add(day)
                self.run.plan_event(day, STATUS, "status", None)

    def _begin_cycle(self, entitlement, change):
        """Begin a new cycle with a tier where the programme says so (F7, F8)."""
        cycle = self.run.terms.cycle
        is_reset = change in cycle.reset_on
        if is_reset or cycle.kind == "tier_change":
            entitlement.begun = self.run.begin_cycle(entitlement.start, is_reset)

    def rename(self):
        """New rules are in force: hold the tier that replaces the old one; one that they drop is lost."""
        run = self.run
        self.entitlements = [one for one in self.entitlements if run.terms.find_tier(one.tier)]
        tier = run.terms.find_tier(self.held)
        if tier is None:
            tier, dropped = run.terms.tiers[0], self.held
            reason = Reason.of("tier_dropped", tier=dropped)
            run.decide("downgrade", run.day, None, tier.code, dropped, f"version:{run.terms.code}", reason, ())
            self.since, self.until = run.day, None
        if tier.code != self.held:
            self.held = tier.code
            self.days.append(run.day)
            self.codes.append(tier.code)

    def grant(self, fact):
        """Give a tier that was not earned, where the tier allows that kind of grant (F15)."""
        run = self.run
        tier = run.terms.find_tier(fact.tier)
        if tier is None or fact.kind not in (*tier.record.grants, "opening"):
            run.refuse(fact.key, Reason.of("grant_refused", tier=fact.tier, kind=fact.kind))
            return
        until = fact.until or self._get_until(tier, run.day, run.bucket)
        if until is not None and until < run.day:
            run.refuse(fact.key, Reason.of("grant_over", tier=fact.tier, until=until))
            return
        found = Entitlement(tier.code, run.day, until, "grant")
        self._add(found)
        is_higher = tier.rank > run.terms.get_tier(self.held).rank
        reason = Reason.of("tier_granted", tier=tier.code, kind=fact.kind)
        run.decide("gain" if is_higher else "keep", run.day, until, tier.code, self.held, fact.key, reason, ())
        if is_higher:
            self._begin_cycle(found, "upgrade")
        self.settle(fact.key)

    def judge_lifetime(self, origin: str):
        """Give a tier for life where its condition is met (F13)."""
        run = self.run
        counts = run.get_counts(run.bucket)
        for tier in run.terms.lifetime_tiers:
            if any(one.basis == "lifetime" and one.tier == tier.code for one in self.entitlements):
                return
            if tier.lifetime(counts):
                self._add(Entitlement(tier.code, run.day, None, "lifetime", None, tier.lifetime))
                kind = "gain" if tier.rank > run.terms.get_tier(self.held).rank else "keep"
                reason = Reason.of("tier_lifetime", tier=tier.code)
                inputs = tuple(sorted(run.lifetime.items()))
                run.decide(kind, run.day, None, tier.code, self.held, origin, reason, inputs)
                self.settle(origin)
                return

    def lapse(self):
        """Begin what begins today and end what ended yesterday (F11)."""
        day = self.run.day
        ended = [one for one in self.entitlements if one.until is not None and one.until < day]
        self.entitlements = [one for one in self.entitlements if one.until is None or one.until >= day]
        if ended and self.run.bucket.kind == "rolling":
            self.run.forget_old()
            self.judge("lapse", is_end=True)
        held = [one for one in ended if one.tier == self.held]
        self.settle("lapse", Reason.of("tier_lapsed", tier=self.held), any(one.basis in EARNED for one in held))

    def recheck(self, bucket, origin: str):
        """Look again at what was earned by counts that a refund has lowered (F26)."""
        run = self.run
        lost = [one for one in self.entitlements if self._is_lost(one, bucket)]
        if run.terms.changes.after_refund == "keep":
            lost = []
        self.entitlements = [one for one in self.entitlements if one not in lost]
        for one in lost:
            bucket = run.rejoin_cycle(one) or bucket
            if one.start > run.day:
                reason = Reason.of("tier_revoked", tier=one.tier)
                run.decide("withdraw", run.day, None, one.tier, self.held, origin, reason, run.get_inputs(bucket))
        if lost:
            self._earn_again(bucket)
        before, until = self.held, self.until
        self.settle(origin, Reason.of("tier_revoked", tier=before))
        if self.held == before and run.terms.get_tier(before).rank:
            reason = Reason.of("tier_shortened" if self.until != until else "tier_checked", tier=before)
            run.decide("keep", run.day, self.until, before, before, origin, reason, run.get_inputs(bucket))

    def _is_lost(self, one, bucket):
        """Whether what an entitlement was earned by has gone from a cycle's counts, or from the life's."""
        if one.basis == "lifetime":
            return not one.condition(self.run.get_counts(self.run.bucket))
        if one.bucket is None or (bucket is not one.bucket and bucket is not one.bucket.previous):
            return False
        return not is_met(one.condition, self._get_views(one.bucket))

    def _earn_again(self, bucket):
        """The highest tier that lowered counts still give, where nothing gives it yet."""
        views = self._get_views(bucket)
        for tier in self.run.terms.highest_first:
            if tier.rank and is_met(tier.gain, views):
                until = self._get_until(tier, self.run.day, bucket)
                if until is None or until >= self.run.day:
                    self._add(Entitlement(tier.code, self.run.day, until, "keep", bucket, tier.gain))
                return

    def settle(self, origin: str, reason: Reason | None = None, may_land=False):
        """Hold the highest tier of the entitlements that run; ``reason`` is why it may be a lower one than before."""
        run = self.run
        terms, old = run.terms, run.terms.get_tier(self.held)
        best = self._find_best()
        new = terms.get_tier(best.tier) if best else terms.tiers[0]
        if new.rank < old.rank and may_land and terms.changes.landing != "hard":
            new, best = self._land(old, new, best)
        until = best.until if best else None
        if new.rank < old.rank:
            inputs = run.get_inputs(run.bucket.previous or run.bucket)
            reason = reason or Reason.of("tier_lapsed", tier=old.code)
            run.decide("downgrade", run.day, until, new.code, old.code, origin, reason, inputs)
        elif best and best.basis == "landing" and best.start == run.day and new.code == old.code:
            reason = Reason.of("tier_never_lost", tier=new.code)
            run.decide("keep", run.day, until, new.code, old.code, origin, reason, ())
        self.until = until
        if new.code != self.held:
            self._hold(new, old)

    def _find_best(self):
        get_tier, day = self.run.terms.get_tier, self.run.day
        running = [one for one in self.entitlements if one.start <= day and (one.until is None or one.until >= day)]
        return max(running, key=lambda one: (get_tier(one.tier).rank, one.until or date.max), default=None)

    def _land(self, old, new, best):
        """Return the tier on which an earned one lands: at most one step down, or none."""
        run = self.run
        floor = run.terms.tiers[old.rank if run.terms.changes.landing == "never" else old.rank - 1]
        if floor.rank <= new.rank or not floor.rank:
            return new, best
        bucket = run.bucket.previous or run.bucket
        found = Entitlement(floor.code, run.day, self._get_until(floor, run.day, bucket), "landing")
        if found.until is not None and found.until < run.day:
            found.until = self._get_until(floor, run.day, run.bucket)
        self._add(found)
        return floor, found

    def _hold(self, new, old):
        run = self.run
        self.held, self.since = new.code, run.day
        self.days.append(run.day)
        self.codes.append(new.code)
        if new.rank < old.rank and run.terms.cycle.kind == "tier_change" and run.bucket.start != run.day:
            run.begin_cycle(run.day, is_reset=False)
        run.expiring.on_tier(old.code)
