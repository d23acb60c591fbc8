"""One call at Asterisk: what the menu says is done, telephones ring, talks are recorded."""

import asyncio
import datetime
import time
import uuid

from .causes import get_reason
from .log import log
from .talk import GONE, Talk

#: where the menu goes on when nobody has answered
PERSON = "_person"


class Gone(Exception):
    """The guest has hung up."""


class Call(Talk):
    """One call, from the first ring to the end. ``id`` is the guest's channel."""

    def __init__(self, driver, channel_id, caller, called, first=1):
        self.driver, self.ari, self.id = driver, driver.ari, channel_id
        self.caller, self.called = caller, called
        self.queue, self.seq, self.legs = asyncio.Queue(), first - 1, {}
        self.begun, self.talk, self.is_over = time.monotonic(), 0.0, False
        self.cause, self.hangup_by, self.digits, self.lang = 0, "", "", ""
        driver.calls[channel_id] = self

    # ---- telling Odoo -------------------------------------------------------------------------

    def tell(self, kind, **facts):
        """Tell Odoo what has happened."""
        self.seq += 1
        moment = datetime.datetime.fromtimestamp(time.time(), datetime.timezone.utc)
        body = {
            "event_id": uuid.uuid4().hex,
            "call_id": self.id,
            "seq": self.seq,
            "ts": moment.isoformat(),
            "type": kind,
            **facts,
        }
        self.driver.spool.put("event", "/events", body)

    def close(self, reason=""):
        """Tell Odoo that the call is over; once."""
        if self.is_over:
            return
        self.is_over = True
        self.driver.forget(self)
        facts = {"duration": round(time.monotonic() - self.begun, 2), "talk": round(self.talk, 2), "cause": self.cause}
        reason = reason or get_reason(self.cause)
        self.tell("call.ended", reason=reason, hangup_by=self.hangup_by or "guest", **facts)
        log("call.ended", call=self.id, reason=reason, seconds=facts["duration"])

    # ---- events of Asterisk -------------------------------------------------------------------

    async def next_event(self, until=None):
        """Return the next event of a channel of this call.

        :param float until: monotonic time
        :raises Gone: the guest has hung up
        :raises asyncio.TimeoutError: nothing has happened
        """
        patience = None if until is None else max(until - time.monotonic(), 0)
        event = await asyncio.wait_for(self.queue.get(), patience)
        about = (event.get("channel") or {}).get("id")
        if event["type"] in GONE and about == self.id:
            self.cause = event.get("cause") or self.cause or 16
            raise Gone
        if event["type"] == "ChannelDtmfReceived" and about == self.id:
            self.digits += event["digit"]
        if event["type"] == "Command" and not self.is_talking:
            self.tell("command.failed", command=event["command"]["command_id"], reason="not_talking")
        return event

    # ---- what the menu wants ------------------------------------------------------------------

    async def perform(self, actions):
        """Do the actions of an answer and return what the guest did.

        :returns: (kind, value) for the next question to Odoo; None where the call is over
        :raises Gone: the guest has hung up
        """
        self.digits = ""
        for action in actions:
            (verb, terms), *_others = action.items()
            done = await getattr(self, f"do_{verb}")(terms)
            if done is not None:
                return done or None
        return "timeout", ""

    async def do_say(self, terms):
        if terms.get("barge", True) and self.digits:
            return
        text = terms.get("phonetic") or terms["text"]
        await self.play(await self.driver.speech.render(text, terms.get("lang", "")), terms.get("barge", True))

    async def do_play(self, terms):
        if not self.digits:
            await self.play(await self.driver.get_prompt(terms["media"]), True)

    async def play(self, sound, barge):
        """Play a sound to its end, or until a key is pressed."""
        playback = uuid.uuid4().hex
        await self.ari.ask("POST", f"/channels/{self.id}/play/{playback}", media=f"sound:{self.driver.sounds}/{sound}")
        until = time.monotonic() + 120
        while True:
            event = await self.next_event(until)
            if event["type"] == "PlaybackFinished" and event["playback"]["id"] == playback:
                return
            if barge and self.digits:
                await self.ari.attempt("DELETE", f"/playbacks/{playback}")
                return

    async def do_gather(self, terms):
        """Wait for keys; those pressed while the menu was speaking count."""
        most, end = terms.get("max", 1), terms.get("terminator", "#")
        until = time.monotonic() + terms.get("timeout", 5)
        known = len(self.digits)
        while len(self.digits) < most and not (most > 1 and end in self.digits):
            try:
                await self.next_event(until)
            except asyncio.TimeoutError:
                break
            if len(self.digits) > known:
                known, until = len(self.digits), time.monotonic() + terms.get("timeout", 5)
        digits = self.digits.split(end)[0] if most > 1 else self.digits
        self.digits = ""
        return ("digits", digits[:most]) if digits else ("timeout", "")

    async def do_record(self, terms):
        name = f"{self.id}-{uuid.uuid4().hex[:8]}"
        await self.ari.ask(
            "POST", f"/channels/{self.id}/record", name=name, format="wav", beep="true", terminateOn="#",
            maxDurationSeconds=terms.get("max_s", 60), maxSilenceSeconds=terms.get("silence_s", 4),
        )  # fmt: skip
        try:
            while True:
                event = await self.next_event(time.monotonic() + terms.get("max_s", 60) + 5)
                if event["type"] in ("RecordingFinished", "RecordingFailed") and event["recording"]["name"] == name:
                    break
        finally:
            await self.collect(name, terms.get("purpose", "message"))
        self.digits = ""
        return "recorded", ""

    async def do_hangup(self, _terms):
        self.hangup_by, self.cause = "menu", 16
        await self.ari.attempt("DELETE", f"/channels/{self.id}", reason_code=16)
        return ()

    async def do_transfer(self, terms):
        """Ring agents; the talk goes on until one of both hangs up."""
        leg = await self.driver.ring(self, terms)
        if not leg:
            return "transfer_failed", ""
        if await self.talk_with(leg, terms.get("record", False)):
            return "transfer_failed", ""
        return ()
