"""Features F1 to F8 of published programmes: what is counted, over which time, and the tier it makes."""

import pytest

from .makers import (
    at_least,
    day,
    list_tiers,
    make_programme,
    make_programme_of,
    make_purchase,
    make_stay,
    make_tiers,
    play,
)

KEPT_FOR_TWO = {"validity": {"kind": "day", "years": 1}}


def test_f1_a_stay_is_judged_by_the_version_in_force():
    rates = [{"earning": {"rates": [{"code": "r", "points": points}]}} for points in (1, 2)]
    stay = make_stay("2026-01-02", 3, 100, booked=day("2025-11-01"))
    for judged_by, points in (("departure", 200), ("arrival", 100), ("booking", 100)):
        rules = make_programme_of(
            {"code": "old", **rates[0], "judged_by": judged_by},
            {"code": "new", "from_date": "2026-01-01", **rates[1], "judged_by": judged_by},
        )
        found = play(rules, stay)
        assert found.balance == points
        assert found.moves[0].version == ("new" if points == 200 else "old")


def test_f1_a_new_version_may_count_in_another_cycle():
    rules = make_programme_of(
        {"code": "old"},
        {"code": "new", "from_date": "2026-07-01", "cycle": {"kind": "rolling"}, "tiers": make_tiers(8, 20)},
    )
    found = play(rules, make_stay("2026-03-01", 9), as_of="2026-07-01")
    assert list_tiers(found) == [("gain", "silver", "2026-07-01", "2027-06-30")]
    assert found.decisions[0].version == "new"


def test_f1_a_new_version_may_rename_tiers_and_drop_them():
    renamed = [{"code": "base"}, {"code": "argent", "replaces": ["silver"], "gain": at_least("nights", 30)}]
    stay, start = make_stay("2026-03-01", 12), {"code": "new", "from_date": "2026-07-01"}
    found = play(make_programme_of({"code": "old"}, {**start, "tiers": renamed}), stay)
    assert (found.tier, str(found.tier_until)) == ("argent", "2027-12-31")
    assert [kind for kind, *_rest in list_tiers(found)] == ["gain"]
    found = play(make_programme_of({"code": "old"}, {**start, "tiers": renamed[:1]}), stay)
    assert list_tiers(found)[-1] == ("downgrade", "base", "2026-07-01", None)
    assert found.decisions[-1].reason.code == "tier_dropped"


def test_f2_everything_that_can_be_counted():
    kinds = ["nights", "stays", "spend", "base_points", "status_points", "no_shows", "enrolment", "purchases"]
    metrics = [{"code": kind, "kind": kind} for kind in kinds]
    metrics.append({"code": "growth", "kind": "growth", "groups": ["room"], "points": "1", "per": "2"})
    meetings = {"op": "in", "field": "outlet", "values": ["hall"]}
    metrics.append({"code": "meetings", "kind": "purchases", "where": meetings})
    bonus = {"code": "b", "kind": "fixed", "value": 7, "status": True}
    rules = make_programme(metrics=metrics, earning={"rates": [{"code": "r", "points": 1}], "bonuses": [bonus]})
    missed = make_stay("2026-05-01", is_no_show=True)
    bills = [make_purchase("2026-05-02", [("food", 30)]), make_purchase("2026-05-02", [("event", 70)], outlet="hall")]
    stay = make_stay("2026-03-01", 2, (("room", 100), ("fee", 40)))
    found = play(rules, stay, missed, *bills, joined="2026-01-01")
    assert found.counts == {
        "nights": 2, "stays": 1, "spend": 200, "growth": 50, "base_points": 200, "status_points": 221,
        "no_shows": 1, "enrolment": 1, "purchases": 2, "meetings": 1,
    }  # fmt: skip


def test_f3_a_tree_of_and_and_or():
    some = {"op": "any", "nodes": [at_least("nights", 5), at_least("spend", 500)]}
    tree = {"op": "all", "nodes": [some, at_least("stays", 2)]}
    metrics = [{"code": kind, "kind": kind} for kind in ("nights", "spend", "stays")]
    rules = make_programme(metrics=metrics, tiers=[{"code": "base"}, {"code": "gold", "gain": tree}])
    assert play(rules, make_stay("2026-03-01", 6)).tier == "base"
    assert play(rules, make_stay("2026-03-01", 2, 100), make_stay("2026-03-05", 2, 100)).tier == "base"
    assert play(rules, make_stay("2026-03-01", 2, 300), make_stay("2026-03-05", 1, 200)).tier == "gold"


