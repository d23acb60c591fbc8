"""The points of one member: lots, and the moves that made them what they are (F25, F26).

Every credit opens a lot; its key is the key of the move. Points are spent from the lot that expires first, of
equal ones from the older; a lot that never expires comes last. A cancelled redemption goes back to the lots
it came from. What cannot be taken from any lot is a debt, or forgiven; a debt is paid by the next points
that come. At any time the moves of a lot add up to what remains in it, and nothing is below 0.

>>> from .results import Reason
>>> why = Reason.of("spend")
>>> account = Account("m")
>>> days = [date(2026, 1, number) for number in range(1, 9)]
>>> for key, on, expires in (("late", days[0], None), ("early", days[1], days[7])):
...     _lot = account.credit(Entry(key, "earn", on, "v", key, why), 100, on, expires)
>>> account.spend(Entry("r", "redeem", days[2], "v", "r", why), 150)
0
>>> [(lot.key, lot.remaining) for lot in account.lots.values()]
[('late', 50), ('early', 0)]
>>> account.give_back("r", Entry("c", "return", days[3], "v", "r", why))
>>> [lot.remaining for lot in account.lots.values()], [(move.key, move.points) for move in account.moves[2:]]
([100, 100], [('r/early', -100), ('r/late', -50), ('c/early', 100), ('c/late', 50)])
"""

from bisect import insort
from datetime import date, timedelta
from heapq import heappop, heappush
from typing import NamedTuple

from .results import Lot, Move, Reason


class Entry(NamedTuple):
    """What the moves of one event have in common; ``key`` begins their keys."""

    key: str
    kind: str
    on: date
    version: str
    origin: str
    reason: Reason
    inputs: tuple = ()


class OpenLot:
    """A lot in the making; ``lost`` is what has expired of it."""

    __slots__ = ("key", "on", "available", "expires", "granted", "remaining", "lost", "is_listed")

    def __init__(self, key, on, available, expires, points):
        self.key, self.on, self.available, self.expires = key, on, available, expires
        self.granted = self.remaining = points
        self.lost, self.is_listed = 0, False

    @property
    def rank(self):
        """Its place among those that are spent."""
        return self.expires or date.max, self.on, self.key

    def freeze(self) -> Lot:
        """Return it as a value."""
        return Lot(self.key, self.on, self.available, self.expires, self.granted, self.remaining)


