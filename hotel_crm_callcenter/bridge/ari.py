"""Asterisk's REST interface and its stream of events."""

import asyncio
import json

import aiohttp

from .log import log


class AriError(Exception):
    """Asterisk has refused a request; ``status`` is the HTTP status."""

    def __init__(self, status):
        super().__init__(f"status {status}")
        self.status = status


class Ari:
    """A client of one Asterisk."""

    def __init__(self, settings, session):
        self.url, self.application = settings.ari_url.rstrip("/") + "/ari", settings.application
        self.session = session
        self.headers = {"Authorization": aiohttp.encode_basic_auth(settings.ari_user, settings.ari_password)}

    async def ask(self, method, path, **params):
        """Send one request; return what comes back, bytes of a sound too.

        :raises AriError: Asterisk has refused it, or is away (status 0)
        """
        query = {name: str(value) for name, value in params.items() if value is not None}
        try:
            async with self.session.request(
                method, self.url + path, params=query, headers=self.headers, timeout=aiohttp.ClientTimeout(total=10)
            ) as response:
                content = await response.read()
                if response.status >= 400:
                    raise AriError(response.status)
                is_json = "json" in response.headers.get("Content-Type", "")
        except (aiohttp.ClientError, asyncio.TimeoutError, OSError) as error:
            raise AriError(0) from error
        return json.loads(content) if content and is_json else content

    async def attempt(self, method, path, **params):
        """Send a request of which it does not matter whether it is too late; return whether it was not."""
        try:
            await self.ask(method, path, **params)
        except AriError as error:
            if error.status not in (404, 409):
                log("ari.refused", path=path.split("/")[1], status=error.status)
            return False
        return True

    async def listen(self, handle, connected):
        """Hand events to ``handle``; connect again for ever. ``connected`` is awaited after each connecting."""
        pause = 0.5
        while True:
            try:
                async with self.session.ws_connect(
                    f"{self.url}/events",
                    params={"app": self.application, "subscribeAll": "false"},
                    headers=self.headers,
                    heartbeat=15,
                ) as socket:
                    pause = 0.5
                    log("ari.connected")
                    task = asyncio.ensure_future(connected())
                    async for message in socket:
                        if message.type == aiohttp.WSMsgType.TEXT:
                            handle(json.loads(message.data))
                    await task
            except (aiohttp.ClientError, asyncio.TimeoutError, OSError) as error:
                log("ari.away", error=type(error).__name__)
            await asyncio.sleep(pause)
            pause = min(pause * 2, 10)


def get_channel(event: dict) -> str:
    """Return the id of the channel that an event is about, '' where there is none.

    >>> get_channel({"type": "StasisStart", "channel": {"id": "a.1"}})
    'a.1'
    >>> get_channel({"type": "PlaybackFinished", "playback": {"target_uri": "channel:a.1"}})
    'a.1'
    >>> get_channel({"type": "DeviceStateChanged"})
    ''
    """
    if "channel" in event:
        return event["channel"]["id"]
    for name in ("playback", "recording"):
        kind, _colon, found = event.get(name, {}).get("target_uri", "").partition(":")
        if kind == "channel":
            return found
    return ""
