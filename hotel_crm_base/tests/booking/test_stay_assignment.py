from datetime import date, timedelta

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import HotelCase

TODAY = date(2026, 5, 10)


@tagged("post_install", "-at_install")
class TestStayAssignment(HotelCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hotel.business_date = TODAY
        building = cls.env["hotel.building"].create({"name": "Main", "property_id": cls.hotel.id})
        cls.floors = [
            cls.env["hotel.floor"].create({"name": str(level), "level": level, "building_id": building.id})
            for level in (1, 2, 3)
        ]
        cls.rooms = [
            cls._make_room(cls.room_type, name=f"{floor.level}01", floor_id=floor.id) for floor in cls.floors
        ]
        cls.clerk = cls._make_user("front_office")

    def _book(self, guest=None, arrival=TODAY, **values):
        guest = guest or self._make_guest("Guest")
        return self._make_stay(guest, arrival=arrival, **{"room_type_id": self.room_type.id, **values})

    def _wish(self, guest, name):
        self.env["hotel.guest.preference"].create(
            {"partner_id": guest.id, "preference_id": self.env.ref(f"hotel_crm_base.hotel_preference_{name}").id}
        )
        return guest

    def _assign(self, stays):
        return stays.with_user(self.clerk).action_assign_room()

    def test_wishes_of_guests_meet_what_rooms_have(self):
        self.rooms[1].amenity_ids = [Command.link(self.env.ref("hotel_crm_base.hotel_amenity_quiet").id)]
        high = self._book(self._wish(self._make_guest("High"), "room_high_floor"))
        quiet = self._book(self._wish(self._make_guest("Quiet"), "room_quiet"))
        plain = self._book()
        answer = self._assign(high | quiet | plain)
        self.assertEqual([stay.room_id for stay in (plain, quiet, high)], self.rooms)
        self.assertEqual(answer["params"]["type"], "success")

    def test_who_comes_again_sleeps_in_the_same_room(self):
        guest = self._make_guest("Again")
        past = {"state": "departed", "source_system": "seed", "room_id": self.rooms[2].id}
        self._book(guest, arrival=TODAY - timedelta(days=90), source_ref="1", **past)
        stays = self._book() | self._book(guest)
        self._assign(stays)
        self.assertEqual(stays[1].room_id, self.rooms[2])

    def test_rooms_that_are_taken_or_closed_are_left_alone(self):
        self._book(arrival=TODAY - timedelta(days=1), state="in_house", room_id=self.rooms[0].id)
        self.env["hotel.room.closure"].create(
            {
                "room_id": self.rooms[1].id,
                "start_date": TODAY + timedelta(days=1),
                "end_date": TODAY + timedelta(days=2),
                "reason": "Painting",
            }
        )
        stays = self._book() | self._book()
        answer = self._assign(stays)
        self.assertEqual(stays.room_id, self.rooms[2])
        self.assertEqual(answer["params"]["type"], "warning")
        self.assertIn("Guest", answer["params"]["message"])

    def test_a_guest_who_leaves_today_makes_room_for_who_comes_today(self):
        for room in self.rooms:
            self._book(arrival=TODAY - timedelta(days=2), state="in_house", room_id=room.id)
        stay = self._book()
        self._assign(stay)
        self.assertTrue(stay.room_id)

    def test_stays_with_a_room_are_not_moved(self):
        stay = self._book(room_id=self.rooms[1].id)
        with self.assertRaises(UserError):
            self._assign(stay)
        self.assertEqual(stay.room_id, self.rooms[1])

    def test_only_the_desk_gives_rooms(self):
        stay = self._book()
        for role in ("housekeeping", "food_beverage", "call_agent", "finance"):
            with self.subTest(role), self.assertRaises(AccessError):
                stay.with_user(self._make_user(role)).action_assign_room()
        with self.assertRaises(AccessError):
            stay.with_user(self._make_user("front_office", self.other_hotel)).action_assign_room()

    def test_the_number_of_queries_to_choose_does_not_grow(self):
        counts = []
        for _number in range(12):
            self._make_room(self.room_type)
        for number in (2, 12):
            stays = self._book()
            for _more in range(number - 1):
                stays |= self._book(self._wish(self._make_guest("Many"), "room_quiet"))
            self.env.flush_all()
            self.env.invalidate_all()
            rooms = self.env["hotel.room"].search([("property_id", "=", self.hotel.id)])
            before = self.env.cr.sql_log_count
            stays._get_taken(rooms)
            stays._prepare_assignment_stays(self.hotel, rooms)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts)
