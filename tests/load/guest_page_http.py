"""How long the page of a guest takes over HTTP: every call that the web client makes, beside Odoo's own page.

Run in a seeded database, as one script of ``odoo shell``; it starts a server of its own on loopback::

    TEST_DB=seed ./setup/shell odoo shell --no-http < tests/load/guest_page_http.py

The calls are those that a browser was seen to make when a row of the list of guests is clicked: ``web_read``
of what the form names, the avatar, the messages, and what the chatter asks for. They follow each other on one
connection, so that their sum is the server's time plus loopback. Beside it the same of Odoo's own form of a
contact, for the same guests, in turn. A clerk is made for it and archived afterwards. Prints median and worst,
in milliseconds. Variables: PAGE_GUESTS (50), PAGE_PORT (8071).
"""

import os
import random
import secrets
import statistics
import subprocess
import time

import requests

from odoo.tests.common import new_test_user
from odoo.tools import config

from odoo.addons.hotel_crm_base.tests.sampling import draw_guests
from odoo.addons.hotel_crm_base.tests.specification import open_view

COUNT = int(os.environ.get("PAGE_GUESTS", 50))
PORT = int(os.environ.get("PAGE_PORT", 8071))
URL = f"http://127.0.0.1:{PORT}"
env = env(context=dict(env.context, tracking_disable=True))  # noqa: F821
draw = random.Random(23)
hotels = env["hotel.property"].search([])
login, password = f"load_http_{secrets.token_hex(4)}", secrets.token_urlsafe(12)
clerk = new_test_user(
    env,
    login=login,
    password=password,
    groups="hotel_crm_base.group_front_office,base.group_partner_manager",
    company_id=hotels[0].company_id.id,
    company_ids=[(6, 0, hotels.company_id.ids)],
    hotel_property_ids=[(6, 0, hotels.ids)],
)
guests = env["res.partner"].with_user(clerk)
FORMS = {
    "guest": open_view(guests, env.ref("hotel_crm_base.res_partner_view_form_hotel_guest").id, "form"),
    "contact (Odoo's own)": open_view(guests, env.ref("base.view_partner_form").id, "form"),
}
CONTEXT = {"lang": "en_US", "tz": "Asia/Shanghai", "uid": clerk.id, "allowed_company_ids": hotels[0].company_id.ids}
CHATTER = ["activities", "attachments", "contact_fields", "followers", "scheduledMessages", "suggestedRecipients"]


def ask(session, path, params):
    """Return the answer of a JSON-RPC call."""
    answer = session.post(URL + path, json={"jsonrpc": "2.0", "method": "call", "params": params}, timeout=60).json()
    if "error" in answer:
        raise SystemExit(f"{path}: {answer['error']}")
    return answer["result"]


def read_form(session, guest, form):
    """What stands in the form."""
    kwargs = {"specification": form, "context": {**CONTEXT, "bin_size": True}}
    params = {"model": "res.partner", "method": "web_read", "args": [[guest]], "kwargs": kwargs}
    ask(session, "/web/dataset/call_kw/res.partner/web_read", params)


def read_avatar(session, guest, _form):
    """The picture beside the name."""
    session.get(f"{URL}/web/image/res.partner/{guest}/avatar_128", timeout=60).raise_for_status()


def read_messages(session, guest, _form):
    """The chatter's messages."""
    params = {"thread_id": guest, "thread_model": "res.partner", "fetch_params": {"limit": 30}}
    ask(session, "/mail/thread/messages", params)


def read_chatter(session, guest, _form):
    """What stands around them."""
    thread = {"access_params": {}, "request_list": CHATTER, "thread_id": guest, "thread_model": "res.partner"}
    ask(session, "/mail/data", {"fetch_params": [["mail.thread", thread]], "context": CONTEXT})


CALLS = {"web_read": read_form, "avatar": read_avatar, "messages": read_messages, "chatter": read_chatter}


def open_pages(session, chosen):
    """Return the milliseconds of each call, by form."""
    times = {name: {call: [] for call in CALLS} for name in FORMS}
    for guest in chosen:
        for name, form in FORMS.items():
            for call, function in CALLS.items():
                started = time.perf_counter()
                function(session, guest, form)
                times[name][call].append((time.perf_counter() - started) * 1000)
    return times


def serve():
    """Start a server with one process and no jobs; return it when it answers."""
    # the administrator's own command, with a fixed list of arguments
    command = ["odoo", "-c", config["config"], "--http-port", str(PORT), "--gevent-port", str(PORT + 1)]
    server = subprocess.Popen([*command, "--max-cron-threads", "0", "--workers", "0", "--log-level", "error"])
    for _try in range(240):
        try:
            if requests.get(f"{URL}/web/health", timeout=5).ok:
                return server
        except requests.ConnectionError:
            time.sleep(0.5)
    server.kill()
    raise SystemExit("the server does not answer")


chosen = draw_guests(env, COUNT, draw)
env.cr.commit()
server = serve()
try:
    session = requests.Session()
    ask(session, "/web/session/authenticate", {"db": env.cr.dbname, "login": login, "password": password})
    open_pages(session, chosen[:3])
    times = open_pages(session, chosen)
finally:
    server.terminate()
    server.wait()
    clerk.active = False  # the access log keeps the name
    env.cr.commit()
print(f"\n{f'the page of {COUNT} guests over HTTP':<44}{'median':>9}{'worst':>9}")
for name, calls in times.items():
    for call, taken in calls.items():
        print(f"{f'{name}: {call}':<44}{statistics.median(taken):>9.1f}{max(taken):>9.1f}")
    whole = [sum(parts) for parts in zip(*calls.values(), strict=True)]
    print(f"{f'{name}: all calls':<44}{statistics.median(whole):>9.1f}{max(whole):>9.1f}", flush=True)
