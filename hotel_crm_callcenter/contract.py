"""What the telephony bridge sends: read, bounded and checked, never trusted. Contract v1, see README.rst.

Plain Python, no Odoo, no clock. What is wrong is a `ContractError` with a code and a sentence; the
sentence names the field and never repeats what was in it, for it may be somebody's number.

>>> step = read_step({"call_id": "a.1", "node": "", "input": {"kind": "start"}, "from": "+8613912345678"})
>>> step.kind, step.caller, step.slots
('start', '+8613912345678', {})
>>> read_step({"call_id": "a.1", "input": {"kind": "shout"}})  # doctest: +IGNORE_EXCEPTION_DETAIL
Traceback (most recent call last):
ContractError: “input.kind” is none of: ...
"""

import json
import re
from dataclasses import dataclass, field
from datetime import datetime, timezone

#: most events in a batch, jobs in a claim, signs in a text; largest body in bytes
MAX_EVENTS, MAX_JOBS, MAX_TEXT, MAX_BODY = 200, 50, 200, 256 * 1024
INPUTS = ("start", "digits", "timeout", "hangup", "transfer_failed", "recorded")
REASONS = (
    "normal",
    "busy",
    "no_answer",
    "unreachable",
    "congestion",
    "failed",
    "rejected",
    "bad_number",
)
#: fields of an event that are kept with it; numbers and names of callers are not among them
KEPT = {
    "by": str,
    "node": str,
    "digit": str,
    "endpoint": str,
    "leg": str,
    "reason": str,
    "cause": int,
    "sip": int,
    "duration": float,
    "talk": float,
    "hangup_by": str,
    "name": str,
    "size": int,
    "state": str,
    "job_id": int,
    "command": int,
}
_REQUIRED = object()
_ID = re.compile(r"[\x21-\x7e]{1,128}")
_NODE = re.compile(r"[\w.-]{0,64}", re.ASCII)


class ContractError(ValueError):
    """A request that cannot be read; ``status`` is the HTTP status, ``code`` names the kind."""

    def __init__(self, message: str, code: str = "invalid_request", status: int = 400):
        super().__init__(message)
        self.message, self.code, self.status = message, code, status


@dataclass(frozen=True)
class Event:
    """Something that happened in a call; ``at`` is naive UTC."""

    event_id: str
    call_id: str
    seq: int
    at: datetime
    kind: str
    caller: str = ""
    called: str = ""
    data: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Step:
    """The guest has done something in the menu: what next?"""

    call_id: str
    kind: str
    value: str = ""
    node: str = ""
    caller: str = ""
    called: str = ""
    lang: str = ""
    slots: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Claim:
    """The bridge asks for calls to make."""

    limit: int
    lease_s: int


@dataclass(frozen=True)
class Result:
    """What became of one attempt."""

    attempt: int
    status: str
    reason: str = ""
    cause: int = 0
    sip: int = 0
    wait_s: float = 0.0
    talk_s: float = 0.0
    call_id: str = ""


