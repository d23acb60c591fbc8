"""An Asterisk that is none: REST and events as a real one gave them, for tests of the bridge that take no time.

The frames are those that Asterisk 22 has sent (`FRAMES`), with the ids of the call at hand. Playing takes no
time, telephones answer or refuse as `answers` says, keys are pressed by `press`.
"""

import asyncio
import copy
import json
import wave
from io import BytesIO

from aiohttp import web

CHANNEL = {
    "id": "", "name": "PJSIP/trunk-00000000", "state": "Ring", "protocol_id": "1-13353@127.0.0.2",
    "caller": {"name": "Guest", "number": "+351912345678"}, "connected": {"name": "", "number": ""},
    "accountcode": "", "creationtime": "2026-11-21T19:30:13.735+0000", "language": "en",
    "dialplan": {"context": "from-trunk", "exten": "5000", "priority": 2, "app_name": "Stasis", "app_data": "hotel"},
}  # fmt: skip
AROUND = {"timestamp": "2026-11-21T19:30:13.735+0000", "asterisk_id": "02:fc:00:00:00:01", "application": "hotel"}
#: as recorded, by type
FRAMES = {
    "StasisStart": {"type": "StasisStart", "args": [], "channel": CHANNEL},
    "StasisEnd": {"type": "StasisEnd", "channel": CHANNEL},
    "ChannelDtmfReceived": {
        "type": "ChannelDtmfReceived", "digit": "1", "duration_ms": 100, "channel": {**CHANNEL, "state": "Up"},
    },
    "ChannelDestroyed": {"type": "ChannelDestroyed", "cause": 16, "cause_txt": "Normal Clearing", "channel": CHANNEL},
    "PlaybackFinished": {
        "type": "PlaybackFinished",
        "playback": {"id": "", "media_uri": "", "target_uri": "", "language": "en", "state": "done"},
    },
    "RecordingFinished": {
        "type": "RecordingFinished",
        "recording": {"name": "", "format": "wav", "state": "done", "duration": 3, "target_uri": ""},
    },
}  # fmt: skip


