"""A mail server that takes everything and remembers to whom it was."""

import email
import threading
from collections import Counter

from aiosmtpd.controller import Controller


class MailSink:
    """Listens on loopback; ``counts`` says how often each address has got each message, by its ``Message-Id``."""

    def __init__(self, port):
        self.counts, self.subjects, self._lock = Counter(), {}, threading.Lock()
        self._controller = Controller(self, hostname="127.0.0.1", port=port)

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802  the name is aiosmtpd's
        message = email.message_from_bytes(envelope.content)
        with self._lock:
            for address in envelope.rcpt_tos:
                self.counts[address, message["Message-Id"]] += 1
                self.subjects.setdefault(address, []).append(message["Subject"])
        return "250 OK"

    @property
    def addresses(self):
        return set(self.subjects)

    def start(self):
        self._controller.start()

    def end(self):
        self._controller.stop()
