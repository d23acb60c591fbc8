"""A receiver of events that really listens: an HTTP server on the loopback, told by each test how to answer."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from ..common import HotelCase

PATIENCE = 120  # seconds
ALLOWED = "hotel_crm_base.event_allowed_networks"


class Receiver:
    """An HTTP server that notes what it is sent.

    :param answers: a status, or a function of (receiver, number of the request) -> (status, headers)
    :param Callable[[], bool] until: what it waits for before it answers, two minutes at most
    """

    def __init__(self, case, answers=200, until=lambda: True):
        self.answers, self.until = answers, until
        self.requests, self.answered = [], []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._make_handler())
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}/events"
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        case.addCleanup(self.close)

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    @property
    def events(self):
        return [json.loads(body) for _headers, body in self.requests]

    @property
    def ids(self):
        return [event["id"] for event in self.events]

    def _make_handler(receiver):  # noqa: N805
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.requests.append((dict(self.headers), body))
                end = time.monotonic() + PATIENCE
                while not receiver.until() and time.monotonic() < end:
                    time.sleep(0.02)
                receiver.answered.append(receiver.until())
                status, headers = receiver.answers, {}
                if callable(status):
                    status, headers = status(receiver, len(receiver.requests))
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", "2")
                self.end_headers()
                self.wfile.write(b"ok")

            def log_message(self, *args):
                """Tests are silent."""

        return Handler


class EventMakers:
    """Makers of receivers and their subscriptions."""

    @classmethod
    def _allow_loopback(cls):
        """An administrator lets events go to this machine itself."""
        cls.env["ir.config_parameter"].set_param(ALLOWED, "127.0.0.0/8")

    @classmethod
    def _subscribe(cls, url, *codes, **values):
        """Make a subscription to events by their codes."""
        kinds = cls.env["hotel.event.kind"].search([("code", "in", codes)])
        assert len(kinds) == len(codes), codes
        return cls.env["hotel.event.subscription"].create(
            {"name": "PMS", "url": url, "kind_ids": kinds.ids, "company_id": cls.hotel.company_id.id, **values}
        )

    def _told(self, subscription):
        """Return what a receiver is to be told, oldest first."""
        return self.env["hotel.event.delivery"].search([("subscription_id", "=", subscription.id)], order="id")

    def _run_job(self):
        """Run the job; a test does not commit."""
        self._patch(self.env.registry["ir.cron"], "_commit_progress", lambda *args, **options: 60.0)
        self.env["hotel.event.delivery"]._cron_send()


class EventCase(EventMakers, HotelCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._allow_loopback()
        cls.guest = cls._make_guest("Ana Costa", email="ana.costa@example.com", phone="+351912345678")
