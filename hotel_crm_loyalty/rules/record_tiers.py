"""Records of a programme: tiers, how they are gained, kept and lost, and the cycle that counts for them."""

from decimal import Decimal

from .record_points import Node
from .schema import Code, Flag, Many, Names, Number, One, Text, Whole, column, record

GRANTS = ("bought", "gifted", "invited", "matched", "opening")


@record
class Cycle:
    """The time over which metrics are counted: calendar years, ``months`` from joining or from the last change
    of tier, or the ``months`` up to each day. ``best_of_previous``: a tier is met too where the cycle before
    meets it. ``reset_on``: after which decisions the counts begin at 0.
    """

    kind: str = column(Text(("calendar", "joining", "tier_change", "rolling")), default="calendar")
    months: int = column(Whole(1), default=12)
    best_of_previous: bool = column(Flag(), default=False)
    reset_on: tuple = column(Many(Text(("upgrade", "renewal"))))


@record
class Validity:
    """How long a tier lasts. day: to ``day``.``month`` of the year of earning plus ``years``; months: so many
    from its first day; cycles: the rest of the cycle and so many more; forever."""

    kind: str = column(Text(("day", "months", "cycles", "forever")), default="cycles")
    years: int = column(Whole(), default=1)
    month: int = column(Whole(1, 12), default=12)
    day: int = column(Whole(1, 31), default=31)
    months: int = column(Whole(1), default=12)
    cycles: int = column(Whole(), default=1)


@record
class Changes:
    """How tiers change. upgrade: at once, the next day, or ``upgrade_days`` working days later. renewal: when
    the condition is met, or at the end of the cycle only. landing of an earned tier that lapses: hard (to what
    the counts give), soft (one step), never. ``day``.``month``: the day of the year on which downgrades
    are processed. ``after_refund``: revoke a tier whose counts have gone, or let it run.
    """

    upgrade: str = column(Text(("at_once", "next_day", "working_days")), default="at_once")
    upgrade_days: int = column(Whole(1), default=1)
    renewal: str = column(Text(("at_once", "at_end")), default="at_once")
    landing: str = column(Text(("hard", "soft", "never")), default="hard")
    month: int = column(Whole(1, 12))
    day: int = column(Whole(1, 31), default=1)
    after_refund: str = column(Text(("revoke", "keep")), default="revoke")


@record
class Benefit:
    """Something that comes with a tier and is not reckoned with: late check-out, welcome gift."""

    code: str = column(Code(), required=True)
    name: dict = column(Names())
    note: str = column(Text())


@record
class Tier:
    """A level. The first one is everybody's. ``keep``: what holds it, where that differs from ``gain``.

    ``bonus_percent`` of base points, or ``bonus_multiplier`` on them. ``grants``: kinds by which it is given
    without being earned. ``price``: what it costs to buy. ``replaces``: codes that it had in earlier versions.
    """

    code: str = column(Code(), required=True)
    name: dict = column(Names())
    gain: Node = column(One("Node"))
    keep: Node = column(One("Node"))
    lifetime: Node = column(One("Node"))
    bonus_percent: Decimal = column(Number())
    bonus_multiplier: Decimal = column(Number())
    discount_percent: Decimal = column(Number())
    validity: Validity = column(One("Validity"))
    grants: tuple = column(Many(Text(GRANTS)))
    price: Decimal = column(Number())
    replaces: tuple = column(Many(Text()))
    benefits: tuple = column(Many(One("Benefit")))


@record
class Rollover:
    """What a metric counts above the need of the held tier counts again in the next cycle, and then no more.

    ``tiers``: who has it (all where there are none). ``below_next``: only what is below the need of the next tier.
    """

    metric: str = column(Text(), required=True)
    tiers: tuple = column(Many(Text()))
    below_next: bool = column(Flag(), default=True)
