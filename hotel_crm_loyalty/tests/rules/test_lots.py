"""Features F23 to F26 of published programmes: how points are lost, spent and taken back."""

from decimal import Decimal

import pytest

from ...rules.facts import Extension, Posting, Redemption, Refund
from .makers import (
    ONE,
    day,
    list_codes,
    list_moves,
    make_earning,
    make_plan,
    make_programme,
    make_purchase,
    make_stay,
    make_tiers,
    play,
)


@pytest.mark.parametrize(
    ("rule", "gone"),
    [
        ({"kind": "lot", "months": 24}, "2028-03-10"),
        ({"kind": "lot", "months": 24, "start": "posted"}, "2028-03-13"),
        ({"kind": "lot", "months": 24, "round_to": "month_end"}, "2028-04-01"),
        ({"kind": "lot", "months": 24, "round_to": "year_end"}, "2029-01-01"),
        ({"kind": "lot", "months": 24, "grace_days": 10}, "2028-03-20"),
        ({"kind": "calendar", "years": 1, "month": 3, "day": 31}, "2027-04-01"),
        ({"kind": "inactivity", "months": 12}, "2027-03-10"),
        ({"kind": "inactivity", "months": 12, "grace_days": 30}, "2027-04-09"),
    ],
)
def test_f23_when_points_are_lost(rule, gone):
    rules = make_programme(expiry=[rule], earning={"rates": [ONE], "posting_days": 3, "posting_calendar": "all"})
    stay = make_stay("2026-03-10", 1, 100)
    found = play(rules, stay, as_of=gone)
    assert (found.balance, str(found.moves[-1].on)) == (0, gone)
    before = day(gone).toordinal() - 1
    assert play(rules, stay, as_of=str(day(gone).fromordinal(before))).balance == 100


@pytest.mark.parametrize("rule", [{"kind": "lot", "months": 3}, {"kind": "inactivity", "months": 3}])
def test_f23_a_tier_is_exempt_and_who_falls_has_the_whole_time(rule):
    tiers = make_tiers(10, 20, validity={"kind": "months", "months": 12})
    rules = make_programme(expiry=[{**rule, "exempt_tiers": ["silver", "gold"]}], earning={"rates": [ONE]}, tiers=tiers)
    stay = make_stay("2026-03-10", 10, 100)
    assert play(rules, stay, as_of="2027-03-09").balance == 100
    assert play(rules, stay, as_of="2027-06-09").balance == 100  # fell to base on 10 March 2027
    assert play(rules, stay, as_of="2027-06-10").balance == 0


def test_f23_an_extension():
    for rule in ({"kind": "lot", "months": 3}, {"kind": "inactivity", "months": 3}):
        rules = make_programme(expiry=[rule], earning={"rates": [ONE]})
        longer = Extension("e", day("2026-06-10"), day("2026-08-01"))
        stay = make_stay("2026-03-10", 1, 100)
        assert play(rules, stay, longer, as_of="2026-07-31").balance == 100
        assert play(rules, stay, longer, as_of="2026-08-01").balance == 0


def test_f24_what_keeps_points_alive():
    rules = make_programme(expiry=[{"kind": "inactivity", "months": 12, "activities": ["earn", "redeem"]}])
    earned = Posting("p", day("2026-01-15"), "partner", 100)
    spent = Redemption("r", day("2026-12-01"), 10)
    bought = Posting("b", day("2026-12-01"), "buy", 50)
    assert play(rules, earned, spent, as_of="2027-01-15").balance == 90
    assert play(rules, earned, bought, as_of="2027-01-15").balance == 0
    late = play(rules, earned, spent._replace(cancelled=day("2027-02-01")), as_of="2027-02-01")
    assert (late.balance, late.moves[-1].kind) == (0, "expire")
    with_buy = make_programme(expiry=[{"kind": "inactivity", "months": 12, "activities": ["earn", "buy"]}])
    assert play(with_buy, earned, bought, as_of="2027-01-15").balance == 150


def test_f24_a_cancelled_redemption_of_a_balance_that_was_lost_meanwhile():
    earned = Posting("p", day("2025-01-01"), "partner", 2)
    spent = Redemption("r", day("2025-03-01"), 1, cancelled=day("2026-05-01"))
    for late_days, as_of, balance in ((0, "2026-05-01", 0), (20, "2026-05-20", 1), (20, "2026-05-21", 0)):
        rules = make_programme(expiry=[{"kind": "inactivity", "months": 4}], debt={"late_days": late_days})
        found = play(rules, earned, spent, as_of=as_of)
        assert next(move.on for move in found.moves if move.kind == "expire") == day("2025-07-01")
        assert found.balance == balance


def test_f24_points_that_come_into_an_empty_account_have_the_whole_time():
    rules = make_programme(expiry=[{"kind": "inactivity", "months": 12, "activities": ["earn"]}])
    bought = Posting("b", day("2026-06-01"), "buy", 50)
    found = play(rules, bought, joined="2020-01-01", as_of="2027-05-31")
    assert (found.balance, str(found.expires)) == (50, "2027-06-01")
    assert play(rules, bought, joined="2020-01-01", as_of="2027-06-01").balance == 0


