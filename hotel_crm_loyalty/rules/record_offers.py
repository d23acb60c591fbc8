"""Records of a programme: what points buy, and the rules around an account."""

from datetime import date
from decimal import Decimal

from .record_points import Node
from .schema import Code, Day, Flag, Many, Names, Number, One, Text, Whole, column, record


@record
class Blackout:
    """Days on which a reward is not given, at all properties or some; both days belong to it."""

    from_date: date = column(Day(), required=True)
    until_date: date = column(Day(), required=True)
    properties: tuple = column(Many(Text()))


@record
class Reward:
    """What points buy. fixed: ``points`` each; by_value: ``points`` per ``per`` of price; free_night: as
    by_value or fixed per night, and every ``every``-th night costs nothing from ``every_tier`` up.
    ``cash_rate``: currency per point where part is paid in money; ``least_points`` of it in points.
    """

    code: str = column(Code(), required=True)
    kind: str = column(Text(("fixed", "by_value", "free_night")), required=True)
    name: dict = column(Names())
    points: Decimal = column(Number())
    per: Decimal = column(Number())
    every: int = column(Whole(2))
    every_tier: str = column(Text())
    minimum_tier: str = column(Text())
    cash_rate: Decimal = column(Number())
    least_points: int = column(Whole(), default=0)
    blackouts: tuple = column(Many(One("Blackout")))
    from_date: date = column(Day())
    until_date: date = column(Day())


@record
class Claims:
    """A missing stay: claimed within ``days`` of departure, answered within ``answer_days``; granted by itself up
    to ``auto_points`` points where a stay matches."""

    days: int = column(Whole(), required=True)
    answer_days: int = column(Whole())
    answer_calendar: str = column(Text(("working", "all")), default="working")
    auto_points: int = column(Whole(), default=0)


@record
class Transfers:
    """Points that go to another member: transfer, gift or into a pool. Limits that are left out do not exist."""

    kinds: tuple = column(Many(Text(("transfer", "gift", "pool"))), default=("transfer",))
    least: int = column(Whole(1), default=1)
    step: int = column(Whole(1), default=1)
    most: int = column(Whole())
    year_points: int = column(Whole())
    year_count: int = column(Whole())
    year_receive: int = column(Whole())
    member_days: int = column(Whole(), default=0)
    minimum_tier: str = column(Text())
    pool_size: int = column(Whole())
    keep_expiry: bool = column(Flag(), default=True)


@record
class Discount:
    """A member's discount on the room, in percent by tier (see ``Tier.discount_percent``): where it holds."""

    where: Node = column(One("Node"))
    blackouts: tuple = column(Many(One("Blackout")))


@record
class Accounts:
    """Who may have an account: ``minimum_age`` in years; it is closed after ``idle_years`` without any activity."""

    minimum_age: int = column(Whole())
    one_per_person: bool = column(Flag(), default=True)
    idle_years: int = column(Whole(1))
