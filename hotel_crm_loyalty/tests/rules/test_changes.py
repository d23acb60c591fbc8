"""Refunds that reach back over cycles and lives, and what a ledger adds after facts or rules have changed."""

from ...rules.changes import collect_booked, compare, compare_all, find_bookings
from ...rules.facts import Refund
from ...rules.words import explain
from .makers import ONE, day, make_plan, make_programme, make_stay, play


def test_a_refund_leaves_a_rolling_window_with_its_stay():
    rules = make_programme(cycle={"kind": "rolling", "months": 3})
    refund = Refund("r", day("2026-03-01"), "s", nights=1)
    happened = make_stay("2026-01-10", 4, key="s"), make_stay("2026-02-10", 2), refund
    assert play(rules, *happened, as_of="2026-03-02").counts == {"nights": 5}
    assert play(rules, *happened, as_of="2026-04-10").counts == {"nights": 2}
    assert play(rules, *happened, as_of="2026-05-10").counts == {"nights": 0}


def test_a_refund_lowers_what_a_life_has_counted():
    found = play(make_programme(), make_stay("2026-01-10", 4, key="s"), Refund("r", day("2026-03-01"), "s", nights=1))
    assert found.lifetime == {"nights": 3}


def test_a_refund_finds_its_stay_in_cycles_that_were_joined():
    stays = make_stay("2026-04-10", 3, 100, key="first"), make_stay("2026-05-10", 2, 100, key="second")
    refunds = Refund("r1", day("2026-05-20"), "first"), Refund("r2", day("2026-05-21"), "second")
    found = play(make_plan("btg"), *stays, *refunds, joined="2026-03-10", as_of="2026-06-01")
    assert (found.tier, found.counts) == ("e", {"nights": 0, "growth": 0})


def test_a_late_fact_and_a_lost_one_are_corrected():
    rules = make_programme(earning={"rates": [ONE]})
    first, second = make_stay("2026-01-10", 1, 100, key="a"), make_stay("2026-02-10", 1, 50, key="b")
    before, after = play(rules, first), play(rules, first._replace(spend=(("room", 130),)), second)
    added = find_bookings(collect_booked(before.moves), after)
    assert [(move.key, move.points) for move in added] == [("earn/b", 50), ("earn/a~1", 30)]
    assert [move.lot for move in added] == ["earn/b", "earn/a"]
    assert explain(added[1].reason) == "Reckoned anew after facts or rules have changed: 30 points."
    ledger = [*before.moves, *added]
    undone = find_bookings(collect_booked(ledger), play(rules, first))
    assert [(move.key, move.points) for move in undone] == [("earn/a~2", -30), ("earn/b~1", -50)]
    assert find_bookings(collect_booked([*ledger, *undone]), before) == []


def test_a_dry_run_says_who_would_gain_or_lose_what():
    old, new = (make_programme(earning={"rates": [{**ONE, "points": points}]}) for points in (1, 2))
    rich, poor = (make_stay("2026-01-10", 1, 100, key="a"),), ()
    runs = [[play(rules, *facts, key=key) for key, facts in (("rich", rich), ("poor", poor))] for rules in (old, new)]
    (found,) = compare_all(*runs)
    assert (found.member, found.balance, found.changed) == ("rich", 100, ("earn/a",))
    assert compare(runs[0][1], runs[1][1]) is None
