from datetime import date, timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import ROLES, HotelCase

TODAY = date(2026, 5, 10)


class RackCase(HotelCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hotel.business_date = TODAY
        cls.suite = cls._make_room_type(cls.hotel, name="Suite", code="SU")
        cls.rooms = [cls._make_room(cls.room_type, name=name) for name in ("101", "102", "1001")]
        cls.suite_room = cls._make_room(cls.suite, name="201")
        cls.clerk = cls._make_user("front_office")
        cls.ana = cls._make_guest("Ana Costa")

    def _rack(self, user=None):
        return self.env["hotel.room.rack"].with_user(user or self.clerk)

    def _stay(self, arrival=0, nights=2, guest=None, **values):
        values = {"room_type_id": self.room_type.id, **values}
        return self._make_stay(guest or self.ana, arrival=TODAY + timedelta(days=arrival), nights=nights, **values)

    def _seen(self, stay, **values):
        return {
            "room_id": stay.room_id.id,
            "arrival_date": stay.arrival_date.isoformat(),
            "departure_date": stay.departure_date.isoformat(),
            "state": stay.state,
            **values,
        }

    def _move(self, stay, user=None, **changes):
        return self._rack(user).move_stay(stay.id, changes, self._seen(stay))


@tagged("post_install", "-at_install")
class TestRackReading(RackCase):
    def _get(self, user=None, **values):
        return self._rack(user).get_rack(self.hotel.id, **values)

    def test_stays_that_meet_the_days_are_shown_and_no_others(self):
        here = self._stay(-3, 5, state="in_house", room_id=self.rooms[0].id)
        leaving = self._stay(-3, 3, state="in_house", room_id=self.rooms[1].id)
        waiting = self._stay(13, 4)
        self._stay(14)
        self._stay(-5, 2)
        self._stay(1, 2).action_cancel()
        rack = self._get()
        shown = {row[0]: row for row in rack["stays"]}
        self.assertEqual(set(shown), {here.id, leaving.id, waiting.id})
        self.assertEqual(
            shown[here.id][1:7],
            [self.rooms[0].id, self.room_type.id, here.arrival_date, here.departure_date, "in_house", "Ana Costa"],
        )
        self.assertFalse(shown[waiting.id][1])
        self.assertEqual((rack["start"], rack["business_date"]), (TODAY, TODAY))

    def test_who_has_left_is_shown_on_past_days(self):
        gone = self._stay(-6, 3, state="departed", room_id=self.rooms[0].id)
        rack = self._get(start=(TODAY - timedelta(days=7)).isoformat())
        self.assertEqual([row[0] for row in rack["stays"]], [gone.id])

    def test_rooms_stand_in_the_order_of_their_numbers(self):
        self.assertEqual([row[1] for row in self._get()["rooms"]], ["101", "102", "201", "1001"])

    def test_closures_and_numbers_of_the_days(self):
        closure = self.env["hotel.room.closure"].create(
            {
                "room_id": self.rooms[0].id,
                "start_date": TODAY + timedelta(days=2),
                "end_date": TODAY + timedelta(days=4),
                "reason": "Painting",
            }
        )
        self.env["hotel.inventory"]._open_horizon(self.hotel)
        self._stay(1, 2)
        rack = self._get(days=5)
        self.assertEqual([row[:2] for row in rack["closures"]], [[closure.id, self.rooms[0].id]])
        free_sold = rack["numbers"][str(self.room_type.id)]
        self.assertEqual(free_sold, [[3, 0], [2, 1], [1, 1], [2, 0], [3, 0]])

    def test_by_types_no_stay_is_read(self):
        self._stay(1, 2)
        rack = self._get(by="types")
        self.assertEqual((rack["stays"], rack["rooms"]), ([], []))
        self.assertEqual({kind["name"]: kind["rooms"] for kind in rack["types"]}, {"Double 1": 3, "Suite": 1})

    def test_days_and_dates_that_make_no_sense_are_refused(self):
        for values in ({"days": 0}, {"days": 63}, {"days": "14"}, {"start": "soon"}, {"start": "0001-01-01"}):
            with self.subTest(values), self.assertRaises(UserError):
                self._get(**values)

    def test_the_number_of_queries_does_not_grow_with_the_house(self):
        counts = []
        for more in (2, 25):
            place = {"property_id": self.hotel.id, "room_type_id": self.room_type.id}
            rooms = self.env["hotel.room"].create([{"name": f"{more}-{number}", **place} for number in range(more)])
            days = {"start_date": TODAY + timedelta(days=5), "end_date": TODAY + timedelta(days=6)}
            self.env["hotel.room.closure"].create(
                [{"room_id": room.id, "reason": "Painting", **days} for room in rooms]
            )
            for room in rooms:
                guest = self._make_guest(f"Guest of {room.name}", hotel_block_reason="payment")
                self._stay(0, 3, guest, room_id=room.id)
            for _warm in range(2):
                self.env.flush_all()
                self.env.invalidate_all()
                before = self.env.cr.sql_log_count
                self._get(days=60)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts)
        self.assertLess(counts[0], 30)

    def test_everybody_of_the_hotel_reads_and_the_guests_are_noted(self):
        stay = self._stay(1, 2)
        for role in ROLES:
            user = self._make_user(role)
            with self.subTest(role):
                setup = self._rack(user).get_setup()
                self.assertEqual(setup["can_write"], role in ("front_office", "manager", "admin"))
                self.assertEqual([row[0] for row in self._get(user)["stays"]], [stay.id])
                entry = self.env["hotel.access.log"].search([("user_id", "=", user.id)], limit=1)
                self.assertEqual((entry.action, entry.partner_ids), ("list", self.ana))

    def test_a_stranger_sees_nothing(self):
        stranger = self._make_user("front_office", self.other_hotel)
        with self.assertRaises(AccessError):
            self._get(stranger)
        stay = self._stay(1, 2, room_id=self.rooms[0].id)
        for call in (
            lambda: self._move(stay, stranger, room_id=self.rooms[1].id),
            lambda: self._rack(stranger).quote_move(stay.id, {"room_id": False}, {}),
            lambda: self._rack(stranger).assign_stay(stay.id),
            lambda: self._rack(stranger).assign_day(self.hotel.id),
        ):
            with self.assertRaises(AccessError):
                call()


