from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ...assignment import Room, Stay, assign

FIRST = date(2028, 2, 20)  # over a leap day
DAYS = st.integers(0, 25).map(lambda number: FIRST + timedelta(days=number))
LENGTHS = st.integers(0, 8)
TRAITS = st.frozensets(st.sampled_from(["quiet", "high_floor", "smoking", "sea_view"]))


@st.composite
def ranges(draw):
    start = draw(DAYS)
    return start, start + timedelta(days=1 + draw(LENGTHS))


@st.composite
def houses(draw):
    """Some rooms of two types, and stays that look for one."""
    rooms = [
        Room(number, draw(st.integers(1, 2)), draw(TRAITS), draw(st.integers(0, 2)), tuple(draw(st.lists(ranges()))))
        for number in range(1, 1 + draw(st.integers(0, 6)))
    ]
    stays = []
    for number in range(draw(st.integers(0, 14))):
        arrival = draw(DAYS)
        usual = tuple(draw(st.lists(st.integers(1, 6), max_size=2, unique=True)))
        stays.append(
            Stay(
                100 + number,
                draw(st.integers(1, 2)),
                arrival,
                arrival + timedelta(days=draw(LENGTHS)),
                wants=draw(TRAITS),
                usual_room_ids=usual,
                is_today=arrival == FIRST,
                rank=draw(st.integers(0, 1)),
            )
        )
    return stays, rooms


def get_spans(found, stays, rooms):
    """Return room id -> what it is taken by, before and after."""
    spans = {room.id: list(room.taken) for room in rooms}
    for stay in stays:
        if stay.id in found:
            spans[found[stay.id]].append((stay.arrival, stay.until))
    return spans


def meets(one, other):
    return one[0] < other[1] and other[0] < one[1]


@tagged("post_install", "-at_install")
class TestAssignment(BaseCase):
    @settings(max_examples=300, deadline=None)
    @given(houses())
    def test_no_room_is_ever_given_twice_and_none_of_another_type(self, house):
        stays, rooms = house
        found = assign(stays, rooms)
        types = {room.id: room.type_id for room in rooms}
        taken = {room.id: room.taken for room in rooms}
        for number, stay in enumerate(stays):
            if stay.id not in found:
                continue
            room_id, span = found[stay.id], (stay.arrival, stay.until)
            self.assertEqual(types[room_id], stay.type_id)
            self.assertFalse([other for other in taken[room_id] if meets(span, other)])
            for other in stays[number + 1 :]:
                if found.get(other.id) == room_id:
                    self.assertFalse(meets(span, (other.arrival, other.until)))

    @settings(max_examples=300, deadline=None)
    @given(houses())
    def test_who_is_left_out_finds_no_free_room(self, house):
        stays, rooms = house
        found = assign(stays, rooms)
        spans = get_spans(found, stays, rooms)
        for stay in stays:
            if stay.id in found:
                continue
            for room in rooms:
                if room.type_id == stay.type_id:
                    self.assertTrue(any(meets((stay.arrival, stay.until), span) for span in spans[room.id]))

    @settings(max_examples=200, deadline=None)
    @given(st.lists(st.tuples(DAYS, st.integers(1, 8)), max_size=25))
    def test_a_house_that_is_large_enough_takes_everybody(self, wishes):
        """As many empty rooms as stays on the fullest night are enough."""
        stays = [
            Stay(number, 1, arrival, arrival + timedelta(days=nights))
            for number, (arrival, nights) in enumerate(wishes)
        ]
        # the fullest night is one on which somebody arrives
        most = max((sum(stay.arrival <= day < stay.until for stay in stays) for day, _nights in wishes), default=0)
        rooms = [Room(number, 1) for number in range(most)]
        self.assertEqual(len(assign(stays, rooms)), len(stays))

    @settings(max_examples=100, deadline=None)
    @given(houses())
    def test_the_same_question_has_the_same_answer(self, house):
        stays, rooms = house
        self.assertEqual(assign(stays, rooms), assign(list(reversed(stays)), rooms))

    def _stay(self, number, start, nights, **values):
        arrival = FIRST + timedelta(days=start)
        return Stay(number, 1, arrival, arrival + timedelta(days=nights), **values)

    def _span(self, start, nights):
        return FIRST + timedelta(days=start), FIRST + timedelta(days=start + nights)

    def test_the_usual_room_goes_before_a_wish_and_a_wish_before_a_clean_room(self):
        rooms = [Room(1, 1, frozenset({"quiet"}), 0), Room(2, 1, readiness=2), Room(3, 1, readiness=0)]
        today = {"is_today": True}
        usual = self._stay(1, 0, 2, usual_room_ids=(3,), wants=frozenset({"quiet"}), **today)
        quiet = self._stay(2, 0, 2, wants=frozenset({"quiet"}), **today)
        plain = self._stay(3, 0, 2, **today)
        self.assertEqual(assign([plain, quiet, usual], rooms), {3: 2, 2: 1, 1: 3})

    def test_a_stay_goes_where_it_leaves_the_smallest_hole(self):
        rooms = [Room(1, 1), Room(2, 1, taken=(self._span(-5, 5), self._span(3, 2)))]
        self.assertEqual(assign([self._stay(1, 0, 3)], rooms), {1: 2})

    def test_a_room_that_is_kept_for_others_goes_last(self):
        rooms = [Room(1, 1, frozenset({"accessible"})), Room(2, 1)]
        self.assertEqual(assign([self._stay(1, 0, 3)], rooms), {1: 2})
        wheelchair = self._stay(2, 0, 3, wants=frozenset({"accessible"}))
        self.assertEqual(assign([self._stay(1, 0, 3), wheelchair], rooms), {1: 2, 2: 1})

    def test_a_guest_with_wishes_gives_way_rather_than_send_another_off(self):
        """Room 2 is taken later: only the short stay fits there, though it prefers room 1."""
        rooms = [Room(1, 1, frozenset({"quiet"})), Room(2, 1, taken=(self._span(2, 5),))]
        short = self._stay(1, 0, 2, wants=frozenset({"quiet"}))
        long = self._stay(2, 0, 6)
        self.assertEqual(assign([short, long], rooms), {1: 2, 2: 1})
