"""Rules around an account that are asked before something happens: claims, transfers, discounts, joining.

Every answer is a `Verdict`: allowed or not, with all reasons. (F28 - F31; what is not said is not limited.)

>>> from .record_offers import Claims
>>> rule = Claims(days=30, answer_days=3, auto_points=5000)
>>> left, asked = date(2026, 5, 1), date(2026, 5, 29)
>>> verdict = check_claim(rule, Claim(left, asked, points=4000, matches=True), WorkingDays())
>>> verdict.is_allowed, verdict.is_automatic, verdict.due
(True, True, datetime.date(2026, 6, 3))
>>> check_claim(rule, Claim(left, date(2026, 6, 1)), WorkingDays()).reasons
(Reason(code='too_late', params=(('days', 30),)),)
"""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from .dates import DAY, WorkingDays, add_months, fixed_day
from .plan import Terms
from .record_offers import Accounts, Claims
from .results import Outcome, Reason


class Verdict(NamedTuple):
    """Whether something is allowed, and why."""

    is_allowed: bool
    reasons: tuple = ()
    is_automatic: bool = False  #: nobody has to decide
    due: date | None = None  #: last day for an answer


def _judge(reasons, **values):
    """Return a verdict: allowed where there is no reason against it."""
    return Verdict(not reasons, tuple(reasons), **values)


class Claim(NamedTuple):
    """A stay of which a member says that its points are missing."""

    departure: date
    asked: date
    points: int = 0  #: what the stay would earn
    matches: bool = False  #: there is such a stay, and it is nobody else's


def check_claim(rule: Claims, claim: Claim, calendar: WorkingDays) -> Verdict:
    """Return whether a claim is taken, whether it is granted at once, and until when it is answered (F28)."""
    reasons = []
    if claim.departure > claim.asked:
        reasons.append(Reason.of("not_yet"))
    if (claim.asked - claim.departure).days > rule.days:
        reasons.append(Reason.of("too_late", days=rule.days))
    if reasons:
        return _judge(reasons)
    due = None
    if rule.answer_days is not None:
        working = rule.answer_calendar == "working"
        due = calendar.add(claim.asked, rule.answer_days) if working else claim.asked + rule.answer_days * DAY
    automatic = claim.matches and claim.points <= rule.auto_points
    why = Reason.of("within_limit", points=claim.points) if automatic else Reason.of("to_decide")
    return Verdict(True, (why,), automatic, due)


class Transfer(NamedTuple):
    """Points that a member wants to give to another one. What was given this year is (day, points) each."""

    kind: str
    points: int
    on: date
    receiver: str
    given: tuple = ()  #: by the giver, any year
    received: tuple = ()  #: by the receiver, any year
    pool_members: int = 0  #: in the pool, giver and receiver included


def check_transfer(terms: Terms, giver: Outcome, joined: date, transfer: Transfer) -> Verdict:
    """Return whether points may go from one member to another, by the calendar year's limits (F29)."""
    rule = terms.version.transfers
    if rule is None or transfer.kind not in rule.kinds:
        return _judge([Reason.of("not_allowed", what=transfer.kind)])
    reasons = [*_check_amount(rule, transfer), *_check_year(rule, transfer)]
    if giver.member == transfer.receiver:
        reasons.append(Reason.of("same_member"))
    if (transfer.on - joined).days < rule.member_days:
        reasons.append(Reason.of("too_new", days=rule.member_days))
    if rule.minimum_tier and terms.get_tier(giver.tier).rank < terms.get_tier(rule.minimum_tier).rank:
        reasons.append(Reason.of("tier_needed", tier=rule.minimum_tier))
    if transfer.points > giver.available:
        reasons.append(Reason.of("short_balance", missing=transfer.points - giver.available))
    if transfer.kind == "pool" and rule.pool_size is not None and transfer.pool_members > rule.pool_size:
        reasons.append(Reason.of("pool_full", most=rule.pool_size))
    return _judge(reasons)


