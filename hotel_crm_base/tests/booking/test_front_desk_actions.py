from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tests import tagged
from odoo.tools import SQL

from ..common import ROLES
from .booking_common import BookingCase


@tagged("post_install", "-at_install")
class TestFrontDeskActions(BookingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk = cls._make_user("front_office")

    def _desk(self, user=None):
        return self.env["hotel.front.desk"].with_user(user or self.clerk)

    def _stay(self, **values):
        return self._book(confirm=True, nights=2, **values).stay_ids

    def test_a_row_says_what_is_open_and_how_the_room_is(self):
        stay = self._stay(room_id=self.rooms[0].id)
        stay.room_id.housekeeping_state = "dirty"
        (row,) = self._desk().get_day(self.hotel.id)["arrivals"]["rows"]
        self.assertEqual((row["reservation_id"], row["room_state"]), (stay.reservation_id.id, "dirty"))
        self.assertEqual(row["balance"], stay.reservation_id.balance)
        self.assertGreater(row["balance"], 0)
        (row,) = self._desk(self._make_user("food_beverage")).get_day(self.hotel.id)["arrivals"]["rows"]
        self.assertEqual(row["balance"], 0)

    def test_check_in_and_check_out_open_their_forms(self):
        stay = self._stay(room_id=self.rooms[0].id)
        action = self._desk().check_in(stay.id)
        self.assertEqual(action["res_model"], "hotel.stay.checkin")
        self.assertEqual(action["context"], {"default_stay_id": stay.id})
        stay.action_check_in()
        stay.property_id.business_date = stay.departure_date
        action = self._desk().check_out(stay.id)
        wizard = self.env[action["res_model"]].browse(action["res_id"])
        self.assertEqual((wizard._name, wizard.stay_id), ("hotel.stay.checkout", stay))
        self.assertGreater(wizard.amount_due, 0, "the nights that were slept are on the bill that is shown")
        self.assertEqual(wizard.amount_due, stay.reservation_id.balance)

    def test_the_button_of_the_stay_shows_the_same_bill_as_the_desk(self):
        stay = self._stay(room_id=self.rooms[0].id)
        with self.assertRaises(UserError):
            stay.action_open_check_out()
        stay.action_check_in()
        stay.property_id.business_date = stay.departure_date
        self.assertFalse(stay.reservation_id.folio_ids.order_line.filtered("hotel_posted_at"))
        action = stay.with_user(self._make_user("front_office")).action_open_check_out()
        wizard = self.env[action["res_model"]].browse(action["res_id"])
        self.assertEqual(wizard.amount_due, stay.reservation_id.balance)
        self.assertTrue(wizard.currency_id.compare_amounts(wizard.amount_due, stay.reservation_id.amount_total) == 0)
        with self.assertRaises(AccessError):
            stay.with_user(self._make_user("housekeeping", login="maid")).action_open_check_out()

    def test_a_stay_of_another_system_leaves_without_a_bill(self):
        stay = self._make_stay(self.guest, arrival=self.today, state="in_house", source_system="pms", source_ref="1")
        self.assertFalse(self._desk().check_out(stay.id))
        self.assertEqual(stay.state, "departed")

    def test_a_booking_is_opened_by_those_who_book(self):
        stay = self._stay()
        action = self._desk().open_stay(stay.id)
        self.assertEqual((action["res_model"], action["res_id"]), ("hotel.reservation", stay.reservation_id.id))
        action = self._desk(self._make_user("housekeeping")).open_stay(stay.id)
        self.assertEqual((action["res_model"], action["res_id"]), ("hotel.stay", stay.id))

    def test_only_the_front_office_and_managers_check_in_and_out(self):
        stay = self._stay(room_id=self.rooms[0].id)
        for role in set(ROLES) - {"front_office", "manager", "admin"}:
            desk = self._desk(self._make_user(role))
            with self.subTest(role):
                self.assertFalse(desk.get_setup()["can_move"])
                self.assertRaises(AccessError, desk.check_in, stay.id)
                self.assertRaises(AccessError, desk.check_out, stay.id)
        stranger = self._desk(self._make_user("front_office", self.other_hotel))
        self.assertRaises(AccessError, stranger.check_in, stay.id)

    def test_who_is_not_in_house_does_not_leave(self):
        stay = self._make_stay(self.guest, arrival=self.today, source_system="pms", source_ref="1")
        with self.assertRaises(UserError):
            self._desk().check_out(stay.id)

    def test_the_number_of_queries_does_not_grow_with_the_bookings(self):
        place = {"property_id": self.hotel.id, "room_type_id": self.room_type.id}
        self.env["hotel.room"].create([{"name": f"Q{number}", **place} for number in range(30)])
        self.env["hotel.inventory"]._open_horizon(self.hotel)
        counts = []
        for more in (2, 12):
            for _number in range(more):
                self._stay(partner_id=self._make_guest("Guest").id)
            for _warm in range(2):
                self.env.flush_all()
                self.env.invalidate_all()
                before = self.env.cr.sql_log_count
                self._desk().get_day(self.hotel.id)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts)

    def test_those_who_left_today_are_found_by_an_index_however_many_left_before(self):
        """At 120,000 departed stays of a property the desk took 650 ms to count today's."""
        today = Domain("departure_date", "=", self.hotel.business_date)
        query = self.env["hotel.stay"]._search(
            Domain("property_id", "=", self.hotel.id) & Domain("state", "=", "departed") & today
        )
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        plan = "\n".join(line for (line,) in self.env.execute_query(SQL("EXPLAIN %s", query.select())))
        self.assertRegex(plan, r"Index Cond: .*departure_date")
