"""How fast the telephony contract answers while 200 calls run: a bridge without telephones against a real server.

Run in a database with the call center, as one script of ``odoo shell``; it starts a server of its own::

    TEST_DB=seed ./setup/shell odoo shell --no-http < tests/load/calls.py

The bridge is the real one's client and spool; in place of telephones, each of CALLS calls rings, goes through the
menu with a key every 3 to 7 seconds (as long as a prompt takes), ends, and begins anew, for SECONDS. Then the same
questions as fast as EAGER at once can ask them. Prints answers a second, median, 95 in 100 and worst in
milliseconds. What was made for it goes afterwards. Variables: CALLS (200), SECONDS (30), EAGER (8), CALLS_PORT (8073),
CALLS_WORKERS (2).
"""

import asyncio
import os
import random
import sys
import tempfile
import time
from types import SimpleNamespace

import aiohttp

sys.path.insert(0, "tests/load")

from call_server import CallServer, percentile

from odoo.addons.hotel_crm_callcenter.bridge.client import Away, Odoo, Spool

CALLS, SECONDS = int(os.environ.get("CALLS", 200)), int(os.environ.get("SECONDS", 30))
EAGER = int(os.environ.get("EAGER", 8))
draw = random.Random(8)
KEYS = ("2", "1", "19800101", "5")


class Simulated:
    """A bridge whose calls have no telephones."""

    def __init__(self, odoo, spool):
        self.odoo, self.spool, self.times, self.lost, self.count = odoo, spool, [], 0, 0

    def tell(self, call, seq, kind, **facts):
        moment = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        body = {"event_id": f"{call}-{seq}", "call_id": call, "seq": seq, "ts": moment, "type": kind, **facts}
        self.spool.put("event", "/events", body)

    async def ask(self, call, memory, kind, value=""):
        """Ask what to do next, and note how long the guest has waited for it."""
        body = {"call_id": call, "from": f"+35191{self.number(call):07d}", "to": "5000", **memory}
        began = time.perf_counter()
        try:
            answer = await self.odoo.send("POST", "/ivr/next", {**body, "input": {"kind": kind, "value": value}})
        except Away:
            self.lost += 1
            return memory
        self.times.append((time.perf_counter() - began) * 1000)
        return {name: answer[name] for name in ("node", "slots", "lang")}

    @staticmethod
    def number(call):
        return int(call.rpartition(".")[2])

    async def call(self, until, pause):
        """Call again and again."""
        while time.monotonic() < until:
            self.count += 1
            call = f"load.{self.count}"
            self.tell(call, 1, "call.incoming", **{"from": f"+35191{self.count:07d}", "to": "5000"})
            self.tell(call, 2, "call.answered", by="ivr")
            memory = await self.ask(call, {}, "start")
            for key in KEYS:
                await asyncio.sleep(pause())
                if time.monotonic() > until:
                    break
                memory = await self.ask(call, memory, "digits", key)
            self.tell(call, 3, "call.ended", duration=20.0, reason="normal", hangup_by="guest")


async def measure(server, calls, seconds, pause):
    """Return a bridge whose calls have run."""
    settings = SimpleNamespace(odoo_url=server.url, odoo_key=server.key, odoo_database="")
    with tempfile.TemporaryDirectory() as folder:
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
            odoo = Odoo(settings, session)
            odoo.headers["X-Odoo-Database"] = server.env.cr.dbname
            bridge = Simulated(odoo, Spool(folder, odoo))
            sending = asyncio.ensure_future(bridge.spool.run())
            bridge.began = time.monotonic()
            until = bridge.began + seconds
            await asyncio.gather(*(begin(bridge, until, pause) for _call in range(calls)))
            bridge.seconds = time.monotonic() - bridge.began
            while bridge.spool.waiting():
                await asyncio.sleep(0.1)
            bridge.settled = time.monotonic() - bridge.began - bridge.seconds
            sending.cancel()
    return bridge


async def begin(bridge, until, pause):
    """The first calls do not come at once."""
    await asyncio.sleep(draw.random() * min(pause(), 5))
    await bridge.call(until, pause)


def show(name, bridge):
    times = bridge.times
    line = f"{name:<44}{len(times) / bridge.seconds:>9.1f}{percentile(times, 0.5):>9.1f}{percentile(times, 0.95):>9.1f}"
    print(f"{line}{max(times):>9.1f}{bridge.lost:>7}{bridge.count:>7}{bridge.settled:>9.1f}", flush=True)


server = CallServer(env, int(os.environ.get("CALLS_PORT", 8073)), int(os.environ.get("CALLS_WORKERS", 2)))  # noqa: F821
try:
    asyncio.run(measure(server, 4, 3, lambda: 0.1))  # the first requests load the registry
    print(f"\n{'':<44}{'a second':>9}{'median':>9}{'95 %':>9}{'worst':>9}{'lost':>7}{'calls':>7}{'spool s':>9}")
    show(f"{CALLS} calls, a key every 3-7 s", asyncio.run(measure(server, CALLS, SECONDS, lambda: draw.uniform(3, 7))))
    show(f"as fast as {EAGER} can ask", asyncio.run(measure(server, EAGER, SECONDS / 2, lambda: 0)))
finally:
    server.close()
