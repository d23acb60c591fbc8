"""What goes on in a hotel while its servers are killed: streams of work, each of which counts what it was promised.

A stream behaves as a careful caller does: it repeats what was not answered, by the same key, until it is.
"""

import base64
import json
import threading
import time
from datetime import date, datetime, timedelta

import requests

TROUBLE = (requests.RequestException, ValueError)


def is_trouble(answer):
    """Say whether an answer means "later": an error of the server, or a page where JSON is due.

    While PostgreSQL recovers Odoo knows no database, and so no routes but its own.
    """
    return answer.status_code in (409, 429, 500, 502, 503) or "No database is selected" in answer.text


class Stream(threading.Thread):
    """Does one piece of work after the other until it is told to finish."""

    pause = 0.0

    def __init__(self, site, facts, draw):
        super().__init__(daemon=True)
        self.site, self.facts, self.draw = site, facts, draw
        self.url = f"http://127.0.0.1:{site.port}"
        self.done, self.tries, self.failure = [], 0, None
        self.finishing = threading.Event()

    def run(self):
        try:
            number = 0
            while not self.finishing.is_set() and self.work(number):
                number += 1
                time.sleep(self.pause)
        except Exception as error:  # noqa: BLE001  the test says so
            self.failure = error

    def insist(self, attempt, what):
        """Repeat an attempt until it returns something; what is refused for good raises an AssertionError."""
        until = time.monotonic() + 300
        while time.monotonic() < until:
            self.tries += 1
            try:
                if answer := attempt():
                    return answer
            except TROUBLE:
                pass
            time.sleep(0.1)
        raise AssertionError(f"{what} was not answered within five minutes")


class Bookings(Stream):
    """Books rooms over the API, each under a key of its own."""

    def work(self, number):
        key, day = f"kill-{number:06}", date.fromisoformat(self.facts["first"]) + timedelta(days=3 + number % 300)
        room = {
            "room_type": self.facts["room_type_code"], "rate_plan": self.facts["plan_code"],
            "arrival": str(day), "departure": str(day + timedelta(days=2)),
        }
        booker = {"name": f"Booker {number}", "email": f"booker{number}@example.com"}
        body = {"property": self.facts["code"], "rooms": [room], "booker": booker}
        headers = {"Authorization": f"Bearer {self.facts['api_key']}", "Idempotency-Key": key}

        def attempt():
            answer = requests.post(f"{self.url}/hotel/api/v1/bookings", json=body, headers=headers, timeout=20)
            if answer.status_code in (200, 201):
                return answer.json()
            assert is_trouble(answer), answer.text
            return {"sold_out": True} if "sold_out" in answer.text else None

        booked = self.insist(attempt, f"the booking {key}")
        if "sold_out" not in booked:
            self.done.append(number)
        return True


class Calls(Stream):
    """Tells of calls as the telephony bridge does: in batches, some of them twice."""

    pause = 0.05

    def work(self, number):
        call = f"kill.{number}"
        headers = {"Authorization": f"Bearer {self.facts['bridge_key']}"}

        def attempt(events):
            url = f"{self.url}/hotel_callcenter/v1/events"
            answer = requests.post(url, json={"events": events}, headers=headers, timeout=20)
            assert answer.status_code == 200 or is_trouble(answer), answer.text
            return answer.status_code == 200

        events = list(get_events(call))
        self.insist(lambda: attempt(events[:2]), f"the call {call}")
        again = events[1:] if self.draw.random() < 0.3 else events[2:]
        self.insist(lambda: attempt(again), f"the call {call}")
        self.done.append(call)
        return True


def get_events(call):
    """Yield the events of a call that an agent answers."""
    steps = (
        ("call.incoming", {"from": "+351912345678", "to": "5000"}),
        ("call.answered", {"by": "ivr"}),
        ("agent.ringing", {"endpoint": "PJSIP/agent101"}),
        ("agent.answered", {"endpoint": "PJSIP/agent101"}),
        ("call.ended", {"talk": 60.0, "reason": "normal", "cause": 16, "hangup_by": "guest"}),
    )
    for number, (kind, values) in enumerate(steps, 1):
        moment = datetime(2026, 5, 4, 10, 0, number).isoformat() + "Z"
        yield {
            "event_id": f"{call}-{number}", "pbx": "main", "call_id": call, "seq": number, "ts": moment,
            "type": kind, **values,
        }


class Client(Stream):
    """Somebody at the web client."""

    login = "clerk_site"

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.session = requests.Session()

    def sign_in(self):
        params = {"db": "hotel", "login": self.login, "password": self.login}
        answer = self.session.post(f"{self.url}/web/session/authenticate", json={"params": params}, timeout=20).json()
        return answer.get("result", {}).get("uid")

    def ask(self, model, method, *args, **kwargs):
        """Return the answer of a call; None where it was refused."""
        kwargs["context"] = {"allowed_company_ids": [self.facts["company"]]}
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        url = f"{self.url}/web/dataset/call_kw/{model}/{method}"
        answer = self.session.post(url, json={"params": params}, timeout=20).json()
        self.error = answer.get("error")
        if self.error and self.error.get("code") == 100:  # Odoo forgets a session whose database did not answer
            self.sign_in()
        return answer.get("result")


class CheckOuts(Client):
    """Checks guests out; after no answer it looks whether they are out."""

    pause = 0.2

    def work(self, number):
        if number >= len(self.facts["stays"]):
            return False
        stay = self.facts["stays"][number]
        if not number:
            self.insist(self.sign_in, "signing in")

        def attempt():
            state = self.ask("hotel.stay", "read", [stay], ["state"])
            if state and state[0]["state"] == "departed":
                return True
            self.ask("hotel.stay", "action_check_out", [stay])
            return False

        self.insist(attempt, f"the check-out of {stay}: {json.dumps(getattr(self, 'error', None))[:600]}")
        self.done.append(stay)
        return True


class Imports(Client):
    """Uploads a file of guests, has it loaded by the job, waits, uploads the next."""

    login, rows = "boss_site", 1500

    def work(self, number):
        if not number:
            self.insist(self.sign_in, "signing in")
        source = f"kill{number}"
        lines = [f"G{row},Guest {source} {row},{source}.{row}@example.com" for row in range(self.rows)]
        content = base64.b64encode("\n".join(["reference,name,email", *lines]).encode()).decode()
        vals = {"kind": "guests", "file": content, "file_name": f"{source}.csv", "source_system": source}

        def make():
            found = self.ask("hotel.import.job", "search_read", [["source_system", "=", source]], ["state"])
            if found:
                return found[0]["id"]
            return found is not None and (self.ask("hotel.import.job", "create", [vals]) or [None])[0]

        job = self.insist(make, f"the upload of {source}")

        def load():
            found = self.ask("hotel.import.job", "read", [job], ["state"])
            state = found and found[0]["state"]
            step = {"draft": "action_read", "mapping": "action_load", "stopped": "action_continue"}.get(state)
            if step:
                self.ask("hotel.import.job", step, [job])
            return state == "done"

        self.insist(load, f"the import {source}")
        self.done.append(source)
        return True
