"""When a call that reached nobody is made again, by the reason why it did not.

Plain Python, no Odoo, no clock. Instants are naive in UTC.

>>> from datetime import datetime
>>> now = datetime(2026, 5, 1, 10, 0)
>>> plan(now, "busy", tries=1, faults=0), plan(now, "busy", tries=3, faults=0)
(datetime.datetime(2026, 5, 1, 10, 10), None)
>>> plan(now, "bad_number", tries=1, faults=0) is None
True
>>> plan(now, "congestion", tries=0, faults=1), plan(now, "congestion", tries=0, faults=5)
(datetime.datetime(2026, 5, 1, 10, 5), None)
"""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Rule:
    """How a reason is met; ``is_fault``: our own side's, no try at the guest."""

    minutes: int
    most: int
    is_fault: bool = False


RULES = {
    "busy": Rule(10, 3),
    "no_answer": Rule(120, 3),
    "unreachable": Rule(120, 3),
    "rejected": Rule(24 * 60, 2),
    "congestion": Rule(5, 5, True),
    "failed": Rule(5, 5, True),
    "bad_number": Rule(0, 1),
}
NEVER = ("bad_number", "do_not_call")


def is_fault(reason: str) -> bool:
    """Return whether a reason is our own side's.

    >>> is_fault("congestion"), is_fault("busy")
    (True, False)
    """
    return reason in RULES and RULES[reason].is_fault


def plan(now: datetime, reason: str, tries: int, faults: int, rules: dict[str, Rule] | None = None) -> datetime | None:
    """Return when to call again, None where it is given up.

    :param str reason: why nobody was reached, of ``RULES``; others are met as no answer
    :param int tries: attempts that reached the guest's telephone, this one included
    :param int faults: attempts that our own side has spoilt, this one included
    :param rules: other rules by reason; the rest stands as above
    """
    if reason in NEVER:
        return None
    known = {**RULES, **(rules or {})}
    rule = known.get(reason) or known["no_answer"]
    done = faults if rule.is_fault else tries
    return None if done >= rule.most else now + timedelta(minutes=rule.minutes)
