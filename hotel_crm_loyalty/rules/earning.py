"""Points of one transaction: base points by rates, the tier's bonus, bonus rules (F16 - F19, F21).

Exact points are reckoned in Decimal and rounded once, as the programme says; the tier's bonus and the bonus
rules are of the rounded base points and are rounded alike.

>>> from .facts import Stay
>>> from .loader import load_fixture
>>> from .plan import Plan
>>> terms = Plan(load_fixture("marriott")).at(date(2026, 5, 1))
>>> stay = Stay("s", date(2026, 5, 1), date(2026, 5, 3), spend=(("room", Decimal("400.37")),), channel="direct")
>>> [(award.code, award.points) for award in terms.earning.earn(stay, terms.get_tier("gold"), Usage(stay.arrival))]
[('', 4003), ('tier', 1000)]
"""

from collections import defaultdict
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from typing import NamedTuple

from .dates import DAY, WorkingDays
from .metrics import FEES, sum_spend
from .record_points import Bonus, Earning, Rounding
from .results import Reason
from .trees import compile_fact, find_failing

MODES = {"down": ROUND_FLOOR, "half_up": ROUND_HALF_UP, "half_even": ROUND_HALF_EVEN, "up": ROUND_CEILING}


class Award(NamedTuple):
    """Points of one kind for one transaction; ``code`` is empty for base points."""

    code: str
    kind: str  #: earn or bonus
    points: int
    is_status: bool  #: counts as status points beside the base points
    reason: Reason
    inputs: tuple


class Usage:
    """How much of caps and of bonuses a member has used."""

    __slots__ = ("joined", "caps", "times", "_used")

    def __init__(self, joined: date):
        self.joined = joined
        self.caps = defaultdict(int)  #: (rate, cap's period) -> points
        self.times = defaultdict(int)  #: bonus -> how often
        self._used = []

    def use(self, cap: tuple, points):
        """Note that so much of a cap is used."""
        self.caps[cap] += points
        self._used.append((cap, points))

    def take_used(self) -> tuple:
        """Return what was used since the last call, as pairs (cap, points)."""
        used, self._used = tuple(self._used), []
        return used

    def forget(self, caps: tuple, bonuses: tuple):
        """Give back what one transaction had used: pairs (cap, points), and codes of bonuses."""
        for cap, points in caps:
            self.caps[cap] -= points
        for code in bonuses:
            self.times[code] -= 1


def round_points(points, rounding: Rounding) -> int:
    """Return whole points, a multiple of the step.

    >>> half = Rounding(mode="half_up", step=10)
    >>> round_points(Decimal("14.99"), Rounding()), round_points(Decimal(15), half), round_points(Decimal("14.9"), half)
    (14, 20, 10)
    """
    return int((Decimal(points) / rounding.step).to_integral_value(MODES[rounding.mode])) * rounding.step


