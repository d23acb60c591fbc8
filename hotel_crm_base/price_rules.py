"""Rules of price lists, read once and asked for many rooms and nights.

The same answers as Odoo's ``product.pricelist`` gives, number by number, without a query per night:
the order of the rules, what each applies to, chained lists and formulas follow its definition. A test
compares both on random rules. Plain Python, no Odoo: prices, rates of exchange and rounding are handed in.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple


class Moment(NamedTuple):
    """When a night is priced: noon of the property as UTC, and the weekday there, 1 is Monday."""

    instant: datetime
    weekday: str


class Article(NamedTuple):
    """What is priced: the product of a room type."""

    product_id: int
    template_id: int
    category_ids: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, eq=False)  # known by identity: asked for millions of times
class Rule:
    """A rule of a price list. ``scope`` is its target: product, template, category or None for all."""

    pricelist_id: int
    scope: tuple[str, int] | None = None
    min_quantity: float = 0.0
    start: datetime | None = None
    end: datetime | None = None
    weekdays: str = ""
    kind: str = "fixed"
    fixed: float = 0.0
    percent: float = 0.0
    base: str = "list_price"
    base_pricelist_id: int | None = None
    discount: float = 0.0
    step: float = 0.0
    surcharge: float = 0.0
    min_margin: float = 0.0
    max_margin: float = 0.0

    def is_for(self, article: Article, quantity: float) -> bool:
        """Whether the rule speaks of this article in this quantity.

        >>> Rule(1, ('category', 4)).is_for(Article(7, 8, frozenset({4, 1})), 1)
        True
        >>> Rule(1, min_quantity=3).is_for(Article(7, 8), 2), Rule(1, ('product', 9)).is_for(Article(7, 8), 2)
        (False, False)
        """
        if self.min_quantity and quantity < self.min_quantity:
            return False
        if self.scope is None:
            return True
        kind, target = self.scope
        if kind == "category":
            return target in article.category_ids
        return target == (article.product_id if kind == "product" else article.template_id)

    def is_on(self, moment: Moment) -> bool:
        """Whether the rule holds at this moment, both ends included.

        >>> june = Rule(1, start=datetime(2028, 6, 1), end=datetime(2028, 6, 30), weekdays='67')
        >>> june.is_on(Moment(datetime(2028, 6, 3, 12), '6')), june.is_on(Moment(datetime(2028, 6, 5, 12), '1'))
        (True, False)
        """
        if self.weekdays and moment.weekday not in self.weekdays:
            return False
        return not (self.start and moment.instant < self.start) and not (self.end and moment.instant > self.end)


@dataclass
class PriceBook:
    """All rules that some price lists need, in Odoo's order, and what stands outside them.

    ``base_price(product, kind)`` returns amount and currency of the product itself, ``exchange(amount,
    source, target, instant)`` the amount in another currency, ``round_to(amount, step)`` a multiple.
    """

    rules: Iterable[Rule]
    currency_ids: dict[int, int]
    base_price: Callable[[int, str], tuple[float, int]]
    exchange: Callable[[float, int, int, datetime], float]
    round_to: Callable[[float, float], float]
    _by_list: dict = field(default_factory=dict, init=False)
    _candidates: dict = field(default_factory=dict, init=False)
    _prices: dict = field(default_factory=dict, init=False)

    def __post_init__(self):
        for rule in self.rules:
            self._by_list.setdefault(rule.pricelist_id, []).append(rule)

    def find(self, pricelist_id: int | None, article: Article, quantity: float, moment: Moment) -> Rule | None:
        """Return the first rule that speaks of the article at the moment."""
        key = (pricelist_id, article.product_id, quantity)
        if key not in self._candidates:
            rules = self._by_list.get(pricelist_id, ())
            self._candidates[key] = [rule for rule in rules if rule.is_for(article, quantity)]
        return next((rule for rule in self._candidates[key] if rule.is_on(moment)), None)

    def price(
        self, pricelist_id: int | None, article: Article, quantity: float, moment: Moment, currency_id: int
    ) -> float:
        """Return the price of one unit; a fixed price is in the currency of its own list.

        >>> base = lambda product, kind: (100.0, 1)
        >>> book = PriceBook([Rule(5, min_quantity=7, kind='percentage', percent=20.0), Rule(5, fixed=90.0)],
        ...                  {5: 1}, base, lambda amount, source, target, instant: amount, None)
        >>> moment = Moment(datetime(2028, 6, 3, 12), '6')
        >>> [book.price(5, Article(7, 8), nights, moment, 1) for nights in (1, 7)]
        [90.0, 80.0]
        >>> book.price(None, Article(7, 8), 1, moment, 1)
        100.0
        """
        rule = self.find(pricelist_id, article, quantity, moment)
        key = (rule, article.product_id, quantity, moment, currency_id)
        if key not in self._prices:
            self._prices[key] = self._compute(rule, article, quantity, moment, currency_id)
        return self._prices[key]

    def _compute(self, rule, article, quantity, moment, currency_id):
        if rule and rule.kind == "fixed":
            return rule.fixed
        base = self._base(rule, article, quantity, moment, currency_id)
        if rule and rule.kind == "percentage":
            return (base - (base * (rule.percent / 100))) or 0.0
        return self._apply_formula(rule, base) if rule else base

    def _base(self, rule, article, quantity, moment, currency_id):
        kind = rule.base if rule else "list_price"
        if kind == "pricelist" and rule.base_pricelist_id:
            source = self.currency_ids[rule.base_pricelist_id]
            amount = self.price(rule.base_pricelist_id, article, quantity, moment, source)
        else:
            amount, source = self.base_price(
                article.product_id, "standard_price" if kind == "standard_price" else "list_price"
            )
        if source != currency_id:
            amount = self.exchange(amount, source, currency_id, moment.instant)
        return amount

    def _apply_formula(self, rule, base):
        price = base - (base * (rule.discount / 100))
        if rule.step:
            price = self.round_to(price, rule.step)
        price += rule.surcharge
        if rule.min_margin:
            price = max(price, base + rule.min_margin)
        if rule.max_margin:
            price = min(price, base + rule.max_margin)
        return price
