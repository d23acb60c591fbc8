"""The driver for Asterisk: calls that come in, and the telephones of agents that ring."""

import asyncio
import time

from .adoption import Adoption
from .ari import Ari, AriError, get_channel
from .call import Call, Gone
from .causes import get_reason
from .client import Away, Refused
from .log import log
from .outgoing import Outgoing

SOUNDS = "hotel"


class AsteriskDriver(Outgoing, Adoption):
    """All calls of one Asterisk."""

    sounds = SOUNDS

    def __init__(self, settings, session, odoo, spool, speech):
        self.settings, self.odoo, self.spool, self.speech = settings, odoo, spool, speech
        self.ari = Ari(settings, session)
        self.calls, self.channels, self.tasks, self.config = {}, {}, set(), {}

    async def run(self):
        """Serve calls, for ever."""
        self.start(self.poll())
        self.start(self.reload())
        await self.ari.listen(self.handle, self.adopt)

    def handle(self, event):
        """Hand an event of Asterisk to its call."""
        channel = get_channel(event)
        arguments = event.get("args") or [""]
        if event["type"] == "StasisStart" and arguments[0] == "inbound" and channel not in self.calls:
            called = (arguments[1:] or [event["channel"]["dialplan"]["exten"]])[0]
            call = Call(self, channel, event["channel"]["caller"]["number"], called)
            self.start(self.incoming(call))
            return
        call = self.calls.get(channel) or self.channels.get(channel)
        if call:
            call.queue.put_nowait(event)

    def forget(self, call):
        """Let a call that is over go."""
        self.calls.pop(call.id, None)
        for channel in [channel for channel, other in self.channels.items() if other is call]:
            del self.channels[channel]

    # ---- calls that come in -------------------------------------------------------------------

    async def incoming(self, call):
        """Serve a call that has come in."""
        await self.guard(call, self._incoming(call))

    async def _incoming(self, call):
        await self.subscribe(call.id)
        call.tell("call.incoming", **{"from": call.caller, "to": call.called})
        await self.ari.ask("POST", f"/channels/{call.id}/answer")
        call.tell("call.answered", by="ivr")
        await self.menu(call)

    async def subscribe(self, channel):
        """Hear of a channel's end after it has left us, too."""
        await self.ari.attempt(
            "POST", f"/applications/{self.settings.application}/subscription", eventSource=f"channel:{channel}"
        )

    async def guard(self, call, work):
        """Do the work of a call; whatever goes wrong, the guest is not left in silence."""
        try:
            await work
        except Gone:  # pylint: disable=except-pass
            pass
        except Exception as error:
            # who hangs up while we ask something of Asterisk is gone, and no error
            if not isinstance(error, AriError) or await self.is_there(call.id):
                log("call.failed", call=call.id, error=type(error).__name__)
                call.hangup_by = "bridge"
                await self.hand_over(call)
        finally:
            for leg in list(call.legs):
                await self.ari.attempt("DELETE", f"/channels/{leg}")
            call.close("failed" if call.hangup_by == "bridge" else "")

    async def is_there(self, channel):
        """Return whether a channel is there still."""
        try:
            await self.ari.ask("GET", f"/channels/{channel}")
        except AriError as error:
            return error.status != 404
        return True

    async def hand_over(self, call):
        """Give a call back to the dialplan, which rings the reception."""
        context = self.settings.fallback_context
        await self.ari.attempt("POST", f"/channels/{call.id}/continue", context=context, extension="s", priority=1)

    async def menu(self, call, node="", kind="start"):
        """Ask Odoo what to do, do it, and so on until the call is over."""
        slots, value = {}, ""
        while True:
            question = {
                "call_id": call.id,
                "from": call.caller,
                "to": call.called,
                "lang": call.lang,
                "node": node,
                "slots": slots,
                "input": {"kind": kind, "value": value},
            }
            try:
                answer = await self.odoo.ask("/ivr/next", question)
            except (Away, Refused) as error:
                log("menu.away", call=call.id, error=str(error))
                await self.without_odoo(call)
                return
            node, slots, call.lang = answer["node"], answer["slots"], answer["lang"]
            done = await call.perform(answer["actions"])
            if not done:
                return
            kind, value = done

    async def without_odoo(self, call):
        """Odoo is away: the default queue rings, else the dialplan takes the call."""
        where = self.config.get("fallback") or {}
        if where.get("to"):
            leg = await self.ring(call, {**where, "strategy": "ring_all"})
            if leg and not await call.talk_with(leg):
                return
        call.hangup_by = "bridge"
        await self.hand_over(call)

    async def get_prompt(self, media):
        """Return the name of a recorded prompt, fetched once."""
        name = "".join(sign for sign in media if sign.isalnum() or sign in "-_")
        if not (self.speech.folder / f"{name}.wav").exists():
            content = await self.odoo.send("GET", f"/prompts/{media.partition(':')[2]}", raw=True)
            self.speech.keep(name, content)
        return name

    # ---- ringing agents -----------------------------------------------------------------------

    async def ring(self, call, terms):
        """Ring agents' telephones and return the channel of the one that has answered, '' where none has.

        :param dict terms: to (endpoints), strategy, timeout
        """
        await self.ari.attempt("POST", f"/channels/{call.id}/ring")
        groups = [terms["to"]] if terms.get("strategy") == "ring_all" else [[endpoint] for endpoint in terms["to"]]
        try:
            for group in groups:
                leg = await self._ring_group(call, group, terms.get("timeout", 20))
                if leg:
                    return leg
        finally:
            await self.ari.attempt("DELETE", f"/channels/{call.id}/ring")
        return ""

    async def _ring_group(self, call, endpoints, timeout):
        """Ring telephones at the same time; the first one has the call."""
        ringing, until = set(), time.monotonic() + timeout + 2
        winner = ""
        for endpoint in endpoints:
            leg = self.name_leg(call, endpoint)
            call.tell("agent.ringing", endpoint=endpoint)
            if await self.originate(leg, endpoint, "agent", timeout, call.caller):
                ringing.add(leg)
            else:
                self.miss(call, leg, "failed", 0)
        try:
            while ringing and not winner:
                event = await call.next_event(until)
                leg = (event.get("channel") or {}).get("id")
                if leg in ringing and event["type"] == "StasisStart":
                    winner = leg
                elif leg in ringing and event["type"] == "ChannelDestroyed":
                    ringing.discard(leg)
                    self.miss(
                        call,
                        leg,
                        get_reason(event.get("cause", 0), event.get("tech_cause", 0), True),
                        event.get("cause", 0),
                    )
        except asyncio.TimeoutError:  # pylint: disable=except-pass
            pass
        finally:
            for leg in ringing - {winner}:
                self.miss(call, leg, "answered_elsewhere" if winner else "no_answer", 0)
                await self.ari.attempt("DELETE", f"/channels/{leg}")
        return winner

    def name_leg(self, call, endpoint):
        """Return the id of a new channel to a telephone; it does not begin with another one's, see `outgoing`."""
        leg = f"agent-leg{len(self.channels)}-{int(time.monotonic() * 1000) % 10**7}-{call.id}"
        call.legs[leg] = endpoint
        self.channels[leg] = call
        return leg

    def miss(self, call, leg, reason, cause):
        """A telephone was not answered."""
        endpoint = call.legs.pop(leg, "")
        self.channels.pop(leg, None)
        call.tell("agent.missed", endpoint=endpoint, reason=reason, cause=cause)

    async def originate(self, channel, endpoint, kind, timeout, caller):
        """Call a telephone; return whether Asterisk tries."""
        return await self.ari.attempt(
            "POST", f"/channels/{channel}", endpoint=endpoint, app=self.settings.application, appArgs=kind,
            timeout=timeout, callerId=caller or None,
        )  # fmt: skip
