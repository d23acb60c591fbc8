import os
import tempfile
from datetime import date
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.hotel_crm_base.models.guest.hotel_guest_document import BULK_COLUMNS

from ..common import HotelCase
from .identity_numbers import LI, WANG, make_cn_id


@tagged("post_install", "-at_install")
class TestDocumentFinding(HotelCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.documents = cls.env["hotel.guest.document"]
        cls.germany = cls.env.ref("base.de")
        cls.clerk = cls._make_user("front_office")

    def _find(self, number, user=None):
        finder = self.documents.with_user(user or self.clerk)
        return self.env["res.partner"].browse(finder._find_partner_ids_by_number(number))

    def _reveal(self, document):
        return document._fields["number"].reveal(document)

    # ---- finding ----------------------------------------------------------------------------

    def test_a_guest_is_found_by_any_writing_of_the_exact_number(self):
        guest, other = self._make_guest(), self._make_guest()
        self._make_document(guest, WANG)
        self._make_document(other, "H12345678", "hk_mo_permit")
        self.assertEqual(self._find(WANG.lower()), guest)
        self.assertEqual(self._find(f" {WANG[:6]} {WANG[6:14]} {WANG[14:]}"), guest)
        self.assertEqual(self._find("h1234567802"), other)
        self.assertFalse(self._find(WANG[:-1]))
        self.assertFalse(self._find(LI))

    def test_who_verified_a_number_comes_first(self):
        first, second = self._make_guest(), self._make_guest()
        self._make_document(first, WANG)
        self._make_document(second, WANG).action_verify()
        self.assertEqual(self._find(WANG).ids, [second.id, first.id])

    def test_text_that_is_no_number_costs_no_query(self):
        self.clerk.has_group("hotel_crm_base.group_front_office")
        finder = self.documents.with_user(self.clerk)
        with self.assertQueryCount(0):
            for text in ("王伟", "wang wei", "ana@example.com", "12", "", None):
                self.assertEqual(finder._find_partner_ids_by_number(text), [])

    def test_a_search_by_several_numbers_is_one_query_for_the_program(self):
        guests = self._make_guest() | self._make_guest()
        for guest, number in zip(guests, (WANG, LI), strict=True):
            self._make_document(guest, number)
        bare = self.documents.create({"partner_id": guests[0].id})
        found = self.documents.search([("number", "in", [WANG.lower(), LI])])
        self.assertEqual(found.partner_id, guests)
        self.assertEqual(self.documents.search([("number", "=", False), ("id", ">=", bare.id)]), bare)
        self.assertNotIn(bare, self.documents.search([("number", "!=", False)]))
        with self.assertRaises(UserError):
            self.documents.search([("number", "ilike", WANG[:6])])

    # ---- bulk -------------------------------------------------------------------------------

    def test_rows_for_copy_are_like_those_of_the_orm(self):
        guest = self._make_guest()
        rows = [
            {"partner_id": guest.id, "document_type": "cn_id", "number": WANG.lower()},
            {
                "partner_id": guest.id,
                "document_type": "passport",
                "number": "C01X00T47",
                "country_id": self.germany.id,
                "valid_until": date(2030, 1, 1),
            },
        ]
        made = [dict(zip(BULK_COLUMNS, row, strict=True)) for row in self.documents._prepare_bulk_rows(rows)]
        documents = self._make_document(guest, WANG) | self._make_document(
            guest, "C01X00T47", "passport", country_id=self.germany.id, valid_until="2030-01-01"
        )
        own = {"number_enc", "create_date", "write_date"}
        for row, document in zip(made, documents, strict=True):
            expected = document.read(list(set(BULK_COLUMNS) - own), load=False)[0]
            expected.pop("id")
            self.assertEqual({name: row[name] or False for name in expected}, expected)
            self.assertEqual(
                self.env["hotel.data.key"]._get_keyring().decrypt(
                    row["number_enc"], "hotel.guest.document.number"
                ),
                self._reveal(document),
            )

    # ---- without the key --------------------------------------------------------------------

    def test_without_the_key_everything_but_the_number_works(self):
        guest = self._make_guest()
        document = self._make_document(guest, WANG)
        missing = os.path.join(tempfile.gettempdir(), "no-such-key.pem")
        with patch.dict(os.environ, {"HOTEL_CRM_KEY_FILE": missing}):
            clerk = document.with_user(self.clerk)
            self.assertEqual(clerk.read(["number_hint", "number_warning", "state"])[0]["state"], "unverified")
            clerk.name_on_document = "WANG WEI"
            clerk.partner_id.write({"hotel_birth_date": "1990-01-01", "phone": "+8613912345678"})
            self.assertFalse(self._find("13912345678"))
            for action in (
                lambda: self._make_document(guest, LI),
                lambda: clerk.write({"number": LI}),
                clerk.action_verify,
                lambda: self._find(WANG),
            ):
                with self.assertRaisesRegex(UserError, "HOTEL_CRM_KEY_FILE"), self.assertLogs(level="ERROR"):
                    action()
            document.copy()
            self._make_document(guest, False)
        self.assertEqual(self._reveal(document), WANG)

    def test_the_guests_own_copy_holds_the_number(self):
        guest = self._make_guest()
        self._make_document(guest, WANG)
        rows = guest._hotel_export()["Identity Documents"]
        self.assertEqual([row["number"] for row in rows], [WANG])
        guest._hotel_anonymize()
        self.assertFalse(guest.hotel_document_ids)

    def test_documents_go_with_their_guest(self):
        guest = self._make_guest()
        document = self._make_document(guest, make_cn_id(31))
        guest.unlink()
        self.assertFalse(document.exists())
