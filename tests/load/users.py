"""A thousand people at once: guests at home, and staff of every role. The locustfile of tests/load/users.sh.

Each person waits ten seconds on average between two things that he or she does. What a person does is one or
several calls as a browser makes them; the table has a line for each, and one for the page as a whole.
"""

import json
import os
import random
import re
import time
from datetime import date, timedelta
from http.cookiejar import Cookie

import users_figures  # noqa: F401  it listens to the begin and the end
from locust import FastHttpUser, between, task

with open(os.environ["LOAD_PLAN"]) as file:
    PLAN = json.load(file)
TODAY = date.fromisoformat(PLAN["today"])
FIELD = re.compile(r"<input[^>]*?name=\"(\w+)\"[^>]*?value=\"([^\"]*)\"")
OFFER = re.compile(r"href=\"(/[^\"]*/book\?[^\"]+)\"")


class Person(FastHttpUser):
    """Somebody with a session of the web server."""

    abstract = True
    role = "guest"
    wait_time = between(5, 15)
    connection_timeout = network_timeout = 60

    def on_start(self):
        people = PLAN["people"][self.role]
        self.me = people[next_number(self.role) % len(people)]
        self.client.cookiejar.set_cookie(make_cookie(self.me["sid"]))
        # everybody came at another moment
        time.sleep(random.uniform(0, 10))

    def open(self, path, name, **options):
        """Open a page; an answer that is none of ours counts as an error."""
        with self.client.get(path, name=name, catch_response=True, **options) as answer:
            if answer.status_code != 200 or "/web/login" in (answer.url or ""):
                answer.failure(f"{answer.status_code} {answer.url}")
            return answer.text or ""

    def call(self, name, model, method, *args, **kwargs):
        """Call a method as the web client does."""
        kwargs["context"] = {
            "lang": "en_US", "tz": "Asia/Shanghai", "uid": self.me["uid"],
            "allowed_company_ids": [self.me["company"]], **kwargs.get("context", {}),
        }
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        return self.post_json(f"/web/dataset/call_kw/{model}/{method}", name, params)

    def post_json(self, path, name, params):
        body = {"jsonrpc": "2.0", "method": "call", "params": params}
        with self.client.post(path, name=name, json=body, catch_response=True) as answer:
            result = answer.json() if answer.status_code == 200 else {"error": answer.status_code}
            if "error" in result:
                error = result["error"]
                answer.failure(str(error["data"]["name"] if isinstance(error, dict) else error))
            return result.get("result")

    def page(self, name, *calls):
        """Make calls one after the other and count them as one page, too."""
        started = time.perf_counter()
        for call in calls:
            call()
        taken = (time.perf_counter() - started) * 1000
        self.environment.events.request.fire(
            request_type="PAGE", name=name, response_time=taken, response_length=0, exception=None, context={}
        )

    def read_form(self, name, model, number, form):
        self.call(f"{name}: form", model, "web_read", [number], specification=PLAN["forms"][self.role][form])

    def open_record(self, name, model, number, form):
        """Open a record with its messages."""
        fetch = {"thread_id": number, "thread_model": model, "fetch_params": {"limit": 30}}
        self.page(
            name,
            lambda: self.read_form(name, model, number, form),
            lambda: self.post_json("/mail/thread/messages", f"{name}: messages", fetch),
        )

    def list(self, name, model, domain, form, **options):
        found = self.call(
            name, model, "web_search_read", domain, specification=PLAN["forms"][self.role][form], limit=80, **options
        )
        return [row["id"] for row in (found or {}).get("records", ())]


def make_cookie(sid):
    """Return the cookie of a session, as the server would have set it at sign-in."""
    return Cookie(
        version=0, name="session_id", value=sid, port=None, port_specified=False, domain="127.0.0.1",
        domain_specified=False, domain_initial_dot=False, path="/", path_specified=True, secure=False, expires=None,
        discard=True, comment=None, comment_url=None, rest={},
    )


COUNTERS = {}


def next_number(role):
    COUNTERS[role] = COUNTERS.get(role, -1) + 1
    return COUNTERS[role]


class Guest(Person):
    """Looks for a room, books at times, looks at bookings, points and cases."""

    role = "guest"
    weight = len(PLAN["people"]["guest"])

    @task(6)
    def search(self):
        self.get_offers("guest: search rooms")

    def get_offers(self, name):
        arrival = TODAY + timedelta(days=random.randint(3, 60))
        departure = arrival + timedelta(days=random.randint(1, 4))
        slug = random.choice(list(PLAN["hotels"].values()))
        return self.open(f"/hotel/{slug}?arrival={arrival}&departure={departure}&adults=2&children=0&rooms=1", name)

    @task(2)
    def book(self):
        """Search, choose, fill in, book."""
        offers = OFFER.findall(self.get_offers("guest: search rooms"))
        if not offers:
            return
        path = random.choice(offers).replace("&amp;", "&")
        form = self.open(path, "guest: booking form")
        data = dict(FIELD.findall(form[form.find("csrf_token") - 200:]))
        if "expected_total" not in data:
            return
        data.pop("apply", None)  # the button that only looks what a code does
        data |= {"agreed": "1", "phone": "+351912345678", "lang": "en_US"}
        self.send(path.partition("?")[0], "guest: book", data, "/my/reservations/")

    def send(self, path, name, data, target):
        """Send a form; the page to which it leads belongs to it."""
        with self.client.post(path, name=name, data=data, catch_response=True) as answer:
            if answer.status_code != 200 or target not in (answer.url or ""):
                answer.failure(f"{answer.status_code}, no page of {target}")

    @task(2)
    def look_at_bookings(self):
        self.open("/my/reservations", "guest: own bookings")

    @task(4)
    def look_at_points(self):
        self.open("/my/club", "guest: points")

    @task(1)
    def look_at_history(self):
        self.open("/my/club/history", "guest: history of points")

    @task(1)
    def look_at_cases(self):
        self.open("/my/cases", "guest: own cases")


