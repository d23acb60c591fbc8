"""A telephone provider on loopback: begins calls, asks the bridge step by step, keeps recordings."""

import base64
import json
import threading
import urllib.parse
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from xml.etree import ElementTree

from odoo.addons.hotel_crm_callcenter.bridge.webhook import sign

ACCOUNT, TOKEN = "AC1", "token-of-the-test"


class Provider:
    """What a provider does, with the rules of its contract: signed forms, XML answers, calls by its API."""

    def __init__(self, sound):
        self.sound, self.calls, self.count, self.fetched, self.bridge, self.public = sound, {}, 0, [], "", ""
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"provider": self}))
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def begin(self, fields):
        """Somebody asks us to call; the test says what becomes of it."""
        self.count += 1
        sid = f"CA{self.count}"
        self.calls[sid] = fields
        return sid

    def post(self, path, **fields):
        """Post a signed form to the bridge and return its answer."""
        data = urllib.parse.urlencode(fields).encode()
        request = urllib.request.Request(self.bridge + path, data=data)
        request.add_header("X-Twilio-Signature", sign(TOKEN, self.public + path, fields))
        with urllib.request.urlopen(request, timeout=120) as answer:
            return answer.read().decode()

    def ask(self, call, **fields):
        """Post a step of a call and return the elements of the answer."""
        text = self.post("/voice", **call, **fields)
        return list(ElementTree.fromstring(text.split("?>", 1)[1]))

    def dial(self, caller, to, keys, answered=""):
        """Let a guest call and press keys; return what he or she has heard.

        :param str answered: the telephone that is answered where some ring; '' for none
        """
        self.count += 1
        call = {"CallSid": f"CA{self.count}", "From": caller, "To": to}
        keys, heard, steps = list(keys), [], {}
        while True:
            elements = self.ask(call, **steps)
            heard += [
                say.text or say.get("src")
                for element in elements
                for say in element.iter()
                if say.tag in ("Say", "Play")
            ]
            last = elements[-1] if elements else None
            if last is None or last.tag == "Hangup":
                break
            steps = self.act(call, last, keys, answered)
        self.post("/status", CallSid=call["CallSid"], CallStatus="completed")
        return heard

    def act(self, call, element, keys, answered):
        """Return the fields of the next step."""
        if element.tag == "Gather":
            return {"Digits": keys.pop(0)} if keys else {"Digits": ""}
        if element.tag == "Record":
            return {"RecordingUrl": f"{self.url}/recordings/RE{call['CallSid']}"}
        ways = {way.text: way.get("statusCallback") for way in element}
        if answered not in ways:
            return {"DialCallStatus": "no-answer"}
        self.post(ways[answered].removeprefix(self.public), ParentCallSid=call["CallSid"], CallStatus="in-progress")
        if element.get("recordingStatusCallback"):
            path = element.get("recordingStatusCallback").removeprefix(self.public)
            self.post(path, CallSid=call["CallSid"], RecordingUrl=f"{self.url}/recordings/RT{call['CallSid']}")
        return {"DialCallStatus": "completed", "DialCallDuration": "30"}


class _Handler(BaseHTTPRequestHandler):
    provider = None

    def _is_known(self):
        key = base64.b64encode(f"{ACCOUNT}:{TOKEN}".encode()).decode()
        if self.headers.get("Authorization") == f"Basic {key}":
            return True
        self.send_error(401)
        return False

    def do_GET(self):
        if not self._is_known():
            return
        self.provider.fetched.append(self.path)
        self._answer(self.provider.sound, "audio/x-wav")

    def do_POST(self):
        if not self._is_known():
            return
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        sid = self.provider.begin(dict(urllib.parse.parse_qsl(body)))
        self._answer(json.dumps({"sid": sid}).encode(), "application/json")

    def _answer(self, content, kind):
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_arguments):
        """Say nothing."""
