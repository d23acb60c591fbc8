"""What a voice menu is made of: steps, and exits from each step to the next.

>>> flow = read_flow({"start": "hello", "steps": [
...     {"code": "hello", "kind": "say", "exits": {"next": "bye"}}, {"code": "bye", "kind": "end"}]})
>>> flow.steps["hello"].exits
{'next': 'bye'}
"""

from dataclasses import dataclass, field

#: keys that a guest may press
DIGITS = tuple("0123456789*#")


@dataclass(frozen=True)
class Kind:
    """What a kind of step does: exits it must and may have, whether it waits for the guest, whether it speaks."""

    needs: tuple = ()
    may: tuple = ()
    waits: bool = False
    speaks: bool = False
    ends: bool = False


KINDS = {
    "say": Kind(needs=("next",), speaks=True),
    "menu": Kind(may=("else", *DIGITS), waits=True, speaks=True),
    "language": Kind(needs=("next",), waits=True),
    "hours": Kind(needs=("open", "closed"), may=("holiday",)),
    "caller": Kind(needs=("other",), may=("vip", "known")),
    "identify": Kind(needs=("ok",), may=("failed",), waits=True),
    "ask": Kind(needs=("next",), may=("failed",), waits=True, speaks=True),
    "record": Kind(needs=("next",), waits=True, speaks=True),
    "service": Kind(needs=("next",), may=("failed",)),
    "person": Kind(speaks=True, ends=True),
    "end": Kind(speaks=True, ends=True),
}
#: what a service tells or does; those about a guest need proof of who calls
SERVICES = ("points", "booking", "callback", "do_not_call", "request_booking", "complaint")
PERSONAL = ("points", "booking")


@dataclass(frozen=True)
class Step:
    """One step of a flow; ``texts`` by language, ``prompts`` are recordings by language."""

    code: str
    kind: str
    exits: dict = field(default_factory=dict)
    texts: dict = field(default_factory=dict)
    prompts: dict = field(default_factory=dict)
    service: str = ""
    slot: str = ""
    digits: tuple = (1, 1)
    queue: int = 0


@dataclass(frozen=True)
class Flow:
    """A whole menu: the code of its first step, and all steps by their code."""

    start: str
    steps: dict


def read_flow(data: dict) -> Flow:
    """Return a flow from plain values, such as a version keeps them.

    :raises KeyError, TypeError: the values are no flow
    """
    steps = {}
    for row in data["steps"]:
        row = {**row, "digits": tuple(row.get("digits") or (1, 1))}
        steps[row["code"]] = Step(**row)
    return Flow(data["start"], steps)
