"""When a member is to be evaluated again though nothing new has happened."""

from datetime import date

from .dates import add_months
from .facts import Redemption


def find_next(run) -> date | None:
    """Return the first day after the evaluation's on which the rules have something to do by themselves.

    :param run: engine.Run, played; it knows the first event that it left out
    """
    days, as_of = [run.next_day] if run.next_day else [], run.as_of
    days += [lot.available for lot in run.account.lots.values() if lot.available > as_of and lot.remaining]
    for fact in run.member.facts:
        if fact.on > as_of:
            days.append(fact.on)
        cancelled = fact.cancelled if type(fact) is Redemption else None
        if cancelled and cancelled > as_of:
            days.append(cancelled)
    days += [start for start in run.plan.starts if start > as_of]
    if run.bucket.window:
        days.append(add_months(run.bucket.window[0][0], run.terms.cycle.months))  # leaves the rolling window
    if run.plan.counts_years:
        days.append(date(as_of.year + 1, 1, 1))
    return min((day for day in days if day > as_of), default=None)
