"""The driver for a provider on the internet: it asks step by step, we answer in XML.

The provider posts a form for each step and signs it: HMAC-SHA1 over the address and the sorted fields with
the account's token, base64, in the header X-Twilio-Signature. Whatever is not signed so is refused. The
answers are the usual elements: Say, Play, Gather, Record, Dial, Hangup.
"""

import asyncio
import base64
import datetime
import hashlib
import hmac
import json
import re
import time
from xml.sax.saxutils import escape, quoteattr

from aiohttp import web

from .client import Away, Refused
from .legs import Legs, write_leg
from .log import log
from .provider import Provider

#: what the provider says of an attempt -> reason of the contract
STATUSES = {"busy": "busy", "no-answer": "no_answer", "failed": "failed", "canceled": "failed", "completed": "normal"}
LANGUAGES = {"zh_CN": "zh-CN", "en_US": "en-GB"}
PROMPT = re.compile(r"\d{1,9}-(en_US|zh_CN)", re.ASCII)
#: seconds for which a call is remembered: its recording may come after its end
REMEMBERED = 4 * 3600


def sign(token: str, url: str, fields: dict) -> str:
    """Return the signature of a request.

    >>> sign("12345", "https://mycompany.com/myapp.php?foo=1&bar=2", {
    ...     "CallSid": "CA1234567890ABCDE", "Caller": "+14158675309", "Digits": "1234",
    ...     "From": "+14158675309", "To": "+18005551212"})
    'RSOYDt4T1cUTdK1PDd93/VVr8B8='
    """
    text = url + "".join(f"{name}{fields[name]}" for name in sorted(fields))
    return base64.b64encode(hmac.new(token.encode(), text.encode(), hashlib.sha1).digest()).decode()


def write_answer(actions, next_url: str, base: str = "") -> str:
    """Return the XML of the actions of an answer.

    :param str base: where the provider finds us, for prompts and recordings

    >>> print(write_answer([{"say": {"text": "A & B", "lang": "en_US"}}, {"gather": {"max": 1, "timeout": 5}}], "/n"))
    <?xml version="1.0" encoding="UTF-8"?><Response><Gather numDigits="1" timeout="5" finishOnKey="#"
    action="/n" method="POST" actionOnEmptyResult="true"><Say language="en-GB">A &amp; B</Say></Gather></Response>
    >>> write_answer([{"hangup": {}}], "/n").endswith("<Response><Hangup/></Response>")
    True
    """
    parts, spoken = [], []
    for action in actions:
        ((verb, terms),) = action.items()
        if verb == "say":
            lang = LANGUAGES.get(terms.get("lang"), "en-GB")
            spoken.append(f"<Say language={quoteattr(lang)}>{escape(terms['text'])}</Say>")
        elif verb == "play":
            spoken.append(f"<Play>{escape(base + '/prompts/' + terms['media'].partition(':')[2])}</Play>")
        elif verb == "gather":
            most, patience = int(terms.get("max", 1)), int(terms.get("timeout", 5))
            head = f'<Gather numDigits="{most}" timeout="{patience}" finishOnKey="#"\n'
            head += f'action={quoteattr(next_url)} method="POST" actionOnEmptyResult="true">'
            parts.append(head + "".join(spoken) + "</Gather>")
            spoken = []
        else:
            parts += [*spoken, _write_last(verb, terms, next_url, base)]
            spoken = []
    return f'<?xml version="1.0" encoding="UTF-8"?><Response>{"".join(parts + spoken)}</Response>'


def _write_last(verb, terms, next_url, base):
    if verb == "record":
        most, silence = int(terms.get("max_s", 60)), int(terms.get("silence_s", 4))
        return f'<Record maxLength="{most}" timeout="{silence}" action={quoteattr(next_url)} playBeep="true"/>'
    if verb == "transfer":
        ways = "".join(write_leg(endpoint, base, number) for number, endpoint in enumerate(terms["to"]))
        ways += f"<Number>{escape(terms['number'])}</Number>" if terms.get("number") else ""
        record = "do-not-record"
        if terms.get("record"):
            record = f'record-from-answer" recordingStatusCallback="{base}/recording'
        head = f'<Dial timeout="{int(terms.get("timeout", 20))}" record="{record}" action={quoteattr(next_url)}>'
        return f"{head}{ways}</Dial>"
    return "<Hangup/>"