class Account:
    """Lots and moves of one member while they are made, in the order of dates."""

    __slots__ = ("member", "lots", "moves", "balance", "debt", "spent", "_pending", "_open")

    def __init__(self, member: str):
        self.member, self.lots, self.moves = member, {}, []
        self.balance = self.debt = 0  #: points in all lots, pending ones too; points that are owed
        self.spent = {}  #: key of a redemption -> [(lot, or None for debt; points)]
        self._pending, self._open = [], []

    def credit(self, entry: Entry, points: int, available: date, expires: date | None) -> OpenLot:
        """Open a lot with points that can be spent from ``available`` on; a debt is paid from it first."""
        lot = self.lots[entry.key] = OpenLot(entry.key, entry.on, available, expires, points)
        self._write(entry, entry.key, lot, points)
        if self.debt:
            self.settle(lot, entry)
        heappush(self._pending, (available, entry.key))
        return lot

    def settle(self, lot: OpenLot, entry: Entry):
        """Pay the debt from what is in a lot."""
        points = min(self.debt, lot.remaining)
        if points <= 0:
            return
        paid = entry._replace(kind="settle", reason=Reason.of("debt_paid", points=points), inputs=())
        lot.remaining -= points
        self._write(paid, f"settle/{entry.key}/{lot.key}", lot, -points)
        self._change_debt(paid, f"settle/{entry.key}/{lot.key}/debt", points)

    def spend(self, entry: Entry, points: int, policy: str = "debt") -> int:
        """Take points from the lots that can be spent, the first to expire first; return what was missing.

        What is missing becomes a debt, unless the policy is to forgive it.
        """
        self._list_available(entry.on)
        left, taken, pending = points, self.spent.setdefault(entry.origin, []), []
        while left and self._open:
            lot = self.lots[self._open[0][2]]
            if lot.available > entry.on or (lot.expires and lot.expires <= entry.on):
                pending.append(self._open.pop(0))
                continue
            part = min(lot.remaining, left)
            if part:
                lot.remaining -= part
                left -= part
                taken.append((lot, part))
                self._write(entry, f"{entry.key}/{lot.key}", lot, -part)
            if not lot.remaining:
                self._open.pop(0)
                lot.is_listed = False
        self._open[:0] = pending
        if left and policy != "forgive":
            taken.append((None, left))
            self._change_debt(entry, f"{entry.key}/debt", -left)
        return left

    def give_back(self, origin: str, entry: Entry, late_days: int = 0):
        """Return what a redemption took to where it came from. In a lot that has expired it lives for ``late_days``."""
        for lot, points in self.spent.pop(origin, ()):
            if lot is None:
                self._give_back_debt(entry, points)
                continue
            lot.remaining += points
            self._write(entry, f"{entry.key}/{lot.key}", lot, points)
            self._list(lot)
            if lot.expires and lot.expires <= entry.on:
                self._return_late(lot, entry, late_days)
            if self.debt:
                self.settle(lot, entry)

    def _return_late(self, lot, entry, late_days):
        if late_days:
            self.extend(lot, entry.on + timedelta(days=late_days))
        else:
            self.expire(lot, entry._replace(kind="expire", reason=Reason.of("returned_late", points=lot.remaining)))

    def _give_back_debt(self, entry, points):
        """A part that had become a debt: what of it is still owed is owed no longer; the rest was paid, and is free."""
        owed = min(points, self.debt)
        if owed:
            self._change_debt(entry, f"{entry.key}/debt", owed)
        if points > owed:
            self.credit(entry._replace(key=f"{entry.key}/paid"), points - owed, entry.on, None)

    def take_back(self, lot_key: str, points: int, entry: Entry, policy: str):
        """Reverse points of one lot: from what remains in it, then by policy other_lots, debt or forgive.

        What has expired of the lot is gone already and owed by nobody.
        """
        lot = self.lots[lot_key]
        own = min(lot.remaining, points)
        if own:
            lot.remaining -= own
            self._write(entry, f"{entry.key}/{lot.key}", lot, -own)
        gone = min(lot.lost, points - own)
        lot.lost -= gone
        left = points - own - gone
        if not left or policy == "forgive":
            return
        other = entry._replace(key=f"{entry.key}/{lot.key}/spent", origin=f"{entry.key}/{lot.key}/spent")
        if policy == "other_lots":
            self.spend(other, left)
        else:
            self._change_debt(other, other.key, -left)

    def expire(self, lot: OpenLot, entry: Entry):
        """Lose what remains in a lot."""
        points, lot.remaining = lot.remaining, 0
        if points:
            lot.lost += points
            self._write(entry, f"expire/{entry.key}/{lot.key}", lot, -points)

    def extend(self, lot: OpenLot, until: date | None):
        """Move the day on which a lot expires."""
        if lot.is_listed:
            self._open.remove(lot.rank)
            lot.is_listed = False
        lot.expires = until
        if lot.remaining:
            self._list(lot)

    def _list_available(self, day):
        """Put the lots that can be spent by now among the open ones."""
        while self._pending and self._pending[0][0] <= day:
            self._list(self.lots[heappop(self._pending)[1]])

    def _list(self, lot):
        if lot.remaining and not lot.is_listed:
            insort(self._open, lot.rank)
            lot.is_listed = True

    def _write(self, entry, key, lot, points):
        self.balance += points
        self.moves.append(
            Move(key, self.member, entry.kind, entry.on, lot.available, lot.key, points, lot.expires,
                 entry.version, entry.origin, entry.reason, entry.inputs)  # fmt: skip
        )

    def _change_debt(self, entry, key, points):
        self.debt -= points
        self.moves.append(
            Move(key, self.member, entry.kind, entry.on, entry.on, None, points, None,
                 entry.version, entry.origin, entry.reason, entry.inputs)  # fmt: skip
        )
