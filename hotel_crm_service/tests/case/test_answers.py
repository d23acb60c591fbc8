"""The hotel answers; e-mails become cases; the same matter twice is one case."""

# what people write needs no translation
# pylint: disable=translation-required

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..case_common import ServiceCase

MAIL = """From: {sender}
To: {to}
Subject: No heating
Message-ID: <{number}@example.com>
Content-Type: text/html; charset=utf-8

<p>It is cold.</p><script>alert(1)</script>
"""


@tagged("post_install", "-at_install")
class TestAnswers(ServiceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk = cls._make_user("service")
        cls.domain = cls.env["mail.alias.domain"].create({"name": "hotel.example.com"})
        cls.hotel.company_id.alias_domain_id = cls.domain

    def _answer(self, case, user=None, **values):
        wizards = self.env["hotel.case.answer"].with_user(user or self.clerk)
        form = Form(wizards.with_context(default_case_id=case.id))
        form.text = "We send somebody.\n<b>Now</b>"
        for name, value in values.items():
            form[name] = value
        form.save().action_send()
        return self.env["hotel.message"].search([("res_model", "=", "hotel.case"), ("res_id", "=", case.id)], limit=1)

    def test_an_answer_goes_out_by_e_mail_and_stands_on_the_page_once(self):
        self.desk.alias_name = "desk"
        case = self._make_case(partner_id=self.guest.id)
        message = self._answer(case, next_state="waiting")
        self.assertEqual((message.channel, message.purpose, message.state), ("email", "transaction", "queued"))
        self.assertEqual((case.state, bool(case.answered_at)), ("waiting", True))
        message._dispatch()
        mail = message.mail_id
        self.assertIn(case.name, mail.subject)
        self.assertIn("&lt;b&gt;Now", mail.body_html)
        self.assertIn(case.access_token, mail.body_html)
        self.assertEqual(mail.reply_to, "desk@hotel.example.com")
        self.assertEqual(len([word for word in case._get_talk() if "somebody" in word["text"]]), 1)

    def test_without_an_e_mail_address_it_is_an_sms_else_the_page(self):
        self.guest.email = False
        case = self._make_case(partner_id=self.guest.id)
        message = self._answer(case)
        self.assertEqual((message.channel, case.state, case.user_id), ("sms", "assigned", self.clerk))
        self.guest.phone = False
        quiet = self._make_case(partner_id=self.guest.id)
        self.assertFalse(self._answer(quiet))
        self.assertTrue(quiet.answered_at)
        with self.assertRaises(UserError):
            self._answer(quiet, channel="email")

    def test_the_log_below_a_case_mails_no_guest(self):
        case = self._make_case(partner_id=self.guest.id)
        case._hear_guest("Hello")
        self.assertEqual(case.with_user(self.clerk)._message_get_suggested_recipients(), [])
        before = self.env["mail.mail"].search_count([])
        case.with_user(self.clerk).message_post(body="Hi", message_type="comment", subtype_xmlid="mail.mt_comment")
        self.assertEqual(self.env["mail.mail"].search_count([]), before)

    def test_somebody_unknown_becomes_a_guest_to_match(self):
        case = self._make_case(contact_name="Rui", contact_email="rui@example.com")
        self.assertEqual(self._answer(case).channel, "email")
        self.assertEqual((case.partner_id.name, case.partner_id.hotel_is_to_match), ("Rui", True))

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.models")
    def test_strangers_answer_nothing(self):
        case = self._make_case(partner_id=self.guest.id)
        for user in (self._make_user("service", self.other_hotel), self._make_user("marketing")):
            with self.assertRaises(AccessError):
                case.with_user(user)._answer("Hello", "page")

    @mute_logger("odoo.addons.mail.models.mail_thread")
    def test_an_e_mail_to_a_department_is_a_case(self):
        self.housekeeping.alias_name = "rooms"
        for number, (sender, guest) in enumerate(
            (("Ana <ana@example.com>", self.guest), ("Zoe <zoe@example.com>", self.env["res.partner"]))
        ):
            text = MAIL.format(sender=sender, to="rooms@hotel.example.com", number=number)
            case_id = self.env["mail.thread"].message_process(None, text)
            case = self.env["hotel.case"].browse(case_id)
            self.assertEqual((case.source, case.subject, case.partner_id), ("email", "No heating", guest))
            self.assertEqual((case.department_id, case.property_id), (self.housekeeping, self.hotel))
            self.assertEqual((case.description, case.answered_at), ("It is cold.", False))
            self.assertEqual(case.contact_email, sender.split("<")[1][:-1])
        self._answer(case)
        reply = MAIL.format(sender=sender, to="rooms@hotel.example.com", number=9).replace("is cold", "is still cold")
        message = self.env["hotel.message"].search([("res_id", "=", case.id)], limit=1)
        message._dispatch()
        case.state = "waiting"
        reply = reply.replace("Content-Type", f"In-Reply-To: {message.mail_id.message_id}\nContent-Type")
        self.env["mail.thread"].message_process(None, reply)
        self.assertEqual(case.state, "assigned")
        self.assertIn("still cold", case._get_talk()[-1]["text"])
        self.assertTrue(case._get_talk()[-1]["is_guest"])

    def test_an_address_that_two_guests_share_names_nobody(self):
        self._make_guest("Ana's Husband", email="ana@example.com")
        self.assertFalse(self.env["hotel.case"]._find_sender("ana@example.com"))

    def test_the_same_matter_twice_is_one_case(self):
        first, second = self._make_case("Noise", partner_id=self.guest.id), self._make_case("Noise again")
        file = self.env["ir.attachment"].create(
            {"name": "a.txt", "raw": b"x", "res_model": second._name, "res_id": second.id}
        )
        action = (first | second).with_user(self.clerk).action_open_merge()
        self.env["hotel.case.merge"].with_user(self.clerk).with_context(**action["context"]).create({}).action_merge()
        self.assertEqual((second.state, second.merged_into_id, first.state), ("merged", first, "new"))
        self.assertIn("Noise again", first.message_ids.filtered("body")[:1].body)
        copied = self.env["ir.attachment"].search([("res_model", "=", first._name), ("res_id", "=", first.id)])
        self.assertEqual(copied.name, file.name)
        with self.assertRaises(UserError):
            second._merge_into(first)
        with self.assertRaises(UserError):
            second.with_user(self.clerk).state = "assigned"

    def test_cases_of_two_guests_or_hotels_stay_two(self):
        case = self._make_case(partner_id=self.guest.id)
        other = self._make_case(partner_id=self._make_guest("Rui").id)
        sister = self._make_property(name="Sister")
        for target in (other, self._make_case(property_id=sister.id), case):
            with self.assertRaises(UserError):
                case._merge_into(target)
