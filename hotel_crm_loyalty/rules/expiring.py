"""When points are lost (F23, F24): by lot, by calendar, or all at once after a time without activity.

>>> from .record_points import Expiry
>>> day = date(2026, 1, 31)
>>> get_lot_expiry([Expiry(kind="lot", months=25)], day, day), get_lot_expiry([Expiry(kind="inactivity")], day, day)
(datetime.date(2028, 2, 29), None)
>>> get_lot_expiry([Expiry(kind="calendar", years=2)], day, day)
datetime.date(2029, 1, 1)
>>> get_lot_expiry([Expiry(kind="lot", months=12, round_to="month_end", grace_days=5)], day, day)
datetime.date(2027, 2, 6)
"""

from datetime import date, timedelta

from .dates import DAY, add_months, fixed_day
from .ledger import Entry
from .results import Reason
from .timeline import EXPIRY, INACTIVITY


def get_lot_expiry(rules, earned: date, posted: date) -> date | None:
    """Return the day on which points of a lot are gone, the earliest of all rules; None: not by the lot itself."""
    found = None
    for rule in rules:
        if rule.kind != "inactivity":
            day = _get_rule_expiry(rule, posted if rule.start == "posted" else earned)
            found = day if found is None else min(found, day)
    return found


def _get_rule_expiry(rule, start):
    if rule.kind == "calendar":
        day = fixed_day(start.year + rule.years, rule.month, rule.day) + DAY
    else:
        day = add_months(start, rule.months)
        if rule.round_to == "month_end":
            day = fixed_day(day.year, day.month, 31) + DAY
        elif rule.round_to == "year_end":
            day = date(day.year + 1, 1, 1)
    return day + timedelta(days=rule.grace_days)


class Expiring:
    """What will be lost, and when, of one member while its history is replayed."""

    __slots__ = ("run", "activities", "fell", "extended", "_suspended", "_armed")

    def __init__(self, run):
        self.run = run
        self.activities = {}  #: key of the fact -> its day, in the order of days
        self.fell = self.extended = self._armed = None
        self._suspended = []  #: lots whose day came while the tier was exempt

    def note(self, kind: str, key: str):
        """Note an activity, if the programme counts that kind."""
        rule = self.run.terms.inactivity
        if rule is not None and kind in rule.activities:
            self.activities.pop(key, None)
            self.activities[key] = self.run.day
            if self._armed is None:  # what is armed is never too late: activities only move the day on
                self.arm()

    def restart(self):
        """Points have come into an empty account: they have the whole time, whatever was before."""
        if self.run.terms.inactivity is not None:
            self.fell = self.run.day
            self.arm()

    def forget(self, key: str, late_days: int = 0):
        """An activity is none any more: the redemption was cancelled, the stay refunded.

        Where the time has run out meanwhile, what came back lives for ``late_days``.
        """
        self.activities.pop(key, None)
        deadline = self.get_deadline()
        if late_days and deadline is not None and deadline <= self.run.day:
            self.extended = self.run.day + timedelta(days=late_days)
        self.on_inactivity()

    def get_deadline(self) -> date | None:
        """Return the day on which the whole balance is lost if nothing happens before, or None."""
        rule, run = self.run.terms.inactivity, self.run
        if rule is None or run.standing.held in rule.exempt_tiers:
            return None
        last = next(reversed(self.activities.values()), None)
        last = max(filter(None, (last, self.fell)), default=run.member.joined)
        deadline = add_months(last, rule.months) + timedelta(days=rule.grace_days)
        return max(deadline, self.extended or deadline)

    def on_inactivity(self):
        """Lose the balance if its day has come, else look again on that day."""
        run, self._armed = self.run, None
        deadline = self.get_deadline()
        if deadline is None or deadline > run.day:
            self.arm()
            return
        last = next(reversed(self.activities.values()), run.member.joined)
        reason = Reason.of("inactive", months=run.terms.inactivity.months, last=last)
        entry = Entry(f"inactive/{run.day}", "expire", run.day, run.terms.code, "inactivity", reason, (("last", last),))
        for lot in run.account.lots.values():
            if lot.remaining:
                run.account.extend(lot, run.day)
                run.account.expire(lot, entry)

    def arm(self):
        """Look again on the day on which the balance would be lost."""
        deadline = self.get_deadline()
        if deadline is not None and (self._armed is None or deadline < self._armed):
            self._armed = max(deadline, self.run.day + DAY)
            self.run.plan_event(self._armed, INACTIVITY, "inactivity", None)

    def watch(self, lot):
        """Look at a lot on the day on which it expires."""
        if lot.expires is not None:
            self.run.plan_event(max(lot.expires, self.run.day), EXPIRY, lot.key, lot)

    def on_lot(self, lot):
        """Lose what remains in a lot, unless its day was moved or the tier is exempt."""
        run = self.run
        if lot.expires is None or lot.expires > run.day or not lot.remaining:
            return
        if self._is_exempt(run.standing.held):
            run.account.extend(lot, None)
            self._suspended.append(lot)
            return
        reason = Reason.of("lot_expired", earned=lot.on)
        run.account.expire(lot, Entry(f"{run.day}", "expire", run.day, run.terms.code, "expiry", reason))

    def _is_exempt(self, code):
        return any(code in rule.exempt_tiers for rule in self.run.terms.expiry if rule.kind != "inactivity")

    def on_tier(self, old: str):
        """The tier has changed: who falls out of the exempt ones has the whole time from that day on."""
        run = self.run
        rule, held = run.terms.inactivity, run.standing.held
        if rule is not None and old in rule.exempt_tiers and held not in rule.exempt_tiers:
            self.fell = run.day
            self.arm()
        if self._suspended and not self._is_exempt(held):
            for lot in self._suspended:
                run.account.extend(lot, get_lot_expiry(run.terms.expiry, run.day, run.day))
                self.watch(lot)
            self._suspended = []

    def extend(self, fact):
        """Let points live at least until a day."""
        run = self.run
        if not fact.lot:
            self.extended = max(fact.until, self.extended or fact.until)
        for lot in run.account.lots.values():
            if lot.remaining and lot.expires and lot.expires < fact.until and fact.lot in ("", lot.key):
                run.account.extend(lot, fact.until)
                self.watch(lot)
