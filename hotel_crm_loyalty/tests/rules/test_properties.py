"""What holds for every history: lots add up, replays change nothing, parts equal the whole."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ...rules.changes import collect_booked, compare, find_bookings
from ...rules.engine import evaluate, evaluate_member
from ...rules.facts import Choice, Extension, Grant, Member, Posting, Purchase, Redemption, Refund, Stay
from .makers import make_plan, make_programme, make_tiers

START = date(2024, 1, 1)
END = START + timedelta(days=1100)
EARNING = {
    "rates": [
        {"code": "room", "groups": ["room"], "points": "1.5", "cap": {"points": 900, "per": "transaction"}},
        {"code": "rest", "points": 1, "per": 3, "cap": {"points": 100, "per": "day"}},
    ],
    "posting_days": 2,
    "bonuses": [{"code": "first", "kind": "percent", "value": 50, "times": 2, "status": True}],
}
MILESTONE = {"code": "m", "metric": "nights", "every": 4, "options": [{"code": "a", "points": 90}]}
RICH = {
    "metrics": [{"code": "nights", "kind": "nights"}, {"code": "missed", "kind": "no_shows"}],
    "earning": EARNING,
    "tiers": make_tiers(5, 12, bonus_percent="30", grants=["gifted"]),
    "milestones": [MILESTONE],
}
PLANS = [
    make_programme(**RICH, expiry=[{"kind": "lot", "months": 7, "exempt_tiers": ["gold"]}],
                   rollovers=[{"metric": "nights"}]),
    make_programme(**RICH, cycle={"kind": "rolling"}, debt={"policy": "debt", "late_days": 20},
                   expiry=[{"kind": "inactivity", "months": 4, "exempt_tiers": ["gold"]}, {"kind": "calendar"}]),
    make_programme(**RICH, cycle={"kind": "tier_change", "months": 5, "reset_on": ["upgrade", "renewal"]},
                   changes={"upgrade": "next_day", "renewal": "at_end", "landing": "soft"},
                   validity={"kind": "months", "months": 5}, debt={"policy": "forgive"}),
    make_programme(**RICH, cycle={"kind": "joining", "best_of_previous": True}, changes={"landing": "never"}),
    make_plan("marriott"),
    make_plan("hilton"),
    make_plan("ihg"),
    make_plan("btg"),
    make_plan("hotel_club"),
]  # fmt: skip
PLAIN = make_programme(earning={"rates": [{"code": "r", "points": 1}]}, debt={"policy": "other_lots"})

DAYS = st.integers(0, 1000).map(lambda number: START + timedelta(days=number))
AMOUNTS = st.integers(0, 200000).map(lambda cents: Decimal(cents) / 100)
CHANNELS = st.sampled_from(["direct", "web", "ota"])


@st.composite
def stays(draw, key):
    arrival, nights = draw(DAYS), draw(st.integers(0, 9))
    spend = (("room", draw(AMOUNTS)), ("food", draw(AMOUNTS)))
    return Stay(key, arrival, arrival + timedelta(days=nights), spend, channel=draw(CHANNELS),
                rooms=draw(st.integers(1, 3)), is_no_show=draw(st.integers(0, 9)) == 0)  # fmt: skip


@st.composite
def others(draw, key, targets):
    day = draw(DAYS)
    later = st.integers(0, 300).map(lambda number: day + timedelta(days=number))
    target = draw(st.sampled_from(targets)) if targets else "nothing"
    kinds = {
        "purchase": lambda: Purchase(key, day, (("event", draw(AMOUNTS)),), event=draw(st.sampled_from(["", "ball"]))),
        "posting": lambda: Posting(key, day, "partner", draw(st.integers(-900, 900))),
        "redemption": lambda: Redemption(key, day, draw(st.integers(1, 900)), cancelled=draw(st.none() | later)),
        "refund": lambda: Refund(key, day, target),
        "part": lambda: Refund(key, day, target, (("room", draw(AMOUNTS)),), draw(st.integers(0, 2))),
        "grant": lambda: Grant(key, day, "silver", "gifted", draw(st.none() | later)),
        "extension": lambda: Extension(key, day, draw(later)),
        "choice": lambda: Choice(key, day, "none", "a"),
    }
    return kinds[draw(st.sampled_from(sorted(kinds)))]()


@st.composite
def histories(draw, most=9):
    found = [draw(stays(f"s{number}")) for number in range(draw(st.integers(0, most)))]
    targets = [stay.key for stay in found]
    return tuple(found + [draw(others(f"x{number}", targets)) for number in range(draw(st.integers(0, most)))])


def make_member(facts, key="m"):
    return Member(key, START, tuple(facts))


def sum_by_lot(moves):
    found = defaultdict(int)
    for move in moves:
        found[move.lot] += move.points
    return {lot: points for lot, points in found.items() if points}


def check_ledger(outcome):
    sums = sum_by_lot(outcome.moves)
    assert -sums.pop(None, 0) == outcome.debt >= 0
    assert sums == {lot.key: lot.remaining for lot in outcome.lots if lot.remaining}
    assert all(0 <= lot.remaining <= lot.granted for lot in outcome.lots)
    keys = [move.key for move in outcome.moves]
    assert len(keys) == len(set(keys))
    keys = [decision.key for decision in outcome.decisions]
    assert len(keys) == len(set(keys))


plans = st.sampled_from(PLANS)
quick = settings(max_examples=60, deadline=None)


@quick
@given(plans, histories(), st.randoms(use_true_random=False))
def test_lots_add_up_and_a_replay_changes_nothing(plan, facts, order):
    outcome = evaluate_member(plan, make_member(facts), END)
    check_ledger(outcome)
    mixed = [*facts, *facts[:3]]
    order.shuffle(mixed)
    assert evaluate_member(plan, make_member(mixed), END) == outcome
    assert compare(outcome, outcome) is None
    assert find_bookings(collect_booked(outcome.moves), outcome) == []


@quick
@given(plans, histories(), st.integers(0, 1100))
def test_nothing_looks_ahead(plan, facts, number):
    day = START + timedelta(days=number)
    early = evaluate_member(plan, make_member(facts), day)
    late = evaluate_member(plan, make_member(facts), END)
    check_ledger(early)
    assert early.moves == tuple(move for move in late.moves if move.on <= day)
    assert early.decisions == tuple(one for one in late.decisions if one.on <= day)
    known = [fact for fact in facts if fact.on <= day]
    known = [fact._replace(cancelled=None) if getattr(fact, "cancelled", None) and fact.cancelled > day else fact
             for fact in known]  # fmt: skip
    assert evaluate_member(plan, make_member(known), day)._replace(next_day=None) == early._replace(next_day=None)


@quick
@given(plans, histories())
def test_the_tier_is_what_the_decisions_say(plan, facts):
    outcome = evaluate_member(plan, make_member(facts), END)
    held = plan.terms[0].tiers[0].code
    withdrawn = {(one.tier, one.on) for one in outcome.decisions if one.kind == "withdraw"}
    changes = [one for one in outcome.decisions if one.kind in ("gain", "downgrade") and one.effective <= END]
    for one in sorted(changes, key=lambda one: one.effective):
        if not any(tier == one.tier and one.on <= day < one.effective for tier, day in withdrawn):
            held = one.tier
    assert outcome.tier == held


@quick
@given(histories(), st.integers(1, 500), DAYS)
def test_a_cancelled_redemption_restores_the_lots_exactly(facts, points, day):
    until = day + timedelta(days=1)
    quiet = [fact for fact in facts if fact.on != day and fact.on != until]
    before = evaluate_member(PLAIN, make_member(quiet), until)
    undone = evaluate_member(PLAIN, make_member([*quiet, Redemption("undone", day, points, cancelled=until)]), until)
    if not before.debt and points <= evaluate_member(PLAIN, make_member(quiet), day).available:
        assert undone.lots == before.lots
        assert undone.debt == 0


@quick
@given(histories(), stays("undone"))
def test_a_refunded_stay_leaves_the_other_lots_as_they_were(facts, stay):
    quiet = [fact for fact in facts if fact.on != stay.on]
    refund = Refund("refund", stay.on, "undone")
    before = evaluate_member(PLAIN, make_member(quiet), stay.on)
    undone = evaluate_member(PLAIN, make_member([*quiet, stay, refund]), stay.on)
    if not before.debt:
        left = [lot for lot in undone.lots if "/undone" not in lot.key]
        assert (tuple(left), undone.balance, undone.debt) == (before.lots, before.balance, 0)
        assert (undone.tier, {k: v for k, v in undone.counts.items() if v}) == (
            before.tier,
            {k: v for k, v in before.counts.items() if v},
        )


@quick
@given(plans, st.lists(histories(4), min_size=1, max_size=6), st.data())
def test_evaluating_what_has_changed_is_evaluating_all(plan, batch, data):
    members = [make_member(facts, f"m{number}") for number, facts in enumerate(batch)]
    stored = {one.member: one for one in evaluate(plan, members, END)}
    cut = data.draw(st.integers(0, len(members)))
    assert [*evaluate(plan, members[:cut], END), *evaluate(plan, members[cut:], END)] == list(stored.values())
    changed = {}
    for member in data.draw(st.lists(st.sampled_from(members), unique=True)):
        changed[member.key] = member._replace(facts=data.draw(histories(4)))
    stored.update({one.member: one for one in evaluate(plan, changed.values(), END)})
    members = [changed.get(member.key, member) for member in members]
    assert list(stored.values()) == list(evaluate(plan, members, END))


@quick
@given(plans, histories(), histories(), st.integers(0, 1100))
def test_a_ledger_that_only_adds_arrives_at_the_new_truth(plan, facts, other, number):
    before = evaluate_member(plan, make_member(facts), START + timedelta(days=number))
    after = evaluate_member(plan, make_member(other), END)
    ledger = [*before.moves, *find_bookings(collect_booked(before.moves), after)]
    assert sum_by_lot(ledger) == sum_by_lot(after.moves)
    assert len({move.key for move in ledger}) == len(ledger)
    assert find_bookings(collect_booked(ledger), after) == []
    back = find_bookings(collect_booked(ledger), before)
    assert sum_by_lot([*ledger, *back]) == sum_by_lot(before.moves)
    assert len({move.key for move in [*ledger, *back]}) == len(ledger) + len(back)


def test_a_member_who_joins_later_cannot_be_evaluated():
    with pytest.raises(ValueError, match="joins on"):
        evaluate_member(PLAIN, make_member(()), START - timedelta(days=1))
