import smtplib
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from ...models.border.message_options import TRIES
from .message_common import NOON, FakeProvider, MessageCase


@tagged("post_install", "-at_install")
class TestMessageDelivery(MessageCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reader = cls._make_reader()
        cls.desk = cls._make_user("front_office")

    def _make_template(self, body="<p>Dear <t t-out='object.name'/></p>", **values):
        return self.env["mail.template"].create(
            {
                "name": "Greeting",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "subject": "Hello {{ object.name }}",
                "body_html": body,
                **values,
            }
        )

    # ---- e-mails ------------------------------------------------------------------------------

    def test_an_email_leaves_and_its_text_is_not_kept_twice(self):
        message = self._ask(self.reader, body="Come & see <b>us</b>")
        [mail] = self._deliver()
        self.assertEqual((mail["Subject"], mail["To"]), ("Spring", f"Ana Costa <{self.reader.email}>"))
        self.assertIn("harbour@example.com", mail["From"])
        text = self._get_text(mail)
        self.assertIn("Come &amp; see &lt;b&gt;us&lt;/b&gt;", text)
        self.assertIn("Harbour Hotel", text)
        self.assertEqual((message.state, message.sent_at), ("sent", fields.Datetime.now()))
        self.assertFalse(message.mail_id)
        self.assertFalse(
            self.env["mail.message"].search([("body", "ilike", "Come & see"), ("message_type", "=", "email_outgoing")])
        )
        self.assertFalse(self._deliver())

    def test_each_guest_is_written_to_in_the_own_language(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        template = self._make_template()
        template.with_context(lang="zh_CN").write(
            {"subject": "您好 {{ object.name }}", "body_html": "<p>亲爱的 <t t-out='object.name'/></p>"}
        )
        wei = self._make_reader("王伟", lang="zh_CN")
        self._ask(self.reader | wei, template=template)
        texts = {mail["Subject"]: self._get_text(mail) for mail in self._deliver()}
        self.assertEqual(set(texts), {"Hello Ana Costa", "您好 王伟"})
        self.assertIn("亲爱的 王伟", texts["您好 王伟"])
        self.assertIn("Dear Ana Costa", texts["Hello Ana Costa"])

    def test_a_mistake_in_a_text_stops_no_other_message_and_says_nothing_of_the_guest(self):
        secret = self._make_reader("Secret Name")
        template = self._make_template("<p t-if=\"1 / (0 if object.name == 'Secret Name' else 1)\">Hello</p>")
        with self.assertLogs("odoo.addons.hotel_crm_base", "WARNING") as logs:
            messages = self._ask(self.reader | secret, template=template)
            [mail] = self._deliver()
        self.assertEqual(mail["Subject"], "Hello Ana Costa")
        self.assertEqual(self._codes(messages), ["sent", "no_content"])
        self.assertNotIn("Secret", "".join(logs.output))
        self.assertNotIn(secret.email, "".join(logs.output))

    def test_a_guest_who_withdraws_while_a_message_waits_does_not_get_it(self):
        with freeze_time("2026-05-11 22:30:00"):
            message = self._ask(self.reader)
        self.reader.hotel_record_consent("offer", "email", "withdrawn")
        with freeze_time("2026-05-12 12:00:00"):
            self.assertFalse(self._deliver())
        self.assertEqual((message.state, message.reason_code), ("refused", "no_consent"))

    def test_a_message_about_something_that_is_gone_does_not_leave(self):
        stay = self._make_stay(self.reader)
        message = self._ask(self.reader, record=stay)
        stay.unlink()
        self.assertFalse(self._deliver())
        self.assertEqual(message.reason_code, "outdated")

    def _fail(self, error):
        """Run both queues while the mail server is in trouble."""
        self._run_job()
        with (
            self.mock_smtplib_connection(),
            patch.object(type(self.testing_smtp_session), "send_message", side_effect=error),
            self.assertLogs("odoo.addons.mail.models.mail_mail", "ERROR"),
        ):
            self.env["mail.mail"].process_email_queue()

    def test_trouble_is_tried_again_later_and_told_to_somebody_at_last(self):
        reservation = self.env["hotel.reservation"].create({"partner_id": self.reader.id, "property_id": self.hotel.id})
        message = self._ask(self.reader, "transaction", record=reservation)
        waits = []
        with freeze_time(NOON) as clock:
            for _try in range(TRIES - 1):
                self._fail(smtplib.SMTPException("busy"))
                self.assertEqual(message.state, "queued")
                waits.append(message.due_at - fields.Datetime.now())
                self._run_job()  # not yet due
                self.assertEqual(message.state, "queued")
                clock.move_to(message.due_at + timedelta(seconds=1))
            self.assertFalse(reservation.activity_ids)
            self._fail(smtplib.SMTPException("busy"))
        self.assertEqual(waits, [timedelta(minutes=5 * 4**number) for number in range(TRIES - 1)])
        self.assertEqual((message.state, message.reason_code), ("failed", "unknown"))
        self.assertEqual(message.reason, "Unknown error")
        self.assertEqual(reservation.activity_ids.user_id, self.desk)
        message.with_user(self._make_user("manager")).action_retry()
        [mail] = self._deliver()
        self.assertEqual((mail["Subject"], message.state), ("Spring", "sent"))

    def test_a_failure_that_may_pass_ends_well(self):
        message = self._ask(self.reader)
        self._fail(smtplib.SMTPException("busy"))
        with freeze_time(message.due_at):
            self.assertEqual(len(self._deliver()), 1)
        self.assertEqual((message.state, message.reason), ("sent", False))

    def test_a_message_whose_email_was_cancelled_by_hand_does_not_hang(self):
        cancelled, lost = self._ask(self.reader), self._ask(self._make_reader())
        self._run_job()
        cancelled.mail_id.cancel()
        lost.mail_id.unlink()
        with freeze_time(NOON) as clock:
            clock.tick(timedelta(hours=7))
            self._run_job()
        self.assertEqual(self._codes(cancelled + lost), ["withdrawn", "lost"])

    def test_bookings_do_not_wait_for_campaigns(self):
        campaign = self._ask(self._make_reader() | self._make_reader(), key="campaign")
        booking = self._ask(self.reader, "transaction", key="booking")
        self.assertEqual(self.env["hotel.message"]._take_due(1), booking)
        booking._dispatch()
        self.assertIn(self.env["hotel.message"]._take_due(1), campaign)

    # ---- SMS ----------------------------------------------------------------------------------

    def _send_texts(self, **answers):
        """Run the job and Odoo's queue of SMS; every company has the fake provider.

        :returns: (company, number, text) of each
        """
        self._run_job()
        FakeProvider.given, FakeProvider.answers = [], answers
        self._patch(self.env.registry["res.company"], "_get_sms_api_class", lambda company: FakeProvider)
        self.env["sms.sms"]._process_queue()
        return FakeProvider.given

    def test_sms_of_two_companies_leave_in_one_run_each_on_its_own_account(self):
        other = self._make_reader()
        messages = self._ask(self.reader, channel="sms", body="Hi")
        messages |= self._ask(other, channel="sms", body="你好", property=self.other_hotel)
        given = self._send_texts()
        self.assertEqual(
            sorted(given),
            sorted([(self.hotel.company_id.id, self.reader.phone, "Hi"), (self.other_company.id, other.phone, "你好")]),
        )
        self.assertEqual(set(messages.mapped("state")), {"sent"})
        self.assertTrue(all(messages.sms_id.mapped("to_delete")))

    def test_a_number_that_is_none_is_given_up_and_remembered(self):
        message = self._ask(self.reader, "transaction", "sms", body="Hi")
        self._send_texts(**{self.reader.phone: "wrong_number_format"})
        self.assertEqual((message.state, message.reason_code, message.attempts), ("failed", "sms_number_format", 0))
        self.assertEqual(self._codes(self._ask(self.reader, "transaction", "sms", key="next")), ["bounced"])

    def test_a_provider_in_trouble_is_asked_again(self):
        message = self._ask(self.reader, channel="sms", body="Hi")
        self._send_texts(**{self.reader.phone: "server_error"})
        self.assertEqual((message.state, message.attempts), ("queued", 1))
        with freeze_time(message.due_at):
            self.assertEqual(len(self._send_texts()), 1)
        self.assertEqual(message.state, "sent")

    # ---- staff --------------------------------------------------------------------------------

    def test_managers_take_messages_back_and_nobody_else(self):
        message = self._ask(self.reader)
        with self.assertRaises(AccessError):
            message.with_user(self.desk).action_withdraw()
        message.with_user(self._make_user("manager")).action_withdraw()
        self.assertEqual(self._codes(message), ["withdrawn"])
        stranger = self._make_user("manager", self.other_hotel)
        with self.assertRaises(AccessError):
            message.with_user(stranger).action_retry()
        for values in ({"state": "sent"}, {"reason_code": "x"}):
            with self.assertRaises(AccessError):
                message.with_user(self.desk).write(values)

    def test_old_messages_go_and_their_texts_with_them(self):
        old, new = self._ask(self.reader, key="old"), self._ask(self.reader, key="new")
        self._deliver()
        self.env.cr.execute("UPDATE hotel_message SET create_date = '2020-01-01' WHERE id = %s", [old.id])
        content = old.content_id
        self.env.invalidate_all()
        self.env["hotel.message"]._gc_messages()
        self.assertFalse(old.exists() or content.exists())
        self.assertTrue(new.exists() and new.content_id)

    def test_a_merge_moves_messages(self):
        self.assertEqual(self.reader._hotel_merge_map()["hotel.message"], "partner_id")
