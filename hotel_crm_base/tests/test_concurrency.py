"""What must never happen twice does not, with two real connections."""

from datetime import date

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .concurrency import ConcurrencyCase


@tagged("post_install", "-at_install")
class TestConcurrency(ConcurrencyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.guest = cls._make_guest()
        cls.cr.commit()

    def test_member_numbers_given_at_once_are_different(self):
        def register(env):
            return env["res.partner"].create({"name": "Rui", "is_hotel_guest": True}).hotel_guest_code

        codes = self._at_once(*[register] * 4)
        self.assertEqual(len(set(codes)), 4, codes)

    def test_a_member_number_is_never_taken_twice(self):
        def register(env):
            vals = {"name": "Eva", "is_hotel_guest": True, "hotel_guest_code": "4711"}
            return env["res.partner"].create(vals).id

        first, second = self._overlap(register, register)
        self.assertIsInstance(first, int)
        self.assertRefused(second, "member number is taken")

    def test_a_charge_of_another_system_is_kept_once(self):
        def post(env):
            return env["hotel.consumption"].create(
                {
                    "partner_id": self.guest.id,
                    "property_id": self.hotel.id,
                    "description": "Dinner",
                    "amount_gross": 30,
                    "source_system": "pos",
                    "source_ref": "4711",
                }
            ).id

        first, second = self._overlap(post, post)
        self.assertIsInstance(first, int)
        self.assertRefused(second, "recorded already")

    def test_a_booking_of_another_system_is_kept_once(self):
        first, second = self._overlap(*[self._book(source_system="pms", source_ref="9")] * 2)
        self.assertIsInstance(first, int)
        self.assertRefused(second, "recorded already")

    def test_a_room_is_given_to_one_of_two_clerks(self):
        room = self._make_room(self.room_type)
        self.cr.commit()
        first, second = self._overlap(
            self._book(room_id=room.id),
            self._book(room_id=room.id, arrival_date=date(2026, 7, 2), departure_date=date(2026, 7, 5)),
        )
        self.assertIsInstance(first, int)
        self.assertRefused(second, "taken already")

    def test_a_room_is_given_to_one_of_many_clerks_who_start_together(self):
        room = self._make_room(self.room_type)
        self.cr.commit()
        results = self._at_once(*[self._book(room_id=room.id)] * 4)
        self.assertEqual(sum(isinstance(result, int) for result in results), 1, results)

    def test_a_charge_is_reversed_by_one_of_two(self):
        line = self._make_consumption(self.guest)
        self.cr.commit()

        def reverse(env):
            return env["hotel.consumption"].browse(line.id).action_reverse("Wrong guest").id

        first, second = self._overlap(reverse, reverse)
        self.assertIsInstance(first, int)
        self.assertRefused(second, "reversed already")

    def assertRefused(self, result, words):
        """Check that a request ended with a message that a person understands."""
        self.assertIsInstance(result, ValidationError)
        self.assertIn(words, str(result))

    def _book(self, **values):
        def book(env):
            return env["hotel.stay"].create(
                {
                    "partner_id": self.guest.id,
                    "property_id": self.hotel.id,
                    "arrival_date": date(2026, 7, 1),
                    "departure_date": date(2026, 7, 3),
                    **values,
                }
            ).id

        return book
