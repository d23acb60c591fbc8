"""Features F9 to F15 of published programmes: how long tiers last, and how they are lost, given and rolled over."""

import pytest

from ...rules.dates import WorkingDays
from ...rules.facts import Choice, Grant, Refund
from ...rules.lasting import get_effective
from ...rules.record_tiers import Changes
from .makers import (
    at_least,
    day,
    list_codes,
    list_moves,
    list_tiers,
    make_plan,
    make_programme,
    make_stay,
    make_tiers,
    play,
)

KEPT_FOR_TWO = {"validity": {"kind": "day", "years": 1}}


@pytest.mark.parametrize(
    ("validity", "until"),
    [
        ({"kind": "day", "month": 3, "day": 31, "years": 1}, "2027-03-31"),
        ({"kind": "day", "month": 2, "day": 31, "years": 2}, "2028-02-29"),
        ({"kind": "cycles"}, "2027-12-31"),
        ({"kind": "cycles", "cycles": 0}, "2026-12-31"),
        ({"kind": "months", "months": 18}, "2027-11-09"),
        ({"kind": "forever"}, None),
    ],
)
def test_f9_how_long_a_tier_lasts(validity, until):
    found = play(make_programme(validity=validity), make_stay("2026-05-10", 10))
    assert list_tiers(found) == [("gain", "silver", "2026-05-10", until)]


@pytest.mark.parametrize(
    ("changes", "effective"),
    [
        ({"upgrade": "at_once"}, "2026-05-29"),
        ({"upgrade": "next_day"}, "2026-05-30"),
        ({"upgrade": "working_days", "upgrade_days": 3}, "2026-06-03"),
    ],
)
def test_f10_when_an_upgrade_holds(changes, effective):
    rules = make_programme(changes=changes)
    stay = make_stay("2026-05-29", 10)
    assert list_tiers(play(rules, stay))[0][:3] == ("gain", "silver", effective)
    assert play(rules, stay, as_of=effective).tier == "silver"
    assert effective == "2026-05-29" or play(rules, stay, as_of="2026-05-29").tier == "base"
    twice = play(rules, stay, make_stay("2026-05-29", 1))
    assert len(list_tiers(twice)) == 1


def test_f10_holidays_are_no_working_days():
    changes = Changes(upgrade="working_days", upgrade_days=1)
    assert get_effective(changes, day("2026-04-30"), WorkingDays([day("2026-05-01")])) == day("2026-05-04")


def test_f10_downgrades_are_processed_on_one_day():
    rules = make_programme(changes={"month": 1, "day": 15}, validity={"kind": "cycles"})
    found = play(rules, make_stay("2025-05-10", 10), as_of="2027-01-15")
    assert list_tiers(found)[-1] == ("downgrade", "base", "2027-01-15", None)
    assert play(rules, make_stay("2025-05-10", 10), as_of="2027-01-14").tier == "silver"


@pytest.mark.parametrize(("landing", "tiers"), [("hard", ["base"]), ("soft", ["silver", "base"]), ("never", [])])
def test_f11_how_a_tier_is_lost(landing, tiers):
    rules = make_programme(changes={"landing": landing}, validity={"kind": "day", "month": 2, "day": 31, "years": 2})
    found = play(rules, make_stay("2023-05-10", 20), as_of="2027-03-01")
    assert [tier for kind, tier, *_rest in list_tiers(found) if kind == "downgrade"] == tiers
    if landing == "soft":
        assert list_tiers(found)[1:] == [
            ("downgrade", "silver", "2025-03-01", "2026-02-28"),
            ("downgrade", "base", "2026-03-01", None),
        ]
    if landing == "never":
        assert (found.tier, list_codes(found, "keep")) == ("gold", ["tier_never_lost"] * 3)


def test_f11_a_lower_tier_earned_meanwhile_catches_the_fall():
    rules = make_programme(**KEPT_FOR_TWO)
    found = play(rules, make_stay("2025-05-10", 20), make_stay("2026-05-10", 10), as_of="2027-01-01")
    assert list_tiers(found)[-1] == ("downgrade", "silver", "2027-01-01", "2027-12-31")


def test_f11_a_bought_card_is_a_floor():
    tiers = make_tiers(10, 20, grants=["bought"])
    rules = make_programme(tiers=tiers, **KEPT_FOR_TWO)
    card = Grant("card", day("2026-12-01"), "silver", "bought", day("2027-11-30"))
    found = play(rules, make_stay("2025-05-10", 20), card, as_of="2027-12-01")
    assert list_tiers(found)[-2:] == [
        ("downgrade", "silver", "2027-01-01", "2027-11-30"),
        ("downgrade", "base", "2027-12-01", None),
    ]


@pytest.mark.parametrize(("tiers", "nights"), [([], 5), (["gold"], 0)])
def test_f12_nights_roll_over_by_tier_and_for_one_year(tiers, nights):
    rules = make_programme(rollovers=[{"metric": "nights", "tiers": tiers}])
    happened = make_stay("2025-05-10", 15), make_stay("2026-05-10", 3)
    assert play(rules, *happened, as_of="2026-01-01").counts.get("nights", 0) == nights
    assert play(rules, *happened, as_of="2027-01-01").counts.get("nights", 0) == 0


