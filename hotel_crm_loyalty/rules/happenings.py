"""What each kind of fact does to a member's points and tier while the history is replayed."""

from typing import NamedTuple

from .earning import Award, is_in_window, make_bonus
from .expiring import get_lot_expiry
from .facts import POSTINGS
from .ledger import Entry
from .results import Reason
from .timeline import CANCEL, CHOICE, EXTENSION, GRANT, POSTING, REDEMPTION, REFUND, SPEND


class Record(NamedTuple):
    """What a stay or purchase did, kept for the case that it is refunded."""

    fact: object
    terms: object
    tier: object
    bucket: object
    amounts: dict
    lots: dict  #: code of an award -> (key of its lot, points)
    caps: tuple  #: pairs (cap, points used of it)
    obstacle: tuple | None


def on_spend(run, key, fact):
    """A stay or a purchase: points, then what it counts for the tier (F16 - F22)."""
    terms = run.plan.at(get_judged_day(run.terms.version.judged_by, fact))
    tier = terms.get_tier(run.standing.get_code_on(_get_tier_day(terms, fact)))
    obstacle, awards = terms.earning.find_obstacle(fact), []
    if obstacle is None:
        awards = terms.earning.earn(fact, tier, run.usage)
    elif not fact.is_no_show:
        run.refuse(key, Reason.of("not_eligible", field=obstacle[0], value=obstacle[1]))
    lots = {}
    for award in awards:
        entry = Entry(_get_award_key(award, key), award.kind, run.day, terms.code, key, award.reason,
                      (("tier", tier.code), *award.inputs))  # fmt: skip
        run.credit(entry, award.points)
        lots[award.code] = entry.key, award.points
    if obstacle is None:
        run.expiring.note("stay", key)
    if awards:
        run.expiring.note("earn", key)
    amounts = terms.measure(fact, *_get_totals(awards))
    run.records[key] = Record(fact, terms, tier, run.bucket, amounts, lots, run.usage.take_used(), obstacle)
    run.count(amounts, run.day, key)


def get_judged_day(judged_by: str, fact):
    """Return the day whose rules a stay or purchase is judged by (F1)."""
    if judged_by == "booking":
        return fact.booked or fact.on
    return (fact.arrival if judged_by == "arrival" else None) or fact.on


def _get_tier_day(terms, fact):
    return (fact.arrival if terms.earning.record.tier_on == "arrival" else None) or fact.on


def _get_award_key(award: Award, key):
    return f"{award.kind}/{key}/{award.code}" if award.code else f"{award.kind}/{key}"


def _get_totals(awards):
    """Return base points, and status points beside them."""
    base = awards[0].points if awards and not awards[0].code else 0
    return base, sum(award.points for award in awards if award.is_status)


def on_refund(run, key, refund):
    """Money went back: points return from their lots, counts fall, the tier is looked at again (F26)."""
    record = run.records.get(refund.target)
    if record is None:
        run.refuse(key, Reason.of("refund_without_target", target=refund.target))
        return
    fact, awards, caps, amounts = record.fact, [], (), {}
    run.usage.forget(record.caps, tuple(code[5:] for code in record.lots if code.startswith("rule:")))
    if refund.spend or refund.nights:
        fact = fact._replace(spend=(*fact.spend, *((group, -amount) for group, amount in refund.spend)))
        if refund.nights and fact.kind == "stay":
            fact = fact._replace(nights_cut=fact.nights_cut + refund.nights)
        awards = record.terms.earning.earn(fact, record.tier, run.usage) if record.obstacle is None else []
        amounts = record.terms.measure(fact, *_get_totals(awards))
        caps = run.usage.take_used()
    lots = _reverse_points(run, key, refund, record, {award.code: award.points for award in awards})
    lowered = {metric: value - amounts.get(metric, 0) for metric, value in record.amounts.items()}
    run.records[refund.target] = record._replace(fact=fact, amounts=amounts, lots=lots, caps=caps)
    if not refund.spend and not refund.nights:
        del run.records[refund.target]
        run.expiring.forget(refund.target)
    _lower_counts(run, key, record, {metric: value for metric, value in lowered.items() if value})


def _reverse_points(run, key, refund, record, left):
    """Take back what is not earned any more; return what stays in each lot."""
    lots, policy = {}, run.terms.version.debt.policy
    for code, (lot, points) in record.lots.items():
        lots[code] = lot, min(left.get(code, 0), points)
        back = points - lots[code][1]
        if back:
            reason = Reason.of("refunded", points=back, target=refund.target)
            inputs = (("earned", points), ("left", lots[code][1]))
            entry = Entry(f"reverse/{key}", "reverse", run.day, run.terms.code, key, reason, inputs)
            run.account.take_back(lot, back, entry, policy)
    return lots


def _lower_counts(run, key, record, lowered):
    if not lowered:
        return
    bucket = record.bucket
    while bucket.merged_into is not None:
        bucket = bucket.merged_into
    bucket.remove(record.fact.on, lowered)
    run.change_lives(lowered, record.fact.on, -1)
    _withdraw_milestones(run, bucket, key)
    run.standing.recheck(bucket, key)