def read_json(data: bytes) -> dict:
    """Return the object of a body.

    >>> read_json(b'{"a": 1}'), read_json(b'')
    ({'a': 1}, {})
    >>> read_json(b'[1]')  # doctest: +IGNORE_EXCEPTION_DETAIL
    Traceback (most recent call last):
    ContractError: The body is a JSON object.
    """
    try:
        body = json.loads(data or b"{}", parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        raise ContractError("The body is not JSON.") from None
    if not isinstance(body, dict):
        raise ContractError("The body is a JSON object.")
    return body


def read_events(body: dict) -> list[Event]:
    """Return the events of a request, one or a batch.

    >>> event = {"event_id": "1", "call_id": "a", "seq": 1, "ts": "2026-05-01T10:00:00Z", "type": "call.incoming"}
    >>> [found.kind for found in read_events({"events": [event, {**event, "event_id": "2"}]})]
    ['call.incoming', 'call.incoming']
    """
    rows = body.get("events", [body])
    if not isinstance(rows, list) or not 0 < len(rows) <= MAX_EVENTS:
        raise ContractError(f"“events” has 1 to {MAX_EVENTS} events.")
    return [_read_event(row) for row in rows]


def _read_event(row):
    if not isinstance(row, dict):
        raise ContractError("An event is an object.")
    data = {name: _take(row, name, kind) for name, kind in KEPT.items() if row.get(name) is not None}
    return Event(
        event_id=_identify(row, "event_id"),
        call_id=_identify(row, "call_id"),
        seq=_take(row, "seq", int, low=0, high=1_000_000),
        at=read_time(row.get("ts")),
        kind=_identify(row, "type")[:40],
        caller=_take(row, "from", str, ""),
        called=_take(row, "to", str, ""),
        data=data,
    )


def read_time(value) -> datetime:
    """Return an instant, naive in UTC.

    >>> read_time("2026-05-01T10:00:00+08:00"), read_time("2026-05-01T10:00:00.5Z")
    (datetime.datetime(2026, 5, 1, 2, 0), datetime.datetime(2026, 5, 1, 10, 0, 0, 500000))
    """
    try:
        moment = datetime.fromisoformat(str(value).replace("Z", "+00:00"))
        if moment.tzinfo:
            moment = moment.astimezone(timezone.utc).replace(tzinfo=None)
    except (ValueError, OverflowError):
        raise ContractError("“ts” is a time in ISO 8601.") from None
    if not 2000 <= moment.year < 2200:
        raise ContractError("“ts” is a time in ISO 8601.")
    return moment


def read_step(body: dict) -> Step:
    """Return what the guest did in the menu."""
    what = body.get("input")
    if not isinstance(what, dict):
        raise ContractError("“input” is an object.")
    kind = what.get("kind")
    if kind not in INPUTS:
        raise ContractError(f"“input.kind” is none of: {', '.join(INPUTS)}.")
    slots = body.get("slots") or {}
    if not isinstance(slots, dict) or len(json.dumps(slots)) > 4000:
        raise ContractError("“slots” is what was sent with the last answer.")
    node = _take(body, "node", str, "")
    if not _NODE.fullmatch(node):
        raise ContractError("“node” is what was sent with the last answer.")
    return Step(
        call_id=_identify(body, "call_id"),
        kind=kind,
        value=_take(what, "value", str, ""),
        node=node,
        caller=_take(body, "from", str, ""),
        called=_take(body, "to", str, ""),
        lang=_take(body, "lang", str, ""),
        slots=slots,
    )


def read_claim(body: dict) -> Claim:
    """Return how many calls the bridge can make, and how long it keeps them.

    >>> read_claim({"limit": 5})
    Claim(limit=5, lease_s=120)
    """
    return Claim(
        limit=_take(body, "limit", int, 5, low=1, high=MAX_JOBS),
        lease_s=_take(body, "lease_s", int, 120, low=10, high=600),
    )


def read_result(body: dict) -> Result:
    """Return what became of an attempt.

    >>> read_result({"attempt": 1, "status": "failed", "reason": "busy", "sip": 486}).reason
    'busy'
    """
    status, reason = _take(body, "status", str), _take(body, "reason", str, "")
    if status not in ("answered", "failed"):
        raise ContractError("“status” is answered or failed.")
    if status == "failed" and reason not in REASONS:
        raise ContractError(f"“reason” is none of: {', '.join(REASONS)}.")
    return Result(
        attempt=_take(body, "attempt", int, low=1, high=1000),
        status=status,
        reason=reason if status == "failed" else "",
        cause=_take(body, "cause", int, 0),
        sip=_take(body, "sip", int, 0),
        wait_s=_take(body, "wait_s", float, 0.0, low=0, high=86400),
        talk_s=_take(body, "talk_s", float, 0.0, low=0, high=86400),
        call_id=_take(body, "call_id", str, ""),
    )


def _take(body, name, kind, default=_REQUIRED, low=-(2**31), high=2**31 - 1):
    """Return a value of a request, of its kind and within its bounds."""
    value = body.get(name)
    if value is None:
        if default is _REQUIRED:
            raise ContractError(f"“{name}” is missing.")
        return default
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        value = float(value)
    if not isinstance(value, kind) or isinstance(value, bool):
        raise ContractError(f"“{name}” is no {kind.__name__}.")
    if kind is str:
        return "".join(sign for sign in value if sign.isprintable())[:MAX_TEXT]
    if not low <= value <= high:
        raise ContractError(f"“{name}” is out of bounds.")
    return value


def _identify(body, name):
    value = body.get(name)
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise ContractError(f"“{name}” has 1 to 128 printable signs.")
    return value


def _refuse_constant(name):
    raise ValueError(name)
