"""A minute in which 1,000 guests complain and 1,000 answer a survey, over HTTP; then the board with 20,000 open cases.

Run in a database of its own, which is left with what was made, as one script of ``odoo shell``; it starts a server
of its own on loopback, prefork with WORKERS processes::

    TEST_DB=bench ./setup/shell odoo shell --no-http < tests/load/service_http.py

Each guest has a room, a stay in house, a session and a moment of arrival, evenly over SECONDS. Who complains opens
the page behind the code of the room and sends its form (sorting, routing, deadlines and the page of the case that
follows are part of it); who answers opens the link of the survey, begins and sends all answers. Prints how long it took
until the last one was through, the milliseconds of each step (middle, 95 of 100, worst), what was refused or lost,
and how long the board takes. Variables: GUESTS (1000), SECONDS (60), WORKERS (2), CASES (20000), PORT (8075).
"""

import collections
import os
import re
import secrets
import statistics
import subprocess
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import requests

from odoo import fields
from odoo.tests.common import new_test_user
from odoo.tools import config

GUESTS, SECONDS = int(os.environ.get("GUESTS", 1000)), int(os.environ.get("SECONDS", 60))
WORKERS, CASES = os.environ.get("WORKERS", "2"), int(os.environ.get("CASES", 20_000))
PORT = int(os.environ.get("PORT", 8075))
URL = f"http://127.0.0.1:{PORT}"
TEXTS = ("空调太吵了，一晚上没睡好", "The bathroom was dirty", "Two towels please", "早餐是凉的", "Wi-Fi is slow")
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
QUIET = {"tracking_disable": True, "mail_create_nolog": True, "mail_create_nosubscribe": True}
env = env(context=dict(env.context, **QUIET))  # noqa: F821
taken, lost, guard = collections.defaultdict(list), collections.Counter(), threading.Lock()


def make_hotel():
    """Return a hotel with a department and a room, a guest and a stay in house for each of twice GUESTS."""
    mark = secrets.token_hex(3).upper()
    hotel = env["hotel.property"].create({"name": f"Load {mark}", "code": f"L{mark}", "tz": "Asia/Shanghai"})
    env["hotel.department"].create({"name": "Desk", "code": "D", "property_id": hotel.id, "is_fallback": True})
    kind = env["hotel.room.type"].create({"name": "Load", "code": "L", "property_id": hotel.id, "list_price": 100.0})
    count = 2 * GUESTS
    rooms = env["hotel.room"].create(
        [{"name": f"L{n}", "property_id": hotel.id, "room_type_id": kind.id} for n in range(count)]
    )
    guests = env["res.partner"].create([{"name": f"Guest {mark} {n}", "is_hotel_guest": True} for n in range(count)])
    today = fields.Date.today()
    stays = env["hotel.stay"].create(
        [
            {
                "partner_id": guest.id,
                "property_id": hotel.id,
                "room_type_id": kind.id,
                "room_id": room.id,
                "arrival_date": today - timedelta(days=1),
                "departure_date": today + timedelta(days=2),
                "state": "in_house",
                "source_system": "load",
                "source_ref": f"{mark}/{room.id}",
            }
            for guest, room in zip(guests, rooms, strict=True)
        ]
    )
    return hotel, rooms, stays


def make_links(hotel, stays):
    """Return the link of the survey of each stay."""
    survey = env.ref("hotel_crm_service.survey_post_stay")
    rule = env["hotel.survey.rule"].create(
        {"name": "Load", "survey_id": survey.id, "company_id": hotel.company_id.id, "property_ids": hotel.ids}
    )
    answers = {}
    for question in survey.question_ids.filtered("hotel_metric"):
        value = {"nps": "9", "comment": "The room was a little noisy, 早餐很好"}.get(question.hotel_metric, "4")
        answers[str(question.id)] = value
    return [link.get_start_url() for link in rule._make_inputs(stays)], answers


def timed(step, call):
    """Return the answer of one request, and keep its time."""
    started = time.perf_counter()
    answer = call()
    with guard:
        taken[step].append((time.perf_counter() - started) * 1000)
        if answer.status_code >= 400:
            lost[f"{step}: {answer.status_code}"] += 1
    return answer


def open_session():
    """Return a session as a proxy in front shows it: a connection that is kept open holds one of few processes."""
    session = requests.Session()
    session.headers["Connection"] = "close"
    return session


def complain(number, path):
    """Open the page of a room and send what is wrong."""
    session = open_session()
    page = timed("room page", lambda: session.get(URL + path, timeout=120))
    data = {**dict(HIDDEN.findall(page.text)), "kind": "complaint", "text": f"{TEXTS[number % 5]} ({number})"}
    timed("case sent", lambda: session.post(URL + path, data=data, timeout=120))


def respond(_number, path, answers):
    """Open the link of a survey and answer it."""
    session = open_session()
    timed("survey page", lambda: session.get(URL + path, timeout=120))
    tokens = "/".join(re.search(r"/survey/start/([^?]+)\?answer_token=(.+)", path).groups())
    for step, params in (("begin", {}), ("submit", answers)):
        body = {"jsonrpc": "2.0", "method": "call", "params": params}
        answer = timed(f"survey {step}", lambda: session.post(f"{URL}/survey/{step}/{tokens}", json=body, timeout=120))
        if "error" in answer.json():
            lost[f"survey {step}: error"] += 1


