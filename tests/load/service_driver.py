"""Guests with telephones, as tests/load/service_http.py asks for them: many connections, little work.

    python service_driver.py PLAN.json

Plain asyncio, HTTP/1.1 over TLS. Each guest is a connection that stays open from page to page, and comes at a moment
of its own. A connection that is refused, reset or closed before its answer counts as lost: nothing is tried again.
Prints JSON: milliseconds of each step, what was lost, the seconds until the last one was through, and the seconds of
the processor that this driver itself took.
"""

import asyncio
import collections
import json
import re
import ssl
import sys
import time
import urllib.parse
import zlib

HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
PATIENCE = 120
taken, lost = collections.defaultdict(list), collections.Counter()


class Failure(Exception):
    """What a guest sees instead of a page."""


class Guest:
    """One telephone: a connection that is kept, and its cookies."""

    def __init__(self, plan, trust):
        self.host, self.port, self.trust = plan["host"], plan["port"], trust
        self.cookies, self.reader, self.writer = {}, None, None

    async def ask(self, step, method, path, body=b"", kind=""):
        """Send a request; return status, headers and the body, as it came over the line."""
        started = time.perf_counter()
        try:
            answer = await asyncio.wait_for(self._exchange(method, path, body, kind), PATIENCE)
        except (OSError, TimeoutError, asyncio.IncompleteReadError, ssl.SSLError) as error:
            raise Failure(f"{step}: {type(error).__name__}") from error
        taken[step].append((time.perf_counter() - started) * 1000)
        if answer[0] >= 400:
            raise Failure(f"{step}: {answer[0]}")
        return answer

    async def _exchange(self, method, path, body, kind):
        if not self.writer:
            self.reader, self.writer = await asyncio.open_connection(self.host, self.port, ssl=self.trust)
        lines = [f"{method} {path} HTTP/1.1", f"Host: localhost:{self.port}", "Accept-Encoding: gzip"]
        lines.append("User-Agent: telephone")
        if self.cookies:
            lines.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        if method == "POST":
            lines += [f"Content-Type: {kind}", f"Content-Length: {len(body)}"]
        self.writer.write("\r\n".join([*lines, "", ""]).encode() + body)
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = {}
        for line in head[1:-2]:
            name, _colon, value = line.partition(":")
            if name.lower() == "set-cookie":
                cookie, _equals, content = value.strip().partition(";")[0].partition("=")
                self.cookies[cookie] = content
            headers[name.lower()] = value.strip()
        content = await self._read_body(headers)
        if headers.get("connection") == "close":
            self.close()
        return int(head[0].split()[1]), headers, content

    async def _read_body(self, headers):
        if headers.get("transfer-encoding") != "chunked":
            return await self.reader.readexactly(int(headers.get("content-length", 0)))
        parts = []
        while size := int(await self.reader.readline(), 16):
            parts.append(await self.reader.readexactly(size))
            await self.reader.readexactly(2)
        await self.reader.readexactly(2)
        return b"".join(parts)

    async def call(self, step, path, params):
        """Call a route that speaks JSON."""
        body = json.dumps({"jsonrpc": "2.0", "method": "call", "params": params}).encode()
        _status, headers, content = await self.ask(step, "POST", path, body, "application/json")
        if '"error"' in get_text(headers, content)[:400]:
            raise Failure(f"{step}: error")

    def close(self):
        if self.writer:
            self.writer.close()
        self.writer = None


def get_text(headers, content):
    """Return an answer as text."""
    if headers.get("content-encoding") == "gzip":
        content = zlib.decompress(content, 47)
    return content.decode()


def get_path(headers):
    """Return where an answer leads to."""
    target = urllib.parse.urlsplit(headers["location"])
    return target.path + (f"?{target.query}" if target.query else "")


async def complain(guest, path, text):
    """Open the page of a room, send what is wrong, see the page of the case."""
    status, headers, content = await guest.ask("room page", "GET", path)
    if status != 200:
        raise Failure(f"room page: {status}")
    data = {**dict(HIDDEN.findall(get_text(headers, content))), "kind": "complaint", "text": text}
    form = urllib.parse.urlencode(data).encode()
    status, headers, _content = await guest.ask("case sent", "POST", path, form, "application/x-www-form-urlencoded")
    if status != 303:
        raise Failure(f"case sent: {status}")
    await guest.ask("case page", "GET", get_path(headers))


async def respond(guest, path, tokens, answers):
    """Open the link of a survey, begin where it has a start page, send all answers."""
    status, headers, content = await guest.ask("survey link", "GET", path)
    if status != 200:
        _status, headers, content = await guest.ask("survey page behind it", "GET", get_path(headers))
    if "data-is-start-screen" in get_text(headers, content):
        await guest.call("survey begin", f"/survey/begin/{tokens}", {})
    await guest.call("survey submit", f"/survey/submit/{tokens}", answers)


async def come(plan, trust, began, moment, story, *args):
    """Wait for one's moment, then live the story."""
    await asyncio.sleep(max(0, began + moment - time.perf_counter()))
    guest = Guest(plan, trust)
    try:
        await story(guest, *args)
    except Failure as failure:
        lost[str(failure)] += 1
    finally:
        guest.close()


async def main(plan):
    trust = ssl.create_default_context()
    trust.check_hostname, trust.verify_mode = False, ssl.CERT_NONE  # made for trying, on loopback
    began, worked, tasks = time.perf_counter(), time.process_time(), []
    for number, (path, text) in enumerate(plan["rooms"]):
        moment = plan["seconds"] * number / len(plan["rooms"])
        tasks.append(come(plan, trust, began, moment, complain, path, text))
    for number, (path, tokens) in enumerate(plan["links"]):
        moment = plan["seconds"] * number / len(plan["links"])
        tasks.append(come(plan, trust, began, moment, respond, path, tokens, plan["answers"]))
    await asyncio.gather(*tasks)
    whole, own = time.perf_counter() - began, time.process_time() - worked
    print(json.dumps({"whole": whole, "driver": own, "taken": taken, "lost": lost}))


if __name__ == "__main__":
    with open(sys.argv[1]) as file:
        asyncio.run(main(json.load(file)))
