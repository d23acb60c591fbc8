"""SMS by a gateway that speaks HTTP: a real little server checks signatures, is busy, answers, and reports."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from odoo.exceptions import ValidationError
from odoo.modules.neutralize import neutralize_database
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.hotel_crm_base.tests.common import HotelMakers

from ...sms_signature import is_signed, sign
from ..care.care_common import CareMakers

KEY, SECRET = "harbour", "a shared secret"


class Gateway(BaseHTTPRequestHandler):
    """Takes SMS: each id once; numbers that end in 0 are wrong; answers 503 as often as it is told."""

    given, requests, busy = {}, 0, 0

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        cls = type(self)
        cls.requests += 1
        signature, moment = self.headers["X-Signature"], self.headers["X-Timestamp"]
        if self.headers["X-Key"] != KEY or not is_signed(SECRET, moment, body, signature, time.time()):
            return self._answer(401, {"error": "signature"})
        if cls.busy:
            cls.busy -= 1
            return self._answer(503, {})
        results = []
        for row in json.loads(body)["messages"]:
            if row["to"].endswith("0"):
                results.append({"id": row["id"], "status": "rejected", "error": "invalid_number"})
                continue
            cls.given.setdefault(row["id"], (row["to"], row["text"]))
            results.append({"id": row["id"], "status": "accepted", "cost": 0.05})
        return self._answer(200, {"results": results})

    def _answer(self, status, values):
        body = json.dumps(values).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args):
        """Say nothing."""


@tagged("post_install", "-at_install")
class TestSmsGateway(CareMakers, HotelMakers, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_hotels()
        cls.server = ThreadingHTTPServer(("127.0.0.1", 0), Gateway)
        threading.Thread(target=cls.server.serve_forever, daemon=True).start()
        cls.addClassCleanup(cls.server.server_close)
        cls.addClassCleanup(cls.server.shutdown)
        cls.company = cls.hotel.company_id
        cls.company.write(
            {
                "hotel_sms_url": f"http://127.0.0.1:{cls.server.server_port}/sms",
                "hotel_sms_key": KEY,
                "hotel_sms_secret": SECRET,
                "hotel_quiet_start": 0.0,
                "hotel_quiet_end": 0.0,
            }
        )
        cls.env["sms.sms"].search([]).unlink()

    def setUp(self):
        super().setUp()
        Gateway.given, Gateway.requests, Gateway.busy = {}, 0, 0
        self._patch(self.env.registry["ir.cron"], "_commit_progress", lambda *args, **options: 60.0)

    def _send(self, *guests, key="spring"):
        """Let the gate and Odoo's queue send an SMS to some guests."""
        guests = self.env["res.partner"].union(*guests)
        asked = {"body": "海港酒店: come & see", "property": self.hotel}
        messages = self.env["hotel.message"]._send(guests, "offer", "sms", key, **asked)
        self.env["hotel.message"]._cron_send_due()
        with self.allow_requests(all_requests=True):
            self.env["sms.sms"]._process_queue()
        messages.invalidate_recordset()
        return messages

    def _report(self, *rows, secret=SECRET, moment=None, key=KEY):
        body = json.dumps({"reports": list(rows)}).encode()
        moment = moment or str(int(time.time()))
        headers = {"X-Key": key, "X-Timestamp": moment, "X-Signature": sign(secret, moment, body)}
        return self.url_open("/hotel/sms/report", data=body, headers={**headers, "Content-Type": "application/json"})

    def test_signed_requests_arrive_with_what_they_cost(self):
        message = self._send(self._make_friend(phone="+351912345671"))
        self.assertEqual(list(Gateway.given.values()), [("+351912345671", "海港酒店: come & see")])
        self.assertEqual((message.state, message.sms_cost), ("sent", 0.05))
        self.assertIn(message.sms_uuid, Gateway.given)

    @mute_logger("odoo.addons.hotel_crm_marketing.models.sms.sms_gateway")
    def test_a_busy_gateway_is_asked_again_and_nothing_leaves_twice(self):
        Gateway.busy = 2
        message = self._send(self._make_friend(phone="+351912345671"))
        self.assertEqual((Gateway.requests, len(Gateway.given), message.state), (3, 1, "sent"))

    @mute_logger("odoo.addons.hotel_crm_marketing.models.sms.sms_gateway")
    def test_a_gateway_that_stays_away_leaves_the_sms_for_later(self):
        Gateway.busy = 9
        message = self._send(self._make_friend(phone="+351912345671"))
        self.assertEqual((message.state, message.attempts, len(Gateway.given)), ("queued", 1, 0))

    @mute_logger("odoo.addons.hotel_crm_marketing.models.sms.sms_gateway", "odoo.modules.neutralize")
    def test_a_mute_copy_sends_nothing(self):
        self.env.flush_all()
        neutralize_database(self.env.cr)
        self.env.invalidate_all()
        message = self._send(self._make_friend(phone="+351912345671"))
        self.assertEqual((message.state, Gateway.requests, Gateway.given), ("queued", 0, {}))
        self.assertNotEqual(self.company.hotel_sms_secret, SECRET)

    def test_a_number_that_is_wrong_is_given_up(self):
        guest = self._make_friend(phone="+351912345670")
        message = self._send(guest)
        self.assertEqual((message.state, message.reason_code), ("failed", "sms_number_format"))
        self.assertEqual(guest.hotel_sms_bounces, 1)

    def test_two_companies_in_the_queue_do_not_stop_each_other(self):
        guest = self._make_friend(phone="+351912345671")
        self._send(guest)
        other = self.other_hotel.company_id
        other.write({"hotel_sms_url": self.company.hotel_sms_url, "hotel_sms_key": KEY, "hotel_sms_secret": SECRET})
        other.write({"hotel_quiet_start": 0.0, "hotel_quiet_end": 0.0})
        for hotel in (self.hotel, self.other_hotel):
            self.env["hotel.message"]._send(
                guest, "transaction", "sms", f"two/{hotel.id}", body="Hello", property=hotel, company=hotel.company_id
            )
        self.env["hotel.message"]._cron_send_due()
        with self.allow_requests(all_requests=True):
            self.env["sms.sms"]._process_queue()
        self.assertEqual(len(Gateway.given), 3)

    def test_reports_are_believed_when_they_are_signed_and_new(self):
        message = self._send(self._make_friend(phone="+351912345671"))
        row = {"id": message.sms_uuid, "status": "delivered"}
        for forged in (
            {"secret": "guessed"},
            {"moment": str(int(time.time()) - 4000)},
            {"key": "another"},
            {"key": ""},
        ):
            with self.subTest(forged):
                self.assertEqual(self._report(row, **forged).status_code, 401)
        message.invalidate_recordset()
        self.assertFalse(message.delivered_at)
        for _time in range(2):
            self.assertEqual(self._report(row, {"id": "x" * 32, "status": "delivered"}).json(), {"known": 1})
        message.invalidate_recordset()
        self.assertTrue(message.delivered_at)

    def test_a_report_that_it_did_not_arrive_counts_against_the_number(self):
        guest = self._make_friend(phone="+351912345671")
        message = self._send(guest)
        self._report({"id": message.sms_uuid, "status": "failed", "error": "invalid_number"})
        message.invalidate_recordset()
        guest.invalidate_recordset()
        self.assertEqual((message.state, guest.hotel_sms_bounces), ("failed", 1))
        self.assertEqual(self._report().json(), {"known": 0})

    def test_a_gateway_without_a_secret_is_refused(self):
        with self.assertRaises(ValidationError):
            self.company.hotel_sms_secret = False
        with self.assertRaises(ValidationError):
            self.company.hotel_sms_url = "ftp://example.com"
