"""A programme that nobody runs, written as JSON only: another set of rules needs no line of Python."""

from ...rules.facts import Choice, Posting, Redemption, Refund
from ...rules.loader import load
from ...rules.plan import Plan
from ...rules.rewards import Wish, quote
from .makers import day, list_codes, list_tiers, make_purchase, make_stay, play

LANTERN = """
{"code": "lantern", "name": {"en": "Lantern Circle", "zh_CN": "灯笼会"}, "currency": "CNY", "versions": [
 {"code": "spring", "judged_by": "booking",
  "metrics": [
   {"code": "lights", "kind": "growth", "groups": ["room", "food"], "points": "1", "per": "10",
    "where": {"op": "not_in", "field": "channel", "values": ["ota"]}},
   {"code": "dinners", "kind": "purchases", "where": {"op": "in", "field": "outlet", "values": ["roof"]}},
   {"code": "missed", "kind": "no_shows"}],
  "earning": {
   "rates": [
    {"code": "roof", "groups": ["food"], "points": 3, "per": 10, "whole": true,
     "where": {"op": "in", "field": "outlet", "values": ["roof"]}, "cap": {"points": 90, "per": "day"}},
    {"code": "all", "points": 1, "per": 10, "tier_bonus": true}],
   "bonuses": [{"code": "moon", "kind": "multiplier", "value": 2, "dated_on": "arrival",
                "from_date": "2026-09-24", "until_date": "2026-09-26", "tiers": ["flame"]}],
   "rounding": {"mode": "half_up", "step": 5}, "posting_days": 2, "posting_calendar": "all"},
  "expiry": [{"kind": "calendar", "years": 1, "month": 6, "day": 30}],
  "cycle": {"kind": "joining", "months": 6},
  "changes": {"upgrade": "working_days", "upgrade_days": 2, "landing": "soft", "renewal": "at_end"},
  "validity": {"kind": "cycles", "cycles": 1},
  "tiers": [
   {"code": "spark"},
   {"code": "flame", "bonus_percent": "10", "gain": {"op": "all", "nodes": [
     {"op": "any", "nodes": [{"op": "at_least", "metric": "lights", "value": 100},
                             {"op": "at_least", "metric": "dinners", "value": 3}]},
     {"op": "at_most", "metric": "missed", "value": 0}]},
    "keep": {"op": "at_least", "metric": "dinners", "value": 1}},
   {"code": "beacon", "bonus_multiplier": "1.5", "gain": {"op": "at_least", "metric": "lights", "value": 1000}}],
  "milestones": [{"code": "dinner", "metric": "dinners", "every": 2,
                  "options": [{"code": "tea"}, {"code": "fifty", "points": 50}]}],
  "debt": {"policy": "debt"},
  "rewards": [{"code": "boat", "kind": "fixed", "points": 80, "minimum_tier": "flame"}]},
 {"code": "winter", "from_date": "2026-11-01", "tiers": [{"code": "ember", "replaces": ["spark"]},
   {"code": "flame", "gain": {"op": "at_least", "metric": "lights", "value": 50}}],
  "metrics": [{"code": "lights", "kind": "spend"}],
  "earning": {"rates": [{"code": "all", "points": 1, "per": 1}]}}]}
"""


def dine(on, amount, **values):
    return make_purchase(on, [("food", amount)], outlet="roof", **values)


def test_a_programme_of_another_kind():
    rules = Plan(load(LANTERN))
    dinners = [dine("2026-06-05", 205), dine("2026-06-05", 205), dine("2026-06-12", 38, key="third")]
    moon = make_stay("2026-09-26", 2, 1004, booked=day("2026-06-01"))
    found = play(rules, *dinners, moon, joined="2026-04-01", as_of="2026-09-30")
    # 60 + 30 (capped at 90 a day) + 9 rounded to 10; 100.4 -> 100 for the stay, twice for the moon, 10 % for the tier
    assert [move.points for move in found.moves] == [60, 30, 10, 100, 10, 100]
    assert list_tiers(found) == [("gain", "flame", "2026-06-16", "2027-03-31")]
    assert [str(lot.expires) for lot in found.lots][:1] == ["2027-07-01"]
    offer = next(one.key for one in found.decisions if one.kind == "milestone")
    chosen = play(rules, *dinners, moon, Choice("c", day("2026-07-01"), offer, "fifty"), joined="2026-04-01")
    assert chosen.balance == found.balance + 50


def test_its_refunds_and_its_next_version():
    rules = Plan(load(LANTERN))
    dinners = [dine(f"2026-06-0{number}", 100, key=f"d{number}") for number in (1, 2, 3)]
    spent = Redemption("boat", day("2026-06-20"), 80)
    found = play(rules, *dinners, spent, Refund("r", day("2026-06-25"), "d1"), joined="2026-04-01", as_of="2026-06-30")
    assert (found.tier, found.balance, found.debt) == ("spark", 10, 30)
    more = Posting("p", day("2026-06-27"), "partner", 100)
    found = play(rules, *dinners, spent, Refund("r", day("2026-06-25"), "d1"), more, joined="2026-04-01")
    assert (found.tier, found.balance, found.debt) == ("ember", 80, 0)
    assert list_codes(found, "downgrade") == ["tier_revoked"]
    winter = play(rules, *dinners, make_stay("2026-11-05", 1, 60), joined="2026-04-01")
    assert (winter.moves[-1].points, winter.moves[-1].version, winter.tier) == (60, "winter", "flame")
    booked = make_stay("2026-11-05", 1, 60, booked=day("2026-10-31"))
    assert play(rules, booked).moves[-1].points == 60  # how a stay is judged is said by the version it falls into


def test_its_reward():
    terms = Plan(load(LANTERN)).at(day("2026-06-01"))
    assert quote(terms, "flame", Wish("boat", [day("2026-06-01")])).points == 80
    assert not quote(terms, "spark", Wish("boat", [day("2026-06-01")])).is_allowed
