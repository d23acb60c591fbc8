import json

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tests import HttpCase, tagged

from odoo.addons.hotel_crm_base.models.guest import hotel_identity_use

from ..common import ROLES, HotelCase
from .identity_numbers import LI, WANG, make_cn_id

MAY_READ_DOCUMENTS = {"front_office", "manager", "admin", "marketing+identity", "front_office+identity"}
EVERYBODY = (*ROLES, "marketing+identity", "front_office+identity")
REFUSED = (AccessError, UserError, ValueError)


class DocumentSecurityCase(HotelCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.guest = cls._make_guest("Wang Wei")
        cls.document = cls._make_document(cls.guest, WANG)
        cls.users = {role: cls._make_user(role) for role in EVERYBODY}
        export = cls.env.ref("base.group_allow_export")
        for user in cls.users.values():
            user.group_ids = [Command.link(export.id)]
        cls.clerk = cls.users["front_office"]
        cls.reader = cls.users["front_office+identity"]

    def setUp(self):
        super().setUp()
        hotel_identity_use.GUESSES.clear()

    def _get_log(self, action, **values):
        domain = [("action", "=", action), ("partner_id", "=", self.guest.id)]
        domain += [(name, "=", value) for name, value in values.items()]
        return self.env["hotel.access.log"].search(domain)


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
        answers = []
        for way in ways:
            try:
                with self.env.cr.savepoint():
                    answers.append(str(way()))
            except REFUSED as error:
                answers.append(str(error))
        return "\n".join(answers)

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

    # ---- reading with a reason --------------------------------------------------------------

    def test_the_identity_group_reads_with_a_reason_that_is_logged(self):
        number = self.document.with_user(self.reader).hotel_reveal_number("  Police   registration ")
        self.assertEqual(number, WANG)
        entry = self._get_log("identity", user_id=self.reader.id)
        self.assertEqual(entry.reason, "Police registration")

    def test_no_reason_no_number(self):
        document = self.document.with_user(self.reader)
        for reason in ("", "  a  b", None, False, 12345, ["Police registration"]):
            with self.assertRaises(UserError):
                document.hotel_reveal_number(reason)
        self.assertFalse(self._get_log("identity"))

    def test_nobody_else_reads_not_even_administrators(self):
        for role, user in self.users.items():
            if role.endswith("+identity"):
                continue
            with self.assertRaises(AccessError, msg=role):
                self.document.with_user(user).hotel_reveal_number("Police registration")
        with self.assertRaises(AccessError):
            self.document.with_user(self.clerk).sudo().hotel_reveal_number("Police registration")

    def test_reading_is_limited_per_user(self):
        self.env["ir.config_parameter"].set_param("hotel_crm_base.identity_reveal_limit", "2")
        documents = [self._make_document(self.guest, make_cn_id(order)) for order in (11, 13, 15)]
        for document in documents[:2]:
            document.with_user(self.reader).hotel_reveal_number("Police registration")
        documents[0].with_user(self.reader).hotel_reveal_number("Once more the same")
        with self.assertRaisesRegex(UserError, "2 times in 60 minutes"):
            documents[2].with_user(self.reader).hotel_reveal_number("Police registration")
        other = self.users["marketing+identity"]
        documents[2].with_user(other).hotel_reveal_number("Police registration")

    def test_the_question_shows_the_number_in_a_message_only(self):
        questions = self.env["hotel.guest.document.reveal"].with_user(self.reader)
        question = questions.create({"document_id": self.document.id, "reason": "Police registration"})
        self.assertEqual(question.action_reveal()["params"]["message"], WANG)
        self.env.flush_all()
        self.env.cr.execute("SELECT row_to_json(r)::text FROM hotel_guest_document_reveal r")
        self.assertNotIn(WANG, self.env.cr.fetchone()[0])
        with self.assertRaises(AccessError):
            questions.with_user(self.clerk).create({"document_id": self.document.id, "reason": "Police"})
        with self.assertRaises(AccessError):
            question.with_user(self.users["marketing+identity"]).read(["reason"])

    # ---- finding ----------------------------------------------------------------------------

    def test_only_the_desk_and_the_identity_group_find_by_number(self):
        for role, user in self.users.items():
            found = self.document.with_user(user)._find_partner_ids_by_number(WANG)
            self.assertEqual(found, [self.guest.id] if role in MAY_READ_DOCUMENTS else [], role)

    def test_finding_is_logged_once_for_the_same_number(self):
        for _again in range(5):
            self.document.with_user(self.clerk)._find_partner_ids_by_number(WANG)
        entry = self._get_log("search", user_id=self.clerk.id)
        self.assertEqual(len(entry), 1)
        self.assertNotIn(WANG, str(entry.read()))

    def test_finding_is_limited_per_user(self):
        self.env["ir.config_parameter"].set_param("hotel_crm_base.identity_find_limit", "3")
        finder = self.document.with_user(self.clerk)
        for order in (21, 22, 23):
            finder._find_partner_ids_by_number(make_cn_id(order))
        with self.assertRaisesRegex(UserError, "3 times in 10 minutes"):
            finder._find_partner_ids_by_number(WANG)
        finder._find_partner_ids_by_number("13912345678")
        self.assertEqual(
            self.document.with_user(self.reader)._find_partner_ids_by_number(WANG), [self.guest.id]
        )

    def test_guessing_at_other_numbers_ends_too(self):
        self._patch(hotel_identity_use, "GUESS_LIMIT", (5, 600))
        guest = self._make_guest()
        self._make_document(guest, "E12345678", "passport", country_id=self.env.ref("base.cn").id)
        finder = self.document.with_user(self.clerk)
        for digits in range(5):
            self.assertFalse(finder._find_partner_ids_by_number(f"E1234567{digits}"))
        self.assertFalse(finder._find_partner_ids_by_number("E12345678"))
        other = self.document.with_user(self.reader)
        self.assertEqual(other._find_partner_ids_by_number("E12345678"), [guest.id])

    def test_uses_are_forgotten(self):
        self.document.with_user(self.clerk)._find_partner_ids_by_number(WANG)
        uses = self.env["hotel.identity.use"]
        own = [("user_id", "=", self.clerk.id)]
        self.assertEqual(uses.search_count(own), 1)
        uses.search(own).used_at = "2020-01-01"
        self.document.with_user(self.clerk)._find_partner_ids_by_number(LI)
        uses._gc_uses()
        self.assertEqual(uses.search_count(own), 1)

    # ---- keys and duplicates ----------------------------------------------------------------

    def test_keys_are_for_administrators_who_do_not_see_them(self):
        keys = self.env["hotel.data.key"]
        for role, user in self.users.items():
            own = keys.with_user(user)
            if role == "admin":
                shown = str(own.search([]).read() + own.search([]).export_data(["version"])["datas"])
                self.assertNotIn(keys.search([])[0].wrapped, shown)
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
        hint = self.env["hotel.guest.duplicate.hint"].search([("partner_b_id", "=", other.id)])
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


@tagged("post_install", "-at_install")
class TestDocumentsOverHttp(DocumentSecurityCase, HttpCase):
    def _call(self, method, *args, model="hotel.guest.document", **kwargs):
        """Call a method as the web client does; return the whole answer as text."""
        answer = self.url_open(
            f"/web/dataset/call_kw/{model}/{method}",
            data=json.dumps(
                {"params": {"model": model, "method": method, "args": list(args), "kwargs": kwargs}}
            ),
            headers={"Content-Type": "application/json"},
        )
        return answer.text

    def test_no_call_from_outside_shows_a_number(self):
        for role in ("front_office", "admin", "front_office+identity", "food_beverage"):
            login = self.users[role].login
            self.authenticate(login, login)
            ids = [self.document.id]
            answers = [
                self._call("read", ids, ["number"]),
                self._call("read", ids),
                self._call("web_read", ids, specification={"number": {}, "number_input": {}}),
                self._call("export_data", ids, ["number", "number_enc"]),
                self._call("search_read", [["number", "=", WANG]], ["partner_id"]),
                self._call("search_count", [["number_bidx", "!=", False]]),
                self._call("web_save", ids, {"number_input": LI}, specification={"number": {}}),
                self._call("web_save", ids, {"number_input": WANG}, specification={"number_hint": {}}),
                self._call("_find_partner_ids_by_number", WANG),
                self._call("_prepare_bulk_rows", []),
                self._call("_get_keyring", model="hotel.data.key"),
                self._call("search_read", [], ["wrapped"], model="hotel.data.key"),
                self._call("read", [self.guest.id], ["hotel_document_ids"], model="res.partner"),
                self._call("get_views", [[False, "form"], [False, "list"]]),
            ]
            self.document.invalidate_recordset()
            for secret in (self.document.number_enc, self.document.number_bidx):
                self.assertNotIn(secret, "".join(answers), role)
            # what was asked for may come back in the text of an error, a number that was not may not
            told = "".join(answers[:4] + answers[5:])
            self.assertNotIn(WANG, told, role)
            self.assertNotIn(LI, told, role)

    def test_a_reason_given_from_outside_gives_the_number_and_a_log_entry(self):
        self.authenticate(self.reader.login, self.reader.login)
        answer = self._call("hotel_reveal_number", [self.document.id], reason="Police registration")
        self.assertEqual(json.loads(answer)["result"], WANG)
        self.assertEqual(len(self._get_log("identity", user_id=self.reader.id)), 1)
        self.authenticate(self.users["admin"].login, self.users["admin"].login)
        answer = self._call("hotel_reveal_number", [self.document.id], reason="Police registration")
        self.assertIn("AccessError", answer)
        self.assertNotIn(WANG, answer)
