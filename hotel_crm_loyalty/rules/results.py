"""What the evaluation says: moves of points, decisions, lots, and the reason of each. Values only.

Every move and decision has a ``key`` that depends on the facts behind it and on nothing else: whoever
books results keeps the keys unique, and a replay adds nothing.

>>> Reason.of("tier_gained", tier="gold", nights=25)
Reason(code='tier_gained', params=(('tier', 'gold'), ('nights', 25)))
"""

from datetime import date
from typing import NamedTuple


class Reason(NamedTuple):
    """Why: a code and its parameters as pairs; ``words.explain`` says it in a language."""

    code: str
    params: tuple = ()

    @classmethod
    def of(cls, code, **params):
        """Return a reason with parameters given by name."""
        return cls(code, tuple(params.items()))


class Move(NamedTuple):
    """Points that come into a lot or leave it; ``lot`` None is the debt of the account.

    ``kind``: earn, bonus, post, redeem, return, reverse, expire, settle. The sum of all moves of a lot is what
    remains in it; the sum of those without a lot is the debt as a negative number.
    """

    key: str
    member: str
    kind: str
    on: date  #: business date
    available: date  #: first day on which the points can be spent
    lot: str | None
    points: int
    expires: date | None  #: day on which what remains is lost; None: not by the lot itself
    version: str  #: code of the rule version
    origin: str  #: key of the fact, or of the rule's own event
    reason: Reason
    inputs: tuple = ()  #: pairs (name, value) of what was reckoned with


class Decision(NamedTuple):
    """Something decided about a member.

    ``kind``: gain, keep, downgrade (tiers); rollover; milestone, choice; withdraw (a milestone, or a tier before its
    first day); refuse (a fact that earned nothing).
    """

    key: str
    member: str
    kind: str
    on: date  #: day of the decision
    effective: date  #: first day on which it holds
    until: date | None  #: last day; None: no end
    tier: str
    previous: str
    version: str
    origin: str
    reason: Reason
    inputs: tuple = ()


class Lot(NamedTuple):
    """Points that came in together, as they are on the day of the evaluation."""

    key: str
    on: date
    available: date
    expires: date | None
    granted: int
    remaining: int


class Outcome(NamedTuple):
    """All that the rules say about one member on one day."""

    member: str
    as_of: date
    moves: tuple
    decisions: tuple
    lots: tuple
    debt: int
    tier: str
    tier_since: date
    tier_until: date | None
    expires: date | None  #: when the whole balance is lost unless something happens
    cycle: tuple  #: first and last day; the last is None for a rolling window
    counts: dict  #: metric -> its count in the cycle, rollover included
    lifetime: dict
    next_day: date | None = None  #: first day on which something happens by itself, or by a fact that is known

    @property
    def balance(self) -> int:
        """Points in all lots, pending ones too."""
        return sum(lot.remaining for lot in self.lots)

    @property
    def available(self) -> int:
        """Points that can be spent on the day of the evaluation."""
        return sum(lot.remaining for lot in self.lots if lot.available <= self.as_of)
