"""How long cases take, in the database.

Run in a database of tests, as one script of ``odoo shell``::

    TEST_DB=cases ./setup/test hotel_crm_service/tests/case -k states      # makes the database
    TEST_DB=cases ./setup/shell odoo shell --no-http < tests/load/cases.py

It prints:

* 1,000 cases from as many guests, each with its own transaction as over HTTP: seconds for all, and the slowest of 20
  (sorting, routing, deadlines and the guest's link are part of it);
* the board with 20,000 open cases: what the web client asks for when it opens, as a clerk of one hotel and as a
  manager of all, the best and the middle of several;
* the plan of one column;
* one run of the job of escalation over what is late.

Everything is taken back at the end but the 1,000 guests' sequence numbers. Variables: CASES (20000), ARRIVING (1000).
"""

import os
import statistics
import time

CASES = int(os.environ.get("CASES", 20_000))
ARRIVING = int(os.environ.get("ARRIVING", 1_000))
TEXTS = ("空调太吵了，一晚上没睡好", "The bathroom was dirty", "Two towels please", "早餐是凉的", "Wi-Fi is slow")
env = env(context=dict(env.context, tracking_disable=True))  # noqa: F821


def timed(call, times=9):
    """Return the best and the middle of several, in milliseconds."""
    spans = []
    for _time in range(times):
        env.invalidate_all()
        began = time.perf_counter()
        call()
        spans.append((time.perf_counter() - began) * 1000)
    return min(spans), statistics.median(spans)


def make_hotels():
    """Return two hotels with rooms and departments, a clerk of the first and a manager of both."""
    hotels = env["hotel.property"].create(
        [{"name": f"Load {number}", "code": f"LOAD{number}", "tz": "Asia/Shanghai"} for number in (1, 2)]
    )
    for hotel in hotels:
        env["hotel.department"].create(
            {"name": "Desk", "code": "D", "property_id": hotel.id, "is_fallback": True}
        )
    users = []
    for login, group in (("load_clerk", "service"), ("load_manager", "manager")):
        users.append(
            env["res.users"].with_context(no_reset_password=True).create(
                {
                    "name": login,
                    "login": login,
                    "group_ids": [(4, env.ref(f"hotel_crm_base.group_{group}").id)],
                    "hotel_property_ids": [(6, 0, hotels.ids if group == "manager" else hotels[:1].ids)],
                }
            )
        )
    return hotels, users


def arrive(hotel):
    """Let guests write from their rooms, one after the other, each a request of its own."""
    guests = env["res.partner"].create([{"name": f"Guest {n}", "is_hotel_guest": True} for n in range(ARRIVING)])
    intake, spans = env["hotel.case.intake"].with_user(env.ref("base.public_user")), []
    began = time.perf_counter()
    for number, guest in enumerate(guests):
        start = time.perf_counter()
        facts = {"kind": "complaint", "text": f"{TEXTS[number % 5]} ({number})", "pictures": []}
        intake._take_in(facts, "room_qr", property_id=hotel.id, partner_id=guest.id)
        env.flush_all()
        env.invalidate_all()
        spans.append((time.perf_counter() - start) * 1000)
    spans.sort()
    print(
        f"{ARRIVING} cases from as many guests: {time.perf_counter() - began:.1f} s, "
        f"middle {statistics.median(spans):.0f} ms, 95 of 100 under {spans[int(len(spans) * 0.95)]:.0f} ms"
    )
    return guests


def fill(hotels, guests):
    """Fill the board by SQL."""
    env.flush_all()
    env.cr.execute(
        """INSERT INTO hotel_case (subject, description, kind, source, severity, state, partner_id, property_id,
                  company_id, department_id, create_date, write_date, create_uid, write_uid, clock_started_at, due_at,
                  answer_deadline, solve_deadline)
           SELECT 'Case ' || n, 'Text ' || n, (ARRAY['complaint','request','inquiry'])[n %% 3 + 1], 'portal',
                  (ARRAY['low','normal','high','critical'])[n %% 4 + 1],
                  (ARRAY['new','assigned','assigned','waiting'])[n %% 4 + 1], (%s::int[])[n %% %s + 1], hotel.id,
                  hotel.company_id, department.id, now() - n * INTERVAL '1 minute', now(), 1, 1, now(),
                  now() + (n %% 3000 - 1000) * INTERVAL '1 minute', now() + (n %% 3000 - 1000) * INTERVAL '1 minute',
                  now() + n * INTERVAL '1 minute'
             FROM generate_series(1, %s) n
             JOIN hotel_property hotel ON hotel.id = (%s::int[])[n %% 2 + 1]
             JOIN hotel_department department ON department.property_id = hotel.id""",
        [guests.ids, len(guests), CASES, hotels.ids],
    )
    env.cr.execute("ANALYZE hotel_case")
    env.invalidate_all()


def get_specification():
    """Return what the card of the board asks for."""
    names = "subject severity kind state name due_at is_overdue activity_ids"
    shown = {name: {} for name in names.split()}
    linked = {"fields": {"display_name": {}}}
    return {**shown, **{f"{name}_id": linked for name in ("room", "partner", "category", "department", "user")}}


def open_board(user):
    cases = env["hotel.case"].with_user(user).with_context(tracking_disable=True)
    open_cases = [("state", "in", ("new", "assigned", "waiting"))]
    return cases.web_read_group(
        open_cases, ["state"], ["__count"], auto_unfold=True, unfold_read_specification=get_specification(),
        unfold_read_default_limit=40, opening_info=None, order="due_at, id",
    )


hotels, users = make_hotels()
guests = arrive(hotels[0])
fill(hotels, guests)
for user in users:
    answer = open_board(user)
    shown = [(group["state"], group["__count"], len(group.get("__records", ()))) for group in answer["groups"]]
    best, middle = timed(lambda user=user: open_board(user))
    print(f"board with {CASES} open cases, {user.login}: best {best:.0f} ms, middle {middle:.0f} ms; {shown}")
env.cr.execute(
    """EXPLAIN (ANALYZE, BUFFERS) SELECT id FROM hotel_case WHERE property_id = %s AND state = 'new'
        ORDER BY due_at, id LIMIT 40""",
    [hotels[0].id],
)
print("\n".join(row[0] for row in env.cr.fetchall()))
steps, cases = env["hotel.case.escalation"].search([]), env["hotel.case"]
late = cases.search_count(cases._get_late_domain("answer"))
best, middle = timed(lambda: [cases.search(cases._get_step_domain(step), limit=200) for step in steps])
print(f"escalation finds its next batch of each of {len(steps)} steps ({late} late): best {best:.0f} ms")
env.cr.rollback()
