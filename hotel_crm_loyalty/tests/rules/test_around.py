"""Features F27 to F32 of published programmes: rewards, claims, transfers, discounts, accounts, explanations."""

import re
from decimal import Decimal
from pathlib import Path

import pytest

from ...rules.dates import WorkingDays
from ...rules.engine import evaluate
from ...rules.facts import Grant, Member, Posting, Redemption, Refund
from ...rules.limits import (
    Claim,
    Transfer,
    check_claim,
    check_joining,
    check_transfer,
    get_closing_day,
    get_discount,
    split_transfer,
)
from ...rules.record_offers import Accounts, Claims
from ...rules.rewards import Wish, quote
from ...rules.words import WORDS, explain
from .makers import day, list_codes, make_plan, make_programme, make_stay, make_tiers, play

CALENDAR = WorkingDays()


def get_terms(**version):
    return make_programme(**version).terms[0]


def get_codes(answer):
    return [reason.code for reason in answer.reasons]


def test_f27_fixed_by_value_and_mixed_with_money():
    rewards = [
        {"code": "spa", "kind": "fixed", "points": 1500, "minimum_tier": "silver"},
        {"code": "room", "kind": "by_value", "points": 20, "per": 1, "cash_rate": "0.005", "least_points": 1000},
    ]
    terms, today = get_terms(rewards=rewards), [day("2026-05-01")]
    assert quote(terms, "gold", Wish("spa", today)).points == 1500
    assert get_codes(quote(terms, "base", Wish("spa", today))) == ["tier_needed"]
    assert get_codes(quote(terms, "gold", Wish("spa", today, pay_points=100))) == ["no_cash"]
    room = Wish("room", today, [Decimal("99.99")])
    assert quote(terms, "base", room).points == 2000
    mixed = quote(terms, "base", room._replace(pay_points=1001))
    assert (mixed.points, mixed.cash, mixed.is_allowed) == (1001, Decimal("5.00"), True)
    assert get_codes(quote(terms, "base", room._replace(pay_points=999))) == ["too_few"]
    assert get_codes(quote(terms, "base", room._replace(prices=[]))) == ["no_price"]
    assert get_codes(quote(terms, "base", Wish("boat", today))) == ["not_allowed"]


def test_f27_every_nth_night_is_free_by_tier_and_not_on_blackout_days():
    blackout = {"from_date": "2026-10-01", "until_date": "2026-10-07", "properties": ["SEA"]}
    reward = {"code": "night", "kind": "free_night", "points": 1000, "every": 5, "every_tier": "silver",
              "blackouts": [blackout], "until_date": "2026-12-31"}  # fmt: skip
    terms = get_terms(rewards=[reward])
    nights = [day(f"2026-09-{number:02}") for number in range(10, 21)]
    assert quote(terms, "silver", Wish("night", nights)).points == 9000
    assert quote(terms, "silver", Wish("night", nights)).free_nights == (nights[4], nights[9])
    assert quote(terms, "base", Wish("night", nights)).points == 11000
    golden = Wish("night", [day("2026-10-01")])
    assert quote(terms, "gold", golden).is_allowed
    assert get_codes(quote(terms, "gold", golden._replace(property_code="SEA"))) == ["closed_dates"]
    assert get_codes(quote(terms, "gold", Wish("night", [day("2027-01-01")]))) == ["closed_dates"]


def test_f28_claims():
    rule = Claims(days=30, answer_days=2, auto_points=500)
    asked = day("2026-05-29")
    found = check_claim(rule, Claim(day("2026-05-01"), asked, points=501, matches=True), CALENDAR)
    assert (found.is_allowed, found.is_automatic, found.due) == (True, False, day("2026-06-02"))
    assert check_claim(rule, Claim(day("2026-05-01"), asked, points=500, matches=True), CALENDAR).is_automatic
    assert not check_claim(rule, Claim(day("2026-05-01"), asked, points=1), CALENDAR).is_automatic
    assert get_codes(check_claim(rule, Claim(day("2026-04-28"), asked), CALENDAR)) == ["too_late"]
    assert get_codes(check_claim(rule, Claim(day("2026-06-01"), asked), CALENDAR)) == ["not_yet"]


@pytest.mark.parametrize(
    ("values", "codes"),
    [
        ({}, []),
        ({"points": 300}, ["too_few"]),
        ({"points": 650}, ["bad_step"]),
        ({"points": 2100}, ["too_many"]),
        ({"points": 2000, "given": ((day("2026-01-01"), 1500),)}, ["year_points"]),
        ({"points": 2000, "given": ((day("2025-12-31"), 1500),)}, []),
        ({"given": tuple((day("2026-01-01"), 1) for _once in range(3))}, ["year_count"]),
        ({"received": ((day("2026-01-01"), 2600),)}, ["receiver_full"]),
        ({"kind": "gift"}, ["not_allowed"]),
        ({"receiver": "m"}, ["same_member"]),
        ({"on": day("2026-01-20")}, ["too_new"]),
        ({"kind": "pool", "pool_members": 7}, ["pool_full"]),
    ],
)
def test_f29_limits_of_transfers(values, codes):
    rule = {"kinds": ["transfer", "pool"], "least": 500, "step": 100, "most": 2000, "year_points": 3000,
            "year_count": 3, "year_receive": 3000, "member_days": 30, "pool_size": 6}  # fmt: skip
    rules = make_programme(transfers=rule)
    giver = play(rules, Posting("p", day("2026-01-02"), "opening", 5000), joined="2026-01-01")
    wish = Transfer("transfer", 500, day("2026-05-01"), "other")._replace(**values)
    assert get_codes(check_transfer(rules.terms[0], giver, day("2026-01-01"), wish)) == codes


