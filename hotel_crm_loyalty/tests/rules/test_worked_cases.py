"""The worked cases of the published programmes, from the fixtures alone."""

from datetime import timedelta
from decimal import Decimal

import pytest

from ...rules.facts import Grant, Posting, Redemption, Refund
from ...rules.words import explain
from .makers import day, list_codes, list_moves, list_tiers, make_plan, make_purchase, make_stay, play


def make_year(count, spend_each, year=2026, nights=1, first=(1, 5)):
    """That many stays, one after the other."""
    start = day(f"{year}-{first[0]:02}-{first[1]:02}")
    return [make_stay(start + timedelta(days=number * nights), nights, spend_each) for number in range(count)]


@pytest.mark.parametrize(("brand", "base", "bonus"), [("lux", 4000, 1000), ("earns_5", 2000, 500)])
def test_case_1_gold_earns_base_and_a_quarter(brand, base, bonus):
    gold = make_stay("2026-02-01", 25)
    found = play(make_plan("marriott"), gold, make_stay("2026-03-01", 1, 400, brand=brand))
    assert list_moves(found) == [("earn", base), ("bonus", bonus)]
    assert found.balance == base + bonus
    assert explain(found.moves[1].reason) == f"{bonus} points: 25 % of {base} for gold."


def test_case_2_the_fiftieth_night_makes_platinum_at_once():
    found = play(make_plan("marriott"), make_stay("2026-04-01", 49), make_stay("2026-05-10", 1))
    assert list_tiers(found)[-1] == ("gain", "platinum", "2026-05-10", "2028-02-29")
    assert (found.tier, str(found.tier_until)) == ("platinum", "2028-02-29")
    before = play(make_plan("marriott"), make_stay("2026-04-01", 49), make_stay("2026-05-10", 1), as_of="2026-05-09")
    assert before.tier == "gold"


@pytest.mark.parametrize(("spend", "tier"), [(22999, "titanium"), (23000, "ambassador")])
def test_case_3_a_hundred_nights_and_a_dollar_too_few(spend, tier):
    assert play(make_plan("marriott"), make_stay("2026-06-01", 100, spend)).tier == tier


def test_case_4_hilton_from_2026():
    nights = [make_stay("2026-06-01", 81, 17500)]
    assert play(make_plan("hilton"), *nights).tier == "diamond"
    stays = make_year(20, 450) + make_year(20, 450, nights=2, first=(4, 2))
    found = play(make_plan("hilton"), *stays)
    assert (found.counts["nights"], found.counts["stays"], found.counts["spend"]) == (60, 40, 18000)
    assert found.tier == "diamond_reserve"


def test_case_5_nights_of_2025_count_in_2026_and_no_longer():
    gold = make_stay("2025-06-01", 52)
    for year, expected in ((2026, 12), (2027, 0)):
        found = play(make_plan("hilton"), gold, as_of=f"{year}-01-15")
        assert found.counts.get("nights", 0) == expected
    rolled = [found for found in found.decisions if found.kind == "rollover"]
    assert [explain(found.reason) for found in rolled] == ["Goes on into the next cycle: nights 12."]
    with_more = play(make_plan("hilton"), gold, make_stay("2026-05-01", 13), as_of="2026-12-31")
    assert with_more.counts["nights"] == 25 and with_more.tier == "gold"


def test_case_6_ihg_gold_rolls_seven_nights_over():
    found = play(make_plan("ihg"), make_stay("2026-06-01", 27), as_of="2027-01-01")
    assert (found.tier, found.counts) == ("gold", {"nights": 7})


