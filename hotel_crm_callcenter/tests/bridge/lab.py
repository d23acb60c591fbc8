"""A bridge between an Asterisk and an Odoo that are none."""

import asyncio
import contextlib
import tempfile
import time
from pathlib import Path

import aiohttp
from aiohttp import web

from odoo.tests import BaseCase

from ...bridge.asterisk import AsteriskDriver
from ...bridge.client import Odoo, Spool
from ...bridge.settings import Settings
from .fake_ari import FakeAri, FakeOdoo


class Mute:
    """Speech without a voice."""

    folder = Path("/nowhere")

    def __init__(self):
        self.kept = {}

    async def render(self, text, lang):
        return "say"

    def keep(self, name, content):
        self.kept[name] = content


class Lab:
    """A bridge between the two fakes."""

    def __init__(self, folder):
        self.folder, self.ari, self.odoo = folder, FakeAri(), FakeOdoo()

    async def serve(self, app):
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        return runner, f"http://127.0.0.1:{site._server.sockets[0].getsockname()[1]}"

    async def __aenter__(self):
        self.stack = contextlib.AsyncExitStack()
        urls = []
        for app in (self.ari.app, self.odoo.app):
            runner, url = await self.serve(app)
            self.stack.push_async_callback(runner.cleanup)
            urls.append(url)
        self.settings = Settings(ari_url=urls[0], odoo_url=urls[1], odoo_key="k", spool_dir=self.folder)
        self.session = await self.stack.enter_async_context(aiohttp.ClientSession())
        await self.start()
        return self

    async def start(self):
        odoo = Odoo(self.settings, self.session)
        self.spool = Spool(self.folder, odoo)
        self.driver = AsteriskDriver(self.settings, self.session, odoo, self.spool, Mute())
        self.tasks = [asyncio.ensure_future(self.driver.run()), asyncio.ensure_future(self.spool.run())]
        known = len(self.ari.sockets)
        await self.until(lambda: len(self.ari.sockets) > known)
        await self.until(lambda: self.driver.config or self.odoo.away)

    async def kill(self):
        """Stop the bridge as a crash does: nothing is said or done any more."""
        tasks = [*self.tasks, *self.driver.tasks]
        self.spool.put = lambda *_arguments: None
        self.driver.ari.attempt = self.driver.ari.ask = _nothing
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for socket in self.ari.sockets:
            await socket.close()

    async def __aexit__(self, *_error):
        await self.kill()
        await self.stack.aclose()

    async def until(self, condition, seconds=60):
        end = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > end:
                raise AssertionError(f"not so: {self.odoo.kinds()} {self.ari.asked[-5:]}")
            await asyncio.sleep(0.01)

    async def ended(self):
        await self.until(lambda: "call.ended" in self.odoo.kinds())


async def _nothing(*_arguments, **_more):
    return {}


class LabCase(BaseCase):
    """Stories that are played in a lab."""

    def _play(self, story):
        """Play a story, see that its events have numbers of their own, and return the lab."""

        async def play():
            with tempfile.TemporaryDirectory() as folder:
                async with Lab(folder) as lab:
                    await story(lab)
                    return lab

        lab = asyncio.run(play())
        seqs = sorted(event["seq"] for event in lab.odoo.events)
        self.assertEqual(len(seqs), len(set(seqs)), "numbers of events are unique")
        return lab
