"""How fast a night file of a PMS goes through the API, beside a bare COPY of the same rows into the same tables.

Run in a database of its own, which is left as it was, as one script of ``odoo shell``; it starts a server of
its own on loopback::

    TEST_DB=bench ./setup/shell odoo shell --no-http < tests/load/api_feed.py

20,000 rows (guests, stays, charges, services; one in a hundred cannot be taken and is staged) are sent over HTTP
in batches of 1,000, one after the other on one connection, then once more. The bare COPY takes the rows as they
then stand in the tables: nothing is read, checked, looked up, logged, counted or computed. Variables: FEED_ROWS
(20000), FEED_PORT (8075).
"""

import io
import os
import subprocess
import time

import psycopg2
import requests

from odoo.tools import SQL, config

ROWS = int(os.environ.get("FEED_ROWS", 20000))
PORT = int(os.environ.get("FEED_PORT", 8075))
URL = f"http://127.0.0.1:{PORT}/hotel/api/v1"
SOURCE = "load_feed"
TABLES = ("res_partner", "hotel_guest_reference", "hotel_stay", "hotel_stay_night", "hotel_consumption",
          "hotel_service_record")  # fmt: skip
env = env(context=dict(env.context, tracking_disable=True))  # noqa: F821
cr = env.cr


def make_client():
    """Return a client for a property of its own, and its key."""
    hotel = env["hotel.property"].create({"name": "Feed Hotel", "code": "FEED", "tz": "Asia/Shanghai"})
    hotel_type = {"name": "Double", "code": "DBL", "property_id": hotel.id}
    env["hotel.room.type"].create(hotel_type)
    client = env["hotel.api.client"].create(
        {
            "name": "Load",
            "source_system": SOURCE,
            "company_id": hotel.company_id.id,
            "property_ids": [(6, 0, hotel.ids)],
            "scope_ids": [(6, 0, env["hotel.api.scope"].search([("code", "ilike", ".write")]).ids)],
        }
    )
    return hotel, client, client._make_key()


