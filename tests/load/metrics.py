"""How long figures take: of guests, of days, of the dashboard.

Run in a seeded database, as one script of ``odoo shell``::

    TEST_DB=seed ./setup/shell odoo shell --no-http < tests/load/metrics.py

It computes all figures anew (what is in the tables afterwards is right) and prints

* the whole computation of guests' figures beside bare GROUP BYs of the same facts, by guest and by month, in the
  same run: from nothing, again with nothing changed, and again with a tenth of the rows wrong;
* the increment of 10,000 changed guests;
* all daily figures, and those of one changed day of each property;
* all that the two dashboards and the analyses ask as they open, as a manager of all properties.

Variables: METRICS_CHANGED (10000); METRICS_PARTS (guests,increment,days,dashboard): what of it.
"""

import json
import os
import resource
import time

from odoo.fields import Date
from odoo.tests.common import new_test_user
from odoo.tools import SQL

CHANGED = int(os.environ.get("METRICS_CHANGED", 10000))
PARTS = os.environ.get("METRICS_PARTS", "guests,increment,days,dashboard").split(",")
env = env(context=dict(env.context, tracking_disable=True))  # noqa: F821
metrics, figures, runs = env["hotel.guest.metric"], env["hotel.figure.day"], env["hotel.metric.run"]


def query(text, *arguments):
    env.cr.execute(text, arguments or None)
    return env.cr.fetchall() if env.cr.description else None


def timed(call):
    """Return what a call returns, and how many seconds it took."""
    started = time.monotonic()
    result = call()
    return result, time.monotonic() - started


def report(name, seconds, note=""):
    print(f"{name:<58} {seconds:>9.2f} s   {note}", flush=True)


def memory():
    return f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MiB at most"


def bare(months=False):
    """Group the facts of each guest and company and add them up, no more; of each month, too, if asked for."""
    keys = "partner_id, company_id" + (", date_trunc('month', {date}::timestamp)" if months else "")
    for table, date, sums in (
        ("hotel_stay", "arrival_date", ("sum(nights)", "min(arrival_date)", "max(departure_date)")),
        ("hotel_consumption", "business_date", ("sum(amount_gross)", "sum(amount_net)")),
    ):
        columns = ", ".join(f"{value} AS c{number}" for number, value in enumerate(sums))
        # all columns are asked for: those that nobody reads are not computed
        read = ", ".join(f"max(c{number})" for number in range(len(sums)))
        query(
            f"SELECT count(*), {read} FROM (SELECT {keys.format(date=date)}, count(*), {columns} FROM {table}"
            f" WHERE partner_id IS NOT NULL GROUP BY {keys.format(date=date)}) facts"
        )


def refresh_all():
    run = metrics._refresh_all()
    runs._cron_continue()
    assert run.state == "done", run.state
    env.cr.commit()


def show_facts():
    tables = ("res_partner", "hotel_stay", "hotel_stay_night", "hotel_consumption", "hotel_property")
    counts = [f"{table} {query(f'SELECT count(*) FROM {table}')[0][0]:,}" for table in tables]
    (foreign, lines), = query(
        """SELECT count(*) FILTER (WHERE l.currency_id <> c.currency_id), count(*) FROM hotel_consumption l
           JOIN res_company c ON c.id = l.company_id"""
    )
    print(", ".join(counts), f"; {foreign / max(lines, 1):.0%} of the charges in a foreign currency")


def measure_guests():
    query("DELETE FROM hotel_guest_metric_queue")
    query("TRUNCATE hotel_guest_metric")
    query("UPDATE hotel_metric_run SET state = 'cancelled' WHERE state = 'running'")
    env.cr.commit()
    env.invalidate_all()
    query("TRUNCATE hotel_guest_metric_month")
    env.cr.commit()
    bare()  # warms the cache
    _none, plain = timed(bare)
    _none, monthly = timed(lambda: bare(months=True))
    report("bare GROUP BY of stays and consumption", plain)
    report("bare GROUP BY of the same by month", monthly)
    for name, prepare in (
        ("all figures, from nothing", None),
        ("all figures, nothing changed", None),
        ("all figures, a tenth of the rows wrong", "UPDATE hotel_guest_metric SET stay_count = -1 WHERE id % 10 = 0"),
    ):
        if prepare:
            query(prepare)
            env.cr.commit()
        _none, seconds = timed(refresh_all)
        ratios = f"{seconds / plain:.1f} x the first bare GROUP BY, {seconds / (plain + monthly):.1f} x both"
        report(name, seconds, f"{ratios}, {memory()}")


def measure_increment():
    guests = [row[0] for row in query("SELECT partner_id FROM hotel_guest_metric ORDER BY random() LIMIT %s", CHANGED)]
    metrics._mark_dirty(guests)
    env.cr.commit()
    count, seconds = timed(metrics._refresh_changed)
    report(f"figures of {count:,} changed guests", seconds)


