from datetime import timedelta

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from odoo.addons.hotel_crm_base.models.booking.errors import NotForSale, SoldOut
from odoo.addons.hotel_crm_base.tests.booking.booking_common import BookingCase


@tagged("post_install", "-at_install")
class TestInventory(BookingCase):
    def _get_free(self, nights=1, arrival=None):
        arrival = arrival or self.today
        free = self.env["hotel.inventory"]._get_free(self.hotel, arrival, arrival + timedelta(days=nights))
        return free.get(self.room_type.id)

    def _night(self, number=0):
        return self.env["hotel.inventory"].search(
            [("room_type_id", "=", self.room_type.id), ("date", "=", self.today + timedelta(days=number))]
        )

    def _close(self, room, first=0, nights=1):
        start = self.today + timedelta(days=first)
        return self.env["hotel.room.closure"].create(
            {"room_id": room.id, "start_date": start, "end_date": start + timedelta(days=nights), "reason": "Paint"}
        )

    def test_stays_entered_by_hand_take_rooms_too(self):
        stay = self._make_stay(self.guest, arrival=self.today, nights=2, room_type_id=self.room_type.id)
        self.assertEqual((self._sold(3), self._get_free(2)), ([1, 1, 0], 1))
        stay.departure_date += timedelta(days=1)
        self.assertEqual(self._sold(3), [1, 1, 1])
        stay.arrival_date += timedelta(days=1)
        self.assertEqual(self._sold(3), [0, 1, 1])
        stay.action_cancel()
        self.assertEqual(self._sold(3), [0, 0, 0])
        stay.action_reinstate()
        self.assertEqual(self._sold(3), [0, 1, 1])
        stay.unlink()
        self.assertEqual(self._sold(3), [0, 0, 0])

    def test_a_room_names_its_type(self):
        stay = self._make_stay(self.guest, arrival=self.today, nights=1, room_id=self.rooms[0].id)
        self.assertEqual((stay.room_type_id, self._sold(1)), (self.room_type, [1]))

    def test_a_cancelled_stay_is_not_booked_again_where_its_room_is_sold(self):
        stay = self._make_stay(self.guest, arrival=self.today, nights=1, room_type_id=self.room_type.id)
        stay.action_cancel()
        for _room in self.rooms:
            self._book()
        with self.assertRaises(SoldOut):
            stay.action_reinstate()

    def test_back_to_back_stays_share_a_room(self):
        for day in range(4):
            for room in self.rooms:
                self._book(arrival=self.today + timedelta(days=day), room_id=room.id)
        self.assertEqual(self._sold(4), [2, 2, 2, 2])

    def test_a_closed_room_is_not_for_sale_until_it_is_opened(self):
        closure = self._close(self.rooms[0], nights=2)
        self.assertEqual((self._get_free(), self._night().out_of_order), (1, 1))
        with self.assertRaisesRegex(SoldOut, "out of order.*Paint"):
            self._book(room_id=self.rooms[0].id)
        closure.end_date -= timedelta(days=1)
        self.assertEqual((self._get_free(), self._get_free(1, self.today + timedelta(days=1))), (1, 2))
        closure.unlink()
        self.assertEqual(self._get_free(2), 2)

    def test_a_room_with_a_guest_is_not_closed(self):
        self._book(room_id=self.rooms[0].id)
        with self.assertRaisesRegex(ValidationError, "another room first"):
            self._close(self.rooms[0])

    def test_a_hotel_that_loses_rooms_is_told_and_sells_no_more(self):
        self._make_user("manager")
        bookings = [self._book() for _room in self.rooms]
        self._close(self.rooms[0])
        night = self._night()
        self.assertEqual((night.sold, night.allotment, night.shortfall), (2, 1, 1))
        told = self.env["mail.message"].search([("subject", "ilike", "has sold more rooms")])
        self.assertTrue(told)
        bookings[0]._cancel()
        self.assertEqual((night.sold, night.shortfall), (1, 0))
        with self.assertRaises(SoldOut):
            self._book()

    def test_rooms_archived_or_moved_change_what_is_for_sale(self):
        other = self._make_room_type(self.hotel)
        self.rooms[0].active = False
        self.assertEqual(self._get_free(), 1)
        self.rooms[0].active = True
        self.assertEqual(self._get_free(), 2)
        self.rooms[1].room_type_id = other
        self.assertEqual(self._get_free(), 1)
        self._make_room(self.room_type)
        self.assertEqual(self._get_free(), 2)

    def test_overbooking_sells_as_many_more_as_stated(self):
        self.room_type.overbooking = 1
        for _number in range(3):
            self._book()
        with self.assertRaises(SoldOut):
            self._book()
        self.assertEqual(self._night().shortfall, 0)

    def test_nights_beyond_the_horizon_are_not_for_sale_but_facts_are_kept(self):
        far = self.today + timedelta(days=100)
        with self.assertRaises(NotForSale):
            self._book(arrival=far, channel="web")
        self.assertIsNone(self._get_free(1, far))
        self._make_stay(self.guest, arrival=far, nights=1, room_type_id=self.room_type.id)
        self.hotel.horizon_days = 120
        self.env["hotel.inventory"]._open_horizon(self.hotel)
        self.assertEqual(self._get_free(1, far), 1)

    def test_the_job_opens_the_nights_that_come_within_the_horizon_and_mends_counts(self):
        self._book(nights=2)
        self.env.cr.execute("UPDATE hotel_inventory SET sold = 0 WHERE room_type_id = %s", [self.room_type.id])
        self.hotel.business_date = self.today + timedelta(days=1)
        last = self.today + timedelta(days=60)
        self.assertIsNone(self._get_free(1, last))
        for _run in range(2):
            with self.enter_registry_test_mode():
                self.env.ref("hotel_crm_base.ir_cron_open_horizon").method_direct_trigger()
            self.assertEqual(self._get_free(1, last), 2)
            self.assertEqual(self._night(1).sold, 1)

    def test_a_booking_opens_nights_that_the_job_has_not_opened_yet(self):
        self.env["hotel.inventory"].search([("room_type_id", "=", self.room_type.id)]).unlink()
        self._book(nights=2)
        self.assertEqual((self._sold(3), self._get_free(2)), ([1, 1, 0], 1))

    def test_what_is_counted_anew_is_what_was_counted_before(self):
        self._book(nights=3)
        self._book(arrival=self.today + timedelta(days=1), nights=4, confirm=True)._cancel()
        self._close(self.rooms[1], first=5, nights=3)
        names = ("sold", "rooms", "out_of_order", "allotment", "overbooking", "shortfall")
        rows = self.env["hotel.inventory"].search([("property_id", "=", self.hotel.id)])
        before = [tuple(row[name] for name in names) for row in rows]
        self.env["hotel.inventory"]._refresh(self.room_type)
        self.assertEqual([tuple(row[name] for name in names) for row in rows], before)

    def test_imported_stays_are_facts_that_are_never_refused(self):
        loader = self.env["hotel.bulk.loader"]
        row = {
            "property_id": self.hotel.id,
            "room_type_id": self.room_type.id,
            "arrival_date": self.today,
            "departure_date": self.today + timedelta(days=1),
            "state": "booked",
        }
        loader._load_stays([{**row, "source_ref": str(number)} for number in range(5)], "pms")
        night = self._night()
        self.assertEqual((night.sold, night.shortfall), (5, 3))
        loader._load_stays([{**row, "source_ref": "1", "state": "cancelled"}], "pms")
        moved = {**row, "source_ref": "2", "departure_date": self.today + timedelta(days=3)}
        loader._load_stays([{**moved, "arrival_date": self.today + timedelta(days=2)}], "pms")
        self.assertEqual((self._sold(3), night.shortfall), ([3, 0, 1], 1))
        with self.assertRaises(SoldOut):
            self._book()
