import doctest
import smtplib
import socket
import time
from collections import Counter
from contextlib import closing
from unittest.mock import patch

from aiosmtpd.controller import Controller

from odoo.tests import tagged

from ... import receipts
from ..common import HotelCase


class Sink:
    """A mail server that takes everything."""

    def __init__(self):
        self.counts = Counter()

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802  the name is aiosmtpd's
        self.counts.update(envelope.rcpt_tos)
        return "250 OK"


class Killed(Exception):
    pass


@tagged("post_install", "-at_install")
class TestMailReceipts(HotelCase):
    """Between the mail server's answer and the commit everything may end."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sink = Sink()
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            cls.port = probe.getsockname()[1]
        server = Controller(cls.sink, hostname="127.0.0.1", port=cls.port)
        server.start()
        cls.addClassCleanup(server.stop)

    def _make_mail(self, address):
        values = {"subject": "Spring", "body_html": "Come", "email_from": "a@example.com", "email_to": address}
        return self.env["mail.mail"].create({**values, "auto_delete": False})

    def _send(self, mail):
        """Send as the queue does, by a real connection."""
        with (
            patch.object(self.env.registry["ir.mail_server"], "_disable_send", lambda _self: False),
            closing(smtplib.SMTP("127.0.0.1", self.port, timeout=120)) as session,
        ):
            mail._send(smtp_session=session)

    def _send_and_die(self, mail):
        """The server has taken it, and nothing of it is ever committed."""
        with self.assertRaises(Killed), self.env.cr.savepoint():
            self._send(mail)
            self.assertEqual(mail.state, "sent")
            raise Killed
        self.env.cr.postcommit.clear()
        self.assertEqual(mail.state, "outgoing")

    def test_what_was_taken_does_not_leave_again(self):
        mail, other = self._make_mail("killed@example.com"), self._make_mail("other@example.com")
        self._send_and_die(mail)
        self._send(mail | other)
        self.assertEqual(mail.state, "sent")
        self.assertEqual((self.sink.counts["killed@example.com"], self.sink.counts["other@example.com"]), (1, 1))

    def test_the_note_goes_with_the_commit(self):
        notes = self.env["ir.mail_server"]._get_hotel_receipts()
        before = set(notes.folder.glob("*"))
        mail = self._make_mail("noted@example.com")
        self._send_and_die(mail)
        self.assertEqual(len(set(notes.folder.glob("*")) - before), 1)
        self._send(mail)
        self.env.cr.postcommit.run()
        self.assertFalse(set(notes.folder.glob("*")) - before)

    def test_a_note_of_yesterday_says_nothing(self):
        mail = self._make_mail("late@example.com")
        self._send_and_die(mail)
        now = time.time()
        with patch("odoo.addons.hotel_crm_base.receipts.time.time", lambda: now + receipts.AGE + 1):
            self._send(mail)
            self.env["ir.mail_server"]._gc_hotel_receipts()
        self.assertEqual(self.sink.counts["late@example.com"], 2)
        self.assertFalse(list(self.env["ir.mail_server"]._get_hotel_receipts().folder.glob("*")))

    def test_a_disk_that_is_full_stops_no_mail(self):
        mail = self._make_mail("full@example.com")
        with (
            patch("odoo.addons.hotel_crm_base.receipts.Receipts.note", side_effect=OSError("full")),
            self.assertLogs("odoo.addons.hotel_crm_base.models.border.ir_mail_server", "WARNING"),
        ):
            self._send(mail)
        self.assertEqual((mail.state, self.sink.counts["full@example.com"]), ("sent", 1))

    def test_the_examples_of_the_documentation_are_right(self):
        self.assertEqual(doctest.testmod(receipts).failed, 0)
