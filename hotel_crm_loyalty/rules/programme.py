"""A loyalty programme as a record of data: versions with dates, made of the records of the other files."""

from datetime import date

from .record_offers import Accounts, Claims, Discount, Transfers
from .record_points import Debt, Earning
from .record_tiers import Changes, Cycle, Validity
from .schema import Code, Day, Many, Names, One, Text, column, record


@record
class Version:
    """The rules from a day on, until the next version. Only the first may have no day."""

    code: str = column(Code(), required=True)
    from_date: date = column(Day())
    judged_by: str = column(Text(("departure", "arrival", "booking")), default="departure")
    metrics: tuple = column(Many(One("Metric")))
    earning: Earning = column(One("Earning"), default=Earning())
    expiry: tuple = column(Many(One("Expiry")))
    cycle: Cycle = column(One("Cycle"), default=Cycle())
    changes: Changes = column(One("Changes"), default=Changes())
    validity: Validity = column(One("Validity"), default=Validity())
    tiers: tuple = column(Many(One("Tier")), required=True)
    rollovers: tuple = column(Many(One("Rollover")))
    milestones: tuple = column(Many(One("Milestone")))
    debt: Debt = column(One("Debt"), default=Debt())
    rewards: tuple = column(Many(One("Reward")))
    claims: Claims = column(One("Claims"))
    transfers: Transfers = column(One("Transfers"))
    discount: Discount = column(One("Discount"), default=Discount())
    accounts: Accounts = column(One("Accounts"), default=Accounts())


@record
class LeftOut:
    """A figure that the source of the programme does not give, and what holds in its place."""

    path: str = column(Text(), required=True)
    note: str = column(Text(), required=True)


@record
class Programme:
    """A loyalty programme with all its versions, the earliest first."""

    code: str = column(Code(), required=True)
    name: dict = column(Names(), required=True)
    currency: str = column(Text(), required=True)
    source: str = column(Text())
    left_out: tuple = column(Many(One("LeftOut")))
    versions: tuple = column(Many(One("Version")), required=True)
