"""Features F16 to F22 of published programmes: how points are earned and posted."""

from decimal import Decimal

import pytest

from ...rules.facts import Redemption, Refund
from ...rules.words import explain
from .makers import (
    ONE,
    day,
    list_codes,
    list_moves,
    make_earning,
    make_programme,
    make_purchase,
    make_stay,
    make_tiers,
    play,
)


def test_f16_rates_by_brand_hotel_and_revenue_group():
    there = {"op": "in", "field": "property_code", "values": ["SEA"]}
    rules = make_earning(
        {"code": "sea", "points": 3, "where": there, "groups": ["room"]},
        {"code": "room", "points": "2.5", "groups": ["room"]},
        {"code": "dining", "points": 1, "per": 2, "groups": ["food", "beverage"]},
    )
    spend = ("room", 101), ("food", 10), ("beverage", 11), ("spa", 99), ("fee", 50)
    assert play(rules, make_stay("2026-03-01", 1, spend)).balance == int(Decimal("252.5") + Decimal("10.5"))
    found = play(rules, make_stay("2026-03-01", 1, spend, property_code="SEA"))
    assert found.balance == int(303 + Decimal("10.5"))
    assert ("points.dining", Decimal("10.5")) in found.moves[0].inputs


def test_f16_only_whole_units_where_the_programme_says_so():
    for whole, points in ((True, 4), (False, 5)):
        rates = [
            {"code": code, "points": 1, "per": 20, "groups": [code], "whole": whole} for code in ("food", "shop")
        ]
        assert play(make_earning(*rates), make_stay("2026-03-01", 1, (("food", 50), ("shop", 59)))).balance == points


@pytest.mark.parametrize("bonus", [{"bonus_percent": "25"}, {"bonus_multiplier": "1.25"}])
def test_f17_a_tier_gives_percent_or_a_multiple(bonus):
    rules = make_programme(earning={"rates": [ONE]}, tiers=make_tiers(10, 20, **bonus))
    stays = make_stay("2026-03-01", 10), make_stay("2026-04-01", 1, 201)
    assert list_moves(play(rules, *stays)) == [("earn", 201), ("bonus", 50)]


@pytest.mark.parametrize(("tier_on", "points"), [("arrival", 100), ("departure", 110)])
def test_f17_the_tier_of_arrival_or_departure(tier_on, points):
    rules = make_programme(earning={"rates": [ONE], "tier_on": tier_on}, tiers=make_tiers(10, 20, bonus_percent="10"))
    found = play(rules, make_stay("2026-03-03", 10), make_stay("2026-03-05", 3, 100))
    assert found.balance == points


@pytest.mark.parametrize(("per", "points"), [("transaction", 450), ("event", 350), ("day", 300)])
def test_f18_caps(per, points):
    rules = make_earning({**ONE, "cap": {"points": 100, "per": per}})
    bills = [make_purchase("2026-03-01", [("event", 150)], event="ball") for _bill in range(2)]
    other = make_purchase("2026-03-01", [("food", 50)])
    later = [make_purchase("2026-03-02", [("food", 100)]), make_stay("2026-03-03", 1, 100)]
    found = play(rules, *bills, other, *later)
    assert found.balance == points


def test_f18_a_least_spend():
    rules = make_earning({**ONE, "minimum": 50})
    assert play(rules, make_stay("2026-03-01", 1, "49.99")).balance == 0
    assert play(rules, make_stay("2026-03-01", 1, 50)).balance == 50


@pytest.mark.parametrize(
    ("mode", "step", "each", "points"),
    [
        ("down", 1, "transaction", 21),
        ("down", 1, "rate", 20),
        ("half_up", 1, "rate", 22),
        ("half_even", 1, "rate", 20),
        ("up", 1, "transaction", 21),
        ("up", 10, "transaction", 30),
        ("half_up", 10, "transaction", 20),
    ],
)
def test_f18_rounding_is_stated(mode, step, each, points):
    rates = [{"code": code, "points": "0.5", "groups": [code]} for code in ("room", "food")]
    rules = make_earning(*rates, rounding={"mode": mode, "step": step, "each": each})
    assert play(rules, make_stay("2026-03-01", 1, (("room", 21), ("food", 21)))).balance == points


