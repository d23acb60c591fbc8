"""What tests of the real exchange share: Asterisk, Odoo behind a gate, and questions to Odoo in between."""

import tempfile
import unittest
from contextlib import contextmanager

from telephony_gate import Gate
from telephony_parts import Parts, get_tree, wait

from odoo import SUPERUSER_ID, api
from odoo.tests import HttpCase

from odoo.addons.hotel_crm_callcenter.tests.call_common import CallMakers

GUEST = "+351912345678"


class RealExchangeCase(CallMakers, HttpCase):
    """Where there is no Asterisk for this machine, all of it is skipped, loudly; a release wants it green once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        tree, problem = get_tree()
        if not tree:
            raise unittest.SkipTest(f"outside: a telephone exchange: {problem}")
        cls.env = cls.env(context=dict(cls.env.context, tracking_disable=True))
        cls._make_call_center()
        cls._make_menu()
        cls.guest = cls._make_guest("Ana Costa", phone=GUEST, country_id=cls.env.ref("base.pt").id)
        cls.second = cls._make_agent(number=102, state="offline")
        # the last digits say how the telephone network answers
        cls.called = cls._make_guest("Rui Silva", phone="+351912345200", country_id=cls.env.ref("base.pt").id)
        cls.queue.write({"is_recorded": True, "ring_s": 8, "longest_wait_s": 0})
        cls.hotel.company_id.write({"hotel_quiet_start": 0.0, "hotel_quiet_end": 0.0})
        cls.key = cls.exchange._make_key()
        folder = tempfile.TemporaryDirectory(prefix="telephony-")
        cls.addClassCleanup(folder.cleanup)
        cls.parts = Parts(folder.name)
        cls.addClassCleanup(cls.parts.stop_all)
        cls.parts.start_exchange()

    @contextmanager
    def _bridged(self):
        """Let a bridge serve, and see that no channel is left behind."""
        gate = Gate(self.http_port())
        self.addCleanup(gate.close)
        with self.allow_requests(all_requests=True):
            bridge = self.parts.start_bridge(gate.url, self.key)
            try:
                yield gate, bridge
                wait(lambda: self.parts.ari("/channels") == [], 10, "no channel is left")
                wait(lambda: not list((self.parts.folder / "spool").glob("*.json")), 10, "the spool is empty")
            except AssertionError as error:
                logs = [
                    f"--- {process.log.name}\n{process.log.read_text()[-1500:]}"
                    for process in self.parts.processes[-6:]
                ]
                raise AssertionError("\n".join([str(error), *logs])) from error
            finally:
                for process in self.parts.processes:
                    if "bridge" in process.log.name:
                        self.parts.stop(process)

    def _look(self, question):
        """Return what a question comes to, in a cursor of its own between the bridge's requests."""
        with self.registry.cursor() as cr:
            return question(api.Environment(cr, SUPERUSER_ID, {}))

    def _count(self, outcome=None, state="ended"):
        domain = [("exchange_id", "=", self.exchange.id), ("state", "=", state), ("direction", "=", "in")]
        domain += [("outcome", "=", outcome)] if outcome else []
        return self._look(lambda env: env["hotel.call"].search_count(domain))

    def _facts(self, *names):
        """Return facts of the latest call that has come in."""

        def ask(env):
            domain = [("exchange_id", "=", self.exchange.id), ("direction", "=", "in")]
            call = env["hotel.call"].search(domain, order="id desc", limit=1)
            return tuple(call.mapped(name) if "." in name else call[name] for name in names)

        return self._look(ask)

    def _set_agent(self, state="ready"):
        self._look(lambda env: env["hotel.call.agent"].browse(self.agent.id)._set_state(state) or env.cr.commit())

    def _await_end(self, count, seconds=20):
        wait(lambda: self._count() >= count, seconds, f"{count} calls have ended")

    def _finish(self, guest):
        """Wait until a guest's telephone is through with its story."""
        self.assertEqual(guest.wait(240), 0, guest.log.read_text()[-800:])

    def tearDown(self):
        for process in self.parts.processes:
            if "asterisk" not in process.log.name:
                self.parts.stop(process)
        self.parts.hang_up()
        for file in (self.parts.folder / "spool").glob("*.*"):
            file.unlink()
        super().tearDown()
