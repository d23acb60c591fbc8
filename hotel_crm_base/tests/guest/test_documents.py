from datetime import date

from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from odoo.addons.hotel_crm_base import guards

from ..common import HotelCase
from .identity_numbers import LI, WANG


@tagged("post_install", "-at_install")
class TestDocuments(HotelCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.documents = cls.env["hotel.guest.document"]
        cls.germany = cls.env.ref("base.de")
        cls.clerk = cls._make_user("front_office")

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

    def test_writing_what_is_there_already_changes_nothing(self):
        document = self._make_document(self._make_guest(), WANG)
        document.action_verify()
        document.write(
            {
                "document_type": "cn_id",
                "country_id": document.country_id.id,
                "partner_id": document.partner_id.id,
                "number_input": " ",
            }
        )
        self.assertEqual(document.state, "verified")

    def test_a_document_given_to_another_guest_is_to_be_verified_again(self):
        guest, other = self._make_guest(), self._make_guest()
        document = self._make_document(guest, WANG)
        document.action_verify()
        clerk = document.with_user(self.clerk)
        clerk.with_context(hotel_merge=True).partner_id = other
        self.assertEqual(document.state, "unverified")
        self.assertEqual(other.hotel_gender, "male")
        log = self.env["hotel.access.log"].search([("user_id", "=", self.clerk.id), ("action", "=", "write")])
        self.assertLessEqual(guest | other, log.partner_id | log.mapped("partner_ids"))

    def test_a_merge_keeps_what_was_verified(self):
        document = self._make_document(self._make_guest(), WANG)
        document.action_verify()
        document.with_context(hotel_merge=guards.MERGE).partner_id = self._make_guest()
        self.assertEqual(document.state, "verified")

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
        hint = self.env["hotel.duplicate.pair"].search([("partner_a_id", "=", first.id)])
        self.assertEqual((hint.partner_b_id, hint.reason_text, hint.state), (second, "Document", "open"))
        document.action_verify()
        self.assertEqual(len(hint.search([("partner_b_id", "=", second.id)])), 1)

    def test_a_shared_document_joins_what_the_search_has_found_and_is_told_once(self):
        first, second = self._make_guest("Wang Wei"), self._make_guest("王伟")
        pairs = self.env["hotel.duplicate.pair"]
        pairs._query_note([(first.id, second.id, 0.7, "4 -1 2 -1 -1 1 -1")])
        pair = pairs.search([("partner_a_id", "=", first.id)])
        pair.action_dismiss()
        pairs._note_document(second, first)
        self.assertEqual((pair.state, pair.levels, pair.probability), ("open", "4 -1 2 -1 -1 1 2", 0.99))
        pair.action_dismiss()
        pairs._note_document(first, second)
        self.assertEqual(pair.state, "dismissed")

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
        hints = self.env["hotel.duplicate.pair"]
        self.assertFalse(hints.search_count([("partner_a_id", "=", guest.id)]))
