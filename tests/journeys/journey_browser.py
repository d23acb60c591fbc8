"""A browser that a test drives as a person does: by keys and by pointing, with screenshots.

    class TestDesk(JourneyCase):
        def test_it(self):
            with self._browse("clerk", "/odoo", size=PHONE) as page:
                page.click(".o_box")
                page.type("5678")
                page.wait(".o_row")
                page.shoot("found")

Screenshots go to the folder HOTEL_CRM_SCREENSHOTS, else var/screenshots; "none" takes them of failures only.

Each story is told in one language and one width; what is marked by ``again`` tells it in the others, with JOURNEYS=all.
"""

import base64
import json
import os
import pathlib
import time
from contextlib import contextmanager

from shared_browser import SharedBrowser

from odoo.tests import HttpCase

from odoo.addons.hotel_crm_base.tests.common import HotelMakers

DESKTOP, PHONE = (1366, 768), (390, 844)
PATIENCE = 120  # seconds: the first page builds the assets
SETTLED = 0.4  # seconds that animations of Odoo take
VAR = pathlib.Path(__file__).parents[2] / "var"
KEYS = {
    "Enter": (13, "\r"),
    "Escape": (27, None),
    "Tab": (9, None),
    "PageUp": (33, None),
    "PageDown": (34, None),
    "End": (35, None),
    "Home": (36, None),
    "ArrowLeft": (37, None),
    "ArrowUp": (38, None),
    "ArrowRight": (39, None),
    "ArrowDown": (40, None),
}


def again(method):
    """Mark the same story in another language or at another width: told when JOURNEYS=all."""
    method.again = True
    return method


class JourneyCase(HotelMakers, HttpCase):
    """Makers, a server and a browser."""

    @contextmanager
    def _browse(self, login, path, size=DESKTOP):
        """Open a page as this user (whose password is the login) and give it to the test."""
        self.touch_enabled = size == PHONE
        self.browser_size = f"{size[0]}x{size[1]}"
        browser = SharedBrowser(self)
        try:
            with self.allow_requests(browser=browser):
                self.authenticate(login, login, browser=browser)
                self.env.flush_all()
                self.env.invalidate_all()
                page = Page(self, browser, size)
                browser.navigate_to(self.base_url() + path)
                yield page
                page.check_no_error()
                browser.navigate_to("about:blank")
                self._wait_remaining_requests()
        finally:
            browser.stop()
        self.env.invalidate_all()


#: what a field offers to choose
OFFERED = ".o-autocomplete--dropdown-item:not(.o_m2o_dropdown_option)"