def make_night():
    """Return the batches of a night: kind and rows."""
    kind = env["hotel.service.kind"].search([], limit=1).code
    counts = {"guests": ROWS // 5, "stays": ROWS // 4, "consumption": ROWS // 2, "services": ROWS // 20}
    makers = {
        "guests": lambda n: {"name": f"Guest {n} 王", "phone": f"+8613{n:09d}", "email": f"guest{n}@example.com",
                             "birth_date": f"19{60 + n % 40}-{1 + n % 12:02d}-15", "country": "CN", "lang": "en_US"},
        "stays": lambda n: {"guest_ref": f"g{n % counts['guests']}", "arrival_date": f"2026-05-{1 + n % 28:02d}",
                            "nights": 1 + n % 3, "state": "departed", "room_type": "DBL", "rate": 300 + n % 200,
                            "adults": 1 + n % 2},
        "consumption": lambda n: {"stay_ref": f"s{n % counts['stays']}", "kind": ("food", "beverage", "spa")[n % 3],
                                  "business_date": f"2026-05-{1 + n % 28:02d}", "amount_gross": 10.5 + n % 90,
                                  "amount_net": 9.9 + n % 90, "bill_ref": f"B{n}", "description": "Dinner for two"},
        "services": lambda n: {"stay_ref": f"s{n % counts['stays']}", "kind": kind, "served_at": "2026-05-03T10:00:00"},
    }  # fmt: skip
    batches = []
    for name, make in makers.items():
        rows = [{"source_ref": f"{name[0]}{n}", "property": "FEED", **make(n)} for n in range(counts[name])]
        if name == "guests":
            for row in rows:
                del row["property"]
        for row in rows[50::100]:
            row["birth_date" if name == "guests" else "property"] = "nowhere"
        batches += [(name, rows[start : start + 1000]) for start in range(0, len(rows), 1000)]
    return batches


def send(batches, key, run):
    """Return how long the batches took, and what became of the rows."""
    session, totals, slowest = requests.Session(), {}, 0
    started = time.monotonic()
    for number, (kind, rows) in enumerate(batches):
        headers = {"Authorization": f"Bearer {key}", "Idempotency-Key": f"{run}-{number:06d}"}
        begun = time.monotonic()
        body = {"rows": rows, "accrues_points": False}
        response = session.post(f"{URL}/{kind}", json=body, headers=headers, timeout=120)
        slowest = max(slowest, time.monotonic() - begun)
        if response.status_code != 200:
            raise SystemExit(f"{kind}: {response.status_code} {response.text[:300]}")
        for name, count in response.json().items():
            if name != "rows":
                totals[name] = totals.get(name, 0) + count
    return time.monotonic() - started, slowest, totals


def serve():
    """Start a server with one process and no jobs; return it when it answers."""
    # the administrator's own command, with a fixed list of arguments
    command = ["odoo", "-c", config["config"], "--http-port", str(PORT), "--gevent-port", str(PORT + 1)]
    server = subprocess.Popen([*command, "--max-cron-threads", "0", "--workers", "0", "--log-level", "error"])
    for _try in range(240):
        try:
            if requests.get(f"http://127.0.0.1:{PORT}/web/health", timeout=5).ok:
                return server
        except requests.ConnectionError:
            time.sleep(0.5)
    server.kill()
    raise SystemExit("the server does not answer")


def read_ids():
    """Return the ids of the rows that the feed has left, by table."""
    partners = "SELECT partner_id FROM hotel_guest_reference WHERE source_system = %s"
    own = "SELECT id FROM {} WHERE source_system = %s"
    queries = {table: own.format(table) for table in TABLES} | {
        "res_partner": partners,
        "hotel_stay_night": "SELECT n.id FROM hotel_stay_night n JOIN hotel_stay s ON s.id = n.stay_id"
        " WHERE s.source_system = %s",
    }
    found = {}
    for table in TABLES:
        cr.execute(queries[table], [SOURCE])
        found[table] = [row[0] for row in cr.fetchall()]
    return found


def copy_out(ids):
    """Return the rows as COPY has them, by table."""
    texts = {}
    for table in TABLES:
        name = SQL.identifier(table)
        cr.execute(SQL("CREATE TEMP TABLE out AS SELECT * FROM %s WHERE id = ANY(%s)", name, ids[table]))
        texts[table] = io.BytesIO()
        cr.copy_expert("COPY out TO STDOUT", texts[table])
        cr.execute("DROP TABLE out")
    return texts


def forget(table, ids):
    """Delete rows, and before them those that name them."""
    while ids:
        try:
            with cr.savepoint(flush=False):
                cr.execute(SQL("DELETE FROM %s WHERE id = ANY(%s)", SQL.identifier(table), ids))
            return
        except psycopg2.errors.ForeignKeyViolation as error:
            name, child = error.diag.constraint_name, error.diag.table_name
            cr.execute(
                """SELECT a.attname FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid
                      AND a.attnum = c.conkey[1] WHERE c.conname = %s AND c.conrelid = %s::regclass""",
                [name, child],
            )
            [column] = cr.fetchone()
            cr.execute(
                SQL("DELETE FROM %s WHERE %s = ANY(%s)", SQL.identifier(child), SQL.identifier(column), ids)
            )


def copy_in(texts):
    """COPY the rows into their tables; return how long it took."""
    started = time.monotonic()
    for table in TABLES:
        texts[table].seek(0)
        cr.copy_expert(f"COPY {table} FROM STDIN", texts[table])
    cr.execute("SET CONSTRAINTS ALL IMMEDIATE")
    used = time.monotonic() - started
    cr.rollback()
    return used


hotel, client, key = make_client()
cr.commit()
batches = make_night()
server = serve()
try:
    first, slowest, totals = send(batches, key, "night-1")
    again, _slowest, same = send(batches, key, "night-2")
    replayed, _slowest, _totals = send(batches, key, "night-1")
finally:
    server.terminate()
    server.wait()
    cr.rollback()
    ids = read_ids()
    texts = copy_out(ids)
    waiting = env["hotel.feed.row"].search_count([("client_id", "=", client.id), ("state", "=", "waiting")])
    for table in reversed(TABLES):
        forget(table, ids[table])
    client.unlink()
    cr.commit()
bare = copy_in(texts)
forget("hotel_property", hotel.ids)
cr.commit()
count = sum(len(rows) for _kind, rows in batches)
print(f"\n{count:,} rows over HTTP in {len(batches)} batches; {totals}; waiting {waiting}")
print(f"the same rows again: {same}")
for label, used in (("feed, to committed rows", first), ("the same again", again), ("the same keys again", replayed)):
    print(f"{label:<32}{used:>8.1f} s{count / used:>10,.0f} rows/s")
stored = sum(map(len, ids.values()))
print(f"{f'bare COPY of {stored:,} rows':<32}{bare:>8.1f} s{count / bare:>10,.0f} rows/s")
print(f"slowest batch {slowest:.2f} s; times as long as bare: {first / bare:.1f}; aim: under 60 s", flush=True)
