"""What coupons and points take off a booking, night by night. Plain Python, no Odoo.

Amounts are whole numbers of the currency's smallest coin, so that shares add up to the whole. Discounts are
taken one after the other: each one finds what the ones before have left, and none takes more than that.

>>> nights = [Charge("mon", 10000), Charge("tue", 10000), Charge("wed", 10001)]
>>> allot(nights, [Terms("ten per cent", percent=Decimal(10))])
{'ten per cent': {'mon': 1000, 'tue': 1000, 'wed': 1000}}
>>> shares = allot(nights, [Terms("half", percent=Decimal(50)), Terms("fifty off", amount=5000)])
>>> sum(shares["half"].values()), sum(shares["fifty off"].values())
(15001, 5000)
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple


class Charge(NamedTuple):
    """One night that can be reduced: its price with tax, but without taxes of a fixed amount."""

    key: Hashable
    amount: int
    product: int | None = None  #: id of what is sold
    net: int = 0  #: without any tax; for conditions on net amounts


class Bucket(NamedTuple):
    """What is reduced by one line of a bill: ids. ``is_due``: the nights were slept."""

    use_id: int
    folio_id: int
    stay_id: int
    tax_ids: tuple
    is_due: bool


@dataclass(frozen=True)
class Terms:
    """What one discount takes: a share of the price, an amount, or all but ``leave``.

    ``most``: no more than this in all. ``products``: only nights of these; ``keys``: only these nights;
    ``is_cheapest``: only the cheapest one of them. None stands for no limit.
    """

    key: Hashable
    percent: Decimal | None = None
    amount: int | None = None
    leave: int | None = None
    most: int | None = None
    products: frozenset | None = None
    keys: frozenset | None = None
    is_cheapest: bool = False

    def picks(self, charge: Charge) -> bool:
        """Return whether a night is one of those that are reduced.

        >>> Terms("a", products=frozenset({7})).picks(Charge("mon", 100, product=8))
        False
        """
        fits_product = self.products is None or charge.product in self.products
        return fits_product and (self.keys is None or charge.key in self.keys)

    def measure(self, total: int) -> int:
        """Return what is taken off a total; half coins are rounded up.

        >>> Terms("a", percent=Decimal(5)).measure(1010), Terms("a", amount=500).measure(300)
        (51, 300)
        >>> Terms("a", leave=100).measure(1000), Terms("a", percent=Decimal(50), most=20).measure(1000)
        (900, 20)
        """
        if self.percent is not None:
            taken = int((total * self.percent / 100).to_integral_value(ROUND_HALF_UP))
        elif self.leave is not None:
            taken = total - self.leave
        else:
            taken = self.amount or 0
        if self.most is not None:
            taken = min(taken, self.most)
        return max(min(taken, total), 0)


def allot(charges: Iterable[Charge], discounts: Iterable[Terms]) -> dict:
    """Return what each discount takes off each night, in the order in which they are given.

    :returns: key of the discount to {key of the night: amount}; nights without any are left out
    """
    charges = list(charges)
    left = {charge.key: charge.amount for charge in charges}
    shares = {}
    for terms in discounts:
        chosen = [charge for charge in charges if terms.picks(charge) and left[charge.key] > 0]
        if terms.is_cheapest:
            chosen = sorted(chosen, key=lambda charge: charge.amount)[:1]
        weights = [left[charge.key] for charge in chosen]
        parts = spread(terms.measure(sum(weights)), weights)
        shares[terms.key] = {charge.key: part for charge, part in zip(chosen, parts, strict=True) if part}
        for key, part in shares[terms.key].items():
            left[key] -= part
    return shares


def spread(total: int, weights: Sequence[int]) -> list[int]:
    """Return a total in whole parts by weight; coins that are left over go to the largest remainders.

    No part is larger than its weight where the total is not larger than all of them.

    >>> spread(100, [1, 1, 1]), spread(5, []), spread(7, [0, 0])
    ([34, 33, 33], [], [0, 0])
    >>> spread(3, [1, 1, 1]), spread(2, [1, 0, 1])
    ([1, 1, 1], [1, 0, 1])
    """
    whole = sum(weights)
    if not whole:
        return [0] * len(weights)
    parts = [total * weight // whole for weight in weights]
    rest = total - sum(parts)
    order = sorted(range(len(weights)), key=lambda at: (-(total * weights[at] % whole), at))
    for at in order[:rest]:
        parts[at] += 1
    return parts