def test_f19_what_is_eligible():
    where = {"op": "all", "nodes": [
        {"op": "not_in", "field": "rate", "values": ["STAFF"]},
        {"op": "in", "field": "channel", "values": ["direct"]},
        {"op": "is", "field": "is_own"},
        {"op": "at_most", "field": "nights", "value": 30},
    ]}  # fmt: skip
    rules = make_earning({**ONE, "groups": ["room"]}, where=where)
    stay = make_stay("2026-03-01", 1, (("room", 100), ("food", 30)), key="s")
    assert play(rules, stay).balance == 100
    for bad in ({"rate": "STAFF"}, {"channel": "ota"}, {"is_own": False}, {"arrival": day("2026-01-01")}):
        found = play(rules, stay._replace(**bad))
        assert (found.balance, list_codes(found)) == (0, ["not_eligible"])
    assert explain(play(rules, stay._replace(channel="ota")).decisions[0].reason) == "Earns no points: channel is ota."


def test_f19_rooms_per_stay():
    rules = make_earning(rooms=2)
    stay = make_stay("2026-03-01", 2, 301, rooms=3)
    found = play(rules, stay)
    assert (found.balance, found.counts["nights"]) == (200, 2)
    assert ("rooms", "2/3") in found.moves[0].inputs
    exact = make_earning({**ONE, "points": 3}, rooms=1)
    assert play(exact, make_stay("2026-03-01", 1, 100, rooms=3)).balance == 100


def test_f20_what_counts_for_status_is_asked_apart():
    direct = {"op": "in", "field": "channel", "values": ["direct"]}
    no_award = {"op": "not", "nodes": [{"op": "is", "field": "is_award"}]}
    metrics = [{"code": "nights", "kind": "nights"}, {"code": "paid", "kind": "nights", "where": no_award, "rooms": 3}]
    rules = make_programme(metrics=metrics, earning={"rates": [ONE], "where": direct})
    agency = make_stay("2026-03-01", 2, 100, channel="agency", rooms=4)
    award = make_stay("2026-04-01", 3, is_award=True)
    found = play(rules, agency, award)
    assert (found.balance, found.counts) == (0, {"nights": 5, "paid": 6})


def make_bonus(code, **more):
    return {"code": code, "kind": "percent", "value": 100, **more}


@pytest.mark.parametrize(
    ("bonuses", "points"),
    [
        ([make_bonus("a"), make_bonus("b", value=50)], 250),
        ([make_bonus("a", stop=True), make_bonus("b", value=50)], 200),
        ([make_bonus("a", stop=True), make_bonus("b", value=50, priority=1)], 250),
        ([make_bonus("a"), make_bonus("b", stack=False)], 200),
        ([make_bonus("a", kind="multiplier", value=3)], 300),
        ([make_bonus("a", kind="fixed", value=7)], 107),
        ([make_bonus("a", cap=20)], 120),
        ([make_bonus("a", minimum=101)], 100),
        ([make_bonus("a", tiers=["gold"])], 100),
        ([make_bonus("a", from_date="2026-03-01", until_date="2026-03-01")], 200),
        ([make_bonus("a", from_date="2026-03-02")], 100),
        ([make_bonus("a", dated_on="arrival", from_date="2026-03-01")], 100),
        ([make_bonus("a", dated_on="arrival", until_date="2026-02-26")], 200),
        ([make_bonus("a", dated_on="booking", until_date="2026-01-31")], 200),
        ([make_bonus("a", dated_on="joining", until_date="2019-12-31")], 100),
        ([make_bonus("a", where={"op": "at_least", "field": "nights", "value": 4})], 100),
    ],
)
def test_f21_bonus_rules(bonuses, points):
    found = play(make_earning(bonuses=bonuses), make_stay("2026-03-01", 3, 100, booked=day("2026-01-31")))
    assert found.balance == points


def test_f21_a_bonus_so_many_times_and_for_joining():
    welcome = {"code": "hello", "kind": "fixed", "value": 50, "trigger": "enrolment"}
    rules = make_earning(bonuses=[make_bonus("first", times=1), welcome])
    stays = make_stay("2026-03-01", 1, 100, key="s"), make_stay("2026-04-01", 1, 100)
    assert play(rules, *stays).balance == 350
    undone = play(rules, *stays, Refund("r", day("2026-03-15"), "s"))
    assert undone.balance == 50 + 200  # the first stay is none: the second is the first


def test_f22_points_are_pending_for_working_days():
    rules = make_earning(posting_days=3, posting_calendar="working")
    happened = make_stay("2026-05-29", 1, 100), Redemption("r", day("2026-06-02"), 40)
    found = play(rules, happened[0], as_of="2026-06-02")
    assert (found.balance, found.available, str(found.lots[0].available)) == (100, 0, "2026-06-03")
    assert play(rules, happened[0], as_of="2026-06-03").available == 100
    early = play(rules, *happened)
    assert (early.balance, early.debt, list_codes(early)) == (100, 40, ["redemption_short"])
