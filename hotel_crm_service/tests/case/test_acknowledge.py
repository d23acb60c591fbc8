"""Whoever writes an e-mail hears that it has arrived; programs do not."""

# what people write needs no translation
# pylint: disable=translation-required

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..case_common import ServiceCase

MAIL = """From: {sender}
To: desk@hotel.example.com
Subject: {subject}
Message-ID: <{number}@example.com>
{headers}Content-Type: text/plain; charset=utf-8

{text}
"""


@tagged("post_install", "-at_install")
class TestAcknowledge(ServiceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        domain = cls.env["mail.alias.domain"].create({"name": "hotel.example.com"})
        cls.hotel.company_id.alias_domain_id = domain
        cls.desk.alias_name = "desk"

    def _write(self, number, sender="Ana <ana@example.com>", headers="", text="It is cold.", subject="No heating"):
        """Let an e-mail arrive; return its case and what was sent about it."""
        mail = MAIL.format(sender=sender, number=number, headers=headers, text=text, subject=subject)
        with mute_logger("odoo.addons.mail.models.mail_thread"):
            case_id = self.env["mail.thread"].message_process(None, mail)
        case = self.env["hotel.case"].browse(case_id or [])
        return case, self.env["hotel.message"].search([("res_model", "=", "hotel.case"), ("res_id", "in", case.ids)])

    def test_a_guest_hears_once_that_an_e_mail_has_arrived(self):
        case, message = self._write(1)
        self.assertEqual((message.partner_id, message.purpose), (self.guest, "transaction"))
        self.assertEqual((message.state, case.answered_at), ("queued", False))
        self.assertEqual(case._acknowledge(), message)
        message._dispatch()
        mail = message.mail_id
        self.assertIn(case.name, mail.subject)
        self.assertIn(case.access_token, mail.body_html)
        self.assertEqual(mail.reply_to, "desk@hotel.example.com")
        self.assertIn("'Auto-Submitted': 'auto-replied'", mail.headers)
        again, messages = self._write(2, headers=f"In-Reply-To: {mail.message_id}\n")
        self.assertEqual((again, messages), (case, message))

    def test_an_answer_of_a_person_carries_no_mark_of_a_program(self):
        case, _message = self._write(3)
        answer = case._answer("We come.", "email")
        answer._dispatch()
        self.assertNotIn("Auto-Submitted", answer.mail_id.headers or "")

    def test_programs_lists_and_bounces_are_not_answered(self):
        headers = (
            "Auto-Submitted: auto-replied\n", "Precedence: bulk\n", "List-Id: <news.example.com>\n",
            "X-Auto-Response-Suppress: All\n", "Return-Path: <>\n",
        )  # fmt: skip
        for number, header in enumerate(headers, 10):
            case, messages = self._write(number, headers=header)
            self.assertEqual((len(case), len(messages)), (1, 0), header)
        for number, sender in enumerate(("MAILER-DAEMON@example.com", "no-reply@example.com"), 20):
            _case, messages = self._write(number, sender=sender)
            self.assertFalse(messages)

    def test_a_program_that_hides_what_it_is_stops_after_three_a_day(self):
        sent = [len(self._write(number, subject=f"Re: {number}")[1]) for number in range(30, 36)]
        self.assertEqual(sent, [1, 1, 1, 0, 0, 0])

    def test_somebody_unknown_hears_only_where_the_department_says_so(self):
        case, messages = self._write(40, sender="Zoe <zoe@example.com>")
        self.assertFalse(messages or case.partner_id)
        self.desk.acknowledge = "everybody"
        self.env["res.lang"]._activate_lang("zh_CN")
        case, message = self._write(41, sender="Li <li@example.com>", text="房间太吵了，一晚没睡")
        self.assertTrue(message.partner_id.hotel_is_to_match)
        self.assertEqual(case._get_language(message.partner_id), "zh_CN")
        self.desk.acknowledge = "nobody"
        self.assertFalse(self._write(42)[1])
