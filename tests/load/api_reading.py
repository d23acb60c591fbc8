"""How fast other systems read: pages of the lists of changes anywhere in them, and a guest.

Run in a seeded database, as one script of ``odoo shell``::

    TEST_DB=seed ./setup/shell odoo shell --no-http < tests/load/api_reading.py

For each list: the first page, one in the middle and the last one, of 500 rows, and what PostgreSQL does for the one
in the middle. Nothing is kept. Variable: API_TRIES (5), the best of so many counts.
"""

import os
import statistics
import time
from datetime import timedelta

from odoo import Command
from odoo.tools import SQL

TRIES = int(os.environ.get("API_TRIES", 5))
LISTS = {"guests": "res.partner", "stays": "hotel.stay", "consumption": "hotel.consumption"}
lab = env(context=dict(env.context, tracking_disable=True))  # noqa: F821
hotels = lab["hotel.property"].search([])
company = hotels.company_id[:1]
hotels = hotels.filtered(lambda hotel: hotel.company_id == company)
client = lab["hotel.api.client"].create(
    {"name": "Load", "company_id": company.id, "source_system": "load", "property_ids": [Command.set(hotels.ids)]}
)
reading = lab["hotel.api.reading"]


def clock(action):
    """Return the best time of an action in milliseconds, and what it returned."""
    times, result = [], None
    for _try in range(TRIES):
        lab.flush_all()
        lab.invalidate_all()
        begin = time.perf_counter()
        result = action()
        times.append((time.perf_counter() - begin) * 1000)
    return min(times), statistics.median(times), result


def moments(table):
    """Return where a list begins, is half through and ends."""
    lab.cr.execute(f"SELECT min(write_date), max(write_date) FROM {table}")
    first, last = lab.cr.fetchone()
    lab.cr.execute(f"SELECT write_date FROM {table} TABLESAMPLE SYSTEM (1) ORDER BY random() LIMIT 1")
    (middle,) = lab.cr.fetchone()
    second = timedelta(seconds=1)
    return {"first": first - second, "middle": middle, "last": last - second / 100}


print(f"{len(hotels)} hotels of {len(lab['hotel.property'].search([]))}")
print(f"{'list':<12} {'place':<7} {'rows':>5} {'best ms':>8} {'median':>8}")
for name, model in LISTS.items():
    for place, since in moments(lab[model]._table).items():
        ask = getattr(reading, f"_api_{name}")
        best, median, answer = clock(lambda ask=ask, since=since: ask(client, changed_since=since, limit=500))
        print(f"{name:<12} {place:<7} {len(answer[name]):>5} {best:>8.1f} {median:>8.1f}")
        if place == "middle":
            conditions = reading._get_property_conditions(client)[:2]
            if name == "guests":
                conditions = [SQL("row.is_hotel_guest AND (row.company_id IS NULL OR row.company_id = %s)", company.id)]
            page = reading._get_page_sql(model, conditions, (since, 0), reading._query_bound(), 501)
            lab.cr.execute(SQL("EXPLAIN (ANALYZE, BUFFERS, COSTS OFF) %s", page))
            print("\n".join(f"    {line}" for (line,) in lab.cr.fetchall()))
lab.cr.execute("SELECT id FROM res_partner WHERE is_hotel_guest AND active ORDER BY id DESC LIMIT 1 OFFSET 5000")
(guest_id,) = lab.cr.fetchone()
for name, action in {
    "a guest": lambda: reading._api_guest(client, guest_id),
    "its flags": lambda: reading._api_flags(client, guest_id),
    "look-up": lambda: reading._api_lookup(client, lab["res.partner"].browse(guest_id).name),
}.items():
    best, median, _answer = clock(action)
    print(f"{name:<26} {best:>8.1f} {median:>8.1f}")
lab.cr.rollback()
