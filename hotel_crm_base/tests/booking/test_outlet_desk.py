from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ... import guards
from ..common import ROLES
from .booking_common import BookingCase

WAITERS = {"food_beverage", "front_office", "manager", "admin"}


class OutletCase(BookingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.outlet = cls._make_outlet(cls.hotel, name="Garden", code="GA")
        cls.waiter = cls._make_user("food_beverage")
        cls.number = 0

    def _desk(self, user=None):
        return self.env["hotel.outlet.desk"].with_user(user or self.waiter)

    def _check_in(self, guest=None, **values):
        """Return a stay that is in house in the first room."""
        values = {"partner_id": guest.id} if guest else values
        reservation = self._book(confirm=True, nights=2, room_id=self.rooms[0].id, **values)
        reservation.stay_ids.action_check_in()
        return reservation.stay_ids

    def _bill(self, **values):
        type(self).number += 1
        bill = {
            "settlement": "paid",
            "kind": "food",
            "description": "Dinner",
            "amount": 50.0,
            "covers": 2,
            "bill_ref": "B-7",
            "key": f"key-{self.number:05}",
        }
        return {**bill, **values}

    def _to_room(self, **values):
        return self._bill(settlement="room", room=self.rooms[0].name, guest_name="costa", **values)

    def _post(self, bill, user=None):
        return self._desk(user).post_bill(self.outlet.id, bill)

    def _record(self, row):
        return self.env["hotel.outlet.bill"].browse(row["id"])


@tagged("post_install", "-at_install")
class TestOutletPosting(OutletCase):
    def test_a_dinner_goes_to_the_room_of_the_guest(self):
        stay = self._check_in()
        row = self._post(self._to_room())
        line = self._record(row).folio_line_id
        self.assertEqual((row["name"], row["room"], row["amount"]), ("Ana Costa", self.rooms[0].name, 50.0))
        self.assertEqual((line.hotel_stay_id, line.hotel_outlet_id), (stay, self.outlet))
        self.assertAlmostEqual(line.price_total, 50.0)
        self.assertFalse(self.env["hotel.consumption"].search([("outlet_id", "=", self.outlet.id)]))

    def test_another_name_or_room_is_answered_alike_and_names_nobody(self):
        self._check_in()
        answers = set()
        for place in ({"guest_name": "Pinto"}, {"room": self.rooms[1].name}, {"room": "no such room"}):
            with self.assertRaises(UserError) as raised:
                self._post({**self._to_room(), **place})
            answers.add(str(raised.exception).replace(place.get("room", self.rooms[0].name), "N"))
        self.assertEqual(len(answers), 1)
        self.assertNotIn("Costa", answers.pop())

    def test_who_has_left_gets_no_more_charges(self):
        stay = self._check_in()
        stay.with_context(**{guards.OPEN_BALANCE.key: guards.OPEN_BALANCE}).action_check_out()
        with self.assertRaises(UserError):
            self._post(self._to_room())

    def test_what_was_paid_is_consumption_at_once(self):
        stay = self._check_in()
        row = self._post(self._bill(guest_id=self.guest.id, tax=10.0))
        charge = self._record(row).consumption_id
        self.assertEqual((charge.partner_id, charge.stay_id, charge.outlet_id), (self.guest, stay, self.outlet))
        self.assertEqual((charge.amount_gross, charge.amount_net, charge.bill_ref), (50.0, 40.0, "B-7"))
        self.assertEqual(charge.business_date, self.today)

    def test_a_bill_without_a_guest_is_anonymous(self):
        row = self._post(self._bill())
        self.assertEqual((row["name"], row["room"]), ("", ""))
        self.assertFalse(self._record(row).consumption_id.partner_id)

    def test_the_same_bill_sent_twice_is_posted_once(self):
        self._check_in()
        for bill in (self._bill(), self._to_room()):
            self.assertEqual(self._post(bill)["id"], self._post(bill)["id"])
        self.assertEqual(len(self.env["hotel.consumption"].search([("outlet_id", "=", self.outlet.id)])), 1)
        self.assertEqual(len(self.env["sale.order.line"].search([("hotel_outlet_id", "=", self.outlet.id)])), 1)

    def test_the_key_of_another_user_is_another_request(self):
        bill = self._bill()
        other = self._make_user("food_beverage")
        self.assertNotEqual(self._post(bill)["id"], self._post(bill, other)["id"])

    def test_bad_bills_are_refused_with_a_sentence_and_leave_nothing(self):
        cases = (
            {"amount": 0},
            {"amount": -5.0},
            {"amount": "50"},
            {"amount": float("nan")},
            {"amount": float("inf")},
            {"amount": True},
            {"amount": 0.001},
            {"amount": 10**9},
            {"tax": 50.0},
            {"tax": -1.0},
            {"description": "  "},
            {"description": None},
            {"kind": "room"},
            {"kind": "fee"},
            {"covers": -1},
            {"covers": 501},
            {"covers": 1.5},
            {"settlement": "later"},
            {"settlement": "room", "room": "", "guest_name": ""},
            {"guest_id": 10**6},
            {"guest_id": self.env.user.partner_id.id},
            {"key": ""},
            {"key": None},
        )
        for wrong in cases:
            with self.subTest(wrong), self.assertRaises(UserError), self.env.cr.savepoint():
                self._post(self._bill(**wrong))
        for nonsense in (None, [], "bill"):
            with self.assertRaises(UserError):
                self._post(nonsense)
        self.assertFalse(self.env["hotel.outlet.bill"].search([]))

    def test_texts_are_cut_to_what_a_bill_can_hold(self):
        row = self._post(self._bill(description="x" * 1000, bill_ref="y" * 1000))
        self.assertEqual((len(row["description"]), len(row["bill_ref"])), (256, 64))


@tagged("post_install", "-at_install")
class TestOutletDay(OutletCase):
    def test_the_list_is_that_of_the_outlet_and_its_business_day(self):
        self._check_in()
        self._post(self._bill(amount=20.0, covers=1))
        self._post(self._to_room(amount=30.0, covers=3))
        bar = self._make_outlet(self.hotel, name="Bar", code="BA", kind="bar")
        self._desk().post_bill(bar.id, self._bill())
        day = self._desk().get_day(self.outlet.id)
        self.assertEqual((day["count"], day["covers"]), (2, 4))
        self.assertEqual((day["total_room"], day["total_paid"]), (30.0, 20.0))
        self.assertEqual({row["settlement"] for row in day["rows"]}, {"room", "paid"})
        self.hotel.business_date = self.today + timedelta(days=1)
        self.assertEqual(self._desk().get_day(self.outlet.id)["rows"], [])

    def test_a_bill_is_taken_back_once_with_a_reason(self):
        self._check_in()
        for bill in (self._bill(guest_id=self.guest.id), self._to_room()):
            row = self._post(bill)
            for nothing in ("", "  ", None):
                with self.assertRaises(UserError):
                    self._desk().reverse_bill(row["id"], nothing)
            back = self._desk().reverse_bill(row["id"], "wrong table")
            self.assertEqual((back["is_reversed"], back["reason"]), (True, "wrong table"))
            with self.assertRaisesRegex(UserError, "taken back already"):
                self._desk().reverse_bill(row["id"], "again")
        charges = self.env["hotel.consumption"].search([("outlet_id", "=", self.outlet.id)])
        lines = self.env["sale.order.line"].search([("hotel_outlet_id", "=", self.outlet.id)])
        self.assertEqual(sum(charges.mapped("amount_gross")), 0)
        self.assertAlmostEqual(sum(lines.mapped("price_total")), 0)
        day = self._desk().get_day(self.outlet.id)
        self.assertEqual((day["count"], day["total_room"], day["total_paid"], len(day["rows"])), (0, 0, 0, 2))

    def test_an_outlet_knows_its_guests(self):
        preference = self.env.ref("hotel_crm_base.hotel_preference_allergy_nuts")
        wish = self.env.ref("hotel_crm_base.hotel_preference_food_vegan")
        for each in preference | wish:
            self.env["hotel.guest.preference"].create({"partner_id": self.guest.id, "preference_id": each.id})
        self._check_in()
        self._post(self._bill(guest_id=self.guest.id, description="Lunch"))
        taken_back = self._post(self._bill(guest_id=self.guest.id))
        self._desk().reverse_bill(taken_back["id"], "wrong guest")
        guest = self._desk().get_guest(self.outlet.id, self.guest.id)
        self.assertEqual((guest["name"], guest["room"]), ("Ana Costa", self.rooms[0].name))
        self.assertEqual(guest["flags"], [("warning", "Nuts")])
        self.assertEqual(guest["preferences"], ["Vegan"])
        self.assertEqual(guest["visits"], [[self.today, "Lunch", 50.0]])
        self.assertEqual(guest["visit_count"], 1)
        entry = self.env["hotel.access.log"].search([("user_id", "=", self.waiter.id)], limit=1)
        self.assertEqual((entry.action, entry.partner_id), ("open", self.guest))

    def test_only_those_who_work_with_outlets_may(self):
        row = self._post(self._bill())
        for role in ROLES:
            desk = self._desk(self._make_user(role))
            calls = (
                desk.get_setup,
                lambda desk=desk: desk.get_day(self.outlet.id),
                lambda desk=desk: desk.get_guest(self.outlet.id, self.guest.id),
                lambda desk=desk: desk.post_bill(self.outlet.id, self._bill()),
            )
            for call in calls:
                with self.subTest(role):
                    if role in WAITERS:
                        self.assertTrue(call())
                    else:
                        self.assertRaises(AccessError, call)
            if role not in WAITERS:
                self.assertRaises(AccessError, desk.reverse_bill, row["id"], "no")

    def test_a_stranger_sees_and_posts_nothing(self):
        row = self._post(self._bill())
        stranger = self._desk(self._make_user("food_beverage", self.other_hotel))
        for call in (
            lambda: stranger.get_day(self.outlet.id),
            lambda: stranger.post_bill(self.outlet.id, self._bill()),
            lambda: stranger.get_guest(self.outlet.id, self.guest.id),
        ):
            self.assertRaises(AccessError, call)
        self.assertRaises(UserError, stranger.reverse_bill, row["id"], "no")
        self.assertEqual(stranger.get_setup()["outlets"], [])

    def test_the_number_of_queries_does_not_grow_with_the_evening(self):
        counts = []
        for more in (2, 20):
            for number in range(more):
                self._post(self._bill(guest_id=self._make_guest(f"Guest {more} {number}").id))
            for _warm in range(2):
                self.env.flush_all()
                self.env.invalidate_all()
                before = self.env.cr.sql_log_count
                self._desk().get_day(self.outlet.id)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts)
