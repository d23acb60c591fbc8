from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tests import tagged

from odoo.addons.hotel_crm_base import vault

from .document_case import MAY_READ_DOCUMENTS, REFUSED, DocumentSecurityCase
from .identity_numbers import LI, WANG


@tagged("post_install", "-at_install")
class TestDocumentSecurity(DocumentSecurityCase):
    # ---- nothing leaks ----------------------------------------------------------------------

    def _try_all_reads(self, user):
        """Ask for the number in every way that Odoo has; return all that was answered."""
        documents = self.document.with_user(user)
        guests = self.guest.with_user(user)
        document_id = self.document.id
        ways = [
            lambda: documents.read(["number"]),
            lambda: documents.read(),
            lambda: documents.read(["number_input", "number_hint"]),
            lambda: documents.read(["number_enc"]),
            lambda: documents.read(["number_bidx"]),
            lambda: documents.number,
            lambda: documents.mapped("number"),
            lambda: documents.web_read({"number": {}}),
            lambda: documents.web_read({"number_input": {}, "number_hint": {}}),
            lambda: documents.search_read([("id", "=", document_id)], ["number"]),
            lambda: documents.web_search_read([("id", "=", document_id)], {"number": {}}),
            lambda: documents.export_data(["number"]),
            lambda: documents.export_data(["number_enc", "number_bidx"]),
            lambda: documents.export_data(["number_input", "partner_id/hotel_document_ids/number"]),
            lambda: guests.export_data(["hotel_document_ids/number"]),
            lambda: guests.export_data(["hotel_document_ids/number_bidx"]),
            lambda: guests.web_read({"hotel_document_ids": {"fields": {"number": {}}}}),
            lambda: guests.hotel_document_ids.mapped("number"),
            lambda: documents.formatted_read_group([], ["number"], ["__count"]),
            lambda: documents.formatted_read_group([], ["number_bidx"], ["__count"]),
            lambda: documents.formatted_read_group([], ["number_enc"], ["__count"]),
            lambda: documents.formatted_read_group([], [], ["number_bidx:max"]),
            lambda: documents.search([("id", "=", document_id)], order="number_bidx").ids and None,
            lambda: documents.copy_data(),
            lambda: documents.copy().read(),
            lambda: documents.onchange({"document_type": "cn_id"}, ["document_type"], {"number": {}}),
            lambda: documents.default_get(["number"]),
            lambda: documents.web_save({"name_on_document": "W"}, {"number": {}}),
            lambda: documents.name_search(WANG[-4:]),
            lambda: documents.display_name,
        ]
        return "\n".join(map(self._answer, ways))

    def _answer(self, way):
        """Return what a call answers, be it an error, as text."""
        try:
            with self.env.cr.savepoint():
                return str(way())
        except REFUSED as error:
            return str(error)

    def test_no_way_of_reading_shows_a_number_to_anybody(self):
        stored = (WANG, self.document.sudo().number_enc, self.document.sudo().number_bidx)
        for role, user in self.users.items():
            answers = self._try_all_reads(user)
            for secret in stored:
                self.assertNotIn(secret, answers, role)
            self.assertNotIn(WANG[6:14], answers, role)

    def test_the_superuser_reads_no_number_through_the_orm_either(self):
        document = self.document.sudo()
        for way in (
            lambda: document.number,
            lambda: document.read(["number"]),
            lambda: document.export_data(["number"]),
            lambda: document.with_context(reveal=True).mapped("number"),
        ):
            with self.assertRaises(AccessError):
                way()
        self.assertNotIn("number", document.read()[0])
        self.assertNotIn("number", document.fields_get())

    def test_what_was_written_is_forgotten_at_once(self):
        clerk = self.document.with_user(self.clerk)
        clerk.number = LI
        with self.assertRaises(AccessError):
            self.document.sudo().mapped("number")
        made = self._make_document(self.guest, LI)
        with self.assertRaises(AccessError):
            made.mapped("number")

    def _assert_refused(self, way, hint):
        try:
            with self.env.cr.savepoint():
                answer = way()
        except REFUSED:
            return
        self.fail(f"{hint} was answered: {answer}")

    def test_no_search_tells_whether_a_number_is_right(self):
        blind = self.document.sudo().number_bidx
        domains = [
            [("number", "=", WANG)],
            [("number", "in", [WANG, LI])],
            [("number", "!=", WANG)],
            [("number", "like", WANG[:6])],
            [("number", "!=", False)],
            Domain("number", "any!", [("id", "!=", 0)]),
            [("number_bidx", "=", blind)],
            [("number_bidx", "!=", False)],
            [("number_enc", "like", "v1:")],
        ]
        for role, user in self.users.items():
            documents, guests = self.document.with_user(user), self.guest.with_user(user)
            for domain in domains:
                self._assert_refused(lambda: documents.search(domain), f"{role} {domain}")
                self._assert_refused(lambda: documents.filtered_domain(domain), f"{role} {domain}")
                around = [("hotel_document_ids", "any", domain)]
                self._assert_refused(lambda: guests.search(around), f"{role} {domain}")
            for path in ("hotel_document_ids.number", "hotel_document_ids.number_bidx"):
                self._assert_refused(lambda: guests.search([(path, "=", blind)]), f"{role} {path}")

    def test_other_roles_do_not_see_documents_at_all(self):
        for role, user in self.users.items():
            documents, guest = self.document.with_user(user), self.guest.with_user(user)
            if role in MAY_READ_DOCUMENTS:
                self.assertEqual(documents.read(["number_hint"])[0]["number_hint"][-2:], WANG[-2:])
                self.assertEqual(guest.hotel_document_ids, self.document)
                continue
            for way in (
                lambda documents=documents: documents.read(["number_hint"]),
                lambda documents=documents: documents.search([]),
                lambda guest=guest: guest.hotel_document_ids,
                lambda guest=guest: guest.read(["hotel_document_ids"]),
                lambda documents=documents: documents.create({"partner_id": self.guest.id}),
                lambda documents=documents: documents.write({"number": LI}),
                lambda documents=documents: documents.action_verify(),
                lambda documents=documents: documents.hotel_reveal_number("Police registration"),
            ):
                with self.assertRaises(AccessError, msg=role):
                    way()

    def test_guests_of_other_companies_stay_there(self):
        self.guest.company_id = self.other_company
        with self.assertRaises(AccessError):
            self.document.with_user(self.reader).hotel_reveal_number("Police registration")
        with self.assertRaises(AccessError):
            self.document.with_user(self.clerk).number = LI
        finder = self.document.with_user(self.clerk)
        self.assertEqual(finder._find_partner_ids_by_number(WANG), [])

    # ---- writing ----------------------------------------------------------------------------

    def test_front_office_writes_numbers_and_deletes_none(self):
        document = self.document.with_user(self.clerk)
        document.number = LI
        self.assertEqual(document.number_hint[-2:], LI[-2:])
        with self.assertRaises(AccessError):
            document.unlink()
        document.with_user(self.users["manager"]).unlink()

    def test_the_outcome_of_a_verification_is_not_set_by_hand(self):
        documents = self.document.with_user(self.users["admin"])
        for vals in (
            {"state": "verified"},
            {"verified_by_id": self.clerk.id},
            {"clash_document_id": self.document.id},
            {"number_hint": "1234"},
            {"number_enc": "v1:x"},
            {"number_bidx": "1:x"},
        ):
            with self.assertRaises(AccessError, msg=str(vals)):
                documents.write(vals)
            with self.assertRaises(AccessError, msg=str(vals)):
                documents.create({"partner_id": self.guest.id, **vals})
        forged = documents.with_context(
            default_state="verified", default_verified_by_id=self.clerk.id, default_number_hint="1234"
        )
        made = forged.create({"partner_id": self.guest.id, "document_type": "passport"})
        self.assertEqual((made.state, made.verified_by_id.id, made.number_hint), ("unverified", False, False))

    def test_a_number_in_the_context_is_none(self):
        documents = self.document.with_user(self.clerk).with_context(default_number=LI)
        made = documents.create({"partner_id": self.guest.id, "document_type": "cn_id"})
        self.assertFalse(made.number_hint or made.sudo().number_enc)

    def test_every_change_is_logged_without_the_number(self):
        self.document.with_user(self.clerk).number = LI
        entry = self._get_log("write", user_id=self.clerk.id)
        self.assertIn("document.number", entry.mapped("field_names"))
        self.env.flush_all()
        self.env.cr.execute("SELECT string_agg(row_to_json(l)::text, ' ') FROM hotel_access_log l")
        self.assertNotIn(LI, self.env.cr.fetchone()[0])

    # ---- keys and duplicates ----------------------------------------------------------------

    def test_keys_are_for_administrators_who_do_not_see_them(self):
        keys = self.env["hotel.data.key"]
        key_file = vault.KeyFile.from_pem(vault.new_private_pem(bits=2048))
        wrapped = key_file.new_key("data", 99)._replace(state="retired")
        keys.create(keys._prepare_vals(wrapped))
        for role, user in self.users.items():
            own = keys.with_user(user)
            if role == "admin":
                shown = str(own.search([]).read() + own.search([]).export_data(["version"])["datas"])
                self.assertNotIn(wrapped.blob, shown)
                for way in (
                    lambda own=own: own.search([]).read(["wrapped"]),
                    lambda own=own: own.search([("wrapped", "like", "A")]),
                    lambda own=own: own.search([]).export_data(["wrapped"]),
                    lambda own=own: own.create({"purpose": "data", "version": 9}),
                    lambda own=own: own.search([]).write({"state": "retired"}),
                    lambda own=own: own.search([]).unlink(),
                ):
                    with self.assertRaises(AccessError):
                        way()
                continue
            for way in (own.action_replace_data_key, own.action_replace_index_key, own.action_rewrap):
                with self.assertRaises(AccessError, msg=role):
                    way()
            with self.assertRaises(AccessError, msg=role):
                own.search([]).read(["fingerprint"])

    def test_possible_duplicates_are_for_managers(self):
        other = self._make_guest()
        self.document.action_verify()
        self._make_document(other, WANG).action_verify()
        hint = self.env["hotel.duplicate.pair"].search([("partner_b_id", "=", other.id)])
        manager = hint.with_user(self.users["manager"])
        manager.action_dismiss()
        self.assertEqual(manager.state, "dismissed")
        manager.action_reopen()
        self.assertEqual(manager.state, "open")
        for way in (lambda: manager.write({"state": "merged"}), lambda: manager.create({}), manager.unlink):
            with self.assertRaises(AccessError):
                way()
        with self.assertRaises(AccessError):
            hint.with_user(self.clerk).action_dismiss()
