"""Events reach receivers that really listen: slow ones, broken ones, and those that lead elsewhere."""

import socket
import threading
import time
from unittest.mock import patch

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.hotel_crm_base import webhook
from odoo.addons.hotel_crm_base.models.border import hotel_event_delivery_send

from .event_common import ALLOWED, PATIENCE, EventCase, Receiver


@tagged("post_install", "-at_install")
class TestEventSend(EventCase):
    def _make_events(self, count, url, **values):
        """Subscribe a receiver and let things happen; return its deliveries."""
        subscription = self._subscribe(url, "consumption.posted", **values)
        self.env["hotel.consumption"].create(
            [
                {"partner_id": self.guest.id, "property_id": self.hotel.id, "description": "Tea", "amount_gross": 1.0}
                for _number in range(count)
            ]
        )
        return self._told(subscription)

    def _set_timeout(self, seconds):
        self._patch(webhook.Receiver, "timeout", seconds)
        self._patch(webhook.Receiver.__init__, "__defaults__", ((), seconds))

    def _make_due(self, told):
        """Let the time pass until the next try."""
        told.write({"next_try_at": told[0].create_date})
        told.subscription_id.hold_until = False

    def test_events_arrive_signed_and_in_order(self):
        receiver = Receiver(self)
        told = self._make_events(3, receiver.url)
        self._run_job()
        self.assertEqual(told.mapped("state"), ["sent"] * 3)
        self.assertEqual(receiver.ids, told.mapped("event_id"))
        headers, body = receiver.requests[0]
        headers = {name.lower(): value for name, value in headers.items()}
        self.assertEqual(headers["webhook-id"], told[0].event_id)
        self.assertLess(abs(time.time() - int(headers["webhook-timestamp"])), 60)
        fitting = webhook.sign(
            told.subscription_id.secret, headers["webhook-id"], int(headers["webhook-timestamp"]), body
        )
        self.assertEqual(headers["webhook-signature"], fitting)
        self.assertEqual(body.decode(), told[0].payload)

    def test_while_a_secret_is_exchanged_both_sign(self):
        receiver = Receiver(self)
        told = self._make_events(1, receiver.url)
        subscription = told.subscription_id
        former = subscription.secret
        subscription.action_new_secret()
        self.assertNotEqual(subscription.secret, former)
        self._run_job()
        headers, body = receiver.requests[0]
        headers = {name.lower(): value for name, value in headers.items()}
        parts = (headers["webhook-id"], int(headers["webhook-timestamp"]), body)
        self.assertEqual(
            headers["webhook-signature"].split(" "),
            [webhook.sign(secret, *parts) for secret in (subscription.secret, former)],
        )
        subscription.previous_until = subscription.create_date
        self.assertEqual(subscription._make_receiver().secrets, (subscription.secret,))

    def test_a_slow_receiver_holds_up_nobody_else(self):
        self._set_timeout(PATIENCE)
        fast = Receiver(self)
        slow = Receiver(self, until=lambda: len(fast.requests) == 120)
        self._subscribe(slow.url, "guest.created", name="Slow")
        self._make_guest("Rui Pinto")
        told = self._make_events(120, fast.url, name="Fast")
        self._run_job()
        self.assertEqual(slow.answered, [True], "all batches of the fast one wait for no slow one")
        self.assertEqual(set(told.mapped("state")), {"sent"})

    def test_a_receiver_that_does_not_answer_in_time_is_tried_later(self):
        self._set_timeout(0.3)
        given_up = threading.Event()
        self.addCleanup(given_up.set)
        receiver = Receiver(self, until=given_up.is_set)
        told = self._make_events(3, receiver.url)
        self._run_job()
        self.assertFalse(receiver.answered)
        self.assertEqual(len(receiver.requests), 1, "who is in trouble is not asked for the others")
        self.assertEqual(told.mapped("state"), ["queued"] * 3)
        self.assertEqual(told.mapped("attempts"), [1, 0, 0])
        self.assertEqual(told[0].answer_code, "timeout")
        self.assertGreater(told[0].next_try_at, told[0].create_date)
        self.assertTrue(told.subscription_id.hold_until)

    def test_what_fails_is_sent_again_under_the_same_number(self):
        receiver = Receiver(self, answers=lambda _receiver, number: (500 if number == 1 else 200, {}))
        told = self._make_events(2, receiver.url)
        self._run_job()
        self.assertEqual(told.mapped("state"), ["queued", "queued"])
        self.assertEqual(told[0].reason, "The receiver did not take it.")
        self.assertEqual(told[0].answer_status, 500)
        self.assertEqual(told.subscription_id.failure_count, 1)
        self._run_job()
        self.assertEqual(len(receiver.requests), 1, "it is left alone for a while")
        self._make_due(told)
        self._run_job()
        self.assertEqual(told.mapped("state"), ["sent", "sent"])
        self.assertEqual(sorted(receiver.ids), sorted([*told.mapped("event_id"), told[0].event_id]))
        self.assertFalse(told.subscription_id.failure_count)

    def test_one_refused_event_does_not_stop_the_others(self):
        receiver = Receiver(self, answers=lambda _receiver, number: (422 if number == 1 else 200, {}))
        told = self._make_events(3, receiver.url)
        self._run_job()
        self.assertEqual(told.mapped("state"), ["queued", "sent", "sent"])
        self.assertFalse(told.subscription_id.hold_until)

    @mute_logger("odoo.addons.hotel_crm_base.models.border.hotel_event_delivery_send")
    def test_what_is_never_taken_is_given_up_and_can_be_sent_again(self):
        self.env["ir.config_parameter"].set_param(hotel_event_delivery_send.TRIES_PARAMETER, "3")
        receiver = Receiver(self, answers=404)
        told = self._make_events(1, receiver.url)
        for _try in range(4):
            self._make_due(told)
            self._run_job()
        self.assertEqual((told.state, told.attempts, len(receiver.requests)), ("dead", 3, 3))
        self.assertEqual(told.subscription_id.dead_count, 1)
        with self.assertRaises(AccessError):
            told.with_user(self._make_user("manager")).action_resend()
        receiver.answers = 200
        told.with_user(self._make_user("admin")).action_resend()
        self._run_job()
        self.assertEqual((told.state, told.attempts), ("sent", 0))
        self.assertEqual(set(receiver.ids), {told.event_id})

    def test_a_redirect_to_another_host_is_not_followed(self):
        other = Receiver(self)
        receiver = Receiver(self, answers=lambda _receiver, _number: (307, {"Location": other.url}))
        told = self._make_events(1, receiver.url)
        self._run_job()
        self.assertEqual((told.state, told.answer_code), ("queued", "redirected"))
        self.assertFalse(other.requests)

    def test_nothing_is_sent_into_the_house_unless_it_is_allowed(self):
        receiver = Receiver(self)
        told = self._make_events(1, receiver.url)
        self.env["ir.config_parameter"].set_param(ALLOWED, "")
        self._run_job()
        self.assertEqual((told.state, told.answer_code, receiver.requests), ("queued", "not_https", []))
        for url in ("https://127.0.0.1/x", "https://[::1]/x", "https://192.168.1.5/x", "https://169.254.169.254/x",
                    "http://pms.example.com/x", "file:///etc/passwd", "https://user:word@example.com/"):  # fmt: skip
            with self.assertRaises(ValidationError, msg=url), self.env.cr.savepoint():
                told.subscription_id.url = url

    def test_a_name_that_means_an_address_in_the_house_is_found_out_when_it_is_asked(self):
        receiver = Receiver(self)
        told = self._make_events(1, receiver.url)
        self.env["ir.config_parameter"].set_param(ALLOWED, "")
        told.subscription_id.url = f"https://localhost:{receiver.server.server_port}/events"
        self._run_job()
        self.assertEqual((told.answer_code, receiver.requests), ("private_address", []))

    def test_other_ways_to_write_an_address_in_the_house_lead_nowhere(self):
        receiver = Receiver(self)
        told = self._make_events(1, receiver.url)
        self.env["ir.config_parameter"].set_param(ALLOWED, "")
        port = receiver.server.server_port
        for host in ("2130706433", "0x7f000001", "0177.0.0.1", "127.1", "0"):
            told.subscription_id.url = f"https://{host}:{port}/"
            self._make_due(told)
            self._run_job()
            self.assertIn(told.answer_code, ("private_address", "unknown_host"), host)
        for host in ("[::ffff:7f00:1]", "[::7f00:1]", "[fec0::1]", "[fd00::1]", "[fe80::1%25lo]", "[64:ff9b::7f00:1]"):
            with self.assertRaises(ValidationError, msg=host), self.env.cr.savepoint():
                told.subscription_id.url = f"https://{host}/"
        self.assertFalse(receiver.requests)

    def test_a_name_is_asked_for_once_and_the_answer_is_what_is_connected_to(self):
        receiver, asked, real = Receiver(self), [], socket.getaddrinfo

        def rebind(host, *args, **options):
            """Say a harmless address first, and one in the house ever after."""
            if host != "rebind.example":
                return real(host, *args, **options)
            asked.append(host)
            return real("192.0.2.1" if len(asked) == 1 else "127.0.0.1", *args, **options)

        networks = webhook.read_networks("192.0.2.0/24")
        url = f"https://rebind.example:{receiver.server.server_port}/events"
        with patch.object(socket, "getaddrinfo", rebind):
            target = webhook.Receiver(url, (webhook.make_secret(),), networks, timeout=0.3)
            answer = webhook.send(target, webhook.Parcel(1, "m", b"{}"), 1)
        self.assertEqual((asked, receiver.requests), (["rebind.example"], []))
        self.assertIn(answer.code, ("timeout", "no_connection"))

    def test_a_receiver_that_is_not_there_is_tried_later(self):
        receiver = Receiver(self)
        told = self._make_events(1, receiver.url)
        receiver.close()
        self._run_job()
        self.assertEqual((told.state, told.answer_code), ("queued", "no_connection"))

    def test_a_test_is_sent_by_administrators(self):
        receiver = Receiver(self)
        subscription = self._subscribe(receiver.url)
        with self.assertRaises(AccessError):
            subscription.with_user(self._make_user("manager")).action_test()
        subscription.with_user(self._make_user("admin")).action_test()
        self._run_job()
        self.assertEqual([event["kind"] for event in receiver.events], ["ping"])

    def test_the_secret_is_the_administrators(self):
        subscription = self._subscribe("https://pms.example.com/events")
        with self.assertRaises(AccessError):
            subscription.with_user(self._make_user("manager")).read(["secret"])
        self.assertNotIn("secret", subscription.with_user(self._make_user("manager")).fields_get())

    def test_old_events_are_deleted_and_waiting_ones_are_not(self):
        receiver = Receiver(self)
        sent, waiting = self._make_events(2, receiver.url)
        sent.write({"state": "sent"})
        self.env.flush_all()
        self.env.cr.execute("UPDATE hotel_event_delivery SET create_date = '2020-01-01'")
        self.env.invalidate_all()
        self.env["hotel.event.delivery"]._gc_deliveries()
        self.assertEqual((sent | waiting).exists(), waiting)
