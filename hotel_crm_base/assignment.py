"""Which arriving guest gets which room.

Plain Python, no Odoo. Ranges of dates are half-open: who leaves makes room for who comes that day.
A stay gets a room of its type that is free on all its nights. Among those, in this order: the room
where the guest stayed before, what the guest prefers, a clean room for who comes today, and the
smallest hole in the plan, so that long stays still find a room later.

>>> from datetime import date
>>> may = lambda day: date(2026, 5, day)
>>> quiet = Room(1, 7, traits=frozenset({"quiet"}))
>>> plain = Room(2, 7, taken=((may(1), may(3)),))
>>> assign([Stay(10, 7, may(3), may(5)), Stay(11, 7, may(4), may(6), frozenset({"quiet"}))], [quiet, plain])
{10: 2, 11: 1}
>>> assign([Stay(12, 8, may(1), may(2))], [quiet])
{}
"""

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

#: particulars that are kept for those who ask for them
SPARED = frozenset({"smoking", "accessible", "connecting"})
#: a hole of this many nights is as good as an open end
WIDE = 30
CLEAN, DIRTY = 1, 0


@dataclass(frozen=True)
class Room:
    """A room: its type, what is particular about it, and when it is taken or out of order."""

    id: int
    type_id: int
    traits: frozenset = frozenset()
    readiness: int = CLEAN  #: the higher, the sooner a guest can go up
    taken: tuple = ()  #: (first night, day from which it is free)


@dataclass(frozen=True)
class Stay:
    """Somebody who needs a room of a type; ``usual_room_ids`` are those of earlier stays, best first."""

    id: int
    type_id: int
    arrival: date
    departure: date
    wants: frozenset = frozenset()
    usual_room_ids: tuple = ()
    is_today: bool = False
    rank: int = 0  #: the higher, the earlier he or she chooses

    @property
    def until(self) -> date:
        """The day from which the room is free again; day use takes the room for its day.

        >>> Stay(1, 1, date(2026, 2, 28), date(2026, 2, 28)).until
        datetime.date(2026, 3, 1)
        """
        return max(self.departure, self.arrival + timedelta(days=1))