class EarningTerms:
    """The earning rules of a version, ready to be asked."""

    def __init__(self, record: Earning, calendar: WorkingDays):
        self.record, self.calendar, self.rounding = record, calendar, record.rounding
        self.where = compile_fact(record.where)
        self.rates = [(rate, frozenset(rate.groups), compile_fact(rate.where)) for rate in record.rates]
        self._names = {rate.code: (f"spend.{rate.code}", f"points.{rate.code}") for rate in record.rates}
        bonuses = sorted(record.bonuses, key=lambda bonus: bonus.priority)
        self.bonuses = [(bonus, compile_fact(bonus.where)) for bonus in bonuses if bonus.trigger == "transaction"]
        self.welcomes = [bonus for bonus in bonuses if bonus.trigger == "enrolment"]

    def get_available(self, day: date) -> date:
        """Return the first day on which points of this business date can be spent (F22)."""
        if self.record.posting_calendar == "working":
            return self.calendar.add(day, self.record.posting_days)
        return day + self.record.posting_days * DAY

    def find_obstacle(self, fact):
        """Return why a fact earns nothing, as (field, value), or None (F19)."""
        if fact.is_no_show:
            return "is_no_show", True
        return None if self.where is None or self.where(fact) else find_failing(self.record.where, fact)

    def earn(self, fact, tier, usage: Usage) -> list[Award]:
        """Return what an eligible transaction earns; base points first. Caps and bonuses are noted in ``usage``.

        :param tier: TierTerms of the tier that gives the bonus
        """
        base, for_tier, spend, inputs = self._earn_base(fact, usage)
        awards = []
        if base:
            awards.append(Award("", "earn", base, False, Reason.of("spend", points=base, amount=spend), inputs))
        if for_tier:
            awards += self._add_tier_bonus(for_tier, tier)
        if self.bonuses:
            awards += self._add_bonuses(fact, base, tier, usage)
        return awards

    def _earn_base(self, fact, usage):
        """Return base points, those of them that the tier's bonus is for, the spend behind them, and the inputs."""
        exact, for_tier, spend, inputs = 0, 0, 0, []
        part, of = self._share(fact)
        if of > part:
            inputs.append(("rooms", f"{part}/{of}"))
        for rate, amount in self._split(fact):
            points = self._reckon(rate, amount, part, of)
            if self.rounding.each == "rate":
                points = round_points(points, self.rounding)
            if rate.cap is not None:
                points = self._cap(rate, points, fact, usage, inputs)
            exact += points
            for_tier += points if rate.tier_bonus else 0
            spent, earned = self._names[rate.code]
            inputs += [(spent, amount), (earned, points)]
            spend += amount
        if not exact:
            return 0, 0, spend, tuple(inputs)
        base = round_points(exact, self.rounding)
        return base, base if for_tier == exact else round_points(for_tier, self.rounding), spend, tuple(inputs)

    def _split(self, fact):
        """Pair rates with the spend that they take: each amount by the first one that fits."""
        taken = {}
        for group, amount in fact.spend:
            if group in FEES:
                continue
            for rate, groups, where in self.rates:
                if (not groups or group in groups) and (where is None or where(fact)):
                    taken[rate.code] = rate, taken.get(rate.code, (rate, 0))[1] + amount
                    break
        for rate, spend in taken.values():
            yield rate, spend if spend > 0 else 0

    def _share(self, fact):
        """Return (rooms that earn, rooms) where not all rooms of a stay do."""
        limit = self.record.rooms
        return (limit, fact.rooms) if limit and fact.rooms > limit else (1, 1)

    @staticmethod
    def _reckon(rate, amount, part, of):
        """Return exact points of a part of an amount; multiplied first, so that whole results are exact."""
        if rate.minimum is not None and amount * part < rate.minimum * of:
            return 0
        if rate.whole:
            return amount * part // (rate.per * of) * rate.points
        return amount * part * rate.points / (rate.per * of)

    @staticmethod
    def _cap(rate, points, fact, usage, inputs):
        """Cut points by a cap, and note what of it is used (F18)."""
        period = {"transaction": fact.key, "event": fact.event or fact.key, "day": fact.on}[rate.cap.per]
        used = usage.caps[rate.code, period]
        allowed = min(points, max(rate.cap.points - used, 0))
        usage.use((rate.code, period), allowed)
        if allowed < points:
            inputs.append((f"cap.{rate.code}", rate.cap.points))
        return allowed

    def _add_tier_bonus(self, base, tier):
        """The bonus of a tier: percent of the base, or what a multiplier makes beyond it (F17)."""
        record = tier.record
        if record.bonus_percent:
            value, points = record.bonus_percent, base * record.bonus_percent / 100
        elif record.bonus_multiplier and record.bonus_multiplier > 1:
            value, points = (record.bonus_multiplier - 1) * 100, base * (record.bonus_multiplier - 1)
        else:
            return
        points = round_points(points, self.rounding)
        if points:
            reason = Reason.of("tier_bonus", points=points, tier=tier.code, percent=value, base=base)
            yield Award("tier", "bonus", points, False, reason, (("base", base), ("percent", value)))

    def _add_bonuses(self, fact, base, tier, usage):
        applied = False
        for bonus, where in self.bonuses:
            if (applied and not bonus.stack) or not self._is_applicable(bonus, where, fact, tier, usage):
                continue
            points = self._reckon_bonus(bonus, base)
            if not points:
                continue
            applied = True
            usage.times[bonus.code] += 1
            yield make_bonus(bonus, points, base)
            if bonus.stop:
                return

    def _reckon_bonus(self, bonus, base):
        factors = {"percent": bonus.value / 100, "multiplier": max(bonus.value - 1, 0)}
        exact = bonus.value if bonus.kind == "fixed" else base * factors[bonus.kind]
        points = round_points(exact, self.rounding)
        return points if bonus.cap is None else min(points, bonus.cap)

    def _is_applicable(self, bonus, where, fact, tier, usage):
        if bonus.times is not None and usage.times[bonus.code] >= bonus.times:
            return False
        if bonus.tiers and tier.code not in bonus.tiers:
            return False
        if not is_in_window(bonus, get_bonus_date(bonus, fact, usage.joined)):
            return False
        if bonus.minimum is not None and sum_spend(fact, (), self.record.rooms) < bonus.minimum:
            return False
        return where is None or where(fact)


def make_bonus(bonus: Bonus, points: int, base: int) -> Award:
    """Return the award of a bonus rule."""
    reason = Reason.of("rule_bonus", points=points, rule=bonus.code)
    inputs = (("base", base), (bonus.kind, bonus.value))
    return Award(f"rule:{bonus.code}", "bonus", points, bonus.status, reason, inputs)


def get_bonus_date(bonus: Bonus, fact, joined: date) -> date | None:
    """Return the date of a fact that a bonus rule looks at; None where the fact has none."""
    if bonus.dated_on == "joining":
        return joined
    if bonus.dated_on == "booking":
        return fact.booked
    return getattr(fact, bonus.dated_on) or fact.on


def is_in_window(bonus: Bonus, day: date | None) -> bool:
    """Return whether a bonus rule is for a day; a window needs a day."""
    if day is None:
        return bonus.from_date is None and bonus.until_date is None
    return (bonus.from_date or day) <= day <= (bonus.until_date or day)
