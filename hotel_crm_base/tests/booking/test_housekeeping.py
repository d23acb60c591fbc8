"""Clean, dirty, inspected, out of order: what sets it, who sees it, and that nobody's work is lost."""

from datetime import date, timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import ROLES, HotelCase

DAY = date(2026, 5, 1)
KEEPERS = {"housekeeping", "front_office", "manager", "admin"}


@tagged("post_install", "-at_install")
class TestHousekeeping(HotelCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hotel.business_date = DAY
        building = cls.env["hotel.building"].create({"name": "Main", "property_id": cls.hotel.id})
        cls.floor = cls.env["hotel.floor"].create({"name": "First", "level": 1, "building_id": building.id})
        cls.room, cls.other_room = (cls._make_room(cls.room_type, floor_id=cls.floor.id) for _number in range(2))
        cls.guest = cls._make_guest("Ana Costa")
        cls.keeper = cls._make_user("housekeeping")
        cls.house = cls.env["hotel.housekeeping"].with_user(cls.keeper)

    def _make_here(self, room=None, nights=2, **values):
        stay = self._make_stay(self.guest, arrival=DAY, nights=nights, room_id=(room or self.room).id, **values)
        stay.write({"state": "in_house"})
        return stay

    def _rows(self):
        floors = self.house.get_rooms(self.hotel.id)["floors"]
        return {row["id"]: row for floor in floors for row in floor["rooms"]}

    def test_a_room_is_dirty_after_the_check_out(self):
        stay = self._make_here()
        self.assertEqual(self.room.housekeeping_state, "clean")
        stay.with_user(self._make_user("front_office")).write({"state": "departed"})
        self.assertEqual(self.room.housekeeping_state, "dirty")
        self.assertTrue(self.room.dirty_since_at)
        self.assertEqual(self.room.status_log_ids.mapped("reason"), ["check_out"])

    def test_a_room_is_dirty_after_a_night_and_after_a_move(self):
        stay = self._make_here()
        self.hotel._run_day_end(DAY)
        self.assertEqual(self.room.housekeeping_state, "dirty")
        self.room.housekeeping_state = "inspected"
        stay.with_user(self._make_user("front_office")).room_id = self.other_room
        self.assertEqual((self.room.housekeeping_state, self.other_room.housekeeping_state), ("dirty", "clean"))
        self.assertEqual(self.room.status_log_ids.mapped("reason"), ["move", "hand", "night"])

    def test_departures_of_long_ago_leave_rooms_alone(self):
        stay = self._make_stay(self.guest, arrival=date(2020, 1, 1), room_id=self.room.id)
        stay.write({"state": "in_house"})
        stay.write({"state": "departed"})
        self.assertEqual(self.room.housekeeping_state, "clean")

    def test_every_change_is_kept_with_who_and_when(self):
        self.house.set_state(self.room.id, "dirty", "clean")
        self.house.set_state(self.room.id, "inspected", "dirty")
        log = self.room.status_log_ids
        self.assertEqual(
            [(row.state_before, row.state, row.user_id, row.reason) for row in log],
            [("dirty", "inspected", self.keeper, "hand"), ("clean", "dirty", self.keeper, "hand")],
        )
        self.assertFalse(self.room.dirty_since_at)
        self.assertEqual(self.room.housekeeping_by_id, self.keeper)

    def test_the_reason_of_a_change_cannot_be_forged(self):
        self.room.with_context(hotel_housekeeping_reason="night").housekeeping_state = "dirty"
        self.assertEqual(self.room.status_log_ids.reason, "hand")

    def test_who_was_slower_overwrites_nothing(self):
        self.room.housekeeping_state = "dirty"  # a guest has left meanwhile
        answer = self.house.set_state(self.room.id, "inspected", "clean")
        self.assertEqual(answer, {"state": "dirty", "is_late": True})
        self.assertEqual(self.room.housekeeping_state, "dirty")
        answer = self.house.set_state(self.room.id, "dirty", "clean")
        self.assertEqual(answer, {"state": "dirty", "is_late": False})

    def test_the_list_says_what_happens_in_each_room(self):
        self._make_here(adults=2, children=1)
        gone = self._make_room(self.room_type)
        self._make_here(gone, nights=1)
        self.hotel.business_date = DAY + timedelta(days=1)
        self._make_stay(self.guest, arrival=DAY + timedelta(days=1), room_id=gone.id, adults=2)
        rows = self._rows()
        self.assertEqual((rows[self.room.id]["use"], rows[self.room.id]["persons"]), (["stay_over"], 3))
        self.assertEqual((rows[gone.id]["use"], rows[gone.id]["persons"]), (["departure", "arrival"], 2))
        self.assertEqual(rows[self.other_room.id]["use"], ["vacant"])

    def test_the_list_tells_neither_names_nor_money(self):
        self._make_here(rate=987.0)
        text = str(self.house.get_rooms(self.hotel.id))
        self.assertNotIn("Costa", text)
        self.assertNotIn("987", text)

    def test_a_room_that_cannot_be_let_is_taken_out(self):
        self.house.report_out_of_order(self.other_room.id, "  No   hot water ", 3)
        closure = self.env["hotel.room.closure"].search([("room_id", "=", self.other_room.id)])
        found = (closure.start_date, closure.end_date, closure.reason)
        self.assertEqual(found, (DAY, date(2026, 5, 4), "No hot water"))
        self.assertEqual(self._rows()[self.other_room.id]["closed"], "No hot water")
        self._make_here()
        with self.assertRaisesRegex(UserError, "given to a stay"):
            self.house.report_out_of_order(self.room.id, "Window")
        for wrong in (("", 1), ("Window", 0), ("Window", "3"), ("Window", 4000), (None, 1)):
            with self.assertRaises(UserError):
                self.house.report_out_of_order(self.other_room.id, *wrong)

    def test_notes_are_short_texts(self):
        self.house.set_note(self.room.id, "  Lamp\n broken " + "x" * 500)
        self.assertEqual(len(self.room.housekeeping_note), 200)
        self.assertTrue(self.room.housekeeping_note.startswith("Lamp broken x"))
        self.house.set_note(self.room.id, None)
        self.assertFalse(self.room.housekeeping_note)

    def test_who_may_say_how_clean_a_room_is(self):
        for role in ROLES:
            house = self.env["hotel.housekeeping"].with_user(self._make_user(role))
            self.assertEqual(house.get_setup()["can_write"], role in KEEPERS, role)
            calls = [
                lambda house=house: house.set_state(self.room.id, "dirty", self.room.housekeeping_state),
                lambda house=house: house.set_note(self.room.id, "Lamp"),
            ]
            for call in calls:
                if role in KEEPERS:
                    self.assertTrue(call())
                else:
                    with self.assertRaises(AccessError, msg=role):
                        call()

    def test_rooms_of_other_hotels_are_out_of_reach(self):
        room = self._make_room(self._make_room_type(self.other_hotel))
        with self.assertRaises(AccessError):
            self.house.get_rooms(self.other_hotel.id)
        for wrong in (room.id, 0, -1, "1", None, [room.id]):
            with self.assertRaises(AccessError):
                self.house.set_state(wrong, "dirty", "clean")

    def test_housekeeping_and_outlets_read_no_rates(self):
        stay = self._make_here(rate=987.0)
        for role in ("housekeeping", "food_beverage"):
            user = self._make_user(role)
            for record, name in ((stay, "rate"), (stay.night_ids, "rate"), (stay.night_ids, "gross")):
                mine = record.with_user(user)
                with self.assertRaises(AccessError, msg=f"{role} {name}"):
                    mine.read([name])
                with self.assertRaises(AccessError):
                    mine.search([(name, ">", 0)])
                with self.assertRaises(AccessError):
                    mine.formatted_read_group([], [], [f"{name}:sum"])
        self.assertEqual(stay.with_user(self._make_user("front_office")).rate, 987.0)

    def test_the_number_of_queries_does_not_grow_with_the_rooms(self):
        counts = []
        for _round in range(2):
            for _number in range(10):
                self._make_here(self._make_room(self.room_type, floor_id=self.floor.id))
            self.env.flush_all()
            self.env.invalidate_all()
            self.house.get_rooms(self.hotel.id)
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.house.get_rooms(self.hotel.id)
            counts.append(self.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])
