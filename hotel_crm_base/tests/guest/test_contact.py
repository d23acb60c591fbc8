import doctest

from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged

from ... import contact, guards
from ...models.guest.res_partner_contact import MESSAGES
from ..common import HotelCase


@tagged("post_install", "-at_install")
class TestContact(HotelCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.portugal, cls.china = cls.env.ref("base.pt"), cls.env.ref("base.cn")
        cls.hotel.partner_id = cls.env["res.partner"].create(
            {"name": "Harbour Hotel", "country_id": cls.portugal.id}
        )
        cls.clerk = cls._make_user("front_office")

    def _make_guest_as_clerk(self, **values):
        return self.env["res.partner"].with_user(self.clerk).create(
            {"name": "Ana Costa", "is_hotel_guest": True, **values}
        )

    def test_the_examples_of_the_engine_hold(self):
        self.assertFalse(doctest.testmod(contact).failed)

    def test_every_refusal_has_a_sentence(self):
        self.assertEqual({code: text._source for code, text in MESSAGES.items()}, contact.MESSAGES)

    def test_a_number_without_country_code_is_one_of_the_hotels_country(self):
        self.assertEqual(self._make_guest_as_clerk(phone="912 345 678").phone, "+351912345678")

    def test_a_number_without_country_code_is_one_of_the_guests_country_first(self):
        guest = self._make_guest_as_clerk(phone="139 1234 5678", country_id=self.china.id)
        self.assertEqual(guest.phone, "+8613912345678")
        guest.write({"phone": "13812345678"})
        self.assertEqual(guest.phone, "+8613812345678")

    def test_full_width_signs_of_a_chinese_keyboard_are_read(self):
        guest = self._make_guest_as_clerk(phone="＋８６　１３９１２３４５６７８", email="li.lei＠example。com")
        self.assertEqual((guest.phone, guest.email), ("+8613912345678", "li.lei@example.com"))

    def test_an_impossible_number_of_a_guest_is_refused_in_words(self):
        with self.assertRaisesRegex(ValidationError, "too short"):
            self._make_guest_as_clerk(phone="912")
        guest = self._make_guest_as_clerk()
        with self.assertRaisesRegex(ValidationError, "“call me” is not a phone number"):
            guest.phone = "call me"
        with self.assertRaisesRegex(ValidationError, "needs one @"):
            guest.email = "ana.example.com"

    def test_other_contacts_keep_what_was_typed(self):
        contact_person = self.env["res.partner"].create({"name": "Supplier", "phone": "call me"})
        contact_person.email = "nowhere"
        self.assertEqual((contact_person.phone, contact_person.email), ("call me", "nowhere"))

    def test_a_number_stored_before_is_let_alone(self):
        guest = self._make_guest_as_clerk()
        guest.with_context(hotel_bulk=guards.BULK).phone = "old 12"
        guest.write({"phone": "old 12", "email": "ana@example.com"})
        self.assertEqual((guest.phone, guest.email), ("old 12", "ana@example.com"))

    def test_no_caller_gets_around_the_checks(self):
        with self.assertRaises(ValidationError):
            self._make_guest_as_clerk().with_context(hotel_bulk=True).phone = "12"

    def test_a_contact_keeps_a_bad_number_when_it_becomes_a_guest(self):
        person = self.env["res.partner"].create({"name": "Bruno", "phone": "12"})
        person.is_hotel_guest = True
        self.assertEqual(person.phone, "12")
        with self.assertRaises(ValidationError):
            self.env["res.partner"].create({"name": "B"}).write({"is_hotel_guest": True, "phone": "12"})

    def test_one_write_on_guests_of_two_countries_reads_the_number_for_each(self):
        guests = self._make_guest_as_clerk(country_id=self.china.id) | self._make_guest_as_clerk()
        with self.assertRaises(ValidationError):
            guests.write({"phone": "912345678"})
        guests.write({"phone": "+351912345678"})
        self.assertEqual(set(guests.mapped("phone")), {"+351912345678"})

    def test_a_number_can_be_taken_away(self):
        guest = self._make_guest_as_clerk(phone="912345678", email="ana@example.com")
        guest.write({"phone": "", "email": False})
        self.assertFalse(guest.phone or guest.email)

    def test_the_form_shows_the_number_as_it_will_be_stored(self):
        guest = self._make_guest_as_clerk()
        with Form(guest) as form:
            form.phone = "912345678"
            self.assertEqual(form.phone, "+351912345678")
