"""A provider on the internet, end to end: a little one on loopback, the bridge as a process, and Odoo."""

import sys
import tempfile

from provider import ACCOUNT, TOKEN, Provider
from telephony_gate import Gate
from telephony_parts import ROOT, Parts, free_port, wait

from odoo import SUPERUSER_ID, api
from odoo.tests import HttpCase, tagged

from odoo.addons.hotel_crm_callcenter.tests.call_common import WAVE, CallMakers

GUEST = "+351912345678"
PUBLIC = "https://telephony.example.com"


@tagged("post_install", "-at_install")
class TestProvider(CallMakers, HttpCase):
    def setUp(self):
        super().setUp()
        self.env = self.env(context=dict(self.env.context, tracking_disable=True))
        cls = type(self)
        cls.env = self.env
        self._make_call_center()
        self._make_menu()
        self.guest = self._make_guest("Ana Costa", phone=GUEST, country_id=self.env.ref("base.pt").id)
        self.hotel.company_id.write({"hotel_quiet_start": 0.0, "hotel_quiet_end": 0.0})
        self.queue.is_recorded = True
        self.agent.endpoint = "sip:agent101@hotel.example.com"
        self.provider = Provider(WAVE)
        self.addCleanup(self.provider.close)
        self._start_bridge()

    def _start_bridge(self):
        folder = tempfile.TemporaryDirectory(prefix="provider-")
        self.addCleanup(folder.cleanup)
        self.parts = Parts(folder.name)
        self.addCleanup(self.parts.stop_all)
        gate, port = Gate(self.http_port()), free_port()
        self.addCleanup(gate.close)
        self.provider.bridge, self.provider.public = f"http://127.0.0.1:{port}", PUBLIC
        settings = self.parts.folder / "bridge.conf"
        settings.write_text(
            f"[bridge]\ndriver = webhook\nspool = {self.parts.folder / 'spool'}\n[odoo]\nurl = {gate.url}\n"
            f"[webhook]\nport = {port}\npublic_url = {PUBLIC}\nprovider_url = {self.provider.url}\n"
            f"account = {ACCOUNT}\n"
        )
        environment = {"HOTEL_BRIDGE_KEY": self.exchange._make_key(), "HOTEL_BRIDGE_WEBHOOK_TOKEN": TOKEN}
        self.env.flush_all()
        self.enterContext(self.allow_requests(all_requests=True))
        command = [sys.executable, ROOT / "hotel_crm_callcenter" / "bridge", settings]
        self.bridge = self.parts.start("bridge", command, **environment)
        wait(lambda: "config.loaded" in self.bridge.log.read_text(), 15, "the bridge is there")

    def _look(self, question):
        with self.registry.cursor() as cr:
            return question(api.Environment(cr, SUPERUSER_ID, {}))

    def _facts(self, *names):
        """Return facts of the latest call."""

        def ask(env):
            call = env["hotel.call"].search([("exchange_id", "=", self.exchange.id)], order="id desc", limit=1)
            return [call[name] for name in names]

        return self._look(ask)

    def test_guests_call_and_are_called(self):
        self._complain()
        self._talk_with_agent()
        self._be_called()
        self._be_busy()
        self.assertNotIn(GUEST, self.bridge.log.read_text(), "no number in the log")

    def _complain(self):
        heard = self.provider.dial(GUEST, "5000", "24")
        self.assertTrue(any("message" in text.lower() for text in heard), heard)
        wait(lambda: self._facts("state")[0] == "ended", 10, "the call has ended")
        wait(lambda: self._facts("recording_ids")[0], 10, "the complaint has arrived")
        recordings, outcome = self._facts("recording_ids", "outcome")
        found = self._look(lambda env: env["hotel.call.recording"].browse(recordings.ids).read(["purpose", "sha256"]))
        self.assertEqual((found[0]["purpose"], outcome), ("complaint", "self_service"))
        self.assertTrue(self._look(lambda env: env["hotel.case"].search_count([("partner_id", "=", self.guest.id)])))

    def _talk_with_agent(self):
        self.provider.dial(GUEST, "5000", "20", answered=self.agent.endpoint)
        wait(lambda: self._facts("outcome")[0] == "answered", 10, "the talk is known")
        wait(lambda: self._facts("recording_ids")[0], 10, "the talk has arrived")
        self.assertEqual(self._facts("user_id")[0].id, self.agent.user_id.id)

    def _plan(self, key, **values):
        def plan(env):
            job = env["hotel.call.job"]._plan(
                env["hotel.property"].browse(self.hotel.id), "menu", GUEST, key, agent_id=self.agent.id, **values
            )
            env["hotel.call.agent"].browse(self.agent.id)._set_state("ready")
            env.cr.commit()
            return job.id

        known = len(self.provider.calls)
        job = self._look(plan)
        wait(lambda: len(self.provider.calls) > known, 10, "the provider is asked to call")
        return job, list(self.provider.calls)[-1]

    def _get_job(self, job):
        return self._look(lambda env: env["hotel.call.job"].browse(job).read(["state", "reason"])[0])

    def _be_called(self):
        job, sid = self._plan("first")
        self.assertEqual(self.provider.calls[sid]["To"], self.agent.endpoint, "the agent first")
        [dial] = self.provider.ask({"CallSid": sid, "From": "x", "To": "y"})
        self.assertEqual((dial.tag, dial.find("Number").text), ("Dial", GUEST))
        self.provider.ask({"CallSid": sid}, DialCallStatus="completed", DialCallDuration="12")
        self.provider.post("/status", CallSid=sid, CallStatus="completed")
        wait(lambda: self._get_job(job)["state"] == "done", 10, "the call is made")

    def _be_busy(self):
        job, sid = self._plan("second", mode="menu_first")
        self.assertEqual(self.provider.calls[sid]["To"], GUEST)
        self.provider.post("/status", CallSid=sid, CallStatus="busy")
        wait(lambda: self._get_job(job)["reason"] == "busy", 10, "the reason is known")
        self.assertEqual(self._get_job(job)["state"], "waiting")
