"""A thousand codes that fifty clients fight for in bookings on the web: each code is used once.

Run in a database of tests, as one script of ``odoo shell``; it starts a server of its own on loopback::

    TEST_DB=load ./setup/shell odoo shell --no-http < tests/load/coupon_web.py

Two hotels are made, since bookings of one stand in line, and each client is a browser with a session of its own.
Every code is tried by two clients, at about the same time. The hotels are archived at the end. Prints what became of
the bookings, and how many answers a second there were. Variables: CODES (1000), CLIENTS (50), COUPON_PORT (8073).
"""

import os
import subprocess
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from secrets import token_hex

import requests
from lxml import html

from odoo.tools import config

CODES, CLIENTS = int(os.environ.get("CODES", 1000)), int(os.environ.get("CLIENTS", 50))
PORT = int(os.environ.get("COUPON_PORT", 8073))
URL = f"http://127.0.0.1:{PORT}"
LIMITS = ("look", "look_address", "book", "book_address", "code", "code_address")
env = env(context=dict(env.context, tracking_disable=True))  # noqa: F821


def make_hotel(name):
    """Return the address of a booking form, with its query, of a hotel with rooms enough for all."""
    hotel = env["hotel.property"].create({"name": name, "code": token_hex(3).upper(), "tz": "UTC"})
    kind = env["hotel.room.type"].create({"name": "Double", "code": "D", "property_id": hotel.id})
    kind.product_id.write({"list_price": 100.0, "taxes_id": False})
    rooms = [{"name": f"{name} {number}", "property_id": hotel.id, "room_type_id": kind.id} for number in range(CODES)]
    env["hotel.room"].create(rooms)
    env["hotel.inventory"]._open_horizon(hotel)
    plan = env["hotel.rate.plan"].create({"name": name, "code": token_hex(3).upper(), "property_ids": hotel.ids})
    arrival = hotel.business_date + timedelta(days=10)
    query = {"arrival": f"{arrival}", "departure": f"{arrival + timedelta(days=2)}", "adults": 2, "children": 0}
    return hotel, f"{URL}{hotel._get_page_url()}/book", {**query, "rooms": 1, "type": kind.id, "plan": plan.id}


def make_codes():
    plan = env["hotel.coupon.plan"].create({"name": "Rush", "company_id": env.company.id, "percent": 10})
    program = env["loyalty.program"].browse(plan.action_plan()["res_id"])
    return program._hotel_make_codes(CODES)


def serve():
    """Start a server with one process and no jobs; return it when it answers."""
    # the administrator's own command, with a fixed list of arguments
    command = ["odoo", "-c", config["config"], "--http-port", str(PORT), "--gevent-port", str(PORT + 1)]
    command += ["-d", env.cr.dbname, "--max-cron-threads", "0", "--workers", "0", "--log-level", "error"]
    limits = {"ODOO_MAX_HTTP_THREADS": "16"}
    server = subprocess.Popen([*command, "--db_maxconn", "40"], env={**os.environ, **limits})
    for _try in range(240):
        try:
            if requests.get(f"{URL}/web/health", timeout=5).ok:
                return server
        except requests.RequestException:
            time.sleep(0.5)
    server.kill()
    raise SystemExit("the server does not answer")


def open_form(path, query):
    """Return a browser with the fields of the form."""
    browser = requests.Session()
    page = html.fromstring(browser.get(path, params=query, timeout=300).content)
    form = next(form for form in page.forms if (form.get("action") or "").endswith("/book"))
    return browser, dict(form.form_values())


def run_client(number):
    """Try a part of the codes, which another client tries too; count what the pages said."""
    path, query = places[number % len(places)]
    browser, fields = open_form(path, query)
    started.wait(300)
    share = 2 * CODES // CLIENTS
    first = number // 2 * share
    for place in range(first, first + share):
        code = codes[place % CODES]
        facts = {"name": "Bea Nova", "email": f"rush{place}.{number}@example.com", "agreed": "1", "lang": "en_US"}
        sent = {**fields, **facts, "code": code, "nonce": token_hex(8)}
        answer = browser.post(path, data=sent, timeout=300)
        said = "booked" if "Your booking is confirmed" in answer.text else f"refused ({answer.status_code})"
        with lock:
            told[said] += 1


hotels = [make_hotel(name) for name in ("Rush One", "Rush Two")]
places = [(path, query) for _hotel, path, query in hotels]
cards = make_codes()
codes = cards.mapped("code")
for name in LIMITS:
    env["ir.config_parameter"].set_param(f"hotel_crm_base.rate_limit_{name}", "1000000")
env.cr.commit()
lock, told, started = threading.Lock(), Counter(), threading.Barrier(CLIENTS)
server = serve()
try:
    began = time.monotonic()
    with ThreadPoolExecutor(CLIENTS) as pool:
        list(pool.map(run_client, range(CLIENTS)))
    taken = time.monotonic() - began
finally:
    server.terminate()
    server.wait()
    env["ir.config_parameter"].search([("key", "=like", "hotel_crm_base.rate_limit_%")]).unlink()
    for hotel, _path, _query in hotels:
        hotel.active = False
    env.cr.commit()
env.invalidate_all()
uses = env["hotel.reward.use"].search([("card_id", "in", cards.ids)])
twice = [card for card, count in Counter(uses.mapped("card_id.id")).items() if count > 1]
print(f"{CODES:,} codes, {CLIENTS} clients, two for each code: {dict(told)}")
print(f"{len(uses):,} uses of {len(uses.card_id):,} codes, {len(twice)} used twice")
print(f"{sum(told.values()) / taken:.1f} answers a second")
assert len(uses) == len(uses.card_id) == told["booked"] == CODES, "a code was used twice, or not at all"
