"""Boolean trees of a programme, made into functions once and then asked for each fact or member.

>>> from .record_points import Node
>>> from .schema import read
>>> direct = read(Node, {"op": "all", "nodes": [
...     {"op": "in", "field": "channel", "values": ["direct", "web"]},
...     {"op": "not", "nodes": [{"op": "in", "field": "segment", "values": ["group"]}]}]})
>>> from .facts import Purchase
>>> test, dinner = compile_fact(direct), Purchase("p", None, channel="web")
>>> test(dinner), test(dinner._replace(segment="group"))
(True, False)
>>> find_failing(direct, dinner._replace(channel="ota"))
('channel', 'ota')
"""

from collections.abc import Callable
from operator import attrgetter
from typing import NamedTuple

from .record_points import Node


class Counts(NamedTuple):
    """What the conditions of a tier are asked about. Values are whole numbers or Decimal."""

    cycle: dict  #: metric -> count in the cycle, rollover included
    lifetime: dict  #: metric -> count since joining
    early: dict  #: (metric, days) -> count in the first days of membership; empty once they are over


def compile_fact(node: Node | None) -> Callable | None:
    """Return a function of a fact that says whether it meets the tree; None for no tree: every fact does."""
    return None if node is None else _compile(node, _compile_field)


def compile_counts(node: Node | None) -> Callable | None:
    """Return a function of `Counts` that says whether they meet the tree; None for no tree: nobody does.

    >>> from .schema import read
    >>> node = {"op": "at_least", "metric": "nights", "value": 3, "scope": "joining", "days": 90}
    >>> fast = compile_counts(read(Node, node))
    >>> fast(Counts({}, {}, {("nights", 90): 3})), fast(Counts({"nights": 9}, {}, {}))
    (True, False)
    """
    return None if node is None else _compile(node, _compile_metric)


def _compile(node, compile_leaf):
    if node.op in ("all", "any", "not"):
        parts = [_compile(inner, compile_leaf) for inner in node.nodes]
        if node.op == "not":
            part = parts[0]
            return lambda what: not part(what)
        return _join(parts, node.op == "all")
    return compile_leaf(node)


def _join(parts, is_all):
    """One function of many; two at a time, which is faster than a loop over the few that there are."""
    joined = parts[-1]
    for part in parts[-2::-1]:
        joined = _both(part, joined) if is_all else _either(part, joined)
    return joined


def _both(one, other):
    return lambda what: one(what) and other(what)


def _either(one, other):
    return lambda what: one(what) or other(what)


def _compile_field(node):
    get, value, values = attrgetter(node.field), node.value, frozenset(node.values)
    return {
        "in": lambda fact: get(fact) in values,
        "not_in": lambda fact: get(fact) not in values,
        "is": lambda fact: bool(get(fact)) is node.flag,
        "at_least": lambda fact: get(fact) >= value,
        "at_most": lambda fact: get(fact) <= value,
    }[node.op]


def _compile_metric(node):
    name, value = node.metric, node.value
    if node.scope == "joining":
        key = name, node.days
        if node.op == "at_least":
            return lambda counts: counts.early.get(key, 0) >= value
        return lambda counts: key in counts.early and counts.early[key] <= value
    at = Counts._fields.index(node.scope)
    if node.op == "at_least":
        return lambda counts: counts[at].get(name, 0) >= value
    return lambda counts: counts[at].get(name, 0) <= value


def walk(node: Node | None):
    """Yield the nodes of a tree, the root first."""
    if node is not None:
        yield node
        for inner in node.nodes:
            yield from walk(inner)


def find_need(node: Node | None, metric: str):
    """Return how much of a metric of the cycle a tree asks for, the least where it asks twice; None: nothing.

    >>> from .schema import read
    >>> gold = {"op": "any", "nodes": [{"op": "at_least", "metric": "nights", "value": 25}]}
    >>> find_need(read(Node, gold), "nights"), find_need(read(Node, gold), "spend")
    (Decimal('25'), None)
    """
    found = [
        leaf.value for leaf in walk(node) if leaf.metric == metric and leaf.op == "at_least" and leaf.scope == "cycle"
    ]
    return min(found, default=None)


def find_failing(node: Node, fact):
    """Return (field, value) of the first leaf that a fact fails, None where it passes; of a ``not``, its first leaf."""
    if node.op in ("all", "any"):
        failing = [find_failing(inner, fact) for inner in node.nodes]
        if node.op == "any" and None in failing:
            return None
        return next(filter(None, failing), None)
    if node.op == "not":
        leaf, is_met = next(leaf for leaf in walk(node) if leaf.field), find_failing(node.nodes[0], fact) is not None
    else:
        leaf, is_met = node, _compile_field(node)(fact)
    return None if is_met else (leaf.field, getattr(fact, leaf.field))


def find_missing(node: Node | None, counts: Counts) -> list:
    """Return what is still missing for a tree: lists of (metric, amount), of which any one is enough.

    Each list is what one way through the tree needs; a ``not`` and an ``at_most`` ask for nothing that can be added.

    >>> from .schema import read
    >>> reserve = {"op": "all", "nodes": [
    ...     {"op": "any", "nodes": [{"op": "at_least", "metric": "nights", "value": 80},
    ...                             {"op": "at_least", "metric": "stays", "value": 40}]},
    ...     {"op": "at_least", "metric": "spend", "value": 18000}]}
    >>> find_missing(read(Node, reserve), Counts({"nights": 81, "spend": 17500}, {}, {}))
    [(('spend', Decimal('500')),), (('stays', Decimal('40')), ('spend', Decimal('500')))]
    """
    if node is None:
        return []
    if node.op == "any":
        return [way for inner in node.nodes for way in find_missing(inner, counts)]
    if node.op == "all":
        ways = [()]
        for inner in node.nodes:
            ways = [one + other for one in ways for other in find_missing(inner, counts)]
        return ways
    if node.op != "at_least" or node.scope == "joining":
        return [()]
    have = getattr(counts, node.scope).get(node.metric, 0)
    return [((node.metric, node.value - have),)] if have < node.value else [()]
