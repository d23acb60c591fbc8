"""How long it takes from the ringing of an agent's telephone to the pop-up in the browser.

Run in a database with the call center, as one script of ``odoo shell``; it starts a server of its own, with its
websocket, and a headless Chromium in which the agent is logged in::

    TEST_DB=seed ./setup/shell odoo shell --no-http < tests/load/screen_pop.py

The clock starts before the bridge's request (``agent.ringing``) is sent and stops when the browser shows the number
of the guest: contract, bus, websocket, the page's question who it is, and the drawing of it. Prints median, 95 in
100 and worst in milliseconds. Variables: POPS (40), POP_PORT (8075).
"""

import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import aiohttp
import requests

sys.path.insert(0, "tests/load")

from call_server import CallServer, percentile

COUNT = int(os.environ.get("POPS", 40))
WATCH = """window.seen = {}; new MutationObserver(() => document.querySelectorAll('.o_notification').forEach(el => {
    const found = el.textContent.match(/\\+3519\\d{8}/); if (found) window.seen[found[0]] ??= Date.now();
})).observe(document.body, {childList: true, subtree: true, characterData: true}); true"""
CHROMIUM = ["chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
CHROMIUM += ["--remote-debugging-port=0"]


class Browser:
    """A Chromium that is asked through its own protocol."""

    def __init__(self, socket):
        self.socket, self.number = socket, 0

    async def ask(self, method, **params):
        self.number += 1
        await self.socket.send_json({"id": self.number, "method": method, "params": params})
        async for message in self.socket:
            answer = json.loads(message.data)
            if answer.get("id") == self.number:
                return answer.get("result", {})
        raise SystemExit("the browser is gone")

    async def evaluate(self, script):
        found = await self.ask("Runtime.evaluate", expression=script, returnByValue=True)
        return found["result"].get("value")

    async def until(self, script, seconds=60):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            found = await self.evaluate(script)
            if found:
                return found
            await asyncio.sleep(0.05)
        return None


class Ringing:
    """The bridge's side."""

    def __init__(self, server, session):
        self.server, self.session, self.count = server, session, 0
        self.headers = {"Authorization": f"Bearer {server.key}", "X-Odoo-Database": server.env.cr.dbname}

    async def tell(self, call, *kinds):
        now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        numbers = {"from": f"+3519{int(call):08d}", "to": "5000", "endpoint": self.server.agent.endpoint}
        events = [
            {"event_id": f"{call}-{seq}", "call_id": call, "seq": seq, "ts": now, "type": kind, **numbers}
            for seq, kind in kinds
        ]
        url = f"{self.server.url}/hotel_callcenter/v1/events"
        async with self.session.post(url, json={"events": events}, headers=self.headers) as answer:
            answer.raise_for_status()

    async def ring(self, browser, patience=10):
        """Let the telephone ring once; return after how many milliseconds the browser has shown it."""
        self.count += 1
        call = str(self.count)
        await self.tell(call, (1, "call.incoming"), (2, "call.answered"))
        began = time.time() * 1000
        await self.tell(call, (3, "agent.ringing"))
        seen = await browser.until(f"window.seen['+3519{self.count:08d}']", patience)
        await self.tell(call, (4, "call.ended"))
        return seen and seen - began


async def measure(server):
    """Return the delays."""
    with tempfile.TemporaryDirectory() as profile:
        chromium = subprocess.Popen([*CHROMIUM, f"--user-data-dir={profile}", "about:blank"], stderr=subprocess.DEVNULL)
        try:
            address = await find_page(Path(profile) / "DevToolsActivePort")
            async with aiohttp.ClientSession() as session, session.ws_connect(address, max_msg_size=0) as socket:
                return await watch(server, session, Browser(socket))
        finally:
            chromium.terminate()
            chromium.wait()


async def find_page(port_file):
    """Return where the browser's first page is asked."""
    while not port_file.exists() or not port_file.read_text():
        await asyncio.sleep(0.1)
    port = port_file.read_text().split()[0]
    rows = requests.get(f"http://127.0.0.1:{port}/json", timeout=10).json()
    return next(row["webSocketDebuggerUrl"] for row in rows if row["type"] == "page")


async def watch(server, session, browser):
    """Log the agent in, and let the telephone ring."""
    login = requests.Session()
    credentials = {"db": server.env.cr.dbname, "login": server.login, "password": server.login}
    login.post(f"{server.url}/web/session/authenticate", json={"params": credentials}, timeout=60).raise_for_status()
    await browser.ask("Network.setCookie", name="session_id", value=login.cookies["session_id"], url=server.url)
    await browser.ask("Page.navigate", url=f"{server.url}/odoo/call-desk")
    if not await browser.until("document.querySelector('.o_hotel_call_desk') && true", 180):
        raise SystemExit("the desk does not open")
    await browser.evaluate(WATCH)
    ringing = Ringing(server, session)
    # until the websocket is there
    while not await ringing.ring(browser, 3):
        if ringing.count > 20:
            raise SystemExit("nothing pops up")
    return [await ringing.ring(browser) for _turn in range(COUNT)]


server = CallServer(env, int(os.environ.get("POP_PORT", 8075)), 0)  # noqa: F821
try:
    delays = asyncio.run(measure(server))
finally:
    server.close()
seen = [delay for delay in delays if delay]
print(f"\nscreen pops: {len(seen)} of {len(delays)}")
print(f"{'median':>9}{'95 %':>9}{'worst':>9}   ms")
print(f"{percentile(seen, 0.5):>9.0f}{percentile(seen, 0.95):>9.0f}{max(seen):>9.0f}")
