"""The loyalty rules: facts of members and a programme in, points and tiers with their reasons out. Plain Python.

A programme is data (`programme`, `record_points`, `record_tiers`, `record_offers`), read from JSON and checked by
`loader`, `schema` and `check`; there is no expression in it, only records and Boolean trees (`trees`). `plan.Plan`
makes it ready. `engine.evaluate` replays each member's facts (`facts`) in the order of dates and yields an outcome
(`results`): moves of points into and out of lots (`ledger`, `earning`, `expiring`), decisions about tiers (`standing`,
`lasting`, `cycles`) and milestones (`happenings`), each with rule version, inputs and a reason that `words` says in
English and Chinese. `changes` compares two evaluations and says what a ledger has to add. `rewards` and `limits`
answer what is asked before something happens. Nothing reads a clock; nothing is random; no amount is a float.

>>> from datetime import date
>>> from decimal import Decimal
>>> from .engine import evaluate
>>> from .facts import Member, Stay
>>> from .loader import load_fixture
>>> from .plan import Plan
>>> stay = Stay("s1", date(2026, 5, 1), date(2026, 5, 3), (("room", Decimal(400)),), channel="direct")
>>> [(one.balance, one.tier) for one in evaluate(Plan(load_fixture("marriott")),
...     [Member("m1", date(2026, 1, 1), (stay,))], date(2026, 12, 31))]
[(4000, 'member')]

Keys of moves and decisions are unique within a programme and member, and depend on the facts alone: a replay
books nothing twice. Members do not depend on each other, and nothing looks ahead, so evaluating the members
whose facts have changed is the same as evaluating all.

Where published features contradict each other, this holds:

* Counts that begin at 0 with each renewal (F8) and renewal as soon as the condition is met: every renewal would take
  away the nights on the way to the next tier. `check` refuses it: such programmes renew at the cycle's end.
* A rolling window (F7) has no end: rollover (F12) and the better of two cycles are refused with it. Who holds a tier
  by it is looked at again when the tier's validity ends.
* A tier that is never lost (F11) and a refund (F26): the refund wins, because the tier had not been earned.
* Soft landing (F11) and a match with an end date (F15): the match ends hard; what was earned lands.
* Points return to the lots they came from (F25), but the lot has expired (F23): they expire at once, or live for
  ``Debt.late_days``.
* Points are taken back from their own lots (F26), but were spent (F25): other lots, a debt or nothing, by
  ``Debt.policy``. What has expired of the lot is owed by nobody.
* An exempt tier (F23) and the date of a lot: the date is lifted while the tier is held; who falls has the whole time
  again from that day.
* Redemptions are activity until they are cancelled (F24): if the time had run out without them, the balance is lost
  on the day of the cancellation, not in the past.
* The next day as a tier's first (F10) and counters that begin at 0 (F8): they do so at the decision; what happens
  between it and the first day counts for the new cycle.
* What a stay is judged by (F1: departure, arrival, booking) is itself a rule: that of the version in force on the
  departure says it.
* Milestones (F14) and refunds (F26): an offer is withdrawn, a reward that was chosen stays.
* Points of a pool (F29) belong to members: a pool is a limit on transfers, not an account that several may spend.
"""
