import os
import tempfile
from datetime import date
from unittest.mock import patch

from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from odoo.addons.hotel_crm_base.models.guest.hotel_guest_document import BULK_COLUMNS

from ..common import HotelCase
from .identity_numbers import LI, WANG, make_cn_id


@tagged("post_install", "-at_install")
class TestDocuments(HotelCase):
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

    def _read_row(self, document):
        document.flush_recordset()
        self.env.cr.execute(
            "SELECT row_to_json(d)::text FROM hotel_guest_document d WHERE id = %s", [document.id]
        )
        return self.env.cr.fetchone()[0]

    # ---- storing ----------------------------------------------------------------------------

    def test_the_database_holds_no_number(self):
        document = self._make_document(self._make_guest(), WANG)
        row = self._read_row(document)
        self.assertNotIn(WANG, row)
        self.assertNotIn(WANG[6:14], row)
        self.assertRegex(document.number_enc, r"^v1:")
        self.assertEqual(document.number_hint, "****************" + WANG[-2:])
        self.assertEqual(self._reveal(document), WANG)

    def test_a_number_is_kept_in_one_form(self):
        document = self._make_document(self._make_guest(), " e 1234-5678 ", "passport")
        self.assertEqual(self._reveal(document), "E12345678")
        document.number = "Ｇ８７６５４３２１"
        self.assertEqual(self._reveal(document), "G87654321")
        self.assertEqual(document.number_hint, "******321")

    def test_a_wrong_number_is_refused_in_words(self):
        guest = self._make_guest()
        wrong = WANG[:-1] + ("1" if WANG[-1] != "1" else "2")
        with self.assertRaisesRegex(ValidationError, "read the number again") as caught:
            self._make_document(guest, wrong)
        self.assertNotIn(wrong, str(caught.exception))
        with self.assertRaisesRegex(ValidationError, "ended in 2013"):
            self._make_document(guest, "110105491231002")
        document = self._make_document(guest, WANG)
        with self.assertRaisesRegex(ValidationError, "Hong Kong or Macao"):
            document.document_type = "hk_mo_permit"

    def test_the_only_issuer_of_a_kind_is_filled_in(self):
        document = self._make_document(self._make_guest(), WANG, country_id=self.germany.id)
        self.assertEqual(document.country_id.code, "CN")

    def test_a_form_types_a_number_and_forgets_it(self):
        form = Form(self.documents.with_user(self.clerk))
        form.partner_id = self._make_guest()
        form.document_type = "cn_id"
        form.number_input = WANG.lower()
        document = form.save()
        self.assertEqual(self._reveal(document), WANG)
        self.assertFalse(document.number_input)
        with Form(document) as form:
            form.name_on_document = "WANG WEI"
        self.assertEqual(self._reveal(document), WANG)

    def test_clearing_a_number_clears_all_of_it(self):
        document = self._make_document(self._make_guest(), WANG)
        document.number = False
        self.assertFalse(document.sudo().number_enc or document.number_bidx or document.number_hint)
        with self.assertRaisesRegex(UserError, "without a number"):
            document.action_verify()

    def test_a_copy_has_no_number(self):
        document = self._make_document(self._make_guest(), WANG)
        document.action_verify()
        copy = document.copy()
        self.assertFalse(copy.number_enc or copy.number_bidx or copy.number_hint)
        self.assertEqual(copy.state, "unverified")

    # ---- what the number tells --------------------------------------------------------------

    def test_an_identity_card_fills_what_the_guests_page_lacks(self):
        guest = self._make_guest()
        self._make_document(guest, LI)
        self.assertEqual((guest.hotel_birth_date, guest.hotel_gender), (date(1988, 2, 29), "female"))
        self.assertEqual(guest.hotel_birth_mmdd, 229)

    def test_what_is_known_is_not_overwritten_but_warned_about(self):
        guest = self._make_guest(hotel_birth_date="1990-05-05", hotel_gender="female")
        document = self._make_document(guest, WANG)
        self.assertEqual(str(guest.hotel_birth_date), "1990-05-05")
        self.assertIn("birth date", document.number_warning)
        self.assertIn("gender", document.number_warning)
        self.assertEqual(document.action_verify()["params"]["type"], "warning")
        self.assertEqual(document.state, "verified")
        guest.write({"hotel_birth_date": "1991-01-01", "hotel_gender": "male"})
        self.assertFalse(document.number_warning)

    def test_a_form_warns_of_a_contradiction_at_once(self):
        form = Form(self.documents.with_user(self.clerk))
        form.partner_id = self._make_guest(hotel_gender="female")
        form.document_type = "cn_id"
        with self.assertLogs("odoo.tests.form.onchange", "WARNING") as log:
            form.number_input = WANG
        self.assertIn("gender", log.output[0])
        self.assertEqual(form.country_id.code, "CN")

    # ---- verifying --------------------------------------------------------------------------

    @freeze_time("2026-05-01 08:00:00")
    def test_verifying_notes_who_and_when(self):
        document = self._make_document(self._make_guest(), WANG).with_user(self.clerk)
        self.assertIs(document.action_verify(), True)
        self.assertEqual(document.state, "verified")
        self.assertEqual(document.verified_by_id, self.clerk)
        self.assertEqual(str(document.verified_at), "2026-05-01 08:00:00")

    @freeze_time("2026-05-01")
    def test_an_expired_document_is_not_verified(self):
        guest = self._make_guest()
        document = self._make_document(guest, WANG, valid_until="2026-04-30")
        with self.assertRaisesRegex(UserError, "no longer valid"):
            document.action_verify()
        document.valid_until = "2026-05-01"
        document.action_verify()

    def test_a_passport_is_verified_with_its_country(self):
        document = self._make_document(self._make_guest(), "C01X00T47", "passport")
        with self.assertRaisesRegex(UserError, "which country"):
            document.action_verify()
        document.country_id = self.germany
        document.action_verify()
        self.assertEqual(document.state, "verified")

    def test_a_changed_number_is_to_be_verified_again(self):
        document = self._make_document(self._make_guest(), WANG)
        document.action_verify()
        document.name_on_document = "WANG WEI"
        self.assertEqual(document.state, "verified")
        document.number = LI
        self.assertEqual(document.state, "unverified")
        self.assertFalse(document.verified_by_id or document.verified_at)

    def test_a_number_verified_for_another_guest_is_kept_and_noted(self):
        first, second = self._make_guest("Wang Wei"), self._make_guest("王伟")
        held = self._make_document(first, WANG)
        held.action_verify()
        document = self._make_document(second, WANG).with_user(self.clerk)
        answer = document.action_verify()
        self.assertIn("another guest", answer["params"]["message"])
        self.assertEqual(document.state, "clash")
        self.assertEqual(document.clash_document_id, held)
        self.assertEqual(held.state, "verified")
        hint = self.env["hotel.guest.duplicate.hint"].search([("partner_a_id", "=", first.id)])
        self.assertEqual((hint.partner_b_id, hint.reason, hint.state), (second, "document", "open"))
        document.action_verify()
        self.assertEqual(len(hint.search([("partner_b_id", "=", second.id)])), 1)

    def test_a_clash_is_over_when_the_other_document_goes(self):
        held = self._make_document(self._make_guest(), WANG)
        held.action_verify()
        document = self._make_document(self._make_guest(), WANG)
        document.action_verify()
        held.unlink()
        self.assertFalse(document.clash_document_id)
        document.action_verify()
        self.assertEqual(document.state, "verified")

    def test_the_same_number_from_another_country_is_no_clash(self):
        france = self.env.ref("base.fr")
        documents = self.documents
        for country in (self.germany, france):
            documents |= self._make_document(
                self._make_guest(), "C01X00T47", "passport", country_id=country.id
            )
        documents.action_verify()
        self.assertEqual(set(documents.mapped("state")), {"verified"})

    def test_a_guest_may_show_one_document_twice(self):
        guest = self._make_guest()
        first, second = self._make_document(guest, WANG), self._make_document(guest, WANG)
        (first | second).action_verify()
        self.assertEqual(sorted((first | second).mapped("state")), ["clash", "verified"])
        hints = self.env["hotel.guest.duplicate.hint"]
        self.assertFalse(hints.search_count([("partner_a_id", "=", guest.id)]))

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