def arrive(began, number, call, *args):
    """Wait for one's moment, then come; whoever gives up is counted."""
    time.sleep(max(0, began + SECONDS * number / GUESTS - time.perf_counter()))
    try:
        call(number, *args)
    except (requests.RequestException, ValueError, AttributeError) as error:
        with guard:
            lost[f"{call.__name__}: {type(error).__name__}"] += 1


def serve():
    """Start a server without jobs; return it when it answers."""
    # the administrator's own command, with a fixed list of arguments
    command = ["odoo", "-c", config["config"], "--http-port", str(PORT), "--gevent-port", str(PORT + 1)]
    server = subprocess.Popen([*command, "--max-cron-threads", "0", "--workers", WORKERS, "--log-level", "error"])
    for _try in range(240):
        try:
            if requests.get(f"{URL}/web/health", timeout=5).ok:
                return server
        except requests.ConnectionError:
            time.sleep(0.5)
    server.kill()
    raise SystemExit("the server does not answer")


def fill(hotel, stays):
    """Fill the board by SQL up to CASES open ones."""
    env.cr.execute(
        """INSERT INTO hotel_case (subject, description, kind, source, severity, state, partner_id, property_id,
                  company_id, department_id, create_date, write_date, create_uid, write_uid, clock_started_at, due_at,
                  answer_deadline, solve_deadline)
           SELECT 'Case ' || n, 'Text ' || n, 'complaint', 'portal', 'normal',
                  (ARRAY['new','assigned','assigned','waiting'])[n %% 4 + 1], (%s::int[])[n %% %s + 1], %s, %s,
                  (SELECT min(id) FROM hotel_department WHERE property_id = %s), now(), now(), 1, 1, now(),
                  now() + n * INTERVAL '1 minute', now() + n * INTERVAL '1 minute', now() + n * INTERVAL '2 minute'
             FROM generate_series(1, %s) n""",
        [stays.partner_id.ids, len(stays), hotel.id, hotel.company_id.id, hotel.id, CASES],
    )
    env.cr.execute("ANALYZE hotel_case")
    env.cr.commit()


def open_board(session):
    """Ask what the web client asks when the board opens."""
    shown = {name: {} for name in "subject severity kind state name due_at is_overdue activity_ids".split()}
    linked = {"fields": {"display_name": {}}}
    shown |= {f"{name}_id": linked for name in ("room", "partner", "category", "department", "user")}
    kwargs = {
        "domain": [("state", "in", ("new", "assigned", "waiting"))],
        "groupby": ["state"],
        "aggregates": ["__count"],
        "auto_unfold": True,
        "unfold_read_specification": shown,
        "unfold_read_default_limit": 40,
        "order": "due_at, id",
    }
    params = {"model": "hotel.case", "method": "web_read_group", "args": [], "kwargs": kwargs}
    body = {"jsonrpc": "2.0", "method": "call", "params": params}
    answer = timed("board", lambda: session.post(f"{URL}/web/dataset/call_kw/hotel.case/web_read_group", json=body))
    if "error" in answer.json():
        raise SystemExit(str(answer.json()["error"])[:2000])


hotel, rooms, stays = make_hotel()
links, answers = make_links(hotel, stays[GUESTS:])
paths = [f"/hotel/room/{room._get_service_token()}" for room in rooms[:GUESTS]]
login, password = f"load_{secrets.token_hex(4)}", secrets.token_urlsafe(12)
groups = "hotel_crm_base.group_service"
new_test_user(env, login=login, password=password, groups=groups, hotel_property_ids=[(6, 0, hotel.ids)])
env.cr.commit()
server = serve()
try:
    for path in (paths[-1], links[-1]):
        requests.get(URL + path, timeout=120).raise_for_status()  # opened once: templates are compiled
    began = time.perf_counter()
    with ThreadPoolExecutor(64) as pool:
        for number in range(GUESTS):
            pool.submit(arrive, began, number, complain, paths[number])
            pool.submit(arrive, began, number, respond, links[number], answers)
    whole = time.perf_counter() - began
    fill(hotel, stays)
    session = open_session()
    body = {"params": {"db": env.cr.dbname, "login": login, "password": password}}
    session.post(f"{URL}/web/session/authenticate", json=body, timeout=60).raise_for_status()
    for _time in range(12):
        open_board(session)
finally:
    server.terminate()
    server.wait()
env.invalidate_all()
made = env["hotel.case"].search_count([("property_id", "=", hotel.id), ("source", "=", "room_qr")])
counted = env["hotel.survey.answer"].search_count([("property_id", "=", hotel.id)])
print(f"\n{GUESTS} cases and {GUESTS} surveys arriving within {SECONDS} s were through after {whole:.1f} s")
print(f"cases made {made}, answers counted {counted}, refused or lost: {dict(lost) or 'none'}")
print(f"{'milliseconds':<20}{'middle':>9}{'95 of 100':>11}{'worst':>9}")
for step, spans in taken.items():
    spans.sort()
    print(f"{step:<20}{statistics.median(spans):>9.0f}{spans[int(len(spans) * 0.95)]:>11.0f}{spans[-1]:>9.0f}")
