"""The contract as the bridge speaks it: requests to Odoo, and a spool on disk for when Odoo is away."""

import asyncio
import hashlib
import json
import os
import time
from pathlib import Path
from urllib.parse import quote, urlencode

import aiohttp

from .log import log

BASE = "/hotel_callcenter/v1"
#: seconds between the tries of a request that a guest waits for
PATIENCE = (0.2, 0.4, 0.8)
#: seconds after which what could not be delivered is given up; most events in a batch, whose calls are locked meanwhile
KEPT_FOR, BATCH = 24 * 3600, 20


class Away(Exception):
    """Odoo cannot be reached, or has failed: try again."""


class Refused(Exception):
    """Odoo has said no: trying again is no use."""


class Odoo:
    """A client of the contract."""

    def __init__(self, settings, session):
        self.url, self.session = settings.odoo_url.rstrip("/") + BASE, session
        self.headers = {"Authorization": f"Bearer {settings.odoo_key}"}
        if settings.odoo_database:
            self.headers["X-Odoo-Database"] = settings.odoo_database

    async def send(self, method, path, body=None, data=None, timeout=5, raw=False):
        """Send one request and return the answer.

        :raises Away: no answer, or a failure of the server
        :raises Refused: the request cannot be right
        """
        limit = aiohttp.ClientTimeout(total=timeout)
        try:
            async with self.session.request(
                method, self.url + path, json=body, data=data, headers=self.headers, timeout=limit
            ) as response:
                answer = await response.read()
                status = response.status
        except (aiohttp.ClientError, asyncio.TimeoutError, OSError) as error:
            raise Away(type(error).__name__) from None
        # no key any more, too often, or not found behind a proxy that restarts: later it may be well again
        if status >= 500 or status in (401, 408, 429):
            raise Away(f"status {status}")
        if status >= 400:
            raise Refused(f"status {status}")
        if raw:
            return answer
        try:
            return json.loads(answer)
        except ValueError:
            raise Away("no JSON") from None

    async def ask(self, path, body):
        """Send a request that a guest waits for; a few quick tries.

        :raises Away: Odoo is away
        :raises Refused: see above
        """
        for pause in (*PATIENCE, None):
            try:
                return await self.send("POST", path, body)
            except Away:
                if pause is None:
                    raise
                await asyncio.sleep(pause)
        raise Away("no answer")


class Spool:
    """What Odoo is to know: written to disk first, sent in order, deleted when Odoo has it."""

    def __init__(self, folder, odoo):
        self.folder, self.odoo = Path(folder), odoo
        (self.folder / "bad").mkdir(parents=True, exist_ok=True)
        self.wake, self.number = asyncio.Event(), 0

    def put(self, kind, path, body, sound=None):
        """Keep something for Odoo.

        :param str kind: event, result or sound
        :param str path: of the contract
        :param dict body: of the request; of a sound the parameters
        :param bytes sound: a recording
        """
        self.number += 1
        name = f"{time.time_ns():020d}-{self.number:06d}-{kind}"
        if sound is not None:
            self._write(self.folder / f"{name}.wav", sound)
        self._write(self.folder / f"{name}.json", json.dumps({"path": path, "body": body}).encode())
        self.wake.set()

    def _write(self, path, content):
        scratch = path.with_suffix(path.suffix + ".part")
        with open(scratch, "wb") as file:
            file.write(content)
        os.replace(scratch, path)

    def waiting(self):
        """Return the files that are still to be sent, the oldest first."""
        return sorted(self.folder.glob("*.json"))

    async def run(self):
        """Send what is there, for ever."""
        pause = 0.5
        while True:
            self.wake.clear()
            try:
                await self.flush()
                pause = 0.5
                await self.wake.wait()
            except Away as error:
                log("odoo.away", error=str(error), count=len(self.waiting()))
                await asyncio.sleep(pause)
                pause = min(pause * 2, 15)

    async def flush(self):
        """Send what is there.

        :raises Away: Odoo is away; what is not sent stays
        """
        while files := self.waiting():
            kind = files[0].stem.rsplit("-", 1)[1]
            if kind == "event":
                await self._send_events([file for file in files[:BATCH] if file.stem.endswith("-event")])
            else:
                await self._send_one(files[0])

    async def _send_events(self, files):
        bodies = [json.loads(file.read_bytes())["body"] for file in files]
        try:
            await self.odoo.send("POST", "/events", {"events": bodies}, timeout=10)
        except Refused:
            # one of them is bad: each by itself
            for file in files:
                await self._send_one(file)
            return
        for file in files:
            file.unlink()

    async def _send_one(self, file):
        item, sound = json.loads(file.read_bytes()), file.with_suffix(".wav")
        try:
            if sound.exists():
                content = sound.read_bytes()
                query = {**item["body"], "sha256": hashlib.sha256(content).hexdigest()}
                path = f"{item['path']}?{urlencode(query)}"
                await self.odoo.send("PUT", path, data=content, timeout=60)
            else:
                await self.odoo.send("POST", item["path"], item["body"], timeout=10)
        except Refused as error:
            log("spool.refused", path=item["path"].split("/")[1], error=str(error))
            os.replace(file, self.folder / "bad" / file.name)
            if sound.exists():
                os.replace(sound, self.folder / "bad" / sound.name)
            return
        except Away:
            if time.time_ns() - int(file.name.split("-", 1)[0]) < KEPT_FOR * 10**9:
                raise
            log("spool.expired", path=item["path"].split("/")[1])
        file.unlink()
        sound.unlink(missing_ok=True)


def recording_path(call_id: str) -> str:
    """Return the path of a recording.

    >>> recording_path("a/b")
    '/recordings/a%2Fb'
    """
    return f"/recordings/{quote(call_id, safe='')}"
