"""How fast 119,390 bookings are loaded, beside Odoo's own ``load()`` and a bare COPY plus INSERT.

Run in a database of its own, which is left as it was, as one script of ``odoo shell``::

    HOTEL_CRM_DATA=../shared/data TEST_DB=bench ./setup/shell odoo shell --no-http < tests/load/import_bookings.py

The import goes the whole way: reading the file, checking, stays, nights, figures queued, positions.
``load()`` gets a sample of the same rows and columns, already read and cleaned, with the names that a
file has, and once more with ids instead. "Bare" is COPY into a
temporary table and INSERT into the same two tables with the same indexes, of rows already read.
Everything but the import is rolled back; the import's rows are deleted at the end.
Variables: IMPORT_SAMPLE (1000 rows, twice, for ``load()``), IMPORT_KEEP (leave the rows).
"""

import base64
import io
import os
import pathlib
import statistics
import sys
import time

from odoo.tools import SQL

from odoo.addons.hotel_crm_base.intake.layouts import STAY

FACTS = {
    "City Hotel": (79330, 32186, 916, 135153, 14394410.18, 105.3045),
    "Resort Hotel": (40060, 10831, 291, 119887, 11601850.23, 94.9529),
}
TYPES = {
    **dict.fromkeys(["source_ref", "state"], "text"),
    **dict.fromkeys(["adults", "children", "infants"], "integer"),
    "rate": "numeric",
}
ENDINGS = {"_id": "integer", "_date": "date", "_at": "timestamp"}
NAMED = {
    "property_id": "hotel.property",
    "guest_country_id": "res.country",
    "channel_id": "hotel.channel",
    "market_segment_id": "hotel.market.segment",
    "rate_plan_id": "hotel.rate.plan",
}
SAMPLE = int(os.environ.get("IMPORT_SAMPLE", 1000))
data = os.environ.get("HOTEL_CRM_DATA")
path = pathlib.Path(data or ".", "hotel_bookings", "hotel_bookings.csv.gz")
if not path.exists():
    sys.exit("outside: the file hotel_bookings/hotel_bookings.csv.gz (HOTEL_CRM_DATA says where)")
env = env(context=dict(env.context, tracking_disable=True))  # noqa: F821
user = env.ref("base.user_admin")
user.hotel_all_properties = True


def tick():
    """Return (seconds of the clock, seconds of processor time of this process and its database server's)."""
    env.cr.execute("SELECT pg_backend_pid()")
    used = time.process_time()
    stat = pathlib.Path(f"/proc/{env.cr.fetchone()[0]}/stat")
    if stat.exists():  # the server runs on this machine
        fields = stat.read_text().rpartition(")")[2].split()
        used += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return time.monotonic(), used


def since(start):
    """Return how much time has gone by, of both kinds."""
    return tuple(after - before for before, after in zip(start, tick(), strict=True))


def make_hotels():
    """Return the two hotels, made where they are missing."""
    hotels = env["hotel.property"]
    for name in FACTS:
        found = hotels.search([("name", "=", name)], limit=1)
        hotels |= found or hotels.create({"name": name, "code": name, "tz": "Europe/Lisbon"})
    env.cr.commit()
    return hotels


def forget_rows():
    """Delete what an import has left."""
    env.cr.execute(
        """DELETE FROM hotel_stay_night n USING hotel_stay s
            WHERE s.id = n.stay_id AND s.source_system = 'hotel_bookings'"""
    )
    env.cr.execute("DELETE FROM hotel_stay WHERE source_system = 'hotel_bookings'")
    env.cr.commit()
    env.invalidate_all()
    # what was deleted would be in the way of what comes next
    env.cr._cnx.autocommit = True
    env.cr.execute("VACUUM ANALYZE hotel_stay")
    env.cr.execute("VACUUM ANALYZE hotel_stay_night")
    env.cr._cnx.autocommit = False


def run_import():
    """Import the file as the scheduled job does; return (used, job)."""
    job = (
        env["hotel.import.job"]
        .with_user(user)
        .create({"kind": "stays", "file": base64.b64encode(path.read_bytes()), "file_name": path.name})
    )
    started = tick()
    job.action_read()
    job.action_load()
    env.flush_all()
    env.cr.commit()
    job.sudo().with_user(1)._run()
    return since(started), job


def read_rows(job):
    """Return all rows as the engine gives them to the loader."""
    engine, _lookups = job._make_engine()
    return engine.run(list(job._open_table().rows())).rows


def run_odoo_load(rows, by_name):
    """Load rows through Odoo's own import; return the time used.

    :param bool by_name: give names of hotels, channels, segments, rate plans and countries, as a file
        does, instead of database ids; room types go by id either way, for both hotels have an "A"
    """
    names = [name for name in STAY if name not in ("guest_ref", "room_id")]
    named = NAMED if by_name else {}
    header = [f"{name}/.id" if name.endswith("_id") and name not in named else name for name in names]
    columns = []
    for name in names:
        values = [row[STAY.index(name)] for row in rows]
        if name in named:
            records = env[named[name]].browse({value for value in values if value})
            shown = {record.id: record.display_name for record in records}
            values = [shown.get(value) for value in values]
        columns.append(["" if value is None else str(value) for value in values])
    lines = [[*line, "load"] for line in zip(*columns, strict=True)]
    env.invalidate_all()
    started = tick()
    result = env["hotel.stay"].load([*header, "source_system"], lines)
    env.flush_all()
    used = since(started)
    if len(result["ids"] or ()) != len(rows):
        sys.exit(f"load() refused: {result['messages'][:3]}")
    env.cr.rollback()
    return used


