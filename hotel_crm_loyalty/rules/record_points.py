"""Records of a programme: what is counted, what earns points, when points are lost.

Every part may be left out; what then holds is said here. Points are whole numbers, amounts are in the
programme's currency and net of tax, months are calendar months. `schema` reads records, `check` compares them.
"""

from datetime import date
from decimal import Decimal

from .schema import Code, Day, Flag, Many, Names, Number, One, Text, Whole, column, record

OPERATIONS = ("all", "any", "not", "at_least", "at_most", "in", "not_in", "is")
FACT_FIELDS = ("kind", "property_code", "brand", "rate", "channel", "segment", "outlet", "event", "rooms", "nights",
               "is_award", "is_own")  # fmt: skip
METRICS = ("nights", "stays", "purchases", "spend", "growth", "base_points", "status_points", "no_shows",
           "enrolment", "tier_years")  # fmt: skip
ACTIVITIES = ("stay", "earn", "redeem", "buy", "transfer", "gift")


@record
class Node:
    """A node of a Boolean tree: about a fact (``field``) or about counts of a member (``metric``).

    all, any: ``nodes``; not: one of ``nodes``; at_least, at_most: ``value``; in, not_in: ``values``; is: ``flag``.
    ``scope`` of a metric: the cycle, the whole life, or the first ``days`` days of membership, during which it
    is a fast track and after which it is not met any more.
    """

    op: str = column(Text(OPERATIONS), required=True)
    nodes: tuple = column(Many(One("Node")))
    field: str = column(Text(FACT_FIELDS))
    metric: str = column(Text())
    value: Decimal = column(Number())
    values: tuple = column(Many(Text()))
    flag: bool = column(Flag(), default=True)
    scope: str = column(Text(("cycle", "lifetime", "joining")), default="cycle")
    days: int = column(Whole(1))


@record
class Metric:
    """Something that is counted. ``where`` says which facts count for it, apart from what earns points.

    ``rooms``: at most so many rooms of a stay count, by their share of the spend; where it is left out, the nights
    of one room, one stay, and the whole spend.
    ``groups``: revenue groups, all where there are none (fees never). growth: ``points`` per ``per`` of spend.
    tier_years: calendar years on whose last day ``tier`` or a higher one was held.
    """

    code: str = column(Code(), required=True)
    kind: str = column(Text(METRICS), required=True)
    where: Node = column(One("Node"))
    groups: tuple = column(Many(Text()))
    rooms: int = column(Whole(1))
    points: Decimal = column(Number(), default=Decimal(1))
    per: Decimal = column(Number(), default=Decimal(1))
    tier: str = column(Text())
    name: dict = column(Names())


@record
class Rounding:
    """How exact points become whole ones, multiples of ``step``: each rate's, or the transaction's sum."""

    mode: str = column(Text(("down", "half_up", "half_even", "up")), default="down")
    step: int = column(Whole(1), default=1)
    each: str = column(Text(("rate", "transaction")), default="transaction")


@record
class Cap:
    """At most so many base points of a rate per transaction, per event or per business day."""

    points: int = column(Whole(), required=True)
    per: str = column(Text(("transaction", "event", "day")), default="transaction")


@record
class Rate:
    """``points`` per ``per`` of spend in revenue ``groups`` (all but fees where there are none).

    Each amount earns by the first rate that takes it. ``whole``: only full units of ``per`` count.
    ``minimum``: least spend of the transaction that this rate takes, else it earns nothing.
    """

    code: str = column(Code(), required=True)
    points: Decimal = column(Number(), required=True)
    per: Decimal = column(Number(), default=Decimal(1))
    groups: tuple = column(Many(Text()))
    where: Node = column(One("Node"))
    whole: bool = column(Flag(), default=False)
    minimum: Decimal = column(Number())
    cap: Cap = column(One("Cap"))
    tier_bonus: bool = column(Flag(), default=True)


