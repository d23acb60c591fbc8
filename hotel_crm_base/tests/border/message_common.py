"""Makers of messages, and what stands for the outside: an SMTP session and an SMS provider."""

import email
from email import policy

from odoo.tests import freeze_time

from odoo.addons.base.tests.common import MockSmtplibCase
from odoo.addons.sms.tools.sms_api import SmsApiBase

from ..common import HotelCase

#: noon in Lisbon, evening in Shanghai, not quiet there either
NOON = "2026-05-11 11:00:00"


class MessageMakers:
    """Guests who may be written to, messages, and both queues run by hand."""

    @classmethod
    def _make_reader(cls, name="Ana Costa", **values):
        """Make a guest with addresses who has agreed to offers."""
        number = cls.env["res.partner"].search_count([("is_hotel_guest", "=", True)])
        values = {"email": f"reader{number}@example.com", "phone": f"+3519{10000000 + number}", **values}
        guest = cls._make_guest(name, **values)
        guest.hotel_record_consent("offer", "any", "given")
        return guest

    def _ask(self, guests, purpose="offer", channel="email", key="spring", **values):
        values = {"subject": "Spring", "body": "Come & see", "property": self.hotel, **values}
        return self.env["hotel.message"]._send(guests, purpose, channel, key, **values)

    def _codes(self, messages):
        return [message.reason_code or message.state for message in messages]

    def _run_job(self):
        """Run the job of the gate; a test does not commit."""
        self._patch(self.env.registry["ir.cron"], "_commit_progress", lambda *args, **options: 60.0)
        self.env["hotel.message"]._cron_send_due()

    def _deliver(self):
        """Run the job of the gate and Odoo's queue of e-mails.

        :returns: what arrived, as parsed e-mails
        """
        self._run_job()
        with self.mock_smtplib_connection():
            self.env["mail.mail"].process_email_queue()
        return [email.message_from_string(sent["message"], policy=policy.default) for sent in self.emails]

    def _get_text(self, mail):
        return mail.get_body(("html",)).get_content()


class MessageCase(MessageMakers, HotelCase, MockSmtplibCase):
    """Two properties of two companies; it is noon, so that nothing has to wait."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time(NOON))
        cls.env["mail.mail"].search([]).unlink()
        for company, address in ((cls.hotel.company_id, "harbour"), (cls.other_company, "mountain")):
            company.partner_id.email = f"{address}@example.com"


class FakeProvider(SmsApiBase):
    """An SMS provider of one company: remembers what it was given, answers by number."""

    PROVIDER_TO_SMS_FAILURE_TYPE = {**SmsApiBase.PROVIDER_TO_SMS_FAILURE_TYPE, "blocked": "sms_number_format"}
    given = []
    answers = {}

    def _send_sms_batch(self, messages, delivery_reports_url=False):
        results = []
        for message in messages:
            for number in message["numbers"]:
                self.given.append((self.env.company.id, number["number"], message["content"]))
                results.append({"uuid": number["uuid"], "state": self.answers.get(number["number"], "success")})
        return results
