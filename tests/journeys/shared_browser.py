"""A Chromium that one story after the other uses: it starts once, and has Odoo's files ready for the next.

A story finds nothing in it of those before but these files: it has a tab of its own; cookies, storage and workers
are gone. Where two stories look on at once, each has a Chromium of its own.
"""

import atexit
import contextlib
import shutil
import signal
import subprocess
import time
from collections import defaultdict
from typing import NamedTuple

import requests
import websocket

from odoo.tests import common
from odoo.tests.common import HOST, ChromeBrowser

#: how many times longer than core's seconds a busy machine may take
SLOWNESS = 6
common.CHECK_BROWSER_ITERATIONS *= SLOWNESS


class Chromium(NamedTuple):
    """One that runs."""

    process: subprocess.Popen
    port: int
    folder: str

    def ask(self, command, method="get"):
        return requests.request(method, f"http://{HOST}:{self.port}/json/{command}", timeout=10 * SLOWNESS)

    def end(self):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


class SharedBrowser(ChromeBrowser):
    """A tab of a Chromium that nobody else uses now."""

    idle = defaultdict(list)  # by whether they have a touch screen

    def _chrome_start(self, user_data_dir, touch_enabled, **options):
        self.is_touch = touch_enabled
        while self.idle[touch_enabled]:
            self.chromium = self.idle[touch_enabled].pop()
            if self.chromium.process.poll() is None:
                shutil.rmtree(user_data_dir, ignore_errors=True)
                break
            self.chromium.end()
        else:
            process, port = super()._chrome_start(user_data_dir, touch_enabled, **options)
            self.chromium = Chromium(process, port, user_data_dir)
        self.user_data_dir = self.chromium.folder
        return self.chromium.process, self.chromium.port

    def _open_websocket(self):
        tab = self.chromium.ask("new?about:blank", "put").json()
        self.tab = tab["id"]
        connection = websocket.create_connection(
            tab["webSocketDebuggerUrl"], enable_multithread=True, suppress_origin=True
        )
        connection.settimeout(0.01)
        return connection

    def _websocket_request(self, method, *, params=None, timeout=10.0):
        return super()._websocket_request(method, params=params, timeout=timeout * SLOWNESS)

    def stop(self):
        """Close the tab and give the Chromium back; end it where this does not work."""
        try:
            origin = self.test_case.base_url()
            self._websocket_request("Storage.clearDataForOrigin", params={"origin": origin, "storageTypes": "all"})
            self._websocket_request("Network.clearBrowserCookies")
            self._result.cancel()
            self.chromium.ask(f"close/{self.tab}")
            self._await_rest()
        except Exception:
            self._logger.warning("Chromium is ended", exc_info=True)
            self.chromium.end()
        else:
            self.idle[self.is_touch].append(self.chromium)
        finally:
            with contextlib.suppress(AttributeError):  # a connection that broke is gone
                self.ws.close()
            signal.signal(signal.SIGXCPU, self.sigxcpu_handler)

    def _await_rest(self):
        """Wait until neither the tab nor a worker of it is there any more."""
        until = time.monotonic() + 5  # to start another one takes no longer

        def is_left(target):
            return target["id"] == self.tab or target["url"] != "about:blank"

        while any(map(is_left, self.chromium.ask("list").json())):
            if time.monotonic() > until:
                raise TimeoutError("a tab does not close")
            time.sleep(0.02)


@atexit.register
def end_all():
    """End those that wait for a next story."""
    for waiting in SharedBrowser.idle.values():
        while waiting:
            waiting.pop().end()
