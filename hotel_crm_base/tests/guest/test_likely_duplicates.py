import doctest
from datetime import date

from odoo.tests import tagged

from ... import likeness
from .identity_numbers import WANG
from .test_front_desk import FrontDeskCase


@tagged("post_install", "-at_install")
class TestLikelyDuplicates(FrontDeskCase):
    def _find_alike(self, **values):
        return self.env["res.partner"].with_user(self.clerk).hotel_find_likely_duplicates(values)

    def test_the_examples_of_the_engine_hold(self):
        self.assertFalse(doctest.testmod(likeness).failed)

    def _reasons(self, guest, **values):
        rows = {row["id"]: row for row in self._find_alike(**values)}
        return rows[guest.id]["reasons"] if guest.id in rows else []

    def test_the_same_phone_in_another_writing_is_found(self):
        guest = self._make_guest("Ana Costa", phone="+351912345678")
        self.assertEqual(self._reasons(guest, name="Rui", phone="912 345 678"), ["Same phone number"])

    def test_the_same_address_in_another_case_is_found(self):
        guest = self._make_guest("Ana Costa", email="Ana@Example.com")
        self.assertEqual(self._reasons(guest, name="Rui", email="ana@example.COM"), ["Same e-mail address"])

    def test_name_and_birth_date_are_found_in_any_order_of_the_name(self):
        guest = self._make_guest("José Gil Silva", hotel_birth_date=date(1980, 1, 2))
        values = {"name": "SILVA, Jose Gil", "birth_date": "1980-01-02"}
        self.assertEqual(self._reasons(guest, **values), ["Same name and birth date"])
        self.assertTrue(self._find_alike(**values)[0]["is_sure"])

    def test_a_chinese_name_is_found_by_its_pinyin(self):
        guest = self._make_guest("欧阳修文")
        self.assertEqual(self._reasons(guest, name="Xiuwen Ouyang"), ["Same name"])

    def test_a_changed_family_name_is_found_by_the_birth_date(self):
        guest = self._make_guest("Ana Costa", hotel_birth_date=date(1980, 1, 2))
        found = self._reasons(guest, name="Ana Silva", birth_date="1980-01-02")
        self.assertEqual(found, ["Same birth date and part of the name"])

    def test_the_same_document_is_found_first(self):
        guest = self._make_guest("Ana Costa")
        self._make_document(guest, WANG)
        self._make_guest("Wang Wei", phone="+351912345678")
        found = self._find_alike(
            name="Wang Wei", phone="912345678", document_type="cn_id", document_number=WANG
        )
        self.assertEqual(found[0]["id"], guest.id)
        self.assertEqual(found[0]["reasons"], ["Same document number"])

    def test_a_frequent_name_alone_warns_of_nobody(self):
        for number in range(8):
            self._make_guest("Maria Frequente", phone=f"+35191234567{number}")
        answer = self._check(name="Maria Frequente")
        self.assertEqual((answer["duplicates"], answer["same_name"]), ([], 8))
        answer = self._check(name="Maria Frequente", phone="912345673")
        self.assertEqual(len(answer["duplicates"]), 1)
        self.assertEqual(answer["duplicates"][0]["reasons"], ["Same phone number", "Same name"])

    def test_a_name_with_another_birth_date_is_another_person(self):
        guest = self._make_guest("Ana Costa", hotel_birth_date=date(1980, 1, 2))
        self.assertEqual(self._reasons(guest, name="Ana Costa", birth_date="1990-01-02"), [])

    def test_archived_guests_and_other_contacts_are_no_duplicates(self):
        self._make_guest("Zeferino Pato", active=False)
        self.env["res.partner"].create({"name": "Zeferino Pato"})
        self.assertEqual(self._find_alike(name="Zeferino Pato"), [])

    def test_half_typed_values_do_no_harm(self):
        for values in ({}, {"name": ""}, {"phone": "+"}, {"name": "%_\\'", "email": "@"}):
            self.assertEqual(self._find_alike(**values), [])

    def test_who_was_shown_is_logged(self):
        guest = self._make_guest("Zeferino Pato")
        logs = self.env["hotel.access.log"]
        domain = [("partner_id", "=", guest.id), ("action", "=", "search")]
        before = logs.search_count(domain)
        self._find_alike(name="Zeferino Pato")
        self.assertEqual(logs.search_count(domain), before + 1)

    def test_the_page_of_a_guest_opens_for_those_who_may_see_guests(self):
        guest = self._make_guest()
        action = guest.with_user(self.clerk).hotel_open_guest()
        self.assertEqual((action["res_model"], action["res_id"]), ("res.partner", guest.id))