def measure_days():
    query("DELETE FROM hotel_figure_queue")
    figures._query_queue_all()
    env.cr.commit()
    count, seconds = timed(figures._refresh_changed)
    rows = figures.search_count([])
    report(f"daily figures, all {count:,} days of properties", seconds, f"{rows:,} rows, {memory()}")
    env["hotel.figure.queue"]._query_add(SQL("SELECT id, business_date - 1 FROM hotel_property"))
    env.cr.commit()
    count, seconds = timed(figures._refresh_changed)
    report(f"daily figures of {count:,} changed days", seconds)


def measure_dashboard():
    """Ask what the client asks when the dashboard opens with its default period, twelve months."""
    companies = env["hotel.property"].search([]).company_id
    manager = new_test_user(
        env,
        login=f"load_manager_{time.time():.0f}",
        groups="hotel_crm_base.group_manager",
        company_id=companies[0].id,
        company_ids=[(6, 0, companies.ids)],
        hotel_all_properties=True,
    )
    env.cr.commit()
    last, = query("SELECT max(date) FROM hotel_stay_night")[0]
    first = last.replace(year=last.year - 1)
    _none, seconds = timed(lambda: env["hotel.guest.figure"]._refresh(Date.context_today(metrics)))
    env.cr.commit()
    rows = env["hotel.guest.figure"].search_count([])
    report("what the general manager's dashboard reads, added up", seconds, f"{rows:,} rows")
    asked = env(user=manager, context={"allowed_company_ids": companies.ids})
    for xmlid in ("hotel_dashboard", "hotel_general_dashboard"):
        asked.invalidate_all()
        opened, total = timed(
            lambda: asked.ref(f"hotel_crm_base.{xmlid}")._get_serialized_readonly_dashboard()  # noqa: B023
        )
        report(f"  {xmlid} is fetched", total, f"{len(opened) / 1024:.0f} KiB")
        for name, *asks in dashboard_queries(json.loads(opened)["snapshot"]):
            asked.invalidate_all()
            _rows, seconds = timed(lambda: ask_figure(asked, first, last, *asks))  # noqa: B023
            total += seconds
            report(f"  {name}", seconds)
        report(f"all that {xmlid} asks, one after the other", total)
    measure_analyses(asked, first, last)
    manager.unlink()
    env.cr.commit()


def ask_figure(asked, first, last, model, domain, groupby, measures, matching):
    """Ask for one table, card or chart of a dashboard, in its default period."""
    for field in matching.values():
        if field["type"] == "date":
            start, end = (first.replace(year=first.year - 1), first) if field.get("offset") else (first, last)
            domain = [*domain, (field["chain"], ">=", start), (field["chain"], "<", end)]
    return asked[model].formatted_read_grouping_sets(domain, [groupby], measures)


def dashboard_queries(content):
    for pivot in content["pivots"].values():
        rows = [row["fieldName"] for row in pivot["rows"]]
        measures = [measure["id"] for measure in pivot["measures"]]
        yield pivot["name"], pivot["model"], pivot["domain"], rows, measures, pivot["fieldMatching"]
    for figure in content["sheets"][0]["figures"]:
        chart = figure["data"]
        if "metaData" in chart:
            meta, model = chart["metaData"], env[chart["metaData"]["resModel"]]
            measure = f"{meta['measure']}:{model._fields[meta['measure']].aggregator}"
            domain = chart["searchParams"]["domain"]
            yield figure["id"], model._name, domain, meta["groupBy"], [measure], chart["fieldMatching"]


def measure_analyses(asked, first, last):
    """Each analysis as its menu opens it: a year, by month and property."""
    for model, date, groupby, measures in (
        ("hotel.occupancy.report", "date", ["date:month", "property_id"], ["occupancy:avg"]),
        ("hotel.stay.report", "date", ["date:month", "property_id"], ["nights:sum"]),
        ("hotel.booking.report", "arrival_date", ["channel_id"], ["bookings:sum"]),
        ("hotel.pace.report", "date", ["date:month", "property_id"], ["nights:sum", "last_nights:sum"]),
        ("hotel.consumption.report", "business_date", ["business_date:month", "kind"], ["amount_gross:sum"]),
        ("hotel.consumption.report", "business_date", ["property_id"], ["frequency:avg"]),
        ("hotel.guest.report", None, ["spend_band"], ["guests:count_distinct"]),
        ("hotel.guest.report", None, ["country_id"], ["guests:count_distinct", "spend:sum"]),
    ):
        domain = [(date, ">=", first), (date, "<", last)] if date else []
        _rows, seconds = timed(lambda: asked[model].formatted_read_group(domain, groupby, measures))  # noqa: B023
        report(f"{model} by {', '.join(groupby)}: {', '.join(measures)}", seconds)


show_facts()
for part in PARTS:
    globals()[f"measure_{part}"]()
