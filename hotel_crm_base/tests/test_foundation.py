from datetime import date, datetime

from freezegun import freeze_time
from psycopg2.errors import ExclusionViolation
from stdnum import luhn

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import HotelCase


@tagged("post_install", "-at_install")
class TestFoundation(HotelCase):
    def test_a_guest_gets_a_member_number_with_a_check_digit(self):
        guest = self._make_guest()
        self.assertTrue(luhn.is_valid(guest.hotel_guest_code))
        self.assertTrue(guest.hotel_registered_at)

    def test_a_contact_that_becomes_a_guest_gets_a_member_number(self):
        contact = self.env["res.partner"].create({"name": "Bruno"})
        self.assertFalse(contact.hotel_guest_code)
        contact.is_hotel_guest = True
        self.assertTrue(contact.hotel_guest_code)

    @freeze_time("2026-11-21")
    def test_guests_are_found_by_age(self):
        young = self._make_guest(hotel_birth_date=date(1996, 11, 22))
        old = self._make_guest(hotel_birth_date=date(1996, 11, 21))
        self.assertEqual((young.hotel_age, old.hotel_age), (29, 30))
        both = young | old
        found = self.env["res.partner"].search([("id", "in", both.ids), ("hotel_age", ">=", 30)])
        self.assertEqual(found, old)
        found = self.env["res.partner"].search([("id", "in", both.ids), ("hotel_age", "=", 29)])
        self.assertEqual(found, young)

    def test_a_birthday_on_leap_day_is_kept_by_day_of_year(self):
        guest = self._make_guest(hotel_birth_date=date(2000, 2, 29))
        self.assertEqual(guest.hotel_birth_mmdd, 229)
        guest.hotel_birth_date = False
        self.assertEqual(guest.hotel_birth_mmdd, 0)

    def test_a_birth_date_in_the_future_is_refused(self):
        with self.assertRaises(ValidationError):
            self._make_guest(hotel_birth_date=date(2100, 1, 1))

    @freeze_time("2026-11-21")
    def test_a_block_ends_after_its_last_day(self):
        blocked = self._make_guest(
            hotel_block_reason="payment", hotel_block_until=date(2026, 11, 21)
        )
        free = self._make_guest(hotel_block_reason="payment", hotel_block_until=date(2026, 11, 20))
        self.assertEqual((blocked.hotel_is_blocked, free.hotel_is_blocked), (True, False))
        domain = [("id", "in", (blocked | free).ids), ("hotel_is_blocked", "=", True)]
        self.assertEqual(self.env["res.partner"].search(domain), blocked)
        self.assertEqual(blocked._get_hotel_flags()[0][0], "danger")

    def test_front_office_cannot_block_a_guest(self):
        user = self._make_user("front_office")
        guest = self._make_guest()
        with self.assertRaises(AccessError):
            guest.with_user(user).write({"hotel_block_reason": "conduct"})
        guest.with_user(self._make_user("manager")).write({"hotel_block_reason": "conduct"})

    def test_front_office_changes_guests_and_no_other_contact(self):
        user = self._make_user("front_office")
        self._make_guest().with_user(user).write({"phone": "+351912345678"})
        contact = self.env["res.partner"].create({"name": "Supplier"})
        with self.assertRaises(AccessError):
            contact.with_user(user).write({"phone": "1"})

    def test_a_room_is_never_booked_twice_and_turns_over_the_same_day(self):
        room = self._make_room(self.room_type)
        guest = self._make_guest()
        self._make_stay(guest, arrival=date(2026, 5, 1), nights=2, room_id=room.id)
        self._make_stay(guest, arrival=date(2026, 5, 3), nights=1, room_id=room.id)
        with self.assertRaises(ExclusionViolation), mute_logger("odoo.sql_db"):
            self._make_stay(guest, arrival=date(2026, 5, 2), nights=1, room_id=room.id)

    def test_nights_follow_the_dates_of_the_stay(self):
        stay = self._make_stay(self._make_guest(), arrival=date(2026, 12, 31), nights=2)
        self.assertEqual(stay.night_ids.mapped("date"), [date(2026, 12, 31), date(2027, 1, 1)])
        stay.night_ids[0].sudo().rate = 150
        stay.departure_date = date(2027, 1, 3)
        self.assertEqual(stay.nights, 3)
        self.assertEqual(stay.night_ids.sorted("date").mapped("rate"), [150, 100, 100])
        stay.arrival_date = date(2027, 1, 2)
        self.assertEqual(stay.night_ids.mapped("date"), [date(2027, 1, 2)])

    def test_a_stay_of_no_night_is_day_use(self):
        stay = self._make_stay(self._make_guest(), nights=0)
        self.assertTrue(stay.is_day_use)
        self.assertFalse(stay.night_ids)

    def test_hooks_are_called_once_when_a_stay_changes_state(self):
        stay = self._make_stay(self._make_guest())
        calls = []
        self._patch(type(stay), "_after_check_in", lambda stays: calls.append(stays.ids))
        stay.state = "in_house"
        stay.state = "in_house"
        self.assertEqual(calls, [stay.ids])
        self.assertTrue(stay.checked_in_at)

    def test_consumption_is_corrected_by_one_reversal_only(self):
        line = self._make_consumption(self._make_guest(), amount=80)
        with self.assertRaises(UserError):
            line.amount_gross = 70
        with self.assertRaises(UserError):
            line.unlink()
        reversal = line.action_reverse("Wrong room")
        self.assertEqual((reversal.amount_gross, reversal.reversal_of_id), (-80, line))
        with self.assertRaises(UserError):
            line.action_reverse()

    def test_consent_keeps_every_decision_and_one_is_current(self):
        guest = self._make_guest()
        consents = self.env["hotel.consent"]
        values = {"partner_id": guest.id, "purpose": "offer", "channel": "email"}
        first = consents.create({**values, "state": "given"})
        second = consents.create({**values, "state": "withdrawn"})
        self.assertEqual((first.is_current, second.is_current), (False, True))
        with self.assertRaises(UserError):
            second.write({"state": "given"})
        with self.assertRaises(UserError):
            first.unlink()

    def test_the_business_date_follows_the_clock_of_the_property(self):
        with freeze_time("2026-11-21 18:30:00"):
            shanghai = self._make_property(tz="Asia/Shanghai")
            lisbon = self._make_property(tz="Europe/Lisbon")
        # 02:30 in Shanghai is still the day before, until 4:00
        self.assertEqual(shanghai.business_date, date(2026, 11, 21))
        self.assertEqual(lisbon.business_date, date(2026, 11, 21))
        with freeze_time("2026-11-21 20:30:00"):
            (shanghai | lisbon)._roll_business_date()
        self.assertEqual(shanghai.business_date, date(2026, 11, 22))
        self.assertEqual(lisbon.business_date, date(2026, 11, 21))

    def test_an_hour_that_summer_time_skips_becomes_the_next_one(self):
        hotel = self._make_property(tz="Europe/Lisbon")
        instant = hotel._to_utc(date(2026, 3, 29), 1.5)
        self.assertEqual(instant, datetime(2026, 3, 29, 1, 30))

    def test_staff_see_the_stays_of_their_properties_only(self):
        stay = self._make_stay(self._make_guest())
        stranger = self._make_user("front_office", self.other_hotel)
        nobody = self._make_user("front_office", self.env["hotel.property"])
        domain = [("id", "=", stay.id)]
        stays = self.env["hotel.stay"]
        self.assertFalse(stays.with_user(stranger).search(domain))
        self.assertFalse(stays.with_user(nobody).search(domain))
        clerk = self._make_user("front_office")
        self.assertEqual(stays.with_user(clerk).search(domain), stay)
        clerk.hotel_property_ids = self.other_hotel
        self.assertFalse(stays.with_user(clerk).search(domain))
