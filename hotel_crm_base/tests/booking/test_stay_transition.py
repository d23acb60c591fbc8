from datetime import date

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.hotel_crm_base.tests.common import HotelCase

TODAY = date(2026, 5, 1)


@tagged("post_install", "-at_install")
class TestStayTransition(HotelCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.guest = cls._make_guest()
        cls.hotel.business_date = TODAY
        cls.stay = cls._make_stay(cls.guest, arrival=TODAY, nights=2)
        cls.clerk = cls._make_user("front_office")

    def test_a_receptionist_checks_a_guest_in_and_out(self):
        stay = self.stay.with_user(self.clerk)
        stay.action_check_in()
        self.assertEqual(stay.state, "in_house")
        self.assertTrue(stay.checked_in_at)
        self.hotel.business_date = stay.departure_date
        stay.action_check_out()
        self.assertEqual((stay.state, stay.nights), ("departed", 2))
        self.assertTrue(stay.checked_out_at)

    def test_an_early_departure_shortens_the_stay(self):
        self.stay.action_check_in()
        self.hotel.business_date = date(2026, 5, 2)
        self.stay.action_check_out()
        self.assertEqual(self.stay.departure_date, date(2026, 5, 2))
        self.assertEqual(self.stay.night_ids.mapped("date"), [TODAY])

    def test_the_desk_has_no_guest_in_house_without_a_room(self):
        room = self._make_room(self.room_type)
        for role in ("front_office", "housekeeping", "manager", "admin"):
            stay = self.stay.with_user(self._make_user(role))
            with self.subTest(role), self.assertRaises(UserError):
                stay.action_check_in()
            with self.subTest(role), self.assertRaises(UserError):
                stay.write({"state": "in_house"})
        stay = self.stay.with_user(self.clerk)
        stay.room_id = room
        stay.action_check_in()
        self.assertEqual(stay.state, "in_house")
        with self.assertRaisesRegex(UserError, "without a room"):
            stay.room_id = False
        values = {"property_id": self.hotel.id, "partner_id": self.guest.id, "state": "in_house"}
        values |= {"arrival_date": TODAY, "departure_date": date(2026, 5, 3)}
        with self.assertRaisesRegex(UserError, "without a room"):
            self.env["hotel.stay"].with_user(self.clerk).create(values)
        # what another system says is loaded by code, and is a fact
        self.assertEqual(self.env["hotel.stay"].create(values).state, "in_house")

    def test_states_follow_each_other_in_the_allowed_order_only(self):
        allowed = {
            "held": {"booked", "cancelled"},
            "booked": {"in_house", "cancelled", "no_show"},
            "in_house": {"departed"},
            "departed": set(),
            "cancelled": {"booked", "held"},
            "no_show": {"booked", "in_house"},
        }
        for before in allowed:
            for after in allowed:
                stay = self._make_stay(self.guest, arrival=TODAY, state=before)
                with self.subTest(before=before, after=after):
                    if before == after or after in allowed[before]:
                        stay.state = after
                        self.assertEqual(stay.state, after)
                    else:
                        with self.assertRaisesRegex(UserError, "cannot become"):
                            stay.state = after

    def test_a_blocked_guest_is_not_checked_in(self):
        self.guest.hotel_block_reason = "payment"
        with self.assertRaisesRegex(UserError, "Unpaid Bills.*call a manager"):
            self.stay.with_user(self.clerk).action_check_in()
        with self.assertRaises(UserError):
            self.stay.with_user(self.clerk).state = "in_house"
        self.guest.hotel_block_until = date(2020, 1, 1)
        self.stay.with_user(self.clerk).action_check_in()
        self.assertEqual(self.stay.state, "in_house")

    def test_a_check_in_is_on_a_day_of_the_stay(self):
        for today in (date(2026, 4, 30), date(2026, 5, 4)):
            self.hotel.business_date = today
            with self.subTest(today=today), self.assertRaisesRegex(UserError, "before the check-in"):
                self.stay.action_check_in()
        self.hotel.business_date = date(2026, 5, 2)
        self.stay.action_check_in()
        self.assertEqual(self.stay.state, "in_house")

    def test_a_no_show_is_noted_from_the_day_of_arrival(self):
        self.hotel.business_date = date(2026, 4, 30)
        with self.assertRaisesRegex(UserError, "too early"):
            self.stay.action_no_show()
        self.hotel.business_date = TODAY
        self.stay.action_no_show()
        self.assertEqual(self.stay.state, "no_show")
        self.stay.action_check_in()
        self.assertEqual(self.stay.state, "in_house")

    def test_a_cancelled_stay_is_booked_again_unless_its_room_is_taken(self):
        self.stay.action_cancel()
        self.assertTrue(self.stay.cancelled_at)
        self.stay.action_reinstate()
        self.assertEqual((self.stay.state, self.stay.cancelled_at), ("booked", False))

    def test_each_hook_is_called_once(self):
        calls = []
        for hook in ("_after_check_in", "_after_check_out", "_after_cancel"):
            self._patch(type(self.stay), hook, lambda stays, hook=hook: calls.append(hook))
        self.stay.action_check_in()
        self.stay.action_check_out()
        self._make_stay(self.guest, arrival=TODAY).action_cancel()
        self.assertEqual(calls, ["_after_check_in", "_after_check_out", "_after_cancel"])
