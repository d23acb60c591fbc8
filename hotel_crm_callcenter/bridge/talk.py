"""A talk between a guest and an agent: connected, held, passed on, recorded."""

import asyncio
import time
from dataclasses import dataclass

from .ari import AriError
from .client import recording_path
from .log import log

GONE = ("StasisEnd", "ChannelDestroyed")
#: what the agent does on his or her own telephone
HOLDS = {"ChannelHold": "call.held", "ChannelUnhold": "call.resumed"}


@dataclass
class Line:
    """Where a talk goes on: the agent's channel and telephone, Asterisk's bridge, the recording ('' for none)."""

    leg: str
    endpoint: str
    bridge: str
    recording: str
    is_held: bool = False


class Talk:
    """The part of a call in which guest and agent speak with each other."""

    is_talking = False

    async def talk_with(self, leg, record=False):
        """Connect the guest with an agent's telephone that has answered, until one of both hangs up.

        :param str leg: id of the agent's channel
        :returns: whether the guest is still there: passed on to somebody who does not answer
        """
        bridge = await self.ari.ask("POST", "/bridges", type="mixing", name=f"talk-{self.id}")
        await self.ari.ask("POST", f"/bridges/{bridge['id']}/addChannel", channel=f"{self.id},{leg}")
        name = f"talk-{self.id}"
        if record:
            await self.ari.ask("POST", f"/bridges/{bridge['id']}/record", name=name, format="wav", ifExists="overwrite")
        self.tell("agent.answered", endpoint=self.legs.get(leg, ""))
        return await self.talk_on(leg, bridge["id"], name if record else "")

    async def talk_on(self, leg, bridge_id, recording):
        """Follow a talk to its end, and the guest to whom he or she is passed on; as `talk_with`.

        The next talk is recorded where this one was: the guest was told then.
        """
        terms = await self.watch_talk(Line(leg, self.legs.get(leg, ""), bridge_id, recording))
        if terms is None:
            return False
        where = [*terms.get("to", ())]
        if terms.get("extension"):
            where = [f"Local/{terms['extension']}@{self.driver.settings.extension_context}/n"]
        other = await self.driver.ring(self, {**terms, "to": where}) if where else ""
        return await self.talk_with(other, bool(recording)) if other else True

    async def watch_talk(self, line):
        """Wait until a talk is over and clear up after it.

        :returns: the terms of the transfer that has ended it, else None
        """
        began, onward = time.monotonic(), None
        self.is_talking = True
        try:
            while onward is None:
                event = await self.next_event()
                kind = event["type"]
                if kind in GONE and event["channel"]["id"] == line.leg:
                    self.hangup_by, self.cause = "agent", event.get("cause") or 16
                    break
                if kind in HOLDS:
                    self.tell(HOLDS[kind], endpoint=line.endpoint)
                elif kind == "Command":
                    onward = await self.obey(event["command"], line)
        finally:
            self.is_talking = False
            self.talk += time.monotonic() - began
            self.tell("agent.left", endpoint=line.endpoint)
            await self.clear_up(line, [line.leg] if onward else [line.leg, self.id])
        return onward

    async def clear_up(self, line, channels):
        """End what a talk has needed, and keep its recording."""
        for channel in channels:
            await self.ari.attempt("DELETE", f"/channels/{channel}")
        await self.ari.attempt("DELETE", f"/bridges/{line.bridge}")
        self.legs.pop(line.leg, None)
        if line.recording:
            await self.collect(line.recording, "talk")

    # ---- what the agent wants from the desk ---------------------------------------------------

    async def obey(self, command, line):
        """Do what the agent wants, and tell that it is done; an error leaves the talk as it is.

        :param dict command: of the contract
        :returns: the command where the guest is passed on, else None
        """
        number = command["command_id"]
        try:
            told = await getattr(self, f"obey_{command['kind']}")(line)
        except (AriError, AttributeError) as error:
            log("command.failed", call=self.id, error=type(error).__name__)
            self.tell("command.failed", command=number, reason="failed")
            return None
        self.tell(told, endpoint=line.endpoint, command=number)
        return command if told == "call.transferred" else None

    async def obey_hold(self, line):
        """The guest hears music, the agent nothing; the recording pauses."""
        if not line.is_held:
            await self.ari.ask("POST", f"/bridges/{line.bridge}/removeChannel", channel=self.id)
            line.is_held = True
            await self.ari.attempt("POST", f"/channels/{self.id}/moh")
            if line.recording:
                await self.ari.attempt("POST", f"/recordings/live/{line.recording}/pause")
        return "call.held"

    async def obey_resume(self, line):
        if line.is_held:
            await self.ari.attempt("DELETE", f"/channels/{self.id}/moh")
            await self.ari.ask("POST", f"/bridges/{line.bridge}/addChannel", channel=self.id)
            line.is_held = False
            if line.recording:
                await self.ari.attempt("DELETE", f"/recordings/live/{line.recording}/pause")
        return "call.resumed"

    async def obey_transfer(self, line):
        """The guest leaves the talk; the agent is free."""
        if line.is_held:
            await self.ari.attempt("DELETE", f"/channels/{self.id}/moh")
        else:
            await self.ari.ask("POST", f"/bridges/{line.bridge}/removeChannel", channel=self.id)
        return "call.transferred"

    async def obey_hangup(self, line):
        """The agent's telephone is hung up; what follows is as if by hand."""
        await self.ari.attempt("DELETE", f"/channels/{line.leg}")
        return "call.hangup"

    # ---- recordings ---------------------------------------------------------------------------

    async def collect(self, name, purpose):
        """Move a recording from Asterisk to the spool."""
        for _turn in range(30):
            try:
                sound = await self.ari.ask("GET", f"/recordings/stored/{name}/file")
                break
            except AriError:
                await asyncio.sleep(0.1)
        else:
            log("recording.missing", call=self.id)
            return
        self.tell("recording.ready", name=name, size=len(sound))
        # the name may hold a number in some exchanges: of no use to Odoo
        body = {"name": f"{purpose}-{self.seq}", "purpose": purpose}
        self.driver.spool.put("sound", recording_path(self.id), body, sound)
        await self.ari.attempt("DELETE", f"/recordings/stored/{name}")