class FloorTraits:
    """Which storeys of a house are high and which are low: its upper and its lower third.

    >>> floors = FloorTraits([0, 1, 2, 3, 4, 5])
    >>> floors.get(5), floors.get(2), floors.get(0)
    ('high_floor', None, 'low_floor')
    >>> FloorTraits([1]).get(1)
    """

    def __init__(self, levels):
        self.levels = sorted(set(levels))

    def get(self, level):
        """Return what is to be said of a storey, or None."""
        third = -(-len(self.levels) // 3)
        if len(self.levels) < 2:
            return None
        if level >= self.levels[-third]:
            return "high_floor"
        return "low_floor" if level <= self.levels[third - 1] else None


def get_traits(codes, floor=None) -> frozenset:
    """Return what a room has and what it spares its guests.

    >>> sorted(get_traits(["near_lift", "sea_view"], "high_floor"))
    ['high_floor', 'near_lift', 'non_smoking', 'sea_view']
    >>> sorted(get_traits(["smoking"]))
    ['far_lift', 'smoking']
    """
    traits = set(codes) | ({floor} if floor else set())
    opposites = (("smoking", "non_smoking"), ("near_lift", "far_lift"))
    return frozenset(traits | {other for one, other in opposites if one not in traits})


class Plan:
    """When a room is taken, in the order of dates.

    >>> plan = Plan([(date(2026, 5, 1), date(2026, 5, 3)), (date(2026, 5, 8), date(2026, 5, 9))])
    >>> plan.is_free(date(2026, 5, 3), date(2026, 5, 8)), plan.is_free(date(2026, 5, 2), date(2026, 5, 4))
    (True, False)
    >>> plan.get_waste(date(2026, 5, 4), date(2026, 5, 8))
    1
    """

    def __init__(self, taken):
        self.ranges = []
        for start, end in sorted(taken):
            # what overlaps is one range: facts from outside may do so
            if self.ranges and start < self.ranges[-1][1]:
                start, end = self.ranges[-1][0], max(end, self.ranges.pop()[1])
            self.ranges.append((start, end))

    def is_free(self, start, end) -> bool:
        """Return whether nothing of the plan meets this range."""
        at = bisect_left(self.ranges, (start, start))
        before_ends = at == 0 or self.ranges[at - 1][1] <= start
        return before_ends and (at == len(self.ranges) or self.ranges[at][0] >= end)

    def get_waste(self, start, end) -> int:
        """Return how many nights would lie idle before and after, no more than WIDE each."""
        at = bisect_left(self.ranges, (start, start))
        before = (start - self.ranges[at - 1][1]).days if at else WIDE
        after = (self.ranges[at][0] - end).days if at < len(self.ranges) else WIDE
        return min(before, WIDE) + min(after, WIDE)

    def take(self, start, end):
        """Note that the room is taken."""
        self.ranges.insert(bisect_left(self.ranges, (start, end)), (start, end))

    def free(self, start, end):
        """Forget a range that was noted by ``take``."""
        self.ranges.remove((start, end))


def get_score(stay: Stay, room: Room) -> tuple:
    """Return how well a room suits a stay; the higher, the better.

    >>> high, smoky = Room(1, 1, frozenset({"high_floor"})), Room(2, 1, frozenset({"smoking"}), readiness=DIRTY)
    >>> day = date(2026, 5, 1)
    >>> guest = Stay(1, 1, day, day, wants=frozenset({"high_floor"}), is_today=True)
    >>> get_score(guest, high) > get_score(guest, smoky)
    True
    >>> get_score(Stay(1, 1, day, day, usual_room_ids=(2,)), smoky)[0]
    1
    """
    usual = stay.usual_room_ids
    loyalty = len(usual) - usual.index(room.id) if room.id in usual else 0
    liked = len(stay.wants & room.traits) - len((room.traits & SPARED) - stay.wants)
    return loyalty, liked, room.readiness if stay.is_today else 0


def assign(stays, rooms) -> dict:
    """Return stay id -> room id; who finds no room is left out.

    Guests choose by rank, then those with wishes, then by arrival. Where that leaves somebody without
    a room, the same is tried by arrival alone, which packs best, and the fuller plan is taken.

    :param stays: Stay, none of which has a room
    :param rooms: Room
    """
    rooms_of = defaultdict(list)
    for room in rooms:
        rooms_of[room.type_id].append(room)
    wanted = defaultdict(list)
    for stay in stays:
        wanted[stay.type_id].append(stay)
    found = {}
    for type_id, group in wanted.items():
        found.update(_assign_type(group, rooms_of[type_id]))
    return {stay.id: found[stay.id] for stay in stays if stay.id in found}


def _assign_type(stays, rooms):
    """Return stay id -> room id within one type."""
    by_choice = _fill(sorted(stays, key=_get_choice_order), rooms)
    if len(by_choice) == len(stays):
        return by_choice
    by_arrival = _fill(sorted(stays, key=lambda stay: (stay.arrival, -stay.until.toordinal(), stay.id)), rooms)
    return max(by_choice, by_arrival, key=len)


def _get_choice_order(stay):
    return -stay.rank, not stay.usual_room_ids, -len(stay.wants), stay.arrival, -stay.until.toordinal(), stay.id


def _fill(stays, rooms):
    """Give rooms to stays in this order; return stay id -> room id."""
    filling = _Filling(rooms)
    for stay in stays:
        if not filling.place(stay):
            filling.place_by_moving(stay)
    return filling.found


class _Filling:
    """Rooms of one type while stays are put into them."""

    def __init__(self, rooms):
        self.rooms = {room.id: room for room in rooms}
        self.plans = {room.id: Plan(room.taken) for room in rooms}
        self.found, self.placed = {}, defaultdict(dict)

    def find_best(self, stay, but=None):
        """Return the room that suits best and is free, or None."""
        free = [
            room
            for room in self.rooms.values()
            if room.id != but and self.plans[room.id].is_free(stay.arrival, stay.until)
        ]
        # the earlier room of two equal ones: the same call gives the same answer
        return max(free, key=lambda room: self._rate(stay, room), default=None)

    def _rate(self, stay, room):
        return *get_score(stay, room), -self.plans[room.id].get_waste(stay.arrival, stay.until)

    def put(self, stay, room):
        self.plans[room.id].take(stay.arrival, stay.until)
        self.found[stay.id] = room.id
        self.placed[room.id][stay.id] = stay

    def lift(self, stay):
        room_id = self.found.pop(stay.id)
        self.plans[room_id].free(stay.arrival, stay.until)
        del self.placed[room_id][stay.id]
        return self.rooms[room_id]

    def place(self, stay) -> bool:
        """Put a stay into the best room that is free."""
        room = self.find_best(stay)
        if room:
            self.put(stay, room)
        return bool(room)

    def place_by_moving(self, stay) -> bool:
        """Make room by moving stays that were placed just now to other rooms."""
        for room in self.rooms.values():
            movable = [
                other
                for other in self.placed[room.id].values()
                if other.arrival < stay.until and stay.arrival < other.until
            ]
            if movable and self._make_room(stay, room, movable):
                return True
        return False

    def _make_room(self, stay, room, movable) -> bool:
        """Move these stays out of a room and put another in, or leave all as it was."""
        for other in movable:
            self.lift(other)
        moved = []
        if self.plans[room.id].is_free(stay.arrival, stay.until):
            for other in movable:
                better = self.find_best(other, but=room.id)
                if not better:
                    break
                self.put(other, better)
                moved.append(other)
        if len(moved) == len(movable):
            self.put(stay, room)
            return True
        for other in moved:
            self.lift(other)
        for other in movable:
            self.put(other, room)
        return False