class Staff(Person):
    abstract = True

    def look_up(self):
        self.call("staff: look a guest up", "res.partner", "hotel_lookup", random.choice(PLAN["queries"]))

    def open_guest(self):
        self.open_record("staff: guest page", "res.partner", random.choice(PLAN["guests"]), "guest")


class FrontOffice(Staff):
    role = "front_office"
    weight = len(PLAN["people"]["front_office"])

    tasks = {Staff.look_up: 5, Staff.open_guest: 4}

    @task(3)
    def day(self):
        self.call("desk: the day", "hotel.front.desk", "get_day", self.me["hotel"])

    @task(2)
    def arrivals(self):
        domain = [["property_id", "=", self.me["hotel"]], ["state", "=", "booked"]]
        self.list("desk: list of arrivals", "hotel.stay", domain, "stays", order="arrival_date, id")

    @task(1)
    def offers(self):
        arrival = TODAY + timedelta(days=random.randint(0, 30))
        wish = {
            "arrival_date": arrival.isoformat(), "departure_date": (arrival + timedelta(days=2)).isoformat(),
            "adults": 2, "children": 0, "infants": 0,
        }
        self.call("desk: search offers", "hotel.desk.booking", "search_offers", self.me["hotel"], wish)


class Service(Staff):
    role = "service"
    weight = len(PLAN["people"]["service"])
    tasks = {Staff.look_up: 1}

    @task(4)
    def cases(self):
        found = self.list("service: list of cases", "hotel.case", [["property_id", "=", self.me["hotel"]]], "cases")
        if found:
            self.open_record("service: case", "hotel.case", random.choice(found), "case")

    @task(1)
    def note(self):
        vals = {"description": "The lamp is broken", "property_id": self.me["hotel"]}
        vals["partner_id"] = random.choice(PLAN["people"]["guest"])["partner"]
        self.call("service: new case", "hotel.case", "web_save", [], vals, {"display_name": {}})


class FoodBeverage(Staff):
    role = "food_beverage"
    weight = len(PLAN["people"]["food_beverage"])
    tasks = {Staff.look_up: 2}

    @task(2)
    def day(self):
        outlet = PLAN["outlets"].get(str(self.me["hotel"]))
        if outlet:
            self.call("outlet: the day", "hotel.outlet.desk", "get_day", outlet)


class Housekeeping(Staff):
    role = "housekeeping"
    weight = len(PLAN["people"]["housekeeping"])

    @task
    def rooms(self):
        self.call("housekeeping: rooms", "hotel.housekeeping", "get_rooms", self.me["hotel"])


class CallAgent(Staff):
    role = "call_agent"
    weight = len(PLAN["people"]["call_agent"])
    tasks = {Staff.look_up: 2, Staff.open_guest: 1}


class Manager(Staff):
    role = "manager"
    weight = len(PLAN["people"]["manager"])
    tasks = {Staff.look_up: 1}

    @task(3)
    def dashboard(self):
        """The file of the dashboard, and three of its figures."""
        measures = ["nights:sum", "room_revenue:sum", "spend:sum"]
        since = [["date", ">=", str(TODAY - timedelta(days=365))], ["property_id", "=", self.me["hotel"]]]

        def group(by):
            name = "manager: dashboard: figures"
            self.call(name, "hotel.figure.day", "formatted_read_group", since, [by], measures)

        self.page(
            "manager: dashboard",
            lambda: self.open(f"/spreadsheet/dashboard/data/{PLAN['dashboard']}", "manager: dashboard: file"),
            lambda: group("date:month"),
            lambda: group("kind"),
            lambda: group("country_id"),
        )

    @task(1)
    def guests(self):
        domain = [["is_hotel_guest", "=", True]]
        self.list("manager: list of guests", "res.partner", domain, "contacts", count_limit=10001)


class Finance(Manager):
    role = "finance"
    weight = len(PLAN["people"]["finance"])


class Marketing(Manager):
    role = "marketing"
    weight = len(PLAN["people"]["marketing"])


class Stock(Person):
    """Odoo's own list and form of contacts."""

    role = "stock"
    weight = len(PLAN["people"]["stock"])

    @task
    def contacts(self):
        options = {"offset": random.randint(0, 200) * 80, "count_limit": 10001}
        found = self.list("stock Odoo: list of contacts", "res.partner", [], "contacts", **options)
        if found:
            self.read_form("stock Odoo: contact", "res.partner", random.choice(found), "contact")