class Page:
    """What a person does with a page, and what is to be seen on it."""

    def __init__(self, case, browser, size):
        self.case, self.browser, self.size = case, browser, size
        self.scale = 2 if size == PHONE else 1
        if size == PHONE:
            device = {"width": size[0], "height": size[1], "deviceScaleFactor": 2, "mobile": True}
            self._ask("Emulation.setDeviceMetricsOverride", **device)
            self._ask("Emulation.setTouchEmulationEnabled", enabled=True)

    def _ask(self, method, **params):
        return self.browser._websocket_request(method, params=params)

    def evaluate(self, expression):
        """Return what a JavaScript expression comes to."""
        answer = self._ask("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise AssertionError(f"{expression}: {answer['exceptionDetails']}")
        return answer["result"].get("value")

    def wait(self, selector, text="", count=None):
        """Wait until an element is visible, with this text in it, so many times."""
        script = f"""[...document.querySelectorAll({json.dumps(selector)})].filter(
            el => el.getClientRects().length && el.textContent.includes({json.dumps(text)})).length"""
        self._until(lambda: self._enough(self.evaluate(script), count), f"{selector} {text!r}")

    def wait_for(self, expression):
        """Wait until a JavaScript expression is true."""
        self._until(lambda: bool(self.evaluate(f"Boolean({expression})")), expression)

    def wait_for_promise(self, expression):
        """Wait until a promise, made again and again, comes to something true."""
        self._until(lambda: self.evaluate(expression), expression)

    def wait_gone(self, selector):
        """Wait until nothing visible answers to a selector."""
        script = f"""[...document.querySelectorAll({json.dumps(selector)})].some(el => el.getClientRects().length)"""
        self._until(lambda: not self.evaluate(script), f"{selector} gone")

    @staticmethod
    def _enough(found, count):
        return found > 0 if count is None else found == count

    def _until(self, is_true, what):
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if is_true():
                return
            time.sleep(0.05)
        self._take_picture("failed")
        raise AssertionError(f"not to be seen within {PATIENCE} s: {what}")

    def open(self, action):
        """Open an action by its XML id, as a menu does: the client stays, its page is not loaded anew."""
        service = "odoo.__WOWL_DEBUG__.root.env.services.action"
        self.evaluate(f"{service}.doAction({json.dumps(action)}, {{ clearBreadcrumbs: true }}).then(() => true)")

    def text(self, selector):
        """Return the text of the first element, in one line."""
        script = f"document.querySelector({json.dumps(selector)})?.innerText"
        return " ".join((self.evaluate(script) or "").split())

    def value(self, selector):
        """Return what stands in an input."""
        return self.evaluate(f"document.querySelector({json.dumps(selector)})?.value")

    def is_wider_than_screen(self):
        """Return whether one has to scroll sideways."""
        return self.evaluate("document.documentElement.scrollWidth > window.innerWidth + 1")

    def click(self, selector):
        """Point at the middle of the first visible element and press."""
        self.wait(selector)
        x, y = self._find_rest(selector)
        if self.size == PHONE:
            self._ask("Input.dispatchTouchEvent", type="touchStart", touchPoints=[{"x": x, "y": y}])
            self._ask("Input.dispatchTouchEvent", type="touchEnd", touchPoints=[])
            return
        for kind in ("mousePressed", "mouseReleased"):
            self._ask("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def click_until(self, selector, seen):
        """Click, and again where the page was not ready for it: its scripts may come after what they act on."""
        ends = []

        def is_seen():
            if self.evaluate(f"Boolean(document.querySelector({json.dumps(seen)})?.getClientRects().length)"):
                return True
            if not ends or time.monotonic() > ends[-1]:
                self.evaluate(f"document.querySelector({json.dumps(selector)})?.click()")
                ends.append(time.monotonic() + 3)
            return False

        self._until(is_seen, f"{seen} after {selector}")

    def point(self, kind, x, y, **more):
        """Do one thing with the mouse: mousePressed, mouseMoved, mouseReleased or mouseWheel."""
        held = {"button": "left", "buttons": int(kind != "mouseReleased"), "clickCount": 1}
        self._ask("Input.dispatchMouseEvent", type=kind, x=x, y=y, **({} if kind == "mouseWheel" else held), **more)

    def _find_rest(self, selector):
        """Return the middle of an element, once it has stopped moving."""
        script = f"""(() => {{
            const el = [...document.querySelectorAll({json.dumps(selector)})]
                .find(el => el.getClientRects().length);
            el?.scrollIntoView({{ block: "nearest" }});
            const box = el?.getBoundingClientRect();
            return box && [box.x + box.width / 2, box.y + box.height / 2];
        }})()"""
        places = []

        def is_at_rest():
            places.append(self.evaluate(script))
            time.sleep(0.04)
            return len(places) > 2 and places[-1] and places[-1] == places[-2] == places[-3]

        self._until(is_at_rest, f"{selector} at rest")
        return places[-1]

    def type(self, text):
        """Type into what has the focus, sign by sign."""
        for sign in text:
            self._ask("Input.insertText", text=sign)

    def choose(self, field, text):
        """Type into a field that offers records, and take the first: not before the list has followed what is typed.

        :param str field: selector of the field
        """
        self.click(f"{field} input")
        self.type(text)
        take = f"""(() => {{
            const clean = (text) => text.replace(/\\s+/g, " ").trim();
            const offered = [...document.querySelectorAll({json.dumps(OFFERED)})].filter(
                (el) => el.getClientRects().length);
            if (!offered.length) {{
                return clean(document.querySelector({json.dumps(f"{field} input")})?.value || "");
            }}
            if (offered.every((el) => el.textContent.includes({json.dumps(text)}))) {{
                const label = clean(offered[0].textContent);
                offered[0].click();
                return [label];
            }}
        }})()"""
        taken = []

        def is_taken():
            found = self.evaluate(take)
            if isinstance(found, list):
                taken[:] = found
            return bool(taken) and found == taken[0]

        self._until(is_taken, f"{text!r} offered by {field}")

    def press(self, key, alt=False):
        """Press one key, such as Enter or n."""
        code, text = KEYS.get(key, (ord(key.upper()[0]), key))
        params = {"key": key, "windowsVirtualKeyCode": code, "modifiers": 1 if alt else 0}
        if text and not alt:
            params["text"] = text
        self._ask("Input.dispatchKeyEvent", type="keyDown", **params)
        self._ask("Input.dispatchKeyEvent", type="keyUp", key=key, windowsVirtualKeyCode=code)

    def shoot(self, name, whole=False, pause=SETTLED):
        """Keep a picture of what is to be seen; or of the whole page, also what one has to scroll to.

        :param float pause: seconds until what moves has come to rest
        """
        is_kept = os.environ.get("HOTEL_CRM_SCREENSHOTS") != "none"
        # who tells the story looks, too, before he goes on
        time.sleep(pause if is_kept else min(pause, SETTLED))
        if is_kept:
            self._take_picture(name, whole)

    def _take_picture(self, name, whole=False):
        folder = os.environ.get("HOTEL_CRM_SCREENSHOTS", "none")
        folder = VAR / "screenshots" if folder in ("", "none") else pathlib.Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        more = {}
        if whole:
            size = self._ask("Page.getLayoutMetrics")["cssContentSize"]
            more = {"captureBeyondViewport": True, "clip": {**size, "scale": 1}}
        data = self._ask("Page.captureScreenshot", format="png", **more)["data"]
        (folder / f"{self.case._testMethodName}_{name}.png").write_bytes(base64.b64decode(data))

    def check_no_error(self):
        """Fail where the page has reported an error."""
        result = self.browser._result
        if self.browser.had_failure:
            raise AssertionError(result.exception() if result.done() else "the page reported an error")