def make_sound(seconds=1):
    """Return a wave file."""
    target = BytesIO()
    with wave.open(target, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(b"\x00\x10" * 8000 * seconds)
    return target.getvalue()


class FakeAri:
    """Answers the requests of a bridge; ``asked`` keeps them."""

    def __init__(self):
        self.sockets, self.asked, self.live, self.bridges = [], [], {}, {}
        #: endpoint -> (answers, cause); who is not named answers
        self.answers = {}
        self.app = web.Application()
        self.app.router.add_get("/ari/events", self.events)
        self.app.router.add_route("*", "/ari/{path:.*}", self.rest)

    async def events(self, request):
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self.sockets.append(socket)
        async for _message in socket:
            pass
        return socket

    def send(self, kind, channel="", **changes):
        """Send an event about a channel."""
        frame = {**copy.deepcopy(FRAMES[kind]), **AROUND}
        if "channel" in frame:
            frame["channel"] |= {"id": channel, "name": self.live.get(channel, "PJSIP/trunk-00000000")}
        for name, value in changes.items():
            frame[name] = {**frame[name], **value} if isinstance(value, dict) else value
        for socket in self.sockets:
            if not socket.closed:
                asyncio.ensure_future(socket.send_str(json.dumps(frame)))

    def ring_in(self, channel, exten="5000"):
        """Let a guest call."""
        self.live[channel] = f"PJSIP/trunk-{channel}"
        self.send("StasisStart", channel, args=["inbound", exten])

    def press(self, channel, digits):
        for digit in digits:
            self.send("ChannelDtmfReceived", channel, digit=digit)

    def leave(self, channel, cause=16):
        """Let somebody hang up."""
        if self.live.pop(channel, None):
            self.send("StasisEnd", channel)
            self.send("ChannelDestroyed", channel, cause=cause)

    async def rest(self, request):
        path, query = "/" + request.match_info["path"], dict(request.query)
        self.asked.append((request.method, path, query))
        steps = path.strip("/").split("/")
        handler = getattr(self, f"{request.method.lower()}_{steps[0]}", None)
        answer = handler(steps, query) if handler else None
        if isinstance(answer, web.Response):
            return answer
        return web.json_response(answer) if answer is not None else web.Response(status=204)

    def get_channels(self, steps, _query):
        rows = [{**CHANNEL, "id": key, "name": name} for key, name in self.live.items()]
        return (
            rows if len(steps) == 1 else next((row for row in rows if row["id"] == steps[1]), web.Response(status=404))
        )

    def get_bridges(self, _steps, _query):
        return [{"id": key, "channels": channels} for key, channels in self.bridges.items()]

    def get_recordings(self, steps, _query):
        if steps[1] == "live":
            return web.Response(status=404)
        return web.Response(body=make_sound(), content_type="audio/wav")

    def post_bridges(self, steps, query):
        if len(steps) == 1:
            self.bridges["b1"] = []
            return {"id": "b1"}
        members = self.bridges[steps[1]]
        channels = query.get("channel", "").split(",")
        if steps[2] == "addChannel":
            members += channels
        elif steps[2] == "removeChannel":
            if not set(channels) <= set(members):
                return web.Response(status=422)
            members[:] = [channel for channel in members if channel not in channels]
        return None

    def delete_bridges(self, steps, _query):
        self.bridges.pop(steps[1], None)

    def post_channels(self, steps, query):
        channel = steps[1]
        if len(steps) == 2:
            if any(key.startswith(channel) or channel.startswith(key) for key in self.live):
                # as Asterisk 22 takes ids
                return web.Response(status=409)
            self._originate(channel, query)
        elif channel not in self.live:
            return web.Response(status=404)
        elif steps[2] == "play":
            target = {"id": steps[3], "target_uri": f"channel:{channel}", "media_uri": query["media"]}
            self.send("PlaybackFinished", playback=target)
        elif steps[2] == "record":
            target = {"name": query["name"], "target_uri": f"channel:{channel}"}
            self.send("RecordingFinished", recording=target)
        elif steps[2] == "continue":
            self.send("StasisEnd", channel)
        return {}

    def _originate(self, channel, query):
        answers, cause = self.answers.get(query["endpoint"], (True, 16))
        if answers:
            self.live[channel] = query["endpoint"] + "-0001"
            self.send("StasisStart", channel, args=[query["appArgs"]])
        else:
            self.send("ChannelDestroyed", channel, cause=cause)

    def delete_channels(self, steps, _query):
        if steps[1] not in self.live:
            return web.Response(status=404)
        if len(steps) == 2:
            self.leave(steps[1])
        return None


class FakeOdoo:
    """The contract with answers that a test has written; ``away`` lets it fail."""

    def __init__(self):
        self.events, self.results, self.sounds, self.asked, self.jobs = [], {}, {}, [], []
        self.commands, self.requests = [], []
        self.answers, self.away, self.refused = [], False, set()
        self.app = web.Application()
        base = "/hotel_callcenter/v1"
        self.app.router.add_post(base + "/events", self.take)
        self.app.router.add_post(base + "/ivr/next", self.next)
        self.app.router.add_post(base + "/outbound/claim", self.claim)
        self.app.router.add_post(base + "/outbound/{job}/result", self.result)
        self.app.router.add_put(base + "/recordings/{call}", self.sound)
        self.app.router.add_get(base + "/config", self.config)
        self.app.router.add_get(base + "/prompts/{name}", self.prompt)

    def _check(self):
        if self.away:
            raise web.HTTPServiceUnavailable

    async def take(self, request):
        self._check()
        body = await request.json()
        events = body.get("events", [body])
        if any(event["type"] in self.refused for event in events):
            raise web.HTTPBadRequest
        self.events += events
        self.requests.append("events")
        return web.json_response({"ok": True})

    async def next(self, request):
        self._check()
        body = await request.json()
        self.asked.append(body)
        self.requests.append("ivr/next")
        actions = self.answers.pop(0) if self.answers else [{"hangup": {}}]
        return web.json_response({"node": "n", "lang": "en_US", "slots": {"a": 1}, "actions": actions})

    async def claim(self, _request):
        self._check()
        jobs, self.jobs = self.jobs, []
        commands, self.commands = self.commands, []
        return web.json_response({"jobs": jobs, "commands": commands})

    async def result(self, request):
        self._check()
        self.results[request.match_info["job"]] = await request.json()
        return web.json_response({"ok": True})

    async def sound(self, request):
        self._check()
        self.sounds[request.match_info["call"]] = await request.read()
        return web.json_response({"ok": True})

    async def prompt(self, request):
        self._check()
        return web.Response(body=request.match_info["name"].encode())

    async def config(self, _request):
        self._check()
        return web.json_response({"fallback": {"to": ["PJSIP/agent101"], "timeout": 2}, "claim_every_s": 0.05})

    def kinds(self):
        return [event["type"] for event in sorted(self.events, key=lambda event: event["seq"])]
