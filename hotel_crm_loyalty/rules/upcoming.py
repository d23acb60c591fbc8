"""When a member is to be evaluated again though nothing new has happened."""

from datetime import date

from .dates import add_months


def find_next(run) -> date | None:
    """Return the first day after the evaluation's on which the rules have something to do by themselves.

    :param run: engine.Run, played; it knows the first event that it left out
    """
    days = [run.next_day] if run.next_day else []
    days += [lot.available for lot in run.account.lots.values() if lot.remaining and lot.available > run.as_of]
    for fact in run.member.facts:
        days += [day for day in (fact.on, getattr(fact, "cancelled", None)) if day and day > run.as_of]
    days += [start for start in run.plan.starts if start > run.as_of]
    if run.bucket.window:
        days.append(add_months(run.bucket.window[0][0], run.terms.cycle.months))  # leaves the rolling window
    if any(terms.year_metrics for terms in run.plan.terms):
        days.append(date(run.as_of.year + 1, 1, 1))
    return min((day for day in days if day > run.as_of), default=None)