def test_case_7_ihg_club_is_forfeited_after_a_year_without_activity():
    earned = Posting("card", day("2026-01-15"), "partner", 5000)
    spent = Redemption("night", day("2026-05-02"), 2000, "night", cancelled=day("2026-06-20"))
    club = play(make_plan("ihg"), earned, spent, as_of="2027-01-14")
    assert (club.balance, str(club.expires)) == (5000, "2027-01-15")
    club = play(make_plan("ihg"), earned, spent, as_of="2027-01-15")
    assert club.balance == 0 and club.moves[-1].points == -5000
    assert explain(club.moves[-1].reason) == "No activity for 12 months since 2026-01-15: the balance is lost."
    silver = play(make_plan("ihg"), earned, spent, make_stay("2026-01-10", 10), as_of="2027-12-31")
    assert (silver.tier, silver.balance, silver.expires) == ("silver", 5000, None)


def test_case_8_btg_third_night_makes_silver_the_next_day():
    happened = make_stay("2026-04-10", 2, 300), make_stay("2026-06-01", 1, 150)
    before = play(make_plan("btg"), *happened, joined="2026-03-10", as_of="2026-06-01")
    assert before.tier == "e"
    found = play(make_plan("btg"), *happened, joined="2026-03-10", as_of="2026-06-02")
    assert list_tiers(found) == [("gain", "silver", "2026-06-02", "2027-06-01")]
    assert (found.tier, found.counts) == ("silver", {})
    assert [str(one) for one in found.cycle] == ["2026-06-02", "2027-06-01"]
    later = play(make_plan("btg"), *happened, joined="2026-03-10", as_of="2027-06-02")
    assert list_tiers(later)[-1] == ("downgrade", "e", "2027-06-02", None)


def test_case_9_btg_group_nights_do_not_count():
    paid = make_stay("2026-04-10", 2, 900)
    group = make_stay("2026-05-10", 5, 2500, segment="group")
    found = play(make_plan("btg"), paid, group, joined="2026-03-10")
    assert found.tier == "e"
    assert found.counts == {"nights": 2, "growth": 900}
    assert list_codes(found) == ["not_eligible"]
    bought = play(make_plan("btg"), Grant("card", day("2026-05-01"), "gold", "bought"), joined="2026-03-10")
    assert (bought.tier, str(bought.tier_until)) == ("gold", "2027-04-30")


def test_case_10_ln_club_caps_an_event():
    banquet = make_purchase("2026-05-01", [("event", 500000)])
    found = play(make_plan("ln_club"), banquet)
    assert found.balance == 20000
    assert ("cap.events", 20000) in found.moves[0].inputs
    halves = [make_purchase("2026-05-01", [("event", 250000)], event="wedding") for _half in range(2)]
    assert play(make_plan("ln_club"), *halves).balance == 20000
    meal = make_stay("2026-05-01", 1, (("room", 500), ("food", 101), ("beverage", 100), ("shop", 83)))
    assert play(make_plan("ln_club"), meal).balance == int(500 + Decimal("100.5") + Decimal("20.75"))


@pytest.mark.parametrize("spent", [0, 3000])
def test_case_11_a_refund_takes_points_from_their_lots_and_the_tier_is_looked_at_again(spent):
    nights = make_stay("2026-02-01", 25, key="nights")
    stay = make_stay("2026-03-01", 1, 400, key="stay")
    refund = Refund("refund", day("2026-03-20"), "stay")
    more = (Redemption("r", day("2026-03-10"), spent),) if spent else ()
    found = play(make_plan("marriott"), nights, stay, refund, *more)
    reversed_lots = {move.lot for move in found.moves if move.kind == "reverse" and move.lot}
    assert reversed_lots == ({"earn/stay"} if spent else {"earn/stay", "bonus/stay/tier"})  # the bonus was spent
    assert (found.balance, found.debt) == (0, spent)
    assert found.tier == "gold"  # 25 nights are left
    checked = found.decisions[-1]
    assert (checked.kind, checked.reason.code, checked.origin) == ("keep", "tier_checked", "refund")
    assert ("nights", 25) in checked.inputs

    without = play(make_plan("marriott"), nights, stay, Refund("refund", day("2026-03-20"), "nights"))
    assert list_tiers(without)[-1] == ("downgrade", "member", "2026-03-20", None)
    assert explain(without.decisions[-1].reason) == "After a refund the need of gold is not met any more."