@record
class Bonus:
    """Extra points for a transaction, or for joining, by priority (low numbers first).

    percent: of the base points; multiplier: base points times ``value``, of which the base is had already;
    fixed: ``value`` points. ``dated_on``: which date of the fact lies in the window. ``stop``: no later bonus
    applies. ``stack`` false: only where no bonus applied before. ``times``: so often in a member's life.
    """

    code: str = column(Code(), required=True)
    kind: str = column(Text(("percent", "multiplier", "fixed")), required=True)
    value: Decimal = column(Number(), required=True)
    trigger: str = column(Text(("transaction", "enrolment")), default="transaction")
    dated_on: str = column(Text(("arrival", "departure", "booking", "joining")), default="departure")
    from_date: date = column(Day())
    until_date: date = column(Day())
    where: Node = column(One("Node"))
    tiers: tuple = column(Many(Text()))
    minimum: Decimal = column(Number())
    priority: int = column(Whole(), default=10)
    stop: bool = column(Flag(), default=False)
    stack: bool = column(Flag(), default=True)
    times: int = column(Whole(1))
    cap: int = column(Whole())
    status: bool = column(Flag(), default=False)
    name: dict = column(Names())


@record
class Earning:
    """What earns points, and when they can be spent: ``posting_days`` after the departure.

    ``rooms``: at most so many rooms of a stay earn, by their share of the spend; None: all.
    ``tier_on``: the day whose tier gives the bonus.
    """

    where: Node = column(One("Node"))
    rooms: int = column(Whole(1))
    rates: tuple = column(Many(One("Rate")))
    bonuses: tuple = column(Many(One("Bonus")))
    rounding: Rounding = column(One("Rounding"), default=Rounding())
    tier_on: str = column(Text(("arrival", "departure")), default="departure")
    posting_days: int = column(Whole(), default=0)
    posting_calendar: str = column(Text(("working", "all")), default="working")


@record
class Expiry:
    """One way in which points are lost; a programme may have several. On the day named they are gone.

    lot: ``months`` after they were earned (or posted); calendar: after ``day``.``month`` of the year ``years``
    later; inactivity: the whole balance, ``months`` after the last of ``activities`` or, where that is later,
    after points came into an empty account. ``round_to``: at the end of
    that month or year. Who holds one of ``exempt_tiers`` loses nothing; who falls out of them has the
    months from then on. ``grace_days``: so much later.
    """

    kind: str = column(Text(("lot", "calendar", "inactivity")), required=True)
    months: int = column(Whole(1))
    years: int = column(Whole(), default=1)
    month: int = column(Whole(1, 12), default=12)
    day: int = column(Whole(1, 31), default=31)
    start: str = column(Text(("earned", "posted")), default="earned")
    round_to: str = column(Text(("month_end", "year_end")))
    grace_days: int = column(Whole(), default=0)
    activities: tuple = column(Many(Text(ACTIVITIES)), default=("earn", "redeem"))
    exempt_tiers: tuple = column(Many(Text()))


@record
class Debt:
    """What happens when points that are taken back were spent: from other lots first, a debt, or forgiven.

    A debt is paid by the next points that come. ``late_days``: how long points live that return to a lot
    that has expired.
    """

    policy: str = column(Text(("other_lots", "debt", "forgive")), default="other_lots")
    late_days: int = column(Whole(), default=0)


@record
class Option:
    """One thing to choose at a milestone; ``points`` are credited by themselves where it is the only one."""

    code: str = column(Code(), required=True)
    points: int = column(Whole(), default=0)
    name: dict = column(Names())


@record
class Milestone:
    """A reward each time a metric of the cycle has grown by ``every``, first at ``first`` (else at ``every``)."""

    code: str = column(Code(), required=True)
    metric: str = column(Text(), required=True)
    every: int = column(Whole(1), required=True)
    first: int = column(Whole(1))
    options: tuple = column(Many(One("Option")))
