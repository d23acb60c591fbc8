"""A hundred guests book ten rooms at once, through HTTP, on a server of its own."""

import http.client
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections import Counter

from odoo.tests import tagged
from odoo.tests.common import get_db_name
from odoo.tools import config

from odoo.addons.hotel_crm_base.tests.border.api_calls import BASE
from odoo.addons.hotel_crm_base.tests.border.booking_api_common import FIRST, BookingApiMakers
from odoo.addons.hotel_crm_base.tests.concurrency import ConcurrencyCase

ROOMS = 10
GUESTS = 100
PATIENCE = 240
#: connections of the server are shared by all its threads; each request borrows two at most
THREADS = 16


@tagged("post_install", "-at_install")
class TestBookingsOverHttp(BookingApiMakers, ConcurrencyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        plans = cls.env["hotel.rate.plan"].search([])
        cls._make_api(rooms=ROOMS)
        # what is committed here is deleted afterwards, but what stood there before is not mended
        plans.active = True
        cls.cr.commit()  # pylint: disable=invalid-commit
        cls.port = _get_free_port()
        cls.server = cls._start_server()
        cls.addClassCleanup(cls._stop_server)
        cls._await_server()

    @classmethod
    def _make_hotels(cls):
        # asked by the case and by the maker: once is enough
        return None if hasattr(cls, "hotel") else super()._make_hotels()

    @classmethod
    def _start_server(cls):
        """Start Odoo on the loopback, as a hotel runs it, without jobs."""
        options = ["-d", get_db_name(), f"--addons-path={','.join(config['addons_path'])}"]
        options += ["--http-interface=127.0.0.1", f"--http-port={cls.port}", "--max-cron-threads=0", "--workers=0"]
        options += [f"--db_maxconn={2 * THREADS + 2}", "--log-level=error"]
        rc = os.environ.get("ODOO_RC")
        options += ["-c", rc] if rc else []
        environment = {**os.environ, "ODOO_MAX_HTTP_THREADS": str(THREADS)}
        return subprocess.Popen([sys.executable, "-m", "odoo", "server", *options], env=environment)

    @classmethod
    def _stop_server(cls):
        cls.server.terminate()
        cls.server.wait(60)

    @classmethod
    def _await_server(cls):
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if cls.server.poll() is not None:
                raise AssertionError("the server has not started")
            try:
                if cls._ask("GET", "/web/health")[0] == 200:
                    return
            except OSError:
                time.sleep(0.3)
        raise AssertionError("the server does not answer")

    @classmethod
    def _ask(cls, method, path, body=None, headers=None):
        """Ask the server; a connection of its own, as each guest has."""
        connection = http.client.HTTPConnection("127.0.0.1", cls.port, timeout=PATIENCE)
        try:
            connection.request(method, path, body=body, headers=headers or {})
            response = connection.getresponse()
            return response.status, response.read()
        finally:
            connection.close()

    def _book_at_once(self, requests):
        """Send requests that start together and return status and answer of each."""
        barrier, answers = threading.Barrier(len(requests)), [None] * len(requests)

        def send(number, key, body):
            headers = {
                "Authorization": f"Bearer {self.key}",
                "Content-Type": "application/json",
                "Idempotency-Key": key,
            }
            barrier.wait(PATIENCE)
            status, answer = self._ask("POST", f"{BASE}/bookings", json.dumps(body), headers)
            answers[number] = (status, json.loads(answer))

        threads = [
            threading.Thread(target=send, args=(number, *request), daemon=True)
            for number, request in enumerate(requests)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(PATIENCE)
        return answers

    def test_a_hundred_guests_and_ten_rooms(self):
        requests = [
            (
                f"crowd-number-{number}",
                self._body(booker={"name": f"Guest {number}", "email": f"g{number}@example.com"}),
            )
            for number in range(GUESTS)
        ]
        answers = self._book_at_once(requests)
        self.assertEqual(Counter(status for status, _answer in answers), {201: ROOMS, 409: GUESTS - ROOMS}, answers)
        for status, answer in answers:
            if status == 409:
                self.assertEqual(answer["error"]["code"], "sold_out")
                self.assertIn("Sold out: no room of type", answer["error"]["message"])
        self._assert_agreed(ROOMS)

    def test_one_request_sent_ten_times_at_once_is_one_booking(self):
        body = self._body(room={"arrival": "2028-03-10", "departure": "2028-03-12"})
        answers = self._book_at_once([("the-same-request", body)] * 10)
        self.assertEqual(Counter(status for status, _answer in answers), {201: 1, 200: 9}, answers)
        self.assertEqual(len({answer["reference"] for _status, answer in answers}), 1)

    def _assert_agreed(self, rooms):
        """Check that inventory, stays and reservations say the same."""
        self.cr.rollback()
        self.env.invalidate_all()
        nights = self.env["hotel.inventory"].search(
            [("room_type_id", "=", self.room_type.id), ("date", ">", FIRST), ("date", "<", "2028-03-01")]
        )
        self.assertEqual(nights.mapped("sold"), [rooms, rooms])
        stays = self.env["hotel.stay"].search(
            [("room_type_id", "=", self.room_type.id), ("arrival_date", "=", "2028-02-28")]
        )
        self.assertEqual((len(stays), set(stays.mapped("state"))), (rooms, {"held"}))
        self.assertEqual(len(stays.reservation_id), rooms)
        # who got no room has left no guest behind either
        self.assertEqual(self.env["res.partner"].search_count([("name", "=like", "Guest %")]), rooms)


def _get_free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