class WebhookDriver(Legs, Provider):
    """A small web server for the provider."""

    def __init__(self, settings, session, odoo, spool):
        self.settings, self.session, self.odoo, self.spool = settings, session, odoo, spool
        self.calls, self.tasks, self.prompts, self.config = {}, set(), {}, {}
        self.base = settings.public_url.rstrip("/")

    def make_app(self):
        """Return the web application."""
        app = web.Application(client_max_size=64 * 1024)
        app.router.add_post("/voice", self.voice)
        app.router.add_post("/status", self.status)
        app.router.add_post("/recording", self.recording)
        app.router.add_post("/leg", self.leg)
        app.router.add_get("/prompts/{name}", self.prompt)
        return app

    async def run(self):
        """Serve and make calls, for ever."""
        self.start(self.poll())
        self.start(self.reload())
        runner = web.AppRunner(self.make_app(), access_log=None)
        await runner.setup()
        await web.TCPSite(runner, self.settings.webhook_host, self.settings.webhook_port).start()
        await asyncio.Event().wait()

    async def _read(self, request):
        """Return the fields of a signed request.

        :raises HTTPForbidden: the signature is not the provider's
        """
        fields = {name: str(value) for name, value in (await request.post()).items()}
        expected = sign(self.settings.webhook_token, self.base + request.path_qs, fields)
        given = request.headers.get("X-Twilio-Signature", "")
        if not self.settings.webhook_token or not hmac.compare_digest(expected, given):
            log("webhook.forged", path=request.path)
            raise web.HTTPForbidden(text="signature")
        return fields

    async def voice(self, request):
        """Answer one step of a call."""
        fields = await self._read(request)
        call_id = fields.get("CallSid", "")
        if call_id not in self.calls:
            self.remember(call_id, fields.get("From", ""), fields.get("To", ""))
            self.tell(call_id, "call.incoming", **{"from": fields.get("From", ""), "to": fields.get("To", "")})
            self.tell(call_id, "call.answered", by="ivr")
            given = {"kind": "start", "value": ""}
        elif not self.calls[call_id]["is_asked"]:
            # we have called: the guest, or the agent who is to be connected with the guest
            if actions := self.answered(call_id):
                return self._respond(actions)
            given = {"kind": "start", "value": ""}
        else:
            given = self._read_input(call_id, fields)
        memory = self.calls[call_id]
        if given["kind"] == "hangup":
            return self._respond([{"hangup": {}}])
        memory["is_asked"] = True
        question = {
            "call_id": call_id,
            "from": memory["guest"],
            "to": memory["hotel"],
            "input": given,
            **{name: memory[name] for name in ("node", "slots", "lang")},
        }
        try:
            answer = await self.odoo.ask("/ivr/next", question)
        except (Away, Refused) as error:
            log("menu.away", call=call_id, error=str(error))
            # the provider asks its fallback address, which is the hotel's reception
            raise web.HTTPServiceUnavailable(text="away") from None
        memory.update({name: answer[name] for name in ("node", "slots", "lang")})
        self._note(call_id, answer["actions"])
        return self._respond(answer["actions"])

    def _respond(self, actions):
        return web.Response(text=write_answer(actions, "/voice", self.base), content_type="text/xml")

    def remember(self, call_id, guest, hotel, **more):
        """Remember a call; those that are long over are forgotten."""
        now = time.monotonic()
        for old in [key for key, memory in self.calls.items() if now - memory["began"] > REMEMBERED]:
            del self.calls[old]
        memory = {"seq": 0, "node": "", "slots": {}, "lang": "", "began": now, "is_over": False, "is_asked": False}
        self.calls[call_id] = {**memory, "guest": guest, "hotel": hotel, "purpose": "talk", **more}

    def _read_input(self, call_id, fields):
        """Return what the guest did, from the fields of a step."""
        if "DialCallStatus" in fields:
            status, seconds = fields["DialCallStatus"], fields.get("DialCallDuration", "")
            if self.calls[call_id].get("job") and not self.calls[call_id].get("ringing"):
                self.dialled(call_id, status, seconds)
                return {"kind": "hangup", "value": ""}
            return self.end_legs(call_id, status, seconds)
        if "RecordingUrl" in fields:
            self.start(self.collect(call_id, fields["RecordingUrl"], self.calls[call_id]["purpose"]))
            return {"kind": "recorded", "value": ""}
        digits = fields.get("Digits", "")
        return {"kind": "digits" if digits else "timeout", "value": digits[:20]}

    def _note(self, call_id, actions):
        for action in actions:
            if "transfer" in action:
                self.calls[call_id]["ringing"] = [*action["transfer"]["to"]]
                for endpoint in action["transfer"]["to"]:
                    self.tell(call_id, "agent.ringing", endpoint=endpoint)
            if "record" in action:
                self.calls[call_id]["purpose"] = action["record"].get("purpose", "message")
            if "hangup" in action:
                self.calls[call_id]["hangup_by"] = "menu"

    async def status(self, request):
        """Note that a call has ended."""
        fields = await self._read(request)
        call_id, status = fields.get("CallSid", ""), fields.get("CallStatus", "")
        memory = self.calls.get(call_id)
        if memory and status in STATUSES and not memory["is_over"]:
            memory["is_over"] = True
            reason = STATUSES[status]
            seconds = round(time.monotonic() - memory["began"], 2)
            by = memory.get("hangup_by", "guest")
            self.tell(call_id, "call.ended", duration=seconds, reason=reason, hangup_by=by)
            self.finished(call_id, reason)
        return web.Response(text=json.dumps({"ok": True}), content_type="application/json")

    async def recording(self, request):
        """Fetch a recording of a talk that the provider has ready."""
        fields = await self._read(request)
        if fields.get("CallSid") in self.calls and fields.get("RecordingStatus", "completed") == "completed":
            self.start(self.collect(fields["CallSid"], fields.get("RecordingUrl", ""), "talk"))
        return web.json_response({"ok": True})

    async def prompt(self, request):
        """Return a recorded prompt, which says nothing about anybody; fetched from Odoo once."""
        name = request.match_info["name"]
        if not PROMPT.fullmatch(name):
            raise web.HTTPNotFound
        if name not in self.prompts:
            try:
                self.prompts[name] = await self.odoo.send("GET", f"/prompts/{name}", raw=True)
            except (Away, Refused):
                raise web.HTTPNotFound from None
        return web.Response(body=self.prompts[name], content_type="audio/x-wav")

    def tell(self, call_id, kind, ago=0.0, **facts):
        """Tell Odoo what has happened, so many seconds ago."""
        memory = self.calls[call_id]
        memory["seq"] += 1
        moment = datetime.datetime.fromtimestamp(time.time() - ago, datetime.timezone.utc).isoformat()
        body = {"event_id": f"{call_id}-{memory['seq']}", "call_id": call_id, "seq": memory["seq"], "ts": moment}
        self.spool.put("event", "/events", {**body, "type": kind, **facts})
