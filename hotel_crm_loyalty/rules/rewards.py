"""What a reward costs a member, in points and money, and whether he or she may have it (F27).

>>> from datetime import date
>>> from .loader import load_fixture
>>> from .plan import Plan
>>> terms = Plan(load_fixture("hilton")).at(date(2026, 5, 1))
>>> nights = [date(2026, 5, day) for day in range(1, 6)]
>>> wish = Wish("award_night", nights, prices=[40000, 40000, 40000, 40000, 50000])
>>> quote(terms, "silver", wish).points, quote(terms, "member", wish).points
(160000, 210000)
"""

from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from typing import NamedTuple

from .limits import find_blackout
from .plan import Terms
from .results import Reason


class Wish(NamedTuple):
    """What a member wants: a reward, on which days (nights of a stay, or the one day of use), where.

    ``prices``: for each day, in points for a free night whose price the property sets, else in currency for a
    reward by value. ``pay_points``: how many points to pay with, the rest in money; None: all.
    """

    reward: str
    days: list
    prices: list = ()
    property_code: str = ""
    pay_points: int | None = None


class Quote(NamedTuple):
    """The answer: the price in points and money, the nights that cost nothing, and what speaks against it."""

    points: int
    cash: Decimal
    free_nights: tuple
    reasons: tuple = ()

    @property
    def is_allowed(self) -> bool:
        """Whether nothing speaks against it."""
        return not self.reasons


def quote(terms: Terms, tier: str, wish: Wish) -> Quote:
    """Return what a reward costs a member of a tier. The balance is not looked at."""
    reward = next((one for one in terms.version.rewards if one.code == wish.reward), None)
    if reward is None or not wish.days:
        return Quote(0, Decimal(0), (), (Reason.of("not_allowed", what=wish.reward),))
    reasons = list(_find_obstacles(terms, reward, tier, wish))
    prices = _get_prices(reward, wish)
    if prices is None:
        return Quote(0, Decimal(0), (), (*reasons, Reason.of("no_price")))
    free = _find_free(terms, reward, tier, len(prices))
    exact = sum((price for at, price in enumerate(prices) if at not in free), Decimal(0))
    points = int(exact.to_integral_value(ROUND_CEILING))
    points, cash = _split(reward, points, wish, reasons)
    return Quote(points, cash, tuple(wish.days[at] for at in free), tuple(reasons))


def _find_obstacles(terms, reward, tier, wish):
    if reward.minimum_tier and terms.get_tier(tier).rank < terms.get_tier(reward.minimum_tier).rank:
        yield Reason.of("tier_needed", tier=reward.minimum_tier)
    for day in wish.days:
        closed = find_blackout(reward.blackouts, day, wish.property_code)
        if closed:
            yield Reason.of("closed_dates", start=closed.from_date, end=closed.until_date)
        if (reward.from_date and day < reward.from_date) or (reward.until_date and day > reward.until_date):
            yield Reason.of("closed_dates", start=reward.from_date or "", end=reward.until_date or "")


def _get_prices(reward, wish):
    """Return the price of each day in exact points, or None where nothing says it."""
    if reward.points is not None and reward.per is None:
        return [reward.points] * len(wish.days)
    if len(wish.prices) != len(wish.days):
        return None
    if reward.points is None:
        return [Decimal(price) for price in wish.prices]
    return [Decimal(price) * reward.points / reward.per for price in wish.prices]


def _find_free(terms, reward, tier, count):
    """Return the places of the nights that cost nothing: every n-th one, from a tier up."""
    if reward.kind != "free_night" or not reward.every:
        return ()
    if reward.every_tier and terms.get_tier(tier).rank < terms.get_tier(reward.every_tier).rank:
        return ()
    return tuple(range(reward.every - 1, count, reward.every))


def _split(reward, points, wish, reasons):
    """Return points and money; money is rounded half up to 0.01."""
    if wish.pay_points is None or wish.pay_points >= points:
        return points, Decimal(0)
    if reward.cash_rate is None:
        reasons.append(Reason.of("no_cash"))
        return points, Decimal(0)
    if wish.pay_points < reward.least_points:
        reasons.append(Reason.of("too_few", least=reward.least_points))
    cash = (points - wish.pay_points) * reward.cash_rate
    return wish.pay_points, cash.quantize(Decimal("0.01"), ROUND_HALF_UP)
