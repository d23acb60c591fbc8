"""What a room costs: the shapes of an offer, and the sums from nightly rates to totals.

Values only: no record, no query. Amounts are in the currency of the property. ``rate`` is a night as
the price list says it, with extra persons and meals, tax in or out as the taxes of the room say; it is
what a folio line carries. ``gross`` is what the guest pays, ``net`` is without tax.

Rounding: each rate is rounded to the currency before tax, half up, so that what is shown is what is
billed. Taxes are rounded night by night, as folios do it: totals are the sums of what is shown.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

Round = Callable[[float], float]


class Night(NamedTuple):
    """One night and its price."""

    date: date
    rate: float
    gross: float
    net: float


class TaxAmount(NamedTuple):
    """A tax by its name, over all nights."""

    name: str
    amount: float


@dataclass(frozen=True)
class Offer:
    """One room of one type for all nights under one rate plan."""

    rate_plan_id: int | None
    nights: tuple[Night, ...]
    total_gross: float
    total_net: float
    taxes: tuple[TaxAmount, ...]
    currency_id: int
    deposit: float
    policy_id: int | None
    room_type_id: int | None = None
    pricelist_id: int | None = None

    @property
    def rate(self) -> float:
        """The average rate of a night, not rounded."""
        return sum(night.rate for night in self.nights) / len(self.nights) if self.nights else 0.0


@dataclass(frozen=True)
class TypeOffer:
    """A room type for some dates: rooms left, offers cheapest first, and what stands against it.

    ``problems`` are sentences, ``codes`` name them for other systems. Both are empty where there are
    offers.
    """

    room_type_id: int
    free: int
    offers: tuple[Offer, ...]
    problems: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()


class Tax(NamedTuple):
    """A tax that is simple: a percentage of the net price, or an amount per night on top."""

    name: str
    amount: float
    is_included: bool = False
    is_fixed: bool = False


class Sums(NamedTuple):
    """Gross and net of each night, and the totals."""

    nights: tuple[tuple[float, float], ...]
    gross: float
    net: float
    taxes: tuple[TaxAmount, ...]


def is_simple(taxes: tuple[Tax, ...]) -> bool:
    """Whether `sum_up` knows these taxes; others are left to Odoo's own computation.

    >>> vat, city = Tax('VAT 10 %', 10.0), Tax('City tax', 2.0, is_fixed=True)
    >>> is_simple((vat, city)), is_simple((vat, city._replace(is_included=True)))
    (True, False)
    """
    return not any(tax.is_fixed and tax.is_included for tax in taxes)


def split(rate: float, taxes: tuple[Tax, ...], round_tax: Round) -> tuple[float, list[float]]:
    """Return net price and each tax of one night.

    >>> split(110.0, (Tax('VAT', 10.0, is_included=True), Tax('City', 2.0, is_fixed=True)), lambda a: round(a, 2))
    (100.0, [10.0, 2.0])
    """
    included = sum(tax.amount for tax in taxes if tax.is_included) / 100
    factor = 1 / (1 + included) if included != -1 else 0.0
    amounts = [round_tax(rate * factor * tax.amount / 100) if tax.is_included else 0.0 for tax in taxes]
    net = rate - sum(amounts)
    for number, tax in enumerate(taxes):
        if not tax.is_included:
            amounts[number] = round_tax(tax.amount if tax.is_fixed else net * tax.amount / 100)
    return net, amounts


def sum_up(rates: tuple[float, ...], taxes: tuple[Tax, ...], to_currency: Round) -> Sums:
    """Add nights up as a folio with one line per night does.

    :param rates: rounded rates of the nights
    :param to_currency: rounds an amount to the currency

    >>> cents = lambda amount: round(amount + 1e-9, 2)
    >>> sums = sum_up((21.53, 21.53), (Tax('VAT 21 %', 21.0, is_included=True),), cents)
    >>> sums.gross, sums.net, sums.taxes
    (43.06, 35.58, (TaxAmount(name='VAT 21 %', amount=7.48),))
    """
    nights, columns = [], [[] for _tax in taxes]
    for rate in rates:
        net, amounts = split(rate, taxes, to_currency)
        nights.append((to_currency(net + sum(amounts)), to_currency(net)))
        for column, amount in zip(columns, amounts, strict=True):
            column.append(amount)
    named = tuple(TaxAmount(tax.name, to_currency(sum(column))) for tax, column in zip(taxes, columns, strict=True))
    gross, net = (to_currency(sum(amounts)) for amounts in zip(*nights, strict=True))
    return Sums(tuple(nights), gross, net, named)


@dataclass(frozen=True)
class Extras:
    """What comes on top of the rate of the room, each night."""

    included_adults: int = 2
    extra_adult_rate: float = 0.0
    child_rate: float = 0.0
    meal_adult_rate: float = 0.0
    meal_child_rate: float = 0.0

    def amount(self, adults: int, children: int) -> float:
        """Return the extra amount of one night.

        >>> Extras(2, extra_adult_rate=30.0, child_rate=10.0, meal_adult_rate=15.0).amount(3, 1)
        85.0
        >>> Extras(2, extra_adult_rate=30).amount(1, 0)
        0.0
        """
        return (
            max(adults - self.included_adults, 0) * self.extra_adult_rate
            + children * self.child_rate
            + adults * self.meal_adult_rate
            + children * self.meal_child_rate
        )


@dataclass(frozen=True)
class PlanTerms:
    """What a rate plan asks: share of the deposit in percent, and the cancellation policy."""

    rate_plan_id: int | None = None
    policy_id: int | None = None
    deposit_percent: float = 0.0
    pricelist_id: int | None = None


@dataclass(frozen=True)
class Till:
    """How amounts of a property are taxed and rounded."""

    currency_id: int
    to_currency: Round = field(compare=False)
    sum_up: Callable[[tuple[float, ...]], Sums] = field(compare=False)


def make_offer(room_type_id: int, plan: PlanTerms, days: list[date], rates: tuple[float, ...], till: Till) -> Offer:
    """Return the offer for a room whose nights cost these rates.

    >>> cents = lambda amount: round(amount, 2)
    >>> till = Till(1, cents, lambda rates: sum_up(rates, (Tax('VAT', 10.0),), cents))
    >>> offer = make_offer(7, PlanTerms(3, 4, 30.0), [date(2028, 2, 28), date(2028, 2, 29)], (100.0, 120.0), till)
    >>> offer.total_gross, offer.total_net, offer.deposit, offer.rate
    (242.0, 220.0, 72.6, 110.0)
    >>> offer.nights[1]
    Night(date=datetime.date(2028, 2, 29), rate=120.0, gross=132.0, net=120.0)
    """
    sums = till.sum_up(rates)
    nights = tuple(Night(day, rate, *pair) for day, rate, pair in zip(days, rates, sums.nights, strict=True))
    return Offer(
        rate_plan_id=plan.rate_plan_id,
        nights=nights,
        total_gross=sums.gross,
        total_net=sums.net,
        taxes=sums.taxes,
        currency_id=till.currency_id,
        deposit=till.to_currency(sums.gross * plan.deposit_percent / 100),
        policy_id=plan.policy_id,
        room_type_id=room_type_id,
        pricelist_id=plan.pricelist_id,
    )