def test_f12_nights_that_rolled_over_do_not_roll_again():
    rules = make_programme(rollovers=[{"metric": "nights"}])
    happened = make_stay("2025-05-10", 18), make_stay("2026-05-10", 5)
    assert play(rules, *happened, as_of="2026-12-31").counts["nights"] == 13
    # 8 came over and 5 were slept: 10 are needed, so 3 of the 5 are left
    assert play(rules, *happened, as_of="2027-01-01").counts["nights"] == 3


def test_f12_points_roll_over_too():
    tiers = [{"code": "base"}, {"code": "gold", "gain": at_least("points", 1000)}]
    earning = {"rates": [{"code": "r", "points": 1}]}
    metrics = [{"code": "points", "kind": "base_points"}]
    rules = make_programme(metrics=metrics, tiers=tiers, earning=earning, rollovers=[{"metric": "points"}])
    assert play(rules, make_stay("2025-05-10", 1, 1300), as_of="2026-01-01").counts["points"] == 300


def test_f13_a_tier_for_life():
    stays = [make_stay(f"{year}-12-01", 50) for year in range(2021, 2026)]
    found = play(make_plan("marriott"), *stays, as_of="2026-01-01")
    assert found.lifetime["nights"] == 250 and found.lifetime["years_silver"] == 5
    assert "tier_lifetime" in list_codes(found, "keep")
    assert (found.tier, str(found.tier_until)) == ("platinum", "2027-02-28")
    later = play(make_plan("marriott"), *stays, as_of="2040-01-01")
    assert (later.tier, later.tier_until) == ("silver", None)


def test_f14_a_choice_every_ten_nights():
    options = [{"code": "points", "points": 500}, {"code": "spa"}]
    milestone = {"code": "ten", "metric": "nights", "every": 10, "first": 5, "options": options}
    rules = make_programme(milestones=[milestone])
    stays = make_stay("2026-03-01", 14), make_stay("2026-04-01", 12, key="april")
    keys = [one.key for one in play(rules, *stays).decisions if one.kind == "milestone"]
    assert len(keys) == 3  # at 5, 15 and 25
    choices = [
        Choice("c1", day("2026-04-02"), keys[0], "points"),
        Choice("c2", day("2026-04-03"), keys[0], "spa"),
        Choice("c3", day("2026-04-04"), keys[1], "spa"),
    ]
    found = play(rules, *stays, *choices, Refund("r", day("2026-04-05"), "april"))
    assert (found.balance, list_codes(found)) == (500, ["choice_refused"])
    assert len([one for one in found.decisions if one.kind == "choice"]) == 2
    assert len([one for one in found.decisions if one.kind == "withdraw"]) == 1
    single = make_programme(milestones=[{**milestone, "options": options[:1]}])
    assert list_moves(play(single, stays[0])) == [("bonus", 500)]


def test_f15_status_that_is_given():
    tiers = make_tiers(10, 20, grants=["matched", "gifted"])
    tiers.append({"code": "cobalt", "grants": ["invited"]})
    rules = make_programme(tiers=tiers, changes={"landing": "soft"})
    match = Grant("match", day("2026-02-01"), "gold", "matched", day("2026-04-30"))
    found = play(rules, match, as_of="2026-05-01")
    assert list_tiers(found) == [
        ("gain", "gold", "2026-02-01", "2026-04-30"),
        ("downgrade", "base", "2026-05-01", None),  # a match ends hard
    ]
    found = play(rules, match, make_stay("2026-03-01", 12), as_of="2026-05-01")
    assert found.tier == "silver"
    invited = Grant("i", day("2026-02-01"), "cobalt", "invited")
    assert play(rules, invited, make_stay("2026-03-01", 99)).tier == "cobalt"
    assert list_codes(play(rules, invited._replace(kind="bought"))) == ["grant_refused"]
    assert play(rules, invited._replace(kind="opening")).tier == "cobalt"


def test_a_refund_of_what_began_a_cycle_joins_the_cycles_again():
    rules = make_plan("btg")
    stays = make_stay("2026-04-10", 3, 100, key="first"), make_stay("2026-05-10", 2, 100)
    refund = Refund("r", day("2026-05-20"), "first", nights=1)
    found = play(rules, *stays, refund, joined="2026-03-10", as_of="2026-06-01")
    # 2 + 2 nights in one cycle: Silver again by 4 nights
    assert found.counts == {"nights": 4, "growth": 200}
    assert list_tiers(found)[-1][:2] == ("keep", "silver")
    found = play(rules, *stays, refund._replace(nights=0), joined="2026-03-10", as_of="2026-06-01")
    assert (found.tier, found.counts["nights"]) == ("e", 2)


def test_a_refund_is_felt_by_the_better_of_two_cycles():
    rules = make_programme(cycle={"kind": "calendar", "best_of_previous": True}, tiers=make_tiers(10, 20))
    happened = make_stay("2025-11-20", 10, key="old"), make_stay("2026-02-01", 2, key="new")
    found = play(rules, *happened, Refund("r", day("2026-03-01"), "new"))
    assert (found.tier, str(found.tier_until)) == ("silver", "2027-12-31")
    found = play(rules, *happened, Refund("r", day("2026-03-01"), "old"))
    assert (found.tier, list_codes(found, "downgrade")) == ("base", ["tier_revoked"])


def test_a_programme_may_let_a_tier_run_after_a_refund():
    rules = make_programme(changes={"after_refund": "keep"})
    found = play(rules, make_stay("2026-03-01", 10, key="s"), Refund("r", day("2026-03-05"), "s"))
    assert (found.tier, list_codes(found, "keep")) == ("silver", ["tier_checked"])