def on_posting(run, key, fact):
    """Points that come or go by themselves (F29)."""
    reason = Reason.of(f"posted_{fact.kind}", points=abs(fact.points), note=fact.note)
    entry = Entry(f"post/{key}", "post", run.day, run.terms.code, key, reason)
    if fact.points < 0:
        run.account.spend(entry, -fact.points)
    elif fact.lots:
        for number, (points, expires) in enumerate(fact.lots, 1):
            part = entry._replace(key=f"{entry.key}/{number}")
            run.open_lot(part, points, run.day, expires)
    elif fact.points:
        expires = fact.expires or get_lot_expiry(run.terms.expiry, run.day, run.day)
        run.open_lot(entry, fact.points, run.day, expires)
    if POSTINGS[fact.kind]:
        run.expiring.note(POSTINGS[fact.kind], key)
    if fact.status_points:
        codes = [metric.code for metric in run.terms.version.metrics if metric.kind == "status_points"]
        run.count(dict.fromkeys(codes, fact.status_points), run.day, key)


def on_redemption(run, key, fact):
    """Points are spent (F25). What history spent beyond what there was is a debt."""
    reason = Reason.of("redeemed", points=fact.points, reward=fact.reward)
    entry = Entry(f"redeem/{key}", "redeem", run.day, run.terms.code, key, reason)
    missing = run.account.spend(entry, fact.points)
    if missing:
        run.refuse(key, Reason.of("redemption_short", points=fact.points, missing=missing))
    run.expiring.note("redeem", key)


def on_cancel(run, key, fact):
    """A redemption is cancelled: points return to their lots, and it was no activity (F24, F25)."""
    reason = Reason.of("redemption_cancelled", points=fact.points, reward=fact.reward)
    entry = Entry(f"return/{key}", "return", run.day, run.terms.code, key, reason)
    run.account.give_back(key, entry, run.terms.version.debt.late_days)
    for move in run.account.moves[::-1]:
        if move.origin != key or move.kind != "return":
            break
        if move.lot:
            run.expiring.watch(run.account.lots[move.lot])
    run.expiring.forget(key, run.terms.version.debt.late_days)


def give_welcome(run, bonus):
    """Points for joining, where the programme has them."""
    if not is_in_window(bonus, run.day):
        return
    award = make_bonus(bonus, int(bonus.value), 0)
    entry = Entry(f"bonus/join/{award.code}", "bonus", run.day, run.terms.code, "join", award.reason, award.inputs)
    run.credit(entry, award.points)
    run.usage.times[bonus.code] += 1


# milestones (F14)


def _count_reached(milestone, bucket):
    have, first = bucket.counts.get(milestone.metric), milestone.first or milestone.every
    return int((have - first) // milestone.every) + 1 if have is not None and have >= first else 0


def offer_milestones(run, origin):
    """Offer what the counts have reached; a single reward of points is credited by itself."""
    bucket = run.bucket
    for milestone in run.terms.version.milestones:
        reached = _count_reached(milestone, bucket)
        if not reached:
            continue
        offered = bucket.milestones.setdefault(milestone.code, [])
        for number in range(len(offered) + 1, reached + 1):
            need = (milestone.first or milestone.every) + (number - 1) * milestone.every
            codes = tuple(option.code for option in milestone.options)
            reason = Reason.of("milestone", metric=milestone.metric, reached=need, options=", ".join(codes))
            held = run.standing.held
            # the cycle and the number are in the key: it is reached once in each
            place = f"{milestone.code}:{bucket.start}:{number}"
            key = run.decide("milestone", run.day, None, held, held, place, reason, run.get_inputs(bucket))
            offered.append(key)
            run.offers[key] = milestone
            if len(milestone.options) == 1:
                _take_option(run, key, milestone.options[0], place)


def on_choice(run, key, fact):
    """The member chooses what to take at a milestone, once."""
    milestone = run.offers.get(fact.milestone)
    option = milestone and next((one for one in milestone.options if one.code == fact.option), None)
    if option is None:
        run.refuse(key, Reason.of("choice_refused", option=fact.option))
        return
    _take_option(run, fact.milestone, option, key)


def _take_option(run, offer, option, origin):
    del run.offers[offer]
    held, reason = run.standing.held, Reason.of("milestone_chosen", option=option.code, points=option.points)
    run.decide("choice", run.day, None, held, held, origin, reason, (("offer", offer),))
    if option.points:
        entry = Entry(f"bonus/{origin}/milestone", "bonus", run.day, run.terms.code, origin, reason)
        run.credit(entry._replace(inputs=(("offer", offer),)), option.points)


def _withdraw_milestones(run, bucket, origin):
    """Withdraw offers that a refund has left without ground; what was taken already stays."""
    for milestone in run.terms.version.milestones:
        offered = bucket.milestones.get(milestone.code, [])
        while len(offered) > _count_reached(milestone, bucket) and offered[-1] in run.offers:
            offer, held = offered.pop(), run.standing.held
            del run.offers[offer]
            reason = Reason.of("milestone_withdrawn", metric=milestone.metric)
            run.decide("withdraw", run.day, None, held, held, f"{origin}/{offer}", reason, run.get_inputs(bucket))


HANDLERS = {
    EXTENSION: lambda run, key, fact: run.expiring.extend(fact),
    GRANT: lambda run, key, fact: run.standing.grant(fact),
    SPEND: on_spend,
    POSTING: on_posting,
    REDEMPTION: on_redemption,
    CANCEL: on_cancel,
    REFUND: on_refund,
    CHOICE: on_choice,
}
