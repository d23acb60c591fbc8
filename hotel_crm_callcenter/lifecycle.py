"""What is known of a call from its events, in whatever order they came.

Plain Python, no Odoo, no clock. The facts are computed anew from all events of the call, sorted by
their number: an event that comes late or twice changes nothing but what it tells.

>>> from datetime import datetime
>>> at = lambda second: datetime(2026, 5, 1, 10, 0, second)
>>> events = [
...     Moment(1, at(0), "call.incoming"), Moment(2, at(1), "call.answered"),
...     Moment(3, at(9), "agent.ringing", {"endpoint": "PJSIP/101"}),
...     Moment(4, at(14), "agent.answered", {"endpoint": "PJSIP/101"}),
...     Moment(5, at(50), "call.ended", {"talk": 36.0, "reason": "normal"})]
>>> facts = fold(reversed(events))
>>> facts.state, facts.outcome, facts.wait_s, facts.talk_s, facts.legs[0].state
('ended', 'answered', 5.0, 36.0, 'ended')
"""

from dataclasses import dataclass, field
from datetime import datetime

#: states of a call, in the order in which it goes through them
STATES = ("ringing", "menu", "waiting", "talking", "ended")
OUTCOMES = ("answered", "self_service", "abandoned", "left_menu", "missed")


@dataclass(frozen=True)
class Moment:
    """An event, as far as the call's facts go."""

    seq: int
    at: datetime
    kind: str
    data: dict = field(default_factory=dict)


@dataclass
class LegFacts:
    """One ringing of an agent's telephone; ``state`` is ringing, talking, missed or ended."""

    endpoint: str
    rang_at: datetime
    state: str = "ringing"
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    reason: str = ""


@dataclass
class CallFacts:
    """A call as its events tell it; times are naive UTC, lengths are seconds."""

    state: str = "ringing"
    outcome: str = ""
    started_at: datetime | None = None
    menu_at: datetime | None = None
    queued_at: datetime | None = None
    connected_at: datetime | None = None
    ended_at: datetime | None = None
    transferred_at: datetime | None = None
    is_held: bool = False
    is_dropped: bool = False
    wait_s: float = 0.0
    talk_s: float = 0.0
    reason: str = ""
    hangup_by: str = ""
    legs: list[LegFacts] = field(default_factory=list)


def fold(moments) -> CallFacts:
    """Return the facts of one call.

    A call that waits and ends is abandoned; one that the menu has ended is served by itself:

    >>> from datetime import datetime
    >>> at = datetime(2026, 5, 1, 10)
    >>> rang = [Moment(1, at, "call.incoming"), Moment(2, at, "call.answered")]
    >>> fold([*rang, Moment(3, at, "call.ended", {"hangup_by": "menu"})]).outcome
    'self_service'
    >>> fold([*rang, Moment(3, at, "call.ended", {"hangup_by": "guest"})]).outcome
    'left_menu'
    >>> fold([*rang, Moment(3, at, "call.queued"), Moment(4, at, "call.ended")]).outcome
    'abandoned'
    >>> fold([]).state
    'ringing'

    A guest who is passed on and hangs up before somebody else answers was dropped:

    >>> talk = [*rang, Moment(3, at, "agent.ringing"), Moment(4, at, "agent.answered")]
    >>> later = datetime(2026, 5, 1, 11)
    >>> passed = [*talk, Moment(5, later, "call.transferred"), Moment(6, later, "agent.left")]
    >>> fold(passed).state, fold([*passed, Moment(7, later, "call.ended")]).is_dropped
    ('waiting', True)
    """
    facts = CallFacts()
    for moment in sorted(moments, key=lambda moment: (moment.seq, moment.at, moment.kind)):
        facts.started_at = min(facts.started_at or moment.at, moment.at)
        step = _STEPS.get(moment.kind)
        if step:
            step(facts, moment)
    facts.state = _get_state(facts)
    if facts.ended_at:
        _close(facts)
    elif facts.queued_at and facts.connected_at:
        facts.wait_s = _seconds(facts.queued_at, facts.connected_at)
    return facts


def _answer(facts, moment):
    facts.menu_at = facts.menu_at or moment.at


def _queue(facts, moment):
    facts.queued_at = min(facts.queued_at or moment.at, moment.at)


def _ring(facts, moment):
    _queue(facts, moment)
    facts.legs.append(LegFacts(moment.data.get("endpoint", ""), moment.at))


def _connect(facts, moment):
    leg = _find_leg(facts, moment)
    leg.state, leg.answered_at = "talking", moment.at
    facts.queued_at = facts.queued_at or moment.at
    facts.connected_at = facts.connected_at or moment.at


def _miss(facts, moment):
    leg = _find_leg(facts, moment)
    leg.state, leg.ended_at, leg.reason = "missed", moment.at, moment.data.get("reason", "")


def _leave(facts, moment):
    leg = _find_leg(facts, moment)
    leg.state, leg.ended_at = "ended", moment.at
    facts.is_held = False


def _hold(facts, moment):
    facts.is_held = moment.kind == "call.held"


def _transfer(facts, moment):
    facts.transferred_at = moment.at


def _end(facts, moment):
    facts.ended_at = facts.ended_at or moment.at
    facts.is_held = False
    facts.talk_s = moment.data.get("talk") or 0.0
    facts.reason, facts.hangup_by = moment.data.get("reason", ""), moment.data.get("hangup_by", "")


_STEPS = {
    "call.answered": _answer,
    "call.queued": _queue,
    "agent.ringing": _ring,
    "agent.answered": _connect,
    "agent.missed": _miss,
    "agent.left": _leave,
    "call.held": _hold,
    "call.resumed": _hold,
    "call.transferred": _transfer,
    "call.ended": _end,
}


def _find_leg(facts, moment):
    """Return the open leg of an endpoint; where its ringing is not known yet, a new one."""
    endpoint = moment.data.get("endpoint", "")
    for leg in reversed(facts.legs):
        if leg.endpoint == endpoint and leg.state in ("ringing", "talking"):
            return leg
    facts.legs.append(LegFacts(endpoint, moment.at))
    return facts.legs[-1]


def _get_state(facts):
    if facts.ended_at:
        return "ended"
    if any(leg.state == "talking" for leg in facts.legs):
        return "talking"
    if facts.queued_at:
        return "waiting"
    return "menu" if facts.menu_at else "ringing"


def _close(facts):
    """Say how a call has ended, and end its legs."""
    since = facts.transferred_at
    if since:
        facts.is_dropped = not any(leg.answered_at and leg.answered_at >= since for leg in facts.legs)
    for leg in facts.legs:
        if leg.state == "talking":
            leg.state, leg.ended_at = "ended", facts.ended_at
        elif leg.state == "ringing":
            leg.state, leg.ended_at, leg.reason = "missed", facts.ended_at, "caller_left"
    if facts.connected_at:
        facts.outcome = "answered"
        facts.talk_s = facts.talk_s or _seconds(facts.connected_at, facts.ended_at)
    elif facts.queued_at:
        facts.outcome = "abandoned"
    elif facts.menu_at:
        facts.outcome = "self_service" if facts.hangup_by == "menu" else "left_menu"
    else:
        facts.outcome = "missed"
    if facts.queued_at:
        facts.wait_s = _seconds(facts.queued_at, facts.connected_at or facts.ended_at)


def _seconds(start, end):
    return max((end - start).total_seconds(), 0.0)
