"""What we ask of a provider on the internet: to begin calls, and for recordings."""

import asyncio

import aiohttp

from .client import recording_path
from .log import log
from .poller import Poller

#: largest recording that is fetched, in bytes
MOST = 128 * 1024 * 1024


class Provider(Poller):
    """The part of the webhook driver that asks; state of calls is the driver's."""

    @property
    def headers(self):
        login, password = self.settings.provider_account, self.settings.webhook_token
        return {"Authorization": aiohttp.encode_basic_auth(login, password)}

    # ---- recordings ---------------------------------------------------------------------------

    async def collect(self, call_id, url, purpose):
        """Fetch a recording and keep it for Odoo; from the provider and from nowhere else."""
        home = self.settings.provider_url.rstrip("/") + "/"
        if not url.startswith(home):
            log("recording.elsewhere", call=call_id)
            return
        address = url if url.endswith(".wav") else url + ".wav"
        for pause in (1, 5, 30, None):
            try:
                sound = await self._fetch(address)
                break
            except (aiohttp.ClientError, asyncio.TimeoutError, OSError) as error:
                log("recording.away", call=call_id, error=type(error).__name__)
                if pause is None:
                    return
                await asyncio.sleep(pause)
        self.tell(call_id, "recording.ready", size=len(sound))
        body = {"name": f"{purpose}-{self.calls[call_id]['seq']}", "purpose": purpose}
        self.spool.put("sound", recording_path(call_id), body, sound)

    async def _fetch(self, url):
        limit = aiohttp.ClientTimeout(total=60)
        async with self.session.get(url, headers=self.headers, timeout=limit, allow_redirects=False) as answer:
            answer.raise_for_status()
            sound = await answer.content.read(MOST)
            while part := await answer.content.read(MOST - len(sound)):
                sound += part
            return sound

    # ---- calls that are made ------------------------------------------------------------------

    def command(self, command):
        """Say no to what an agent wants: a provider's calls are held and passed on at the telephone only."""
        if command["call_id"] in self.calls:
            self.tell(command["call_id"], "command.failed", command=command["command_id"], reason="unsupported")

    async def begin(self, job):
        """Let the provider call the guest, or the agent first."""
        is_agent_first = job["mode"] == "agent_first"
        fields = {
            "To": job["agent"] if is_agent_first else job["to"],
            "From": job["caller_id"],
            "Url": f"{self.base}/voice",
            "StatusCallback": f"{self.base}/status",
            "Timeout": str(job.get("timeout", 25)),
        }
        url = (
            f"{self.settings.provider_url.rstrip('/')}/2010-04-01/Accounts/{self.settings.provider_account}/Calls.json"
        )
        limit = aiohttp.ClientTimeout(total=10)
        try:
            async with self.session.post(url, data=fields, headers=self.headers, timeout=limit) as answer:
                answer.raise_for_status()
                call_id = (await answer.json())["sid"]
        except (aiohttp.ClientError, asyncio.TimeoutError, OSError, ValueError, KeyError) as error:
            log("provider.refused", job=job["job_id"], error=type(error).__name__)
            self.report(job, "", "failed", "failed")
            return
        node = "" if is_agent_first else job.get("node") or "outbound"
        self.remember(call_id, job["to"], job["caller_id"], job=job, node=node, lang=job.get("lang") or "")
        self.tell(call_id, "call.outgoing", **{"from": job["to"], "to": job["caller_id"], "job_id": job["job_id"]})
        if is_agent_first:
            self.tell(call_id, "agent.ringing", endpoint=job["agent"])

    def answered(self, call_id):
        """Somebody has taken a call that we have begun.

        :returns: the actions that connect an agent with the guest; none where the menu is to speak
        """
        memory = self.calls[call_id]
        job, memory["is_asked"] = memory["job"], True
        if job["mode"] == "agent_first":
            self.tell(call_id, "agent.answered", endpoint=job["agent"])
            return [{"transfer": {"to": [], "number": job["to"], "timeout": job.get("timeout", 25)}}]
        self.tell(call_id, "call.answered", by="guest")
        self.report(job, call_id, "answered", "")
        return []

    def dialled(self, call_id, status, seconds):
        """The agent was connected with the guest, or was not."""
        memory = self.calls[call_id]
        is_reached = status in ("completed", "answered")
        self.tell(call_id, "agent.left", endpoint=memory["job"]["agent"])
        reason = "" if is_reached else {"busy": "busy", "no-answer": "no_answer"}.get(status, "failed")
        talk = float(seconds) if seconds.isdecimal() else 0.0
        self.report(memory["job"], call_id, "answered" if is_reached else "failed", reason, talk)

    def finished(self, call_id, reason):
        """A call has ended; where nobody was reached, say why."""
        job = self.calls[call_id].get("job")
        if job:
            is_guest = job["mode"] != "agent_first"
            # an agent who does not answer is no try at the guest
            self.report(job, call_id, "failed", reason if is_guest and reason != "normal" else "failed")

    def report(self, job, call_id, status, reason, talk_s=0.0):
        """Tell what became of an attempt; the first word counts."""
        if job.get("is_told"):
            return
        job["is_told"] = True
        result = {"attempt": job["attempt"], "status": status, "reason": reason, "call_id": call_id, "talk_s": talk_s}
        self.spool.put("result", f"/outbound/{job['job_id']}/result", result)
        log("outbound.done", job=job["job_id"], attempt=job["attempt"], status=status, reason=reason)
