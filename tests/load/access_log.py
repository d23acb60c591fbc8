"""What the access log costs: opening a guest with it and without it, and "who saw this guest" among many rows.

Run in a database of its own, which is left as it was, as one script of ``odoo shell``::

    TEST_DB=bench ./setup/shell odoo shell --no-http < tests/load/access_log.py

Variables: LOG_ROWS (default 1,000,000; one in seven is a list of 80 guests), LOG_GUESTS (1,000,000).
Times are of the server without the network. The disk does not count: who only reads does not wait for
it (``synchronous_commit`` is off for such calls), and changes wait for their own rows anyway.
"""

import os
import pathlib
import random
import statistics
import time
from unittest.mock import patch

from odoo.service import server
from odoo.tools import SQL

ROWS = int(os.environ.get("LOG_ROWS", 1_000_000))
GUESTS = int(os.environ.get("LOG_GUESTS", 1_000_000))
LISTED = 80
ROUNDS = 400
LIMIT_MS = 2.0
env = env(user=env.ref("base.user_admin"))  # noqa: F821
env.user.hotel_all_properties = True
log = env["hotel.access.log"]
dice = random.Random(7)


def fill():
    """Make rows as they would be after years, spread over guests and time; indexes come afterwards."""
    env.cr.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'hotel_access_log' AND indexname !~ 'pkey'"
    )
    indexes = env.cr.fetchall()
    for name, _definition in indexes:
        env.cr.execute(SQL("DROP INDEX %s", SQL.identifier(name)))
    env.cr.execute(
        """INSERT INTO hotel_access_log (logged_at, user_id, company_id, action, guest_id, guest_ids, guest_count,
                                         field_names, origin, address)
           SELECT now() - (%(rows)s - n) * interval '10 seconds', %(user)s, %(company)s,
                  CASE WHEN n %% 7 = 0 THEN 'list' WHEN n %% 3 = 0 THEN 'write' ELSE 'open' END,
                  CASE WHEN n %% 7 > 0 THEN 1 + (random() * %(guests)s)::int END,
                  CASE WHEN n %% 7 = 0 THEN ARRAY(SELECT 1 + (random() * %(guests)s + 0 * n)::int
                                                    FROM generate_series(1, %(listed)s)) END,
                  CASE WHEN n %% 7 = 0 THEN %(listed)s ELSE 1 END, 'name,phone', 'client', '127.0.0.1'
             FROM generate_series(1, %(rows)s) n""",
        {"rows": ROWS, "guests": GUESTS, "listed": LISTED, "user": env.uid, "company": env.company.id},
    )
    for _name, definition in indexes:
        env.cr.execute(definition)
    env.cr.execute("ANALYZE hotel_access_log")


def quantiles(times):
    """Return median, 95th percentile and worst."""
    times = sorted(times)
    return statistics.median(times), times[int(len(times) * 0.95)], times[-1]


def measure(call, arguments):
    """Return median, 95th percentile and worst of calls, in milliseconds."""
    times = []
    for argument in arguments:
        start = time.perf_counter()
        call(argument)
        times.append((time.perf_counter() - start) * 1000)
    return quantiles(times)


def work(call, guests):
    """Return what one call costs the processors, here and in the database, in milliseconds."""

    def used():
        fields = pathlib.Path(f"/proc/{backend}/stat").read_text().rsplit(")", 1)[1].split()
        ticks = int(fields[11]) + int(fields[12])
        return time.process_time() + ticks / os.sysconf("SC_CLK_TCK")

    env.cr.execute("SELECT pg_backend_pid()")
    backend = env.cr.fetchone()[0]
    before = used()
    for number in range(ROUNDS * 2):
        call(guests[number % len(guests)])
    return (used() - before) / ROUNDS / 2 * 1000


def say(what, figures):
    print(f"{what:<58}{figures[0]:>9.2f}{figures[1]:>9.2f}{figures[2]:>9.2f}")


def compare_opening():
    """Print what one opening costs with the log and without it.

    The page is large and its time varies more than an entry costs. What an entry costs does not
    depend on the page: it is the median difference between two openings of few fields, one noted and
    one not, one right after the other.
    """
    guests = env["res.partner"].create([{"name": f"Guest {number}", "is_hotel_guest": True} for number in range(40)])
    form = env.ref("hotel_crm_base.res_partner_view_form_hotel_guest")
    names = env["res.partner"].get_view(form.id, "form")["models"]["res.partner"]
    page = {name: {} for name in names if env["res.partner"]._fields[name].type not in ("one2many", "many2many")}
    few = {"name": {}, "phone": {}, "email": {}}
    env.flush_all()
    server.thread_local.rpc_model_method = "res.partner.web_read"

    def take(guest, spec, noted):
        env.invalidate_all()
        start = time.perf_counter()
        if noted:
            guest.web_read(spec)
        else:
            with patch.object(type(log), "_log", lambda *args, **kwargs: None):
                guest.web_read(spec)
        return (time.perf_counter() - start) * 1000

    say("open the page of a guest, noted", quantiles([take(guest, page, True) for guest in guests]))
    pairs = []
    for number in range(ROUNDS * 2):
        guest, first = guests[number % len(guests)], bool(number % 2)
        times = {noted: take(guest, few, noted) for noted in (first, not first)}
        pairs.append((times[True], times[False]))
    say("open few fields of a guest, noted", quantiles([noted for noted, _plain in pairs]))
    say("open few fields of a guest, not noted", quantiles([plain for _noted, plain in pairs]))
    say("entry of one guest alone", measure(lambda guest: log._log("open", guest.ids, page), list(guests) * 10))
    extra = statistics.median(noted - plain for noted, plain in pairs)
    noted, plain = (work(lambda guest, noted=noted: take(guest, few, noted), guests) for noted in (True, False))
    server.thread_local.rpc_model_method = ""
    print(f"more per opening, on this machine as busy as it is: {extra:.2f} ms")
    extra = noted - plain
    kept = "kept" if extra <= LIMIT_MS else "NOT KEPT"
    print(f"more per opening, time of the processors: {extra:.2f} ms (at most {LIMIT_MS} ms): {kept}")


def compare_questions():
    """Print how fast the log answers."""
    numbers = [dice.randrange(1, GUESTS) for _number in range(50)]
    lists = [[dice.randrange(1, GUESTS) for _number in range(LISTED)] for _list in range(ROUNDS)]
    say(f"entry of a list of {LISTED} guests", measure(lambda ids: log._log("list", ids, ["name"]), lists))
    say(
        "who saw this guest: first page",
        measure(lambda guest: log.search([("partner_id", "=", guest)], limit=80), numbers),
    )
    say("how often", measure(lambda guest: log.search_count([("partner_id", "=", guest)], limit=10001), numbers))
    say("the newest page of all", measure(lambda _guest: log.search([], limit=80), numbers))
    month = [("logged_at", ">=", "today -30d"), ("action", "=", "export")]
    say("exports of 30 days", measure(lambda _guest: log.search(month, limit=80), numbers))


start = time.perf_counter()
fill()
print(f"{ROWS:,} rows of the log over {GUESTS:,} guests, made in {time.perf_counter() - start:.0f} s")
env.cr.execute("SELECT pg_table_size('hotel_access_log'), pg_indexes_size('hotel_access_log')")
print("table {:.0f} MB, indexes {:.0f} MB".format(*(size / 2**20 for size in env.cr.fetchone())))
print(f"{'milliseconds':<58}{'median':>9}{'95 %':>9}{'worst':>9}")
try:
    compare_opening()
    compare_questions()
finally:
    env.cr.rollback()
