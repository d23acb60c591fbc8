"""A minute in which 1,000 guests complain and 1,000 answer a survey; then the board with 20,000 open cases.

Run in a database of its own, which is left with what was made, as one script of ``odoo shell``::

    TEST_DB=bench ./setup/shell odoo shell --no-http < tests/load/service_http.py

It starts what a hotel has, on loopback and as ``setup/configure`` makes it for this machine: nginx with TLS, worker
processes, no jobs. Each guest has a room, a stay in house, a telephone whose connection stays open, and a moment of
arrival, evenly over SECONDS. Who complains opens the page behind the code of the room, sends its form (sorting,
routing and deadlines are part of it) and sees the page of the case; who answers opens the link of the survey and sends
all answers: 5,000 requests over TLS, by ``service_driver.py``. Then the job counts the answers, in this process.

Prints how long it took until the last one was through, and the answers were counted, the milliseconds of each step
(middle, 95 of 100, worst), what was refused or lost, what the processors did, and how long the board takes; beside it,
one after the other on the idle site, the milliseconds of the same steps and of a survey of Odoo's own with the same
questions. Variables:
GUESTS (1000), SECONDS (60), WORKERS (by setup/configure), CASES (20000), PORT (8075).
"""

import collections
import json
import os
import pathlib
import secrets
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from unittest.mock import patch

import psutil
import requests

from odoo import fields
from odoo.tests.common import new_test_user
from odoo.tools import config

ROOT = pathlib.Path(config["addons_path"][0])
sys.path.insert(0, str(ROOT / "tests/production"))
from servers import DOOR, Nginx, Odoo, find_nginx  # noqa: E402  it is no package

GUESTS, SECONDS = int(os.environ.get("GUESTS", 1000)) + 45, int(os.environ.get("SECONDS", 60))
CASES, PORT = int(os.environ.get("CASES", 20_000)), int(os.environ.get("PORT", 8075))
HTTPS = PORT + 3
#: guests who come before the rush: to an idle site, and the first of them to one that has just started
WARM, FEW = 15, 45
URL = f"https://127.0.0.1:{HTTPS}"
TEXTS = ("空调太吵了，一晚上没睡好", "The bathroom was dirty", "Two towels please", "早餐是凉的", "Wi-Fi is slow")
QUIET = {"tracking_disable": True, "mail_create_nolog": True, "mail_create_nosubscribe": True}
env = env(context=dict(env.context, **QUIET))  # noqa: F821


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
    """Return the link of the survey of each stay, as its message has it, and what is answered."""
    survey = env.ref("hotel_crm_service.survey_post_stay")
    rule = env["hotel.survey.rule"].create(
        {"name": "Load", "survey_id": survey.id, "company_id": hotel.company_id.id, "property_ids": hotel.ids}
    )
    answers = {}
    for question in survey.question_ids.filtered("hotel_metric"):
        value = {"nps": "9", "comment": "The room was a little noisy, 早餐很好"}.get(question.hotel_metric, "4")
        answers[str(question.id)] = value
    inputs = rule._make_inputs(stays)
    return [(link._get_hotel_url().removeprefix(link.get_base_url()), get_tokens(link)) for link in inputs], answers


def get_tokens(link):
    """Return what names an answer in the addresses that the page of a survey calls."""
    return f"{link.survey_id.access_token}/{link.access_token}"


def make_plan(rooms, links, answers, seconds):
    """Return what the driver reads: who comes within so many seconds."""
    texts = [f"{TEXTS[number % 5]} ({number})" for number in range(len(rooms))]
    paths = [f"/hotel/room/{room._get_service_token()}" for room in rooms]
    rooms = list(zip(paths, texts, strict=True))
    return {"host": "127.0.0.1", "port": HTTPS, "seconds": seconds, "rooms": rooms, "links": links, "answers": answers}


def drive(place, plan):
    """Let guests come; return what became of them."""
    path = place / "plan.json"
    path.write_text(json.dumps(plan))
    command = [sys.executable, str(ROOT / "tests/load/service_driver.py"), str(path)]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


class Listening(Odoo):
    """Odoo by a configuration, without the user and the fences of its unit, behind the door of its socket."""

    def start(self):
        command = [sys.executable, str(DOOR), f"127.0.0.1:{self.port}", sys.executable, shutil.which("odoo")]
        # what would overrule the configuration is left out
        env = {key: value for key, value in os.environ.items() if key != "ODOO_RC" and not key.startswith("PG")}
        with open(self.log, "a") as log:
            self.process = subprocess.Popen(
                [*command, *self.arguments], env=env,
                stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True,
            )  # fmt: skip
        return self


def serve(place):
    """Start nginx and Odoo as an administrator's command configures them; return them."""
    command = [sys.executable, str(ROOT / "setup/production/configure.py"), "--self-signed", "--out", place]
    command += ["--place", place / "nginx", "--database", env.cr.dbname, "--db-host", config["db_host"]]
    command += ["--db-port", config["db_port"], "--data", config["data_dir"], "--port", PORT, "--root", ROOT]
    command += ["--key-file", config["hotel_crm_key_file"], "--listen-http", f"127.0.0.1:{HTTPS + 1}"]
    command += ["--listen-https", f"127.0.0.1:{HTTPS}", "--venv", pathlib.Path(sys.prefix)]
    subprocess.run([*map(str, command)], check=True, stdout=sys.stderr)
    workers = ("--workers", os.environ["WORKERS"]) if "WORKERS" in os.environ else ()
    arguments = ("-c", str(place / "odoo.conf"), "--log-level", "warn", *workers)
    odoo = Listening(None, place / "odoo.log", *arguments, port=PORT)
    return odoo.start().wait(), Nginx(find_nginx(), place / "nginx-alone.conf", place / "nginx", HTTPS).start()


