"""What the desk makes of the benefits of a tier: the code of a benefit says its kind, and sometimes an hour.

The code begins with a kind; what follows it is free, but for hours: ``late_checkout_14``, ``late_checkout_1430``.
Any other code is a benefit of kind ``other``: it is shown, and ticked off, and nothing else.

>>> read("late_checkout_16"), read("late_checkout_1430").hour
(Perk(code='late_checkout_16', kind='late_checkout', hour=16.0), 14.5)
>>> read("upgrade").kind, read("welcome_gift_wine").kind, read("free_wifi").kind, read("upgraded").kind
('upgrade', 'welcome_gift', 'other', 'other')
>>> read("late_checkout_25").hour, read("late_checkout").hour
(None, None)
"""

import re
from typing import NamedTuple

KINDS = ("late_checkout", "early_checkin", "upgrade", "welcome_gift", "breakfast", "lounge")
_CODE = re.compile(rf"({'|'.join(KINDS)})(?:_(.*))?", re.DOTALL)
_HOUR = re.compile(r"([01]?\d|2[0-3])([0-5]\d)?")


class Perk(NamedTuple):
    """A benefit as the desk understands it; ``hour`` is local time, where the code has one."""

    code: str
    kind: str
    hour: float | None = None


def read(code: str) -> Perk:
    """Return what the code of a benefit means."""
    found = _CODE.fullmatch(code)
    if not found:
        return Perk(code, "other")
    time = _HOUR.fullmatch(found[2] or "")
    return Perk(code, found[1], int(time[1]) + int(time[2] or 0) / 60 if time else None)


def get_late_checkout(codes) -> float | None:
    """Return the latest hour of check-out that some benefits give, or None.

    >>> get_late_checkout(["late_checkout_14", "upgrade", "late_checkout_16"])
    16.0
    """
    hours = [perk.hour for perk in map(read, codes) if perk.kind == "late_checkout" and perk.hour is not None]
    return max(hours, default=None)
