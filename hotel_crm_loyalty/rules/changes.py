"""Results compared: what a rule change would do, and what a ledger has still to book (F1, F22, F26).

A ledger only ever adds. `find_bookings` says what to add so that what is booked equals an evaluation: new
moves as they are, and a correcting move for each that facts or rules have changed since. Booking what it
says and asking again gives nothing.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from .results import Move, Outcome, Reason


class Booked(NamedTuple):
    """What a ledger holds for one key of the evaluation: all moves whose key is that key or a correction of it."""

    move: Move  #: as it was first booked
    points: int  #: sum of the points
    count: int  #: how many moves


class Difference(NamedTuple):
    """What one member would gain or lose if another evaluation held."""

    member: str
    balance: int  #: points more, or less where negative
    debt: int
    tier_before: str
    tier_after: str
    until_before: object
    until_after: object
    added: tuple  #: keys of moves
    changed: tuple
    removed: tuple


def compare(before: Outcome, after: Outcome) -> Difference | None:
    """Return what differs between two evaluations of one member, or None."""
    old, new = ({move.key: move.points for move in outcome.moves} for outcome in (before, after))
    found = Difference(
        before.member, after.balance - before.balance, after.debt - before.debt,
        before.tier, after.tier, before.tier_until, after.tier_until,
        tuple(key for key in new if key not in old),
        tuple(key for key in new if key in old and new[key] != old[key]),
        tuple(key for key in old if key not in new),
    )  # fmt: skip
    same_tier = (before.tier, before.tier_until) == (after.tier, after.tier_until)
    return None if same_tier and not (found.added or found.changed or found.removed) else found


def compare_all(before: Iterable[Outcome], after: Iterable[Outcome]) -> Iterator[Difference]:
    """Yield what differs, of two evaluations of the same members in the same order."""
    for one, other in zip(before, after, strict=True):
        found = compare(one, other)
        if found is not None:
            yield found


def collect_booked(moves: Iterable[Move]) -> dict[str, Booked]:
    """Return key of the evaluation -> what is booked for it; a correction's key is that key, ``~`` and a number."""
    found = {}
    for move in moves:
        key = move.key.split("~")[0]
        booked = found.get(key)
        if booked is None:
            found[key] = Booked(move, move.points, 1)
        else:
            found[key] = booked._replace(points=booked.points + move.points, count=booked.count + 1)
    return found


def find_bookings(booked: Mapping[str, Booked], outcome: Outcome) -> list[Move]:
    """Return the moves of one member that a ledger has to add, in the order of their days.

    What was booked and is due no more is taken back; the lot is the one that was booked.
    """
    due = {move.key: move for move in outcome.moves}
    found = []
    for key, move in due.items():
        have = booked.get(key)
        if have is None:
            found.append(move)
        elif have.points != move.points:
            found.append(_correct(have, move, move.points - have.points, outcome))
    for key, have in booked.items():
        if key not in due and have.points:
            found.append(_correct(have, have.move, -have.points, outcome))
    return sorted(found, key=lambda move: move.on)


def _correct(have, move, points, outcome):
    reason = Reason.of("recomputed", key=have.move.key, points=points)
    return move._replace(key=f"{have.move.key}~{have.count}", points=points, lot=have.move.lot, on=outcome.as_of,
                         reason=reason, inputs=(("before", have.points), ("after", have.points + points)))  # fmt: skip
