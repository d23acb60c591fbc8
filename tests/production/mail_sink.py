"""A mail server that takes everything and remembers to whom it was."""

import threading
from collections import Counter

from aiosmtpd.controller import Controller


class MailSink:
    """Listens on loopback; ``counts`` says how many e-mails each address has got."""

    def __init__(self, port):
        self.counts, self._lock = Counter(), threading.Lock()
        self._controller = Controller(self, hostname="127.0.0.1", port=port)

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802  the name is aiosmtpd's
        with self._lock:
            self.counts.update(envelope.rcpt_tos)
        return "250 OK"

    def start(self):
        self._controller.start()

    def end(self):
        self._controller.stop()
