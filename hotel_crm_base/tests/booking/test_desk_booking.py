from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...models.booking.errors import GuestRefused, PriceChanged, SoldOut
from ..common import ROLES
from .booking_common import BookingCase

BOOKERS = {"front_office", "call_agent", "call_supervisor", "manager", "admin"}


@tagged("post_install", "-at_install")
class TestDeskBooking(BookingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk = cls._make_user("front_office")

    def _wish(self, nights=2, **values):
        return {
            "arrival_date": self.today.isoformat(),
            "departure_date": (self.today + timedelta(days=nights)).isoformat(),
            "adults": 2,
            "guest_id": self.guest.id,
            "room_type_id": self.room_type.id,
            "key": "key-00001",
            **values,
        }

    def _desk(self, user=None):
        return self.env["hotel.desk.booking"].with_user(user or self.clerk)

    def _search(self, user=None, **values):
        answer = self._desk(user).search_offers(self.hotel.id, self._wish(**values))
        return {row["room_type_id"]: row for row in answer["types"]}

    def _total(self, **values):
        return self._search(**values)[self.room_type.id]["offers"][0]["total"]

    def _ask(self, user=None, **values):
        if "expected_total" not in values:
            values["expected_total"] = self._total()
        wish = self._wish(**values)
        return self._desk(user).book(self.hotel.id, wish)

    def test_offers_say_what_is_free_and_what_it_costs(self):
        row = self._search()[self.room_type.id]
        offer = row["offers"][0]
        self.assertEqual((row["free"], row["name"], len(offer["nights"])), (2, self.room_type.name, 2))
        self.assertAlmostEqual(offer["total"], sum(price for _day, price in offer["nights"]))
        self.assertGreaterEqual(offer["total"], 200.0)

    def test_a_walk_in_is_booked_at_the_price_that_was_shown(self):
        answer = self._ask(room_id=self.rooms[1].id, channel="walk_in")
        reservation = self.env["hotel.reservation"].browse(answer["reservation_id"])
        stay = reservation.stay_ids
        self.assertEqual((reservation.state, reservation.channel_id.code), ("confirmed", "walk_in"))
        self.assertEqual((stay.id, stay.room_id, stay.partner_id), (answer["stay_id"], self.rooms[1], self.guest))
        self.assertEqual(self._sold(2), [1, 1])
        self.assertEqual(answer["name"], reservation.name)

    def test_a_room_can_be_held_only(self):
        answer = self._ask(is_held=True)
        self.assertEqual(self.env["hotel.reservation"].browse(answer["reservation_id"]).state, "held")

    def test_the_same_request_twice_is_one_booking(self):
        self.assertEqual(self._ask(), self._ask())
        self.assertEqual(self._sold(2), [1, 1])
        self._ask(key="key-00002")
        self.assertEqual(self._sold(2), [2, 2])

    def test_what_stands_against_it_is_said(self):
        with self.assertRaises(PriceChanged):
            self._ask(expected_total=1.0)
        self.guest.hotel_block_reason = "payment"
        with self.assertRaises(GuestRefused):
            self._ask()
        self.guest.hotel_block_reason = False
        total = self._total()
        for number in range(2):
            self._ask(key=f"key-1000{number}")
        with self.assertRaises(SoldOut):
            self._ask(expected_total=total)
        self.assertTrue(self._search()[self.room_type.id]["problems"])

    def test_nonsense_is_refused_with_a_sentence(self):
        cases = (
            {"arrival_date": "soon"},
            {"departure_date": None},
            {"departure_date": (self.today - timedelta(days=1)).isoformat()},
            {"adults": 0},
            {"adults": "2"},
            {"adults": 99},
            {"children": -1},
            {"guest_id": False},
            {"guest_id": self.env.user.partner_id.id},
            {"room_type_id": False},
            {"room_type_id": "1"},
            {"room_id": 10**6},
            {"expected_total": None},
            {"key": ""},
        )
        total = self._total()
        for wrong in cases:
            with self.subTest(wrong), self.assertRaises(UserError), self.env.cr.savepoint():
                self._ask(**{"expected_total": total, **wrong})

    def test_a_room_of_another_type_is_refused(self):
        suite = self._make_room_type(self.hotel, name="Suite", code="SU")
        with self.assertRaises(UserError):
            self._ask(room_id=self._make_room(suite).id)

    def test_who_books_for_guests_and_who_does_not(self):
        self.env["hotel.room"].union(*(self._make_room(self.room_type) for _number in range(10)))
        total = self._total()
        for role in ROLES:
            user = self._make_user(role)
            with self.subTest(role):
                if role in BOOKERS:
                    self.assertTrue(self._ask(user, expected_total=total)["reservation_id"])
                else:
                    self.assertRaises(AccessError, self._ask, user, expected_total=total)
                    self.assertRaises(AccessError, self._search, user)
        stranger = self._make_user("front_office", self.other_hotel)
        self.assertRaises(AccessError, self._ask, stranger, expected_total=total)