@tagged("post_install", "-at_install")
class TestRackMoving(RackCase):
    def test_a_stay_moves_to_another_room_of_its_type_without_a_question(self):
        stay = self._stay(1, 2, room_id=self.rooms[0].id)
        quote = self._rack().quote_move(stay.id, {"room_id": self.rooms[1].id}, self._seen(stay))
        self.assertFalse(quote["is_priced"])
        answer = self._move(stay, room_id=self.rooms[1].id)
        self.assertEqual(stay.room_id, self.rooms[1])
        self.assertIn("102", answer["message"])
        self._move(stay, room_id=False)
        self.assertFalse(stay.room_id)

    def test_a_longer_stay_has_its_price_shown_first(self):
        stay = self._stay(1, 2, room_id=self.rooms[0].id)
        changes = {"departure_date": (stay.departure_date + timedelta(days=2)).isoformat()}
        quote = self._rack().quote_move(stay.id, changes, self._seen(stay))
        self.assertEqual((quote["old_total"], quote["new_total"], quote["difference"]), (200.0, 400.0, 200.0))
        self.assertTrue(quote["is_priced"])
        self.assertEqual(stay.nights, 2)
        self._move(stay, **changes)
        self.assertEqual((stay.nights, len(stay.night_ids)), (4, 4))

    def test_another_type_at_the_same_price_is_remembered_as_an_upgrade(self):
        stay = self._stay(1, 2, room_id=self.rooms[0].id)
        changes = {"room_id": self.suite_room.id}
        quote = self._rack().quote_move(stay.id, changes, self._seen(stay))
        self.assertTrue(quote["is_priced"] and quote["can_keep_price"])
        self._rack().move_stay(stay.id, changes, self._seen(stay), None, True)
        self.assertEqual((stay.room_type_id, stay.booked_room_type_id), (self.suite, self.room_type))

    def test_who_was_slower_is_told_and_nothing_changes(self):
        stay = self._stay(1, 2, room_id=self.rooms[0].id)
        seen = self._seen(stay)
        self._move(stay, room_id=self.rooms[1].id)
        with self.assertRaisesRegex(UserError, "Somebody else has changed the stay of Ana Costa"):
            self._rack().move_stay(stay.id, {"room_id": self.rooms[2].id}, seen)
        self.assertEqual(stay.room_id, self.rooms[1])

    def test_a_room_that_is_taken_says_by_whom(self):
        self._stay(2, 2, self._make_guest("Rui Pinto"), room_id=self.rooms[1].id)
        stay = self._stay(1, 2, room_id=self.rooms[0].id)
        with self.assertRaisesRegex(UserError, "Room 102 is taken by Rui Pinto"):
            self._move(stay, room_id=self.rooms[1].id)

    def test_who_comes_on_the_day_the_other_leaves_may_have_the_room(self):
        self._stay(3, 2, self._make_guest("Rui Pinto"), room_id=self.rooms[1].id)
        stay = self._stay(1, 2, room_id=self.rooms[0].id)
        self._move(stay, room_id=self.rooms[1].id)
        self.assertEqual(stay.room_id, self.rooms[1])

    def test_a_room_that_is_out_of_order_is_refused(self):
        days = {"start_date": TODAY + timedelta(days=2), "end_date": TODAY + timedelta(days=3)}
        self.env["hotel.room.closure"].create({"room_id": self.rooms[1].id, "reason": "Painting", **days})
        stay = self._stay(1, 2, room_id=self.rooms[0].id)
        with self.assertRaisesRegex(UserError, "102 is out of order"):
            self._move(stay, room_id=self.rooms[1].id)

    def test_what_cannot_be_is_refused_with_a_sentence(self):
        here = self._stay(-1, 3, state="in_house", room_id=self.rooms[0].id)
        gone = self._stay(-3, 2, state="departed", room_id=self.rooms[1].id)
        coming = self._stay(1, 2, room_id=self.rooms[2].id)
        cases = (
            (here, {"arrival_date": TODAY.isoformat()}),
            (here, {"room_id": False}),
            (here, {"departure_date": (TODAY - timedelta(days=1)).isoformat()}),
            (gone, {"room_id": self.rooms[2].id}),
            (coming, {"arrival_date": (TODAY - timedelta(days=1)).isoformat()}),
            (coming, {"departure_date": coming.arrival_date.isoformat()}),
            (coming, {"room_id": self.rooms[2].id}),
            (coming, {"room_id": 10**6}),
            (coming, {"room_id": "101"}),
            (coming, {"state": "in_house"}),
            (coming, {"arrival_date": "tomorrow"}),
            (coming, []),
        )
        for stay, changes in cases:
            with self.subTest(changes), self.assertRaises(UserError):
                self._rack().move_stay(stay.id, changes, self._seen(stay))

    def test_only_the_front_office_and_managers_move(self):
        stay = self._stay(1, 2, room_id=self.rooms[0].id)
        for role in set(ROLES) - {"front_office", "manager", "admin"}:
            with self.subTest(role), self.assertRaises(AccessError):
                self._move(stay, self._make_user(role), room_id=self.rooms[1].id)
        for role in ("front_office", "manager"):
            room = self.rooms[1] if stay.room_id == self.rooms[0] else self.rooms[0]
            self._move(stay, self._make_user(role), room_id=room.id)
            self.assertEqual(stay.room_id, room)

    def test_all_who_arrive_today_get_rooms(self):
        stays = self._stay(0) | self._stay(-1, 3) | self._stay(0, 2, room_type_id=self.suite.id)
        later = self._stay(1)
        answer = self._rack().assign_day(self.hotel.id)
        self.assertEqual(answer["left"], 0)
        self.assertTrue(all(stay.room_id.room_type_id == stay.room_type_id for stay in stays))
        self.assertEqual(len(stays.room_id), 3)
        self.assertFalse(later.room_id)
        self.assertIn("has a room", self._rack().assign_day(self.hotel.id)["message"])
        with self.assertRaises(UserError):
            self._rack().assign_stay(stays[0].id)
