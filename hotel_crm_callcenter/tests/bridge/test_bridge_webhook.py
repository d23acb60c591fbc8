"""The driver for a provider: signed requests, answers in XML."""

import asyncio
import tempfile
from xml.etree import ElementTree

import aiohttp
from aiohttp import web

from odoo.tests import BaseCase, tagged

from ...bridge.client import Odoo, Spool
from ...bridge.settings import Settings
from ...bridge.webhook import WebhookDriver, sign
from .fake_ari import FakeOdoo

URL = "https://telephony.example.com"
MENU = [{"say": {"text": "Press 1 & wait", "lang": "zh_CN"}}, {"gather": {"max": 1, "timeout": 5}}]


@tagged("post_install", "-at_install")
class TestWebhook(BaseCase):
    def _play(self, *requests, answers=(), away=False):
        """Post requests (path, fields, signature or None for the right one); return statuses, texts and Odoo."""
        odoo = FakeOdoo()
        odoo.answers, odoo.away = list(answers), away

        async def play():
            async with aiohttp.ClientSession() as session:
                runner = web.AppRunner(odoo.app)
                await runner.setup()
                site = web.TCPSite(runner, "127.0.0.1", 0)
                await site.start()
                port = site._server.sockets[0].getsockname()[1]
                with tempfile.TemporaryDirectory() as folder:
                    settings = Settings(
                        odoo_url=f"http://127.0.0.1:{port}", odoo_key="k", public_url=URL, webhook_token="t"
                    )
                    client = Odoo(settings, session)
                    spool = Spool(folder, client)
                    driver = WebhookDriver(settings, session, client, spool)
                    found = await self._post(session, driver.make_app(), requests)
                    if not away:
                        await spool.flush()
                await runner.cleanup()
            return found

        return asyncio.run(play()), odoo

    async def _post(self, session, app, requests):
        runner = web.AppRunner(app)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        port = site._server.sockets[0].getsockname()[1]
        found = []
        for path, fields, signature in requests:
            headers = {"X-Twilio-Signature": sign("t", URL + path, fields) if signature is None else signature}
            async with session.post(f"http://127.0.0.1:{port}{path}", data=fields, headers=headers) as answer:
                found.append((answer.status, await answer.text()))
        await runner.cleanup()
        return found

    def test_a_call_step_by_step(self):
        call = {"CallSid": "CA1", "From": "+351912345678", "To": "+351210000000"}
        answers, odoo = self._play(
            ("/voice", call, None),
            ("/voice", {**call, "Digits": "1"}, None),
            ("/status", {"CallSid": "CA1", "CallStatus": "completed"}, None),
            answers=[MENU, [{"say": {"text": "Bye", "lang": "en_US"}}, {"hangup": {}}]],
        )
        first = ElementTree.fromstring(answers[0][1].split("?>", 1)[1])
        self.assertEqual(first.find("Gather/Say").text, "Press 1 & wait")
        self.assertEqual(first.find("Gather/Say").get("language"), "zh-CN")
        second = ElementTree.fromstring(answers[1][1].split("?>", 1)[1])
        self.assertEqual([element.tag for element in second], ["Say", "Hangup"])
        self.assertEqual(odoo.asked[1]["input"], {"kind": "digits", "value": "1"})
        self.assertEqual(odoo.kinds(), ["call.incoming", "call.answered", "call.ended"])
        self.assertEqual(odoo.events[-1]["hangup_by"], "menu")

    def test_a_transfer_that_nobody_answers(self):
        call = {"CallSid": "CA1", "From": "+351912345678", "To": "+351210000000"}
        answers, odoo = self._play(
            ("/voice", call, None),
            ("/voice", {**call, "DialCallStatus": "busy"}, None),
            answers=[[{"transfer": {"to": ["sip:a@x"], "timeout": 9, "record": True}}]],
        )
        dial = ElementTree.fromstring(answers[0][1].split("?>", 1)[1]).find("Dial")
        self.assertEqual((dial.find("Sip").text, dial.get("record")), ("sip:a@x", "record-from-answer"))
        self.assertEqual(odoo.asked[1]["input"]["kind"], "transfer_failed")
        self.assertEqual(odoo.kinds()[2:], ["agent.ringing", "agent.missed"])

    def test_who_answers_is_told_while_they_talk(self):
        call = {"CallSid": "CA1", "From": "+351912345678", "To": "+351210000000"}
        leg = "/leg?number=1"
        answers, odoo = self._play(
            ("/voice", call, None),
            (leg, {"CallSid": "CA2", "ParentCallSid": "CA1", "CallStatus": "in-progress"}, None),
            ("/voice", {**call, "DialCallStatus": "completed", "DialCallDuration": "40"}, None),
            ("/status", {"CallSid": "CA1", "CallStatus": "completed"}, None),
            answers=[[{"transfer": {"to": ["sip:a@x", "sip:b@x"], "timeout": 9}}]],
        )
        self.assertEqual({status for status, _text in answers}, {200})
        told = [(event["type"], event.get("endpoint"), event.get("reason")) for event in odoo.events[4:]]
        self.assertEqual(told, [
            ("agent.answered", "sip:b@x", None), ("agent.missed", "sip:a@x", "answered_elsewhere"),
            ("agent.left", "sip:b@x", None), ("call.ended", None, "normal"),
        ])  # fmt: skip

    def test_recordings_are_fetched_from_the_provider_only(self):
        call = {"CallSid": "CA1", "From": "+351912345678", "To": "x"}
        _answers, odoo = self._play(
            ("/voice", call, None),
            ("/recording", {"CallSid": "CA1", "RecordingUrl": "http://127.0.0.1:1/secret"}, None),
            answers=[MENU],
        )
        self.assertEqual(odoo.kinds(), ["call.incoming", "call.answered"])

    def test_what_is_not_signed_is_refused(self):
        call = {"CallSid": "CA1", "From": "+351912345678", "To": "x"}
        good = sign("t", URL + "/voice", call)
        answers, odoo = self._play(
            ("/voice", call, ""),
            ("/voice", call, "x"),
            ("/voice", {**call, "From": "+351900000000"}, good),
            ("/voice?a=1", call, good),
            ("/status", {"CallSid": "CA1"}, good),
        )
        self.assertEqual([status for status, _text in answers], [403] * 5)
        self.assertFalse(odoo.asked or odoo.events)

    def test_without_odoo_the_provider_takes_its_fallback(self):
        call = {"CallSid": "CA1", "From": "+351912345678", "To": "x"}
        answers, _odoo = self._play(("/voice", call, None), away=True)
        self.assertEqual(answers[0][0], 503)