def _check_amount(rule, transfer):
    if transfer.points < rule.least:
        yield Reason.of("too_few", least=rule.least)
    if rule.most is not None and transfer.points > rule.most:
        yield Reason.of("too_many", most=rule.most)
    if transfer.points % rule.step:
        yield Reason.of("bad_step", step=rule.step)


def _check_year(rule, transfer):
    given = [points for day, points in transfer.given if day.year == transfer.on.year]
    received = [points for day, points in transfer.received if day.year == transfer.on.year]
    if rule.year_points is not None and sum(given) + transfer.points > rule.year_points:
        yield Reason.of("year_points", most=rule.year_points, used=sum(given))
    if rule.year_count is not None and len(given) >= rule.year_count:
        yield Reason.of("year_count", most=rule.year_count)
    if rule.year_receive is not None and sum(received) + transfer.points > rule.year_receive:
        yield Reason.of("receiver_full", most=rule.year_receive, used=sum(received))


def split_transfer(lots: Iterable[tuple], keep_expiry: bool) -> tuple:
    """Return ``Posting.lots`` of the receiver from what left the giver's lots: pairs (points, day of expiry or None).

    >>> split_transfer([(-100, date(2027, 1, 1)), (-50, None)], keep_expiry=True)
    ((100, datetime.date(2027, 1, 1)), (50, None))
    >>> split_transfer([(-100, date(2027, 1, 1)), (-50, None)], keep_expiry=False)
    ()
    """
    return tuple((-points, expires) for points, expires in lots) if keep_expiry else ()


def get_discount(terms: Terms, tier: str, fact, night: date) -> Decimal:
    """Return a member's discount on the room in percent for one night (F30); 0 for none.

    :param fact: what is booked, as a `facts.Stay`; the programme may ask for rate, channel, brand...
    """
    record = terms.get_tier(tier).record
    if terms.discount_where is not None and not terms.discount_where(fact):
        return Decimal(0)
    if find_blackout(terms.version.discount.blackouts, night, fact.property_code):
        return Decimal(0)
    return record.discount_percent or Decimal(0)


def find_blackout(blackouts, day: date, property_code: str):
    """Return the blackout that a day at a property is in, or None."""
    for blackout in blackouts:
        is_there = not blackout.properties or property_code in blackout.properties
        if is_there and blackout.from_date <= day <= blackout.until_date:
            return blackout
    return None


def check_joining(rule: Accounts, born: date | None, on: date, has_account: bool) -> Verdict:
    """Return whether somebody may join (F31). Without a date of birth the age is taken on trust.

    >>> rule = Accounts(minimum_age=18)
    >>> [check_joining(rule, date(2008, 2, 29), date(2026, 2, day), False).is_allowed for day in (27, 28)]
    [False, True]
    """
    reasons = []
    if has_account and rule.one_per_person:
        reasons.append(Reason.of("has_account"))
    if rule.minimum_age and born and fixed_day(born.year + rule.minimum_age, born.month, born.day) > on:
        reasons.append(Reason.of("too_young", years=rule.minimum_age))
    return _judge(reasons)


def get_closing_day(rule: Accounts, last_activity: date) -> date | None:
    """Return the day on which an idle account is closed, or None (F31).

    >>> get_closing_day(Accounts(idle_years=5), date(2024, 2, 29))
    datetime.date(2029, 2, 28)
    """
    return add_months(last_activity, 12 * rule.idle_years) if rule.idle_years else None


def get_notice_days(expires: date, before: Iterable[int] = (90, 30, 7)) -> list[date]:
    """Return the days on which to remind somebody of points that expire.

    >>> [str(day) for day in get_notice_days(date(2027, 1, 15))]
    ['2026-10-17', '2026-12-16', '2027-01-08']
    """
    return [expires - timedelta(days=days) for days in before]
