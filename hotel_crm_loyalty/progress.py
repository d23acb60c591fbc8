"""How far a member is on the way to a tier: the ways that lead there, each with what it needs and what there is.

Plain Python, no Odoo. Ways are alternatives: any one of them is enough, and all needs of a way have to be met.

>>> from decimal import Decimal
>>> from .rules.record_points import Node
>>> from .rules.schema import read
>>> gold = read(Node, {"op": "any", "nodes": [
...     {"op": "at_least", "metric": "nights", "value": 25}, {"op": "at_least", "metric": "spend", "value": "4000"}]})
>>> for way in list_ways(gold, {"nights": 10, "spend": Decimal("4400")}):
...     print([(need.metric, need.missing, need.percent) for need in way.needs], way.is_met)
[('spend', Decimal('0'), 100)] True
[('nights', Decimal('15'), 40)] False
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from .rules.record_points import Node

#: a page shows so many ways at most; programmes have two or three
MOST_WAYS = 6


class Need(NamedTuple):
    """So much of a metric is needed; ``have`` is what counts now."""

    metric: str
    scope: str  #: cycle or lifetime
    need: Decimal
    have: Decimal

    @property
    def missing(self) -> Decimal:
        """What is still missing; 0 where it is met."""
        return max(self.need - self.have, Decimal(0))

    @property
    def percent(self) -> int:
        """How much of it there is: 0 to 100, and 100 only where nothing is missing.

        >>> [Need("spend", "cycle", Decimal(need), Decimal(have)).percent for need, have in
        ...     ((1000, 999.99), (1000, 1000), (1000, 0), (0, 0), (3, 1))]
        [99, 100, 0, 100, 33]
        """
        return 100 if not self.missing else min(int(100 * self.have / self.need), 99)


class Way(NamedTuple):
    """What has to be met together."""

    needs: tuple

    @property
    def is_met(self) -> bool:
        """Whether nothing is missing."""
        return not any(need.missing for need in self.needs)

    @property
    def nearness(self) -> float:
        """The mean of what there is, in percent: ways are shown by it, the nearest first."""
        return sum(need.percent for need in self.needs) / len(self.needs) if self.needs else 0.0


def list_ways(node: Node | None, counts: Mapping, lifetime: Mapping | None = None) -> list[Way]:
    """Return the ways through a condition of a tier, the nearest first; none where it cannot be reached by counts.

    Fast tracks of new members, upper limits and negations ask for nothing that can be collected: a way that has
    only such is left out.

    :param counts: metric to its count in the cycle; numbers or their text
    :param lifetime: metric to its count since joining

    >>> from .rules.schema import read
    >>> tree = {"op": "all", "nodes": [
    ...     {"op": "any", "nodes": [{"op": "at_least", "metric": "nights", "value": 80},
    ...                             {"op": "at_least", "metric": "stays", "value": 40}]},
    ...     {"op": "at_least", "metric": "spend", "value": 18000, "scope": "lifetime"},
    ...     {"op": "at_most", "metric": "no_shows", "value": 2}]}
    >>> ways = list_ways(read(Node, tree), {"nights": "20", "stays": 30}, {"spend": "9000.50"})
    >>> [[(need.metric, str(need.missing)) for need in way.needs] for way in ways]
    [[('stays', '10'), ('spend', '8999.50')], [('nights', '60'), ('spend', '8999.50')]]
    >>> list_ways(None, {}), list_ways(read(Node, {"op": "at_most", "metric": "no_shows", "value": 0}), {})
    ([], [])
    """
    scopes = {"cycle": counts, "lifetime": lifetime or {}}
    found = [Way(_merge(needs)) for needs in _list(node, scopes) if needs] if node is not None else []
    return sorted(dict.fromkeys(found), key=lambda way: -way.nearness)[:MOST_WAYS]


def _list(node, scopes):
    """Return tuples of needs: one for each way through a tree."""
    if node.op == "any":
        return [way for inner in node.nodes for way in _list(inner, scopes)]
    if node.op == "all":
        ways = [()]
        for inner in node.nodes:
            ways = [one + other for one in ways for other in _list(inner, scopes)]
        return ways
    if node.op != "at_least" or node.scope not in scopes:
        return [()]
    have = Decimal(str(scopes[node.scope].get(node.metric, 0)))
    return [(Need(node.metric, node.scope, Decimal(node.value), have),)]


def _merge(needs):
    """Keep the highest need of each metric: a way may ask twice for the same."""
    found = {}
    for need in needs:
        key = need.metric, need.scope
        if key not in found or found[key].need < need.need:
            found[key] = need
    return tuple(found.values())
