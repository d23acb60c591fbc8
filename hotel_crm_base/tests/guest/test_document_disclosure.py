import json

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from odoo.addons.hotel_crm_base.models.guest import hotel_identity_use

from .document_case import MAY_READ_DOCUMENTS, DocumentSecurityCase
from .identity_numbers import LI, WANG, make_cn_id


@tagged("post_install", "-at_install")
class TestDocumentDisclosure(DocumentSecurityCase):
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
        # that the password is asked for first: test_identity_check
        self.env["ir.config_parameter"].set_param("hotel_crm_base.identity_check_minutes", "0")
        self.authenticate(self.reader.login, self.reader.login)
        answer = self._call("hotel_reveal_number", [self.document.id], reason="Police registration")
        self.assertEqual(json.loads(answer)["result"], WANG)
        self.assertEqual(len(self._get_log("identity", user_id=self.reader.id)), 1)
        self.authenticate(self.users["admin"].login, self.users["admin"].login)
        answer = self._call("hotel_reveal_number", [self.document.id], reason="Police registration")
        self.assertIn("AccessError", answer)
        self.assertNotIn(WANG, answer)
