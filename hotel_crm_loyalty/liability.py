"""The books of a programme: what the points that members hold are worth, and how a period is closed.

Points are a right of the guest to something later, so a part of the price is deferred when they are issued and
becomes revenue when they are redeemed (IFRS 15.B39-B43). Points keep the value that one had on the day their
lot was earned: a new value holds for later lots (the transaction price is allocated at the inception of the
contract, IFRS 15.74 and 15.88).

What is never redeemed is breakage (IFRS 15.B44-B47), by the policy of the programme:

* ``expiry``: revenue when the points expire, where an estimate would not be highly probable (B46);
* ``proportion``: revenue in proportion to what is redeemed (B46). Of a vintage with issued value ``N`` and an
  expected breakage share ``b``, redeeming ``M`` releases ``M / (1 - b)``; what is left is
  ``N - M / (1 - b) = R - M * b / (1 - b)`` where ``R`` is the value of the points that remain, never below 0.

A closing is cumulative: for each key (property, flow, other company) the books shall hold the rounded value of
all moves up to the end of the period, and it books the difference from what earlier closings booked. So what was
booked late or corrected in an earlier period comes into the current one, in a column of its own, and closing
twice gives nothing. Keys are rounded one by one, half away from zero; the liability is the exact sum, rounded
once; the difference stands in a key of its own, ``ROUNDING``.

>>> moved = {(1, "issue", 0): Decimal("10.005"), (2, "issue", 0): Decimal("10.005"), (1, "redeem", 0): Decimal(-3)}
>>> for entry in close(moved, {}, {}, Decimal("0.01")):
...     print(entry.key, entry.current, entry.earlier)
(1, 'issue', 0) 10.01 0.00
(1, 'redeem', 0) -3.00 0.00
(2, 'issue', 0) 10.01 0.00
(0, 'rounding', 0) -0.01 0.00

The next month nothing happens, but a move of this one comes late: it is a correction.

>>> booked = {entry.key: entry.total for entry in close(moved, {}, {}, Decimal("0.01"))}
>>> late = {**moved, (1, "expire", 0): Decimal("-1.5")}
>>> [(entry.key, entry.current, entry.earlier) for entry in close(late, late, booked, Decimal("0.01"))]
[((1, 'expire', 0), Decimal('0.00'), Decimal('-1.50')), ((0, 'rounding', 0), Decimal('0.00'), Decimal('0.00'))]
"""

from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

#: kind of a move of a lot -> what the books call it; a move without a lot is a debt, which is no liability
FLOWS = {
    "earn": "issue",
    "bonus": "issue",
    "reverse": "issue",
    "settle": "issue",
    "post": "grant",
    "redeem": "redeem",
    "return": "redeem",
    "expire": "expire",
}
ROUNDING = (0, "rounding", 0)
NOTHING = Decimal(0)


class Entry(NamedTuple):
    """What a closing books for one key; positive: the liability grows."""

    key: tuple  #: id of the property or 0, flow, id of the other company or 0
    current: Decimal  #: of the period itself
    earlier: Decimal  #: of earlier periods: late moves and corrections

    @property
    def total(self) -> Decimal:
        """Both together."""
        return self.current + self.earlier


def to_money(value: Decimal, rounding: Decimal) -> Decimal:
    """Return a value as a multiple of the currency's rounding, half away from zero.

    >>> to_money(Decimal("-2.5"), Decimal(1)), to_money(Decimal("0.025"), Decimal("0.05"))
    (Decimal('-3'), Decimal('0.05'))
    >>> to_money(Decimal("1.0005"), Decimal("0.001"))
    Decimal('1.001')
    """
    return (value / rounding).quantize(Decimal(1), ROUND_HALF_UP) * rounding


def close(end: Mapping, start: Mapping, booked: Mapping, rounding: Decimal) -> list[Entry]:
    """Return what to book so that the books hold what has moved; keys with nothing to book are left out.

    The entry of the rounding is always the last one.

    :param end: key -> exact value of all moves up to the last day of the period
    :param start: the same up to the day before the period
    :param booked: key -> amount that earlier closings booked
    :param rounding: smallest amount of the currency
    """
    entries, carried_end, carried_start = [], NOTHING, NOTHING
    for key in sorted({*end, *start, *booked} - {ROUNDING}):
        after, before = (to_money(part.get(key, NOTHING), rounding) for part in (end, start))
        carried_end += after
        carried_start += before
        entry = Entry(key, after - before, before - booked.get(key, NOTHING))
        if entry.current or entry.earlier:
            entries.append(entry)
    after = to_money(sum(end.values(), NOTHING), rounding) - carried_end
    before = to_money(sum(start.values(), NOTHING), rounding) - carried_start
    entries.append(Entry(ROUNDING, after - before, before - booked.get(ROUNDING, NOTHING)))
    return entries


def get_early_breakage(vintages: Iterable[tuple], share: Decimal) -> Decimal:
    """Return the breakage recognised before expiry, as a negative value: it lessens the liability.

    :param vintages: (value that remains, value redeemed so far) of each vintage
    :param share: expected breakage, 0 to less than 1

    >>> get_early_breakage([(Decimal(70), Decimal(30)), (Decimal(1), Decimal(99))], Decimal("0.25"))
    Decimal('-11')
    >>> get_early_breakage([(Decimal(70), Decimal(30))], Decimal(0))
    Decimal('0')
    """
    early = (max(min(remaining, used * share / (1 - share)), NOTHING) for remaining, used in vintages)
    return -sum(early, NOTHING)
