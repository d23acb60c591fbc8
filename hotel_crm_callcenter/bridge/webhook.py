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
import time
from xml.sax.saxutils import escape, quoteattr

from aiohttp import web

from .client import Away, Refused
from .log import log

#: what the provider says of an attempt -> reason of the contract
STATUSES = {"busy": "busy", "no-answer": "no_answer", "failed": "failed", "canceled": "failed", "completed": "normal"}
LANGUAGES = {"zh_CN": "zh-CN", "en_US": "en-GB"}


def sign(token: str, url: str, fields: dict) -> str:
    """Return the signature of a request.

    >>> sign("12345", "https://mycompany.com/myapp.php?foo=1&bar=2", {
    ...     "CallSid": "CA1234567890ABCDE", "Caller": "+14158675309", "Digits": "1234",
    ...     "From": "+14158675309", "To": "+18005551212"})
    'RSOYDt4T1cUTdK1PDd93/VVr8B8='
    """
    text = url + "".join(f"{name}{fields[name]}" for name in sorted(fields))
    return base64.b64encode(hmac.new(token.encode(), text.encode(), hashlib.sha1).digest()).decode()


def write_answer(actions, next_url: str) -> str:
    """Return the XML of the actions of an answer.

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
            spoken.append(f"<Play>{escape(terms['media'])}</Play>")
        elif verb == "gather":
            most, patience = int(terms.get("max", 1)), int(terms.get("timeout", 5))
            head = f'<Gather numDigits="{most}" timeout="{patience}" finishOnKey="#"\n'
            head += f'action={quoteattr(next_url)} method="POST" actionOnEmptyResult="true">'
            parts.append(head + "".join(spoken) + "</Gather>")
            spoken = []
        else:
            parts += [*spoken, _write_last(verb, terms, next_url)]
            spoken = []
    return f'<?xml version="1.0" encoding="UTF-8"?><Response>{"".join(parts + spoken)}</Response>'


def _write_last(verb, terms, next_url):
    if verb == "record":
        most, silence = int(terms.get("max_s", 60)), int(terms.get("silence_s", 4))
        return f'<Record maxLength="{most}" timeout="{silence}" action={quoteattr(next_url)} playBeep="true"/>'
    if verb == "transfer":
        ways = "".join(f"<Sip>{escape(endpoint)}</Sip>" for endpoint in terms["to"])
        record = "record-from-answer" if terms.get("record") else "do-not-record"
        head = f'<Dial timeout="{int(terms.get("timeout", 20))}" record="{record}" action={quoteattr(next_url)}>'
        return f"{head}{ways}</Dial>"
    return "<Hangup/>"


class WebhookDriver:
    """A small web server for the provider. State of a call travels in the address, signed by the provider with it."""

    def __init__(self, settings, odoo, spool):
        self.settings, self.odoo, self.spool, self.calls = settings, odoo, spool, {}

    def make_app(self):
        """Return the web application."""
        app = web.Application(client_max_size=64 * 1024)
        app.router.add_post("/voice", self.voice)
        app.router.add_post("/status", self.status)
        return app

    async def run(self):
        """Serve, for ever."""
        runner = web.AppRunner(self.make_app(), access_log=None)
        await runner.setup()
        await web.TCPSite(runner, self.settings.webhook_host, self.settings.webhook_port).start()
        await asyncio.Event().wait()

    async def _read(self, request):
        """Return the fields of a signed request.

        :raises HTTPForbidden: the signature is not the provider's
        """
        fields = {name: str(value) for name, value in (await request.post()).items()}
        expected = sign(self.settings.webhook_token, self.settings.public_url.rstrip("/") + request.path_qs, fields)
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
            self.calls[call_id] = {"seq": 0, "node": "", "slots": {}, "lang": "", "began": time.monotonic()}
            self.tell(call_id, "call.incoming", **{"from": fields.get("From", ""), "to": fields.get("To", "")})
            self.tell(call_id, "call.answered", by="ivr")
            given = {"kind": "start", "value": ""}
        else:
            given = self._read_input(call_id, fields)
        memory = self.calls[call_id]
        if given["kind"] == "hangup":
            return web.Response(text=write_answer([{"hangup": {}}], ""), content_type="text/xml")
        question = {
            "call_id": call_id,
            "from": fields.get("From", ""),
            "to": fields.get("To", ""),
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
        xml = write_answer(answer["actions"], "/voice")
        return web.Response(text=xml, content_type="text/xml")

    def _read_input(self, call_id, fields):
        """Return what the guest did, from the fields of a step."""
        if "DialCallStatus" in fields:
            status = fields["DialCallStatus"]
            for endpoint in self.calls[call_id].pop("ringing", ()):
                kind = "agent.answered" if status in ("completed", "answered") else "agent.missed"
                self.tell(call_id, kind, endpoint=endpoint, reason=STATUSES.get(status, "failed"))
            return {"kind": "hangup" if status in ("completed", "answered") else "transfer_failed", "value": ""}
        if "RecordingUrl" in fields:
            return {"kind": "recorded", "value": ""}
        digits = fields.get("Digits", "")
        return {"kind": "digits" if digits else "timeout", "value": digits[:20]}

    def _note(self, call_id, actions):
        for action in actions:
            if "transfer" in action:
                self.calls[call_id]["ringing"] = action["transfer"]["to"]
                for endpoint in action["transfer"]["to"]:
                    self.tell(call_id, "agent.ringing", endpoint=endpoint)
            if "hangup" in action:
                self.calls[call_id]["hangup_by"] = "menu"

    async def status(self, request):
        """Note that a call has ended."""
        fields = await self._read(request)
        call_id, status = fields.get("CallSid", ""), fields.get("CallStatus", "")
        memory = self.calls.get(call_id)
        if memory and status in STATUSES:
            reason = STATUSES[status]
            seconds = round(time.monotonic() - memory["began"], 2)
            by = memory.get("hangup_by", "guest")
            self.tell(call_id, "call.ended", duration=seconds, reason=reason, hangup_by=by)
            del self.calls[call_id]
        return web.Response(text=json.dumps({"ok": True}), content_type="application/json")

    def tell(self, call_id, kind, **facts):
        """Tell Odoo what has happened."""
        memory = self.calls[call_id]
        memory["seq"] += 1
        moment = datetime.datetime.fromtimestamp(time.time(), datetime.timezone.utc).isoformat()
        body = {"event_id": f"{call_id}-{memory['seq']}", "call_id": call_id, "seq": memory["seq"], "ts": moment}
        self.spool.put("event", "/events", {**body, "type": kind, **facts})
