"""What each record of a programme is and how it works, for whoever edits it: record -> (name, help).

These say to people what the docstrings of `rules` say to programmers; a test asks both for the same records.
"""

from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

HELPS = {
    "Programme": (_lt("Programme"), _lt("All versions of the rules, the earliest first.")),
    "LeftOut": (
        _lt("Figure left open"),
        _lt("What the source of the programme does not say, and what holds in its place."),
    ),
    "Version": (
        _lt("Version"),
        _lt("The rules from a day on, until the next version. Only the first may have no day."),
    ),
    "Node": (
        _lt("Condition"),
        _lt(
            "Conditions can be joined: all of them, any of them, or not this one. A period counts for tiers; the first "
            "days of membership are a fast track that is over after them."
        ),
    ),
    "Metric": (
        _lt("Metric"),
        _lt(
            "Something that is counted for tiers, apart from what earns points. Where the number of rooms is left out, "
            "the nights of one room, one stay and the whole spend count. Fees never do."
        ),
    ),
    "Rounding": (_lt("Rounding"), _lt("How exact points become whole ones.")),
    "Cap": (_lt("Limit"), _lt("At most so many base points of this rate.")),
    "Rate": (
        _lt("Rate"),
        _lt(
            "Points per amount of spend, net of tax, in the programme's currency. Each amount earns by the first rate "
            "that takes it, so the special ones stand first. Without groups: everything but fees."
        ),
    ),
    "Bonus": (
        _lt("Bonus"),
        _lt(
            "Extra points for a stay, a purchase or joining, in their order. Percent: of the base points. Times: the "
            "base is had already, so 2 doubles it."
        ),
    ),
    "Earning": (
        _lt("Earning points"),
        _lt("What earns points, and how long after the departure they can be spent."),
    ),
    "Expiry": (
        _lt("Way of losing points"),
        _lt(
            "A programme may have several. Who holds an exempt tier loses nothing; who falls out of it has the whole "
            "time again from then on."
        ),
    ),
    "Debt": (
        _lt("Points taken back"),
        _lt(
            "What happens when points are taken back after a refund and were spent. A debt is paid by the next points."
        ),
    ),
    "Option": (
        _lt("Choice"),
        _lt("One thing to choose at a milestone. Points are credited by themselves where it is the only one."),
    ),
    "Milestone": (_lt("Milestone"), _lt("A reward each time a metric of the period has grown by a number.")),
    "Blackout": (_lt("Closed days"), _lt("Days on which it does not hold; both days belong to it.")),
    "Reward": (
        _lt("Reward"),
        _lt("What points buy. A free night costs points by its price or a number per night; else the hotel says it."),
    ),
    "Claims": (
        _lt("Claims of missing stays"),
        _lt("How long a missing stay can be claimed, and until which number of points it is granted by itself."),
    ),
    "Transfers": (
        _lt("Transfers of points"),
        _lt("Points that go to another member. Limits that are left out do not exist."),
    ),
    "Discount": (_lt("Discount on the room"), _lt("Where the tiers' discount on the room holds.")),
    "Accounts": (_lt("Accounts"), _lt("Who may have an account, and when it is closed.")),
    "Cycle": (
        _lt("Period of counting"),
        _lt("The time over which metrics are counted for tiers."),
    ),
    "Validity": (_lt("How long a tier lasts"), _lt("Until when a tier is held that was reached.")),
    "Changes": (
        _lt("How tiers change"),
        _lt(
            "When a tier is reached and renewed, and what becomes of one that is not. Counts that begin at 0 with each "
            "renewal need a renewal at the end of the period."
        ),
    ),
    "Benefit": (_lt("Benefit"), _lt("Something that comes with a tier and is not reckoned with: a welcome gift.")),
    "Tier": (
        _lt("Tier"),
        _lt(
            "A level. The first one is everybody's and has no conditions. What keeps it is what reaches it, where "
            "nothing else is said. A code that is changed is written among those that it had before."
        ),
    ),
    "Rollover": (
        _lt("Rollover"),
        _lt("What is counted above the need of the held tier counts again in the next period, and then no more."),
    ),
}