@pytest.mark.parametrize(("nights", "tier"), [(7, "base"), (8, "silver")])
def test_f4_a_tier_is_kept_by_less_than_it_is_gained_by(nights, tier):
    tiers = [{"code": "base"}, {"code": "silver", "gain": at_least("nights", 10), "keep": at_least("nights", 8)}]
    rules = make_programme(tiers=tiers, **KEPT_FOR_TWO)
    assert play(rules, make_stay("2026-03-01", nights)).tier == "base"
    found = play(rules, make_stay("2025-03-01", 10), make_stay("2026-03-01", nights), as_of="2027-01-01")
    assert found.tier == tier
    assert ("keep", "silver", "2026-03-01", "2027-12-31") in list_tiers(found) or tier == "base"


@pytest.mark.parametrize(("departure", "tier"), [("2026-03-31", "gold"), ("2026-04-01", "base")])
def test_f5_fast_track_in_the_first_days(departure, tier):
    fast = at_least("nights", 4, scope="joining", days=89)
    rules = make_programme(tiers=[{"code": "base"}, {"code": "gold", "gain": fast}])
    happened = make_stay("2026-01-20", 2), make_stay(departure, 2), make_stay("2026-09-01", 50)
    found = play(rules, *happened, joined="2026-01-01")
    assert found.tier == tier


def test_f6_not_more_than_two_no_shows():
    most = {"op": "at_most", "metric": "missed", "value": 2}
    metrics = [{"code": "nights", "kind": "nights"}, {"code": "missed", "kind": "no_shows"}]
    tiers = [{"code": "base"}, {"code": "gold", "gain": {"op": "all", "nodes": [at_least("nights", 5), most]}}]
    missed = [make_stay(f"2026-02-0{number}", is_no_show=True) for number in range(2, 6)]
    rules = make_programme(metrics=metrics, tiers=tiers)
    assert play(rules, make_stay("2026-03-01", 5), *missed[:2]).tier == "gold"
    assert play(rules, make_stay("2026-03-01", 5), *missed[:3]).tier == "base"


@pytest.mark.parametrize(
    ("cycle", "tier"),
    [
        ({"kind": "calendar"}, "base"),
        ({"kind": "joining"}, "silver"),
        ({"kind": "tier_change"}, "silver"),
        ({"kind": "rolling", "months": 6}, "silver"),
        ({"kind": "rolling", "months": 2}, "base"),
        ({"kind": "calendar", "best_of_previous": True}, "base"),
    ],
)
def test_f7_which_time_counts(cycle, tier):
    rules = make_programme(cycle=cycle)
    happened = make_stay("2025-11-20", 6), make_stay("2026-02-01", 6)
    assert play(rules, *happened, joined="2025-08-01", as_of="2026-02-01").tier == tier


def test_f7_the_better_of_this_year_and_the_last():
    tiers = make_tiers(10, 20, validity={"kind": "cycles", "cycles": 0})
    for best, tier in ((True, "silver"), (False, "base")):
        rules = make_programme(tiers=tiers, cycle={"kind": "calendar", "best_of_previous": best})
        found = play(rules, make_stay("2025-11-20", 10), make_stay("2026-02-01", 1), as_of="2026-12-31")
        assert found.tier == tier
    assert play(rules, make_stay("2025-11-20", 10), as_of="2027-01-01").tier == "base"


def test_f7_a_rolling_window_forgets():
    rules = make_programme(cycle={"kind": "rolling", "months": 12}, validity={"kind": "months", "months": 3})
    found = play(rules, make_stay("2025-03-10", 10), as_of="2026-03-10")
    assert found.counts == {"nights": 0}
    assert [kind for kind, *_rest in list_tiers(found)] == ["gain", "keep", "keep", "keep", "downgrade"]


@pytest.mark.parametrize(("reset", "left"), [(["upgrade"], 2), ([], 12)])
def test_f8_counters_begin_at_0_after_an_upgrade(reset, left):
    rules = make_programme(cycle={"kind": "calendar", "reset_on": reset})
    found = play(rules, make_stay("2026-03-01", 10), make_stay("2026-04-01", 2))
    assert (found.tier, found.counts["nights"]) == ("silver", left)


def test_f8_counters_begin_at_0_after_a_renewal():
    rules = make_programme(cycle={"kind": "tier_change", "reset_on": ["upgrade", "renewal"]},
                           changes={"renewal": "at_end"}, validity={"kind": "months"})  # fmt: skip
    stays = make_stay("2026-03-01", 10), make_stay("2026-09-01", 12)
    found = play(rules, *stays, joined="2026-01-15", as_of="2027-03-01")
    assert list_tiers(found) == [
        ("gain", "silver", "2026-03-01", "2027-02-28"),
        ("keep", "silver", "2027-03-01", "2028-02-29"),
    ]
    assert found.counts == {}