def test_f25_the_oldest_expiry_first_and_back_to_where_it_came_from():
    rules = make_programme()
    lots = [
        Posting("late", day("2026-01-01"), "opening", 100, expires=day("2028-01-01")),
        Posting("early", day("2026-02-01"), "opening", 100, expires=day("2026-09-01")),
        Posting("never", day("2025-01-01"), "opening", 100),
    ]
    spend = Redemption("r", day("2026-06-01"), 210)
    assert [lot.remaining for lot in play(rules, *lots, spend).lots] == [90, 0, 0]
    restored = play(rules, *lots, spend._replace(cancelled=day("2026-07-01")), as_of="2026-08-01")
    assert restored.lots == play(rules, *lots, as_of="2026-08-01").lots
    late = play(rules, *lots, spend._replace(cancelled=day("2026-10-01")))
    assert [(move.kind, move.points) for move in late.moves if move.lot == "post/early"][-2:] == [
        ("return", 100),
        ("expire", -100),
    ]


def test_f25_points_that_come_back_late_may_live_on():
    rules = make_programme(debt={"late_days": 30})
    lot = Posting("p", day("2026-01-01"), "opening", 100, expires=day("2026-03-01"))
    spend = Redemption("r", day("2026-02-01"), 60, cancelled=day("2026-04-01"))
    assert play(rules, lot, spend, as_of="2026-04-30").balance == 60
    assert play(rules, lot, spend, as_of="2026-05-01").balance == 0


@pytest.mark.parametrize(
    ("policy", "lots", "debt"), [("other_lots", [0, 20], 0), ("debt", [0, 100], 80), ("forgive", [0, 100], 0)]
)
def test_f26_what_was_spent_is_taken_back_by_policy(policy, lots, debt):
    rules = make_programme(debt={"policy": policy}, earning={"rates": [ONE]})
    happened = [
        make_stay("2026-01-10", 1, 100, key="s"),
        Posting("p", day("2026-02-01"), "partner", 100),
        Redemption("r", day("2026-02-02"), 80),
        Refund("f", day("2026-02-03"), "s"),
    ]
    found = play(rules, *happened)
    assert ([lot.remaining for lot in found.lots], found.debt) == (lots, debt)
    paid = play(rules, *happened, Posting("q", day("2026-03-01"), "partner", 100))
    assert (paid.balance, paid.debt) == (sum(lots) + 100 - debt, 0)


def test_f26_what_has_expired_is_owed_by_nobody():
    rules = make_programme(expiry=[{"kind": "lot", "months": 1}], earning={"rates": [ONE]})
    stay, refund = make_stay("2026-01-10", 1, 100, key="s"), Refund("f", day("2026-03-03"), "s")
    found = play(rules, stay, Redemption("r", day("2026-01-20"), 30), refund)
    assert (found.balance, found.debt) == (0, 30)  # 70 had expired


def test_f26_points_that_return_pay_a_debt():
    rules = make_programme(debt={"policy": "debt"}, earning={"rates": [ONE]})
    stay, refund = make_stay("2026-01-10", 1, 100, key="s"), Refund("f", day("2026-03-03"), "s")
    found = play(rules, stay, refund, Redemption("r", day("2026-01-20"), 100, cancelled=day("2026-04-01")))
    assert (found.balance, found.debt, list_moves(found)[-1]) == (0, 0, ("settle", 100))


def test_f26_a_part_is_refunded_and_a_departure_is_early():
    rules = make_programme(earning={"rates": [ONE]}, tiers=make_tiers(3, 9, bonus_percent="50"))
    stays = make_stay("2026-01-10", 3), make_stay("2026-02-10", 4, 400, key="s")
    refund = Refund("f", day("2026-02-11"), "s", (("room", Decimal("100.5")),), nights=1)
    found = play(rules, *stays, refund)
    assert ([lot.remaining for lot in found.lots], found.counts["nights"]) == ([299, 149], 6)
    both = play(rules, *stays, refund, Refund("g", day("2026-02-12"), "s"))
    assert ([lot.remaining for lot in both.lots], both.counts["nights"]) == ([0, 0], 3)
    assert list_codes(play(rules, Refund("g", day("2026-02-12"), "x"))) == ["refund_without_target"]


def test_f26_a_no_show_earns_nothing():
    rules = make_programme(earning={"rates": [ONE]})
    found = play(rules, make_stay("2026-02-10", 20, 400, is_no_show=True))
    assert (found.balance, found.tier, found.counts) == (0, "base", {})


def test_f26_a_refund_frees_what_it_used_of_a_cap():
    rules = make_earning({**ONE, "cap": {"points": 100, "per": "event"}})
    bills = [make_purchase(f"2026-03-0{number}", [("event", 80)], str(number), event="ball") for number in (1, 2, 4)]
    found = play(rules, *bills, Refund("r", day("2026-03-03"), "1"))
    assert [lot.remaining for lot in found.lots] == [0, 20, 80]


def test_what_happened_before_joining_does_not_count():
    found = play(make_earning(), make_stay("2026-02-10", 1, 400), joined="2026-02-11")
    assert (found.balance, list_codes(found)) == (0, ["before_joining"])


def test_the_example_programme_of_our_own():
    stays = make_stay("2026-02-10", 10, 900), make_stay("2026-03-10", 10, 1000)
    found = play(make_plan("hotel_club"), *stays, joined="2026-01-01")
    assert found.balance == 100 + 900 + 1000 + 100
    assert (found.tier, found.lots[0].expires) == ("silver", day("2029-02-01"))