def run_bare(rows, hotel):
    """COPY the rows and INSERT them into stays and nights; return the time used."""
    cr = env.cr
    columns = [name for name in STAY if name != "guest_ref"]
    indexes = [STAY.index(name) for name in columns]
    started = tick()
    cr.execute("SET LOCAL jit = off")  # as the import does
    kinds = ", ".join(f"{name} {TYPES.get(name) or ENDINGS[name[name.rindex('_') :]]}" for name in columns)
    cr.execute(f"CREATE TEMP TABLE bare ({kinds}) ON COMMIT DROP")
    lines = "\n".join("\t".join("\\N" if row[i] is None else str(row[i]) for i in indexes) for row in rows)
    cr.copy_expert("COPY bare FROM STDIN", io.BytesIO((lines + "\n").encode()))
    names = ", ".join(columns)
    cr.execute(
        SQL(
            """INSERT INTO hotel_stay (%(names)s, company_id, currency_id, nights, is_day_use, source_system,
                   create_uid, create_date, write_uid, write_date)
               SELECT %(names)s, %(company)s, %(currency)s, departure_date - arrival_date,
                      departure_date = arrival_date, 'bare', 1, now(), 1, now() FROM bare""",
            names=SQL(names),
            company=hotel.company_id.id,
            currency=hotel.currency_id.id,
        )
    )
    cr.execute(
        """INSERT INTO hotel_stay_night (stay_id, property_id, date, rate)
           SELECT s.id, s.property_id, d::date, s.rate FROM hotel_stay s,
                  generate_series(s.arrival_date, s.departure_date - 1, interval '1 day') d
            WHERE s.source_system = 'bare'"""
    )
    used = since(started)
    cr.rollback()
    return used


def read_facts(hotel):
    """Return what the database says of a hotel, in the order of FACTS."""
    [row] = env.execute_query(
        SQL(
            """SELECT count(*), count(*) FILTER (WHERE state = 'cancelled'), count(*) FILTER (WHERE state = 'no_show'),
                      sum(nights) FILTER (WHERE state = 'departed'),
                      sum(nights * rate) FILTER (WHERE state = 'departed'), round(avg(rate), 4)
                 FROM hotel_stay WHERE property_id = %s AND source_system = 'hotel_bookings'""",
            hotel.id,
        )
    )
    return (*row[:4], float(row[4]), float(row[5]))


hotels = make_hotels()
forget_rows()
job = (
    env["hotel.import.job"]
    .with_user(user)
    .create({"kind": "stays", "file": base64.b64encode(path.read_bytes()), "file_name": path.name})
)
job.action_read()
rows = read_rows(job)
job.sudo().unlink()
env.cr.commit()
# before and after, because other work of the machine comes and goes
stock = [run_odoo_load(rows[:SAMPLE], by_name=True)]
used, job = run_import()
count = job.new_count
print(f"\n{count:,} new, {job.same_count:,} same, {job.refused_count} refused; state {job.state}")
for hotel in hotels:
    facts = read_facts(hotel)
    verdict = "equal to the facts" if facts == FACTS[hotel.name] else f"NOT {FACTS[hotel.name]}"
    print(f"{hotel.name}: {facts} {verdict}")
again, second = run_import()
print(
    f"loaded again: {second.new_count} new, {second.same_count:,} same, {second.changed_count} changed,"
    f" {again[0]:.1f} s"
)
stock.append(run_odoo_load(rows[-SAMPLE:], by_name=True))
by_id = run_odoo_load(rows[-SAMPLE:], by_name=False)
stock = tuple(map(statistics.mean, zip(*stock, strict=True)))
bare = min(run_bare(rows, hotels[0]) for _time in range(2))
print(f"\n{'':<34}{'rows':>9}{'seconds':>10}{'rows/s':>10}{'processor s':>13}{'rows/proc. s':>14}")
for label, size, (clock, processor) in (
    ("import, file to committed rows", count, used),
    ("Odoo load(), names as in a file", SAMPLE, stock),
    ("Odoo load(), ids looked up before", SAMPLE, by_id),
    ("bare COPY and INSERT", count, bare),
):
    print(f"{label:<34}{size:>9,}{clock:>10.1f}{size / clock:>10,.0f}{processor:>13.1f}{size / processor:>14,.0f}")
faster = [count / ours / (SAMPLE / theirs) for ours, theirs in zip(used, stock, strict=True)]
longer = [ours / theirs for ours, theirs in zip(used, bare, strict=True)]
print(f"\ntimes as fast as load(): {faster[0]:.0f} by the clock, {faster[1]:.0f} by the processor (aim: 20 or more)")
print(f"times as long as bare: {longer[0]:.1f} by the clock, {longer[1]:.1f} by the processor (aim: 4 or less)\n")
if not os.environ.get("IMPORT_KEEP"):
    (job | second).sudo().unlink()
    forget_rows()
