"""What Odoo wants: calls that are made, agent first or menu first, and commands of agents in a talk."""

import asyncio
import time

from .call import PERSON, Call
from .causes import get_reason
from .log import log
from .poller import Poller
from .talk import GONE


class Outgoing(Poller):
    """The part of a driver that makes calls."""

    def command(self, command):
        """Hand what an agent wants to its call; a call that is over wants nothing."""
        call = self.calls.get(command["call_id"])
        if call:
            call.queue.put_nowait({"type": "Command", "command": command})

    async def begin(self, job):
        """Make a call and tell what became of it."""
        # no id may begin with another one: Asterisk takes them for the same
        channel = f"out-{job['job_id']}-{job['attempt']}-guest"
        call = Call(self, channel, job["to"], job["caller_id"])
        call.result = {"attempt": job["attempt"], "status": "failed", "reason": "failed", "call_id": channel}
        call.lang = job.get("lang") or ""
        began = time.monotonic()
        await self.guard(call, self._begin(call, job))
        result = {**call.result, "talk_s": round(call.talk, 2)}
        result.setdefault("wait_s", round(time.monotonic() - began, 2))
        self.spool.put("result", f"/outbound/{job['job_id']}/result", result)
        log(
            "outbound.done", job=job["job_id"], attempt=job["attempt"], status=result["status"], reason=result["reason"]
        )

    async def _begin(self, call, job):
        call.tell("call.outgoing", **{"from": call.caller, "to": call.called, "job_id": job["job_id"]})
        leg = ""
        if job["mode"] == "agent_first":
            leg = await self._ring_group(call, [job["agent"]], 20)
            if not leg:
                call.hangup_by = "agent"
                return
        call.hangup_by = "network"
        if not await self._reach(call, job):
            return
        call.hangup_by = ""
        call.tell("call.answered", by="guest")
        if leg:
            if await call.talk_with(leg, job.get("record", False)):
                await self.menu(call, PERSON, "transfer_failed")
        else:
            await self.menu(call, job.get("node") or "outbound")

    async def _reach(self, call, job):
        """Ring the guest and return whether he or she has answered."""
        began, timeout = time.monotonic(), job.get("timeout", 25)
        endpoint = f"PJSIP/{job['to']}@{self.settings.trunk}"
        if not await self.originate(call.id, endpoint, "guest", timeout, job["caller_id"]):
            return False
        event = {}
        while event.get("type") != "StasisStart" or event["channel"]["id"] != call.id:
            event = await asyncio.wait_for(call.queue.get(), timeout + 10)
            about = (event.get("channel") or {}).get("id")
            if event["type"] == "ChannelDestroyed" and about == call.id:
                waited = time.monotonic() - began
                cause, sip = event.get("cause", 0), event.get("tech_cause") or 0
                reason = get_reason(cause, sip, waited > timeout - 0.5)
                call.cause = cause
                call.result |= {"reason": "failed" if reason == "normal" else reason, "cause": cause, "sip": sip}
                call.result["wait_s"] = round(waited, 2)
                return False
            if event["type"] in GONE and about in call.legs:
                # the agent has given up before the guest has answered
                await self.ari.attempt("DELETE", f"/channels/{call.id}")
                return False
        call.result |= {"status": "answered", "reason": "", "wait_s": round(time.monotonic() - began, 2)}
        return True
