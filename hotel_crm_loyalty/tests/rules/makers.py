"""Facts and programmes for the tests of the rules; the only place where they are built."""

import itertools
from datetime import date, timedelta
from decimal import Decimal

from ...rules import engine, facts, loader, plan

NUMBERS = itertools.count(1)
FIXTURES = {}
ONE = {"code": "one", "points": 1}


def day(text):
    return date.fromisoformat(text)


def make_plan(code, calendar=None):
    """The plan of a fixture, made once."""
    if code not in FIXTURES:
        FIXTURES[code] = plan.Plan(loader.load_fixture(code), calendar)
    return FIXTURES[code]


def make_programme(**version):
    """A plan of one version made of plain data, with the tiers base, silver (10 nights) and gold (20)."""
    return make_programme_of({"code": "v1", **version})


def make_programme_of(*versions):
    """A plan of several versions of plain data, filled up by `make_programme`'s tiers and metrics."""
    usual = {"metrics": [{"code": "nights", "kind": "nights"}], "tiers": make_tiers(10, 20)}
    plain = {"code": "test", "name": {"en": "Test"}, "currency": "EUR"}
    return plan.Plan(loader.from_plain({**plain, "versions": [{**usual, **version} for version in versions]}))


def make_earning(*rates, **earning):
    """A plan of one version with these rates, else one point per unit of anything."""
    return make_programme(earning={"rates": list(rates) or [ONE], **earning})


def make_tiers(silver, gold, **both):
    """Plain data of three tiers by nights."""
    return [
        {"code": "base"},
        {"code": "silver", "gain": at_least("nights", silver), **both},
        {"code": "gold", "gain": at_least("nights", gold), **both},
    ]


def at_least(metric, value, **more):
    return {"op": "at_least", "metric": metric, "value": value, **more}


def make_stay(departure, nights=1, spend=0, key=None, **values):
    """A stay that ends on a day; ``spend`` is of the room, or pairs of group and amount."""
    departure = day(departure) if isinstance(departure, str) else departure
    if not isinstance(spend, tuple):
        spend = (("room", Decimal(spend)),) if spend else ()
    spend = tuple((group, Decimal(amount)) for group, amount in spend)
    values.setdefault("channel", "direct")
    key = key or f"stay{next(NUMBERS)}"
    return facts.Stay(key, departure - timedelta(days=nights), departure, spend, **values)


def make_purchase(on, spend, key=None, **values):
    spend = tuple((group, Decimal(amount)) for group, amount in spend)
    return facts.Purchase(key or f"bill{next(NUMBERS)}", day(on), spend, **values)


def play(rules, *happened, as_of="2026-12-31", joined="2020-01-01", key="m"):
    """The outcome of one member."""
    return engine.evaluate_member(rules, facts.Member(key, day(joined), happened), day(as_of))


def list_tiers(outcome):
    """The decisions about tiers as (kind, tier, first day, last day)."""
    return [
        (found.kind, found.tier, str(found.effective), found.until and str(found.until))
        for found in outcome.decisions
        if found.kind in ("gain", "keep", "downgrade")
    ]


def list_moves(outcome):
    return [(move.kind, move.points) for move in outcome.moves]


def list_codes(outcome, kind="refuse"):
    return [found.reason.code for found in outcome.decisions if found.kind == kind]
