"""The form of the check-in: rooms, companions, documents, blocks and rights."""

from datetime import date, timedelta

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from ..guest.identity_numbers import LI, WANG
from .folio_common import FolioCase

DAY = date(2026, 5, 1)


@tagged("post_install", "-at_install")
class TestCheckin(FolioCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk = cls._make_user("front_office")
        cls.reservation = cls._make_reservation()
        cls.reservation._sync_folio()
        cls.stay = cls.reservation.stay_ids
        cls.room = cls.stay.room_id
        cls.env["hotel.data.key"]._get_keyring()

    def _open(self, stay=None, user=None):
        action = (stay or self.stay).with_user(user or self.clerk).action_open_check_in()
        return Form(self.env[action["res_model"]].with_user(user or self.clerk).with_context(**action["context"]))

    def test_a_guest_with_a_room_is_checked_in_by_one_button(self):
        form = self._open()
        self.assertEqual((form.stay_id, form.room_id), (self.stay, self.room))
        self.assertEqual(form.balance, self.reservation.balance)
        self.assertFalse(form.room_warning)
        form.save().action_check_in()
        self.assertEqual((self.stay.state, self.stay.room_id, self.stay.companion_ids.ids), ("in_house", self.room, []))

    def test_a_room_whose_guest_has_not_left_is_not_given_twice(self):
        guest = self.env["res.partner"].create({"name": "Late Riser", "is_hotel_guest": True})
        dates = {"arrival_date": self.stay.arrival_date - timedelta(days=1), "departure_date": self.stay.arrival_date}
        before = self._make_stay(guest, self.stay.property_id, state="in_house", room_id=self.room.id, **dates)
        desk = self.env["hotel.front.desk"].with_user(self.clerk)
        self.assertEqual(desk._prepare_rows(self.stay)[0]["room_state"], "occupied")
        form = self._open()
        self.assertIn("has not checked out yet", form.room_warning)
        checkin = form.save()
        with self.assertRaisesRegex(UserError, "has not checked out yet"):
            checkin.action_check_in()
        before.action_check_out()
        checkin.action_check_in()
        self.assertEqual(self.stay.state, "in_house")

    def test_the_cleanest_free_room_of_the_type_is_offered(self):
        self.stay.room_id = False
        self.room.housekeeping_state = "dirty"
        inspected = self._make_room(self.room_type, housekeeping_state="inspected")
        taken = self._make_room(self.room_type, housekeeping_state="inspected", name="0")
        self._make_stay(self.guest, arrival=DAY, room_id=taken.id)
        closed = self._make_room(self.room_type, housekeeping_state="inspected", name="1")
        self.env["hotel.room.closure"].create(
            {"room_id": closed.id, "start_date": DAY, "end_date": DAY + timedelta(days=1), "reason": "Paint"}
        )
        form = self._open()
        self.assertEqual(form.room_id, inspected)
        self.assertEqual(form.free_room_ids[:], inspected | self.room)

    def test_a_room_that_is_left_today_is_free_and_one_that_comes_later_is_not_in_the_way(self):
        self._make_stay(self.guest, arrival=DAY - timedelta(days=1), nights=1, room_id=self.room.id).write(
            {"state": "in_house"}
        )
        self._make_stay(self.guest, arrival=self.stay.departure_date, nights=1, room_id=self.room.id)
        self.assertIn(self.room, self.stay._get_free_rooms())

    def test_dirty_rooms_and_other_types_are_warned_of(self):
        suite = self._make_room(self._make_room_type(self.hotel, name="Suite"), housekeeping_state="dirty")
        form = self._open()
        form.room_id = suite
        self.assertIn("dirty", form.room_warning)
        self.assertIn("Suite", form.room_warning)
        form.save().action_check_in()
        self.assertEqual((self.stay.room_id, self.stay.state), (suite, "in_house"))

    def test_a_room_that_was_taken_meanwhile_is_refused(self):
        other = self._make_room(self.room_type)
        form = self._open()
        form.room_id = other
        checkin = form.save()
        self._make_stay(self.guest, arrival=DAY, room_id=other.id)
        with self.assertRaisesRegex(UserError, "taken or out of order"):
            checkin.action_check_in()
        self.assertEqual(self.stay.state, "booked")

    def test_nobody_is_checked_in_without_a_room(self):
        form = self._open()
        form.room_id = self.env["hotel.room"]
        with self.assertRaisesRegex(UserError, "Choose a room"):
            form.save().action_check_in()

    def test_companions_are_added_and_registered(self):
        known = self._make_guest("Rui Pinto")
        form = self._open()
        with form.guest_ids.new() as line:
            line.partner_id = known
        with form.guest_ids.new() as line:
            line.name = "Li Na"
            line.document_type = "cn_id"
            line.number_input = LI
        form.save().action_check_in()
        self.assertEqual(sorted(self.stay.companion_ids.mapped("name")), ["Li Na", "Rui Pinto"])
        fresh = self.stay.companion_ids - known
        self.assertTrue(fresh.is_hotel_guest and fresh.hotel_guest_code)
        document = fresh.hotel_document_ids
        self.assertEqual(document._fields["number"].reveal(document), LI)

    def test_numbers_are_never_stored_in_clear(self):
        checkins = self.env["hotel.stay.checkin"].with_user(self.clerk)
        line = {"partner_id": self.guest.id, "document_type": "cn_id", "number_input": WANG}
        values = {"stay_id": self.stay.id, "guest_ids": [Command.create(line)]}
        checkin = checkins.create({**values, "room_id": self.room.id})
        self.env.flush_all()
        self.env.cr.execute("SELECT row_to_json(g)::text FROM hotel_stay_checkin_guest g")
        [[row]] = self.env.cr.fetchall()
        self.assertNotIn(WANG, row)
        self.assertIn("v1:", row)
        with self.assertRaises(AccessError):
            checkin.guest_ids.read(["number"])
        self.assertFalse(checkin.guest_ids.number_input)
        checkin.action_check_in()
        self.assertEqual(self.guest.hotel_document_ids.document_type, "cn_id")
        # the same number again is the same document
        again = checkins.create(values)
        again.guest_ids._settle()
        self.assertEqual(len(self.guest.hotel_document_ids), 1)

    def test_a_document_is_asked_for_where_the_hotel_wants_one(self):
        self.hotel.is_document_required = True
        with self.assertRaisesRegex(UserError, "document is missing: Ana Costa"):
            self._open().save().action_check_in()
        document = self._make_document(self.guest, "CA123456", kind="passport", country_id=self.env.ref("base.pt").id)
        document.valid_until = DAY - timedelta(days=1)
        with self.assertRaisesRegex(UserError, "document is missing"):
            self._open().save().action_check_in()
        document.valid_until = DAY
        form = self._open()
        self.assertIn("56", form.guest_ids.edit(0).document_text)
        form.save().action_check_in()
        self.assertEqual(self.stay.state, "in_house")

    def test_blocked_guests_are_refused_companions_too(self):
        blocked = self._make_guest("Bad Guest")
        blocked.with_user(self._make_user("manager"))._set_hotel_block(
            {"hotel_block_reason": "damage", "hotel_block_until": False, "hotel_block_note": "Broken window"}
        )
        self.assertTrue(blocked.hotel_is_blocked)
        checkin = self._open().save()
        self.env["hotel.stay.checkin.guest"].with_user(self.clerk).create(
            {"checkin_id": checkin.id, "partner_id": blocked.id}
        )
        checkin.invalidate_recordset()
        self.assertTrue(checkin.is_blocked)
        with self.assertRaisesRegex(UserError, "cannot be checked in"):
            checkin.action_check_in()
        self.assertEqual(self.stay.state, "booked")

    def test_another_day_or_state_is_said_before_anything_is_typed(self):
        later = self._make_reservation(arrival=DAY + timedelta(days=3)).stay_ids
        with self.assertRaisesRegex(UserError, "is expected on"):
            later.with_user(self.clerk).action_open_check_in()
        self.stay.write({"state": "cancelled"})
        with self.assertRaises(UserError):
            self.stay.with_user(self.clerk).action_open_check_in()

    def test_who_checks_guests_in(self):
        for role in ("housekeeping", "food_beverage", "finance", "marketing", "service"):
            user = self._make_user(role)
            with self.assertRaises(AccessError, msg=role):
                self.stay.with_user(user).action_open_check_in()
            with self.assertRaises(AccessError, msg=role):
                self.env["hotel.stay.checkin"].with_user(user).create({"stay_id": self.stay.id})
        stranger = self._make_user("front_office", self.other_hotel)
        with self.assertRaises(AccessError):
            self.stay.with_user(stranger).action_open_check_in()
        mine = self._open().save()
        colleague = self._make_user("front_office")
        with self.assertRaises(AccessError):
            mine.with_user(colleague).action_check_in()

    def test_the_card_is_printed_with_the_check_in(self):
        action = self._open().save().action_check_in_and_print()
        self.assertEqual((action["report_name"], action["context"]["active_ids"]), (
            "hotel_crm_base.hotel_registration_card", self.stay.ids))
        self.assertEqual(self.stay.state, "in_house")
