"""Chromium as a person's browser, driven from outside; it remembers what the policies of pages refused."""

import contextlib
import itertools
import json
import pathlib
import shutil
import subprocess
import tempfile
import time

import requests
import websocket
from servers import stop_group, wait_for

PROGRAMS = ("chromium", "google-chrome", "chromium-browser")
OPTIONS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--remote-debugging-port=0",
    "--remote-allow-origins=*", "--ignore-certificate-errors", "--window-size=1366,900", "--lang=en-US",
)  # fmt: skip
#: what is on the way without a browser's fault: no provider of notifications on this machine
HARMLESS = ("Failed to load resource: the server responded with a status of 4",)


def find_browser():
    """Return Chromium; None where there is none."""
    return next(filter(None, map(shutil.which, PROGRAMS)), None)


class Browser:
    """One window; ``refused`` holds what policies refused, ``errors`` what pages complained of."""

    def __init__(self, program):
        self.place = tempfile.TemporaryDirectory(prefix="browser-", ignore_cleanup_errors=True)
        self.process = subprocess.Popen(
            [program, *OPTIONS, f"--user-data-dir={self.place.name}", "about:blank"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )
        port = wait_for(self._read_port, "Chromium")
        tabs = requests.get(f"http://127.0.0.1:{port}/json", timeout=20).json()
        url = next(tab["webSocketDebuggerUrl"] for tab in tabs if tab["type"] == "page")
        self._socket = websocket.create_connection(url, timeout=90)
        self._numbers, self.refused, self.errors = itertools.count(1), [], []
        for area in ("Page", "Runtime", "Log", "Audits"):
            self._websocket_request(f"{area}.enable")

    def _read_port(self):
        with contextlib.suppress(OSError, IndexError):
            return (pathlib.Path(self.place.name) / "DevToolsActivePort").read_text().splitlines()[0]

    def _websocket_request(self, method, params=None):
        """Ask the browser something and return the answer; the name is that of Odoo's own browser."""
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": params or {}}))
        while True:
            told = json.loads(self._socket.recv())
            if told.get("id") == number:
                if "error" in told:
                    raise AssertionError(f"{method}: {told['error']}")
                return told["result"]
            self._note(told.get("method"), told.get("params", {}))

    def _note(self, event, told):
        if event == "Audits.issueAdded" and told["issue"]["code"] == "ContentSecurityPolicyIssue":
            self.refused.append(told["issue"]["details"]["contentSecurityPolicyIssueDetails"])
        elif event == "Log.entryAdded" and told["entry"]["level"] == "error":
            self._sort(told["entry"]["text"])
        elif event == "Runtime.exceptionThrown":
            details = told["exceptionDetails"]
            self.errors.append(details.get("exception", {}).get("description") or details["text"])
        elif event == "Runtime.consoleAPICalled" and told["type"] == "error":
            self._sort(" ".join(str(part.get("value", part.get("description", ""))) for part in told["args"]))

    def _sort(self, text):
        if "Content Security Policy" in text or "Permissions Policy" in text or "permissions policy" in text:
            self.refused.append(text)
        elif not text.startswith(HARMLESS):
            self.errors.append(text)

    def open(self, url):
        """Go to an address and wait until its page has loaded."""
        self._websocket_request("Page.navigate", {"url": url})
        until = time.monotonic() + 60
        while time.monotonic() < until:
            asked = {"expression": "[location.href, document.readyState] + ''"}
            answer = self._websocket_request("Runtime.evaluate", asked)
            place, _comma, state = answer["result"]["value"].rpartition(",")
            if state == "complete" and place != "about:blank":
                return
            time.sleep(0.05)
        raise AssertionError(f"{url} does not load")

    def end(self):
        with contextlib.suppress(Exception):
            self._socket.close()
        stop_group(self.process)
        self.place.cleanup()