def test_f29_a_transfer_needs_a_tier_and_points():
    rules = make_programme(transfers={"minimum_tier": "silver"})
    poor = play(rules, Posting("p", day("2026-01-02"), "opening", 50), joined="2026-01-01")
    verdict = check_transfer(rules.terms[0], poor, day("2026-01-01"), Transfer("transfer", 60, day("2026-05-01"), "o"))
    assert get_codes(verdict) == ["tier_needed", "short_balance"]
    assert explain(verdict.reasons[1]) == "10 points are missing."


def test_f29_what_is_given_keeps_the_days_on_which_it_expires():
    rules = make_programme(expiry=[{"kind": "lot", "months": 12}])
    lots = Posting("a", day("2026-01-01"), "partner", 100), Posting("b", day("2026-02-01"), "partner", 100)
    giver = play(rules, *lots, Posting("t", day("2026-03-01"), "transfer", -150), key="giver")
    gone = [(move.points, move.expires) for move in giver.moves if move.origin == "t"]
    come = Posting("t", day("2026-03-01"), "transfer", 150, lots=split_transfer(gone, keep_expiry=True))
    receiver = play(rules, come, key="receiver")
    assert [(lot.remaining, str(lot.expires)) for lot in receiver.lots] == [(100, "2027-01-01"), (50, "2027-02-01")]
    assert giver.balance + receiver.balance == 200


def test_f30_a_discount_on_the_room_by_tier():
    where = {"op": "in", "field": "channel", "values": ["web"]}
    blackout = {"from_date": "2026-12-31", "until_date": "2026-12-31"}
    terms = get_terms(tiers=make_tiers(10, 20, discount_percent="7.5"),
                      discount={"where": where, "blackouts": [blackout]})  # fmt: skip
    stay = make_stay("2026-05-02", channel="web")
    assert get_discount(terms, "silver", stay, day("2026-05-01")) == Decimal("7.5")
    assert get_discount(terms, "base", stay, day("2026-05-01")) == 0
    assert get_discount(terms, "silver", stay, day("2026-12-31")) == 0
    assert get_discount(terms, "silver", stay._replace(channel="ota"), day("2026-05-01")) == 0


def test_f31_accounts():
    rule = Accounts(minimum_age=18, idle_years=3)
    assert check_joining(rule, day("2008-05-01"), day("2026-05-01"), False).is_allowed
    assert get_codes(check_joining(rule, day("2008-05-02"), day("2026-05-01"), True)) == ["has_account", "too_young"]
    assert check_joining(Accounts(one_per_person=False), None, day("2026-05-01"), True).is_allowed
    assert get_closing_day(rule, day("2026-05-01")) == day("2029-05-01")
    assert get_closing_day(Accounts(), day("2026-05-01")) is None


def test_f32_everything_says_why_by_which_version_and_from_what():
    happened = [
        make_stay("2026-02-01", 25, 400, key="s"),
        Redemption("r", day("2026-03-01"), 100, cancelled=day("2026-03-05")),
        Refund("f", day("2026-04-01"), "s"),
        Grant("g", day("2026-05-01"), "gold", "bought"),
        make_stay("2026-06-01", 1, 10, channel="ota"),
    ]
    found = play(make_plan("marriott"), *happened, as_of="2029-01-01")
    assert len(found.moves) >= 4 and len(found.decisions) >= 4
    for one in (*found.moves, *found.decisions):
        assert one.version == "2026" and one.origin and one.key
        for language in WORDS:
            assert explain(one.reason, language)
    for move in found.moves:
        assert move.inputs or move.kind in ("redeem", "return", "expire")
    names = {"gold": "金卡", "member": "会员"}
    assert explain(found.decisions[0].reason, "zh_CN", names) == "达到金卡（原为会员）。"


def test_every_reason_that_the_rules_name_has_words():
    folder = Path(__file__).resolve().parents[2] / "rules"
    named = {code for path in folder.glob("*.py") for code in re.findall(r'Reason\.of\(\s*"(\w+)"', path.read_text())}
    named |= {"posted_" + kind for kind in ("partner", "buy", "transfer", "gift", "adjust", "opening")}
    named |= {"tier_shortened", "tier_checked"}
    assert named == set(WORDS["en"]) == set(WORDS["zh_CN"])


@pytest.mark.parametrize("key", ["a/b", "a~1"])
def test_a_key_that_would_be_taken_for_another_is_refused(key):
    with pytest.raises(ValueError, match="no / and no ~"):
        play(make_plan("marriott"), make_stay("2026-02-01", key=key))


def test_members_do_not_depend_on_each_other():
    plan = make_plan("marriott")
    members = [Member(f"m{number}", day("2026-01-01"), (make_stay("2026-05-01", number, 10),)) for number in range(9)]
    whole = list(evaluate(plan, members, day("2026-12-31")))
    parts = [one for start in (0, 3, 6) for one in evaluate(plan, members[start : start + 3], day("2026-12-31"))]
    assert whole == parts
    assert list_codes(whole[0]) == []
