"""How many points will never be redeemed: vintage curves of what members did before.

A vintage is all points issued in one month. Its curve says which share of them was redeemed in the month of
issue (age 0), in the next one (age 1) and so on. The expected share at an age is the one of all vintages
old enough to have it, weighted by their points (additive method of loss reserving: Schmidt and Zocher, "The
Bornhuetter-Ferguson Principle", Variance 2:1, 2008, 85-110; it needs no division by what was redeemed so far,
as the chain ladder does, and so bears vintages of which nothing has been redeemed yet)::

    m[k] = sum of points redeemed at age k / sum of points issued     over the vintages that have age k
    expected[i] = redeemed so far[i] + issued[i] * (m[age of i] + m[age of i + 1] + ...)
    breakage[i] = 1 - expected[i] / issued[i]

Ages that no vintage has reached count as nothing redeemed: a young programme shows more breakage than it
will have. What has expired cannot be redeemed any more. Whether revenue may be recognised on such an estimate
is a matter of IFRS 15.B46 (highly probable that it will not be reversed), not of arithmetic.

>>> vintages = [Vintage("Jan", 100, (10, 20, 10)), Vintage("Feb", 300, (30, 60)), Vintage("Mar", 200, (20,))]
>>> curve = get_curve(vintages)
>>> [round(share, 3) for share in curve]
[0.1, 0.2, 0.1]
>>> [(found.expected, round(found.share, 3)) for found in estimate(vintages)]
[(40.0, 0.6), (120.0, 0.6), (80.0, 0.6)]
>>> round(get_share(vintages), 3)
0.6

A vintage that expired early keeps what it has, and nothing can come of nothing:

>>> estimate([Vintage("Jan", 100, (10, 20)), Vintage("Feb", 100, (0,), expired=100)])[1].expected
0.0
>>> get_share([]), get_share([Vintage("Jan", 0, (0,))])
(0.0, 0.0)
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Vintage(NamedTuple):
    """Points issued in one month, less those taken back, and what became of them."""

    key: object
    issued: int
    redeemed: tuple  #: points redeemed at age 0, 1, ...: whole months only; returned ones deducted
    expired: int = 0

    @property
    def used(self) -> int:
        """Points redeemed so far."""
        return sum(self.redeemed)


class Estimate(NamedTuple):
    """What is expected of one vintage."""

    key: object
    expected: float  #: points redeemed in the end
    share: float  #: of the points issued that never are, 0 to 1


def get_curve(vintages: Iterable[Vintage]) -> list[float]:
    """Return the expected share of points redeemed at each age in months."""
    redeemed, issued = [], []
    for vintage in vintages:
        for age, points in enumerate(vintage.redeemed):
            if age == len(issued):
                redeemed.append(0)
                issued.append(0)
            redeemed[age] += points
            issued[age] += vintage.issued
    return [part / whole if whole > 0 else 0.0 for part, whole in zip(redeemed, issued, strict=True)]


def estimate(vintages: Sequence[Vintage]) -> list[Estimate]:
    """Return what is expected of each vintage, in their order."""
    curve = get_curve(vintages)
    found = []
    for vintage in vintages:
        ahead = max(vintage.issued * sum(curve[len(vintage.redeemed) :]), 0)
        most = max(vintage.issued - vintage.expired, vintage.used)
        expected = float(min(vintage.used + ahead, most))
        share = 1 - expected / vintage.issued if vintage.issued > 0 else 0.0
        found.append(Estimate(vintage.key, expected, min(max(share, 0.0), 1.0)))
    return found


def get_share(vintages: Sequence[Vintage]) -> float:
    """Return the share of all points issued that is expected never to be redeemed, 0 to 1."""
    issued = sum(vintage.issued for vintage in vintages)
    if issued <= 0:
        return 0.0
    expected = sum(found.expected for found in estimate(vintages))
    return min(max(1 - expected / issued, 0.0), 1.0)