def get_work(place):
    """Return the seconds of the processors that Odoo, nginx and PostgreSQL have taken so far."""
    # of PostgreSQL what is connected to this database: others may use the same server
    signs = {"Odoo": str(place / "odoo.conf"), "nginx": "nginx", "PostgreSQL": f" {env.cr.dbname} [local]"}
    work = collections.Counter()
    for process in psutil.process_iter(["name", "cmdline", "cpu_times"]):
        line = " ".join([process.info["name"] or "", *(process.info["cmdline"] or ())])
        name = next((name for name, sign in signs.items() if sign in line), None)
        if name and process.info["cpu_times"]:
            work[name] += sum(process.info["cpu_times"][:4])  # with that of children who have ended
    return work


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
    began = time.perf_counter()
    answer = session.post(f"{URL}/web/dataset/call_kw/hotel.case/web_read_group", json=body, timeout=60).json()
    if "error" in answer:
        raise SystemExit(str(answer["error"])[:2000])
    return (time.perf_counter() - began) * 1000


def count_answers():
    """Let the job count what was answered; return its seconds, and those of the processor in this process."""
    began, worked = time.perf_counter(), time.process_time()
    with patch.object(env.registry["ir.cron"], "_commit_progress", lambda *args, **options: env.cr.commit() or 60.0):
        env["survey.user_input"]._cron_count()
    env.cr.commit()
    return time.perf_counter() - began, time.process_time() - worked


def make_stock_links(survey, count):
    """Return links of the same questions as a survey of Odoo's own, which counts nothing for a hotel."""
    stock = survey.copy({"survey_type": "custom", "access_mode": "public"})
    answers = {
        str(copy.id): answers_of[str(question.id)]
        for question, copy in zip(survey.question_ids, stock.question_ids, strict=True)
        if str(question.id) in answers_of
    }
    links = [stock._create_answer() for _number in range(count)]
    return [(link.get_start_url(), get_tokens(link)) for link in links], answers


def show(title, found):
    """Print what a run of the driver has found."""
    print(f"{title + ', milliseconds':<44}{'middle':>9}{'95 of 100':>11}{'worst':>9}")
    for step, spans in found["taken"].items():
        spans.sort()
        print(f"  {step:<42}{statistics.median(spans):>9.0f}{spans[int(len(spans) * 0.95)]:>11.0f}{spans[-1]:>9.0f}")
    print(f"  refused or lost: {found['lost'] or 'none'}")


def count():
    """Return how many cases and answers the hotel has."""
    env.invalidate_all()
    ours = [("property_id", "=", hotel.id)]
    made = env["hotel.case"].search_count([*ours, ("source", "=", "room_qr")])
    return made, env["hotel.survey.answer"].search_count(ours)


hotel, rooms, stays = make_hotel()
links, answers_of = make_links(hotel, stays[GUESTS:])
stock_links, stock_answers = make_stock_links(env.ref("hotel_crm_service.survey_post_stay"), FEW)
login, password = f"load_{secrets.token_hex(4)}", secrets.token_urlsafe(12)
groups = "hotel_crm_base.group_service"
new_test_user(env, login=login, password=password, groups=groups, hotel_property_ids=[(6, 0, hotel.ids)])
env.cr.commit()
place = pathlib.Path(tempfile.mkdtemp(prefix="hotel-service-", dir="/tmp"))
parts = serve(place)
try:
    drive(place, make_plan(rooms[:WARM], links[:WARM], answers_of, seconds=1))  # templates are compiled
    idle = drive(place, make_plan(rooms[WARM:FEW], links[WARM:FEW], answers_of, seconds=FEW / 3))
    stock = drive(place, make_plan([], stock_links, stock_answers, seconds=FEW / 6))
    env.cr.rollback()
    count_answers()
    before, worked = count(), get_work(place)
    env.cr.rollback()  # no transaction stays open: what is written over and over could not be cleared away
    found = drive(place, make_plan(rooms[FEW:GUESTS], links[FEW:], answers_of, seconds=SECONDS))
    env.cr.rollback()
    job = count_answers()
    work = get_work(place) - worked
    fill(hotel, stays)
    session = requests.Session()
    session.verify, session.trust_env = str(place / "self-signed.pem"), False
    body = {"params": {"db": env.cr.dbname, "login": login, "password": password}}
    session.post(f"{URL}/web/session/authenticate", json=body, timeout=60).raise_for_status()
    board = sorted(open_board(session) for _time in range(12))
finally:
    for part in reversed(parts):
        part.end()
log = (place / "odoo.log").read_text()
env.cr.rollback()
made, counted = (after - earlier for after, earlier in zip(count(), before, strict=True))
guests = GUESTS - FEW
print(f"\n{guests} cases and {guests} surveys arriving within {SECONDS} s were through after {found['whole']:.1f} s")
print(f"cases made {made}, answers counted {counted}, by the job in {job[0]:.1f} s after it")
show("at the rush", found)
show("on the idle site", idle)
show("Odoo's own survey with the same questions, idle", stock)
print(f"the board with {CASES} open cases: middle {board[5]:.0f} ms, worst {board[-1]:.0f} ms")
spent = {**work, "job": job[1], "driver": found["driver"]}
print("seconds of the processors:", ", ".join(f"{name} {seconds:.1f}" for name, seconds in spent.items()))
print(log[-2000:] or "the server's log is empty")
shutil.rmtree(place)
