"""Servers are killed in the middle of everything: nothing is lost, nothing counted twice, and work goes on.

Five kills here, one of each kind. At full length, a quarter of an hour; in parts each of which has its seed::

    for seed in 1 2 3 4 5; do KILLS=20 KILL_SEED=$seed ./setup/test tests/production/test_kills.py; done
"""

import json
import os
import pathlib
import random
import time

import pytest
from kills import Killer, Supervisor
from mail_sink import MailSink
from repository import ADDONS
from servers import wait_for
from streams import Bookings, Calls, CheckOuts, Imports

KILLS = int(os.environ.get("KILLS", 5))
SEED = int(os.environ.get("KILL_SEED", 2026))
#: what still waits for a job
WAITING = """
    SELECT (SELECT count(*) FROM hotel_import_job WHERE state IN ('loading', 'checking'))
         + (SELECT count(*) FROM hotel_message WHERE state = 'queued' AND due_at <= now() AT TIME ZONE 'UTC')
         + (SELECT count(*) FROM mail_mail WHERE state = 'outgoing')
         + (SELECT count(*) FROM hotel_loyalty_queue)
         + (SELECT count(*) FROM hotel_guest_metric_queue)"""
TWICE = """
    SELECT count(*) FROM (SELECT 1 FROM hotel_consumption WHERE source_ref IS NOT NULL
        GROUP BY source_system, source_ref HAVING count(*) > 1) twice"""


def read_integrity():
    """Return what the health of the hotel counts as wrong, by name, and what this test counts beside it."""
    from odoo.addons.hotel_crm_base.backup.integrity import read_queries  # noqa: PLC0415  as in conftest.py

    found = {f"integrity of {name}": query for name, (_tables, query) in read_queries(ADDONS).items()}
    return {**found, "charges that are there twice": TWICE}


@pytest.fixture(scope="module", name="scene")
def fixture_scene(base):
    """One host with two workers, the jobs apart, a mail server; guests who leave today."""
    base.sink = base.add(MailSink(base.smtp))
    base.host = base.add_odoo(base.conf, "host", "--workers=2")
    base.jobs = base.add_jobs(base.conf, "--smtp=127.0.0.1", f"--smtp-port={base.smtp}")
    base.host.wait()
    base.supervisor = Supervisor(base.host, base.jobs)
    base.supervisor.start()
    yield base.scene
    base.supervisor.end()
    base.jobs.end()
    base.host.end()


def test_nothing_is_lost_and_nothing_is_doubled(base, scene, record_property):
    draw = random.Random(SEED)
    streams = [kind(base, scene, random.Random(SEED)) for kind in (Bookings, Calls, CheckOuts, Imports)]
    for stream in streams:
        stream.start()

    def check():
        for stream in streams:
            if stream.failure:
                raise stream.failure

    killer = Killer(base, draw)
    started = time.monotonic()
    killer.run(KILLS, check, lambda: sum(len(stream.done) for stream in streams))
    for stream in streams:
        stream.finishing.set()
    for stream in streams:
        stream.join(180)
        assert not stream.is_alive(), f"{type(stream).__name__} does not come to an end"
    check()
    wait_for(lambda: is_quiet(base), "the jobs to finish", 180)
    report = count(base, *streams)
    report |= {f"kills: {way}": number for way, number in killer.counts.items()}
    report["services started again"] = base.supervisor.restarts
    report["seconds"] = round(time.monotonic() - started)
    for name, value in report.items():
        record_property(name, value)
    if "KILLS" in os.environ:
        folder = pathlib.Path(os.environ.get("PROJECT_VAR", "."))
        (folder / f"kills-{SEED}.json").write_text(json.dumps(report, indent=1))
    marks = ("lost", "doubled", "integrity", "twice")
    wrong = {name: value for name, value in report.items() if any(mark in name for mark in marks)}
    assert not any(wrong.values()), report


def is_quiet(site):
    """Wake the jobs up, and say whether nothing waits any more."""
    if site.primary.sql(WAITING, "hotel") == "0":
        return True
    site.primary.sql(
        "UPDATE ir_cron SET nextcall = now() AT TIME ZONE 'UTC' - interval '1 minute' WHERE nextcall > now()", "hotel"
    )
    site.primary.sql("NOTIFY cron_trigger, 'hotel'")
    time.sleep(0.5)
    return False


def count(site, bookings, calls, check_outs, imports):
    """Return what was promised, what is there, what is missing, what is there twice."""
    streams = (bookings, calls, check_outs, imports)

    def sql(query):
        return int(site.primary.sql(query, "hotel"))

    report = {"tries": sum(stream.tries for stream in streams)}
    report |= count_bookings(site, bookings.done)
    report |= count_check_outs(sql, check_outs.done)
    report |= count_calls(sql, calls.done)
    report |= count_rows(sql, imports.rows * len(imports.done))
    return report | {name: sql(query) for name, query in read_integrity().items()}


def count_bookings(site, numbers):
    """Each booking that was answered is there once, and its guest was told once."""
    addresses = {f"booker{number}@example.com" for number in numbers}
    booked = "SELECT email_normalized FROM hotel_reservation r JOIN res_partner p ON p.id = r.partner_id"
    found = [line for line in site.primary.sql(booked, "hotel").split() if line.startswith("booker")]
    twice = "SELECT count(*) FROM (SELECT 1 FROM hotel_message GROUP BY partner_id, dedupe_key HAVING count(*) > 1) t"
    return {
        "bookings": len(numbers),
        "bookings lost": len(addresses - set(found)),
        "bookings doubled": len(found) - len(set(found)),
        "confirmations lost": len(addresses - site.sink.addresses),
        "messages doubled": int(site.primary.sql(twice, "hotel")),
        "e-mails": site.sink.counts.total(),
        "e-mails doubled": sum(number - 1 for number in site.sink.counts.values()),
        "confirmations doubled": sum(len(site.sink.subjects.get(address, ())) > 1 for address in addresses),
    }


def count_check_outs(sql, stays):
    """Each guest who was checked out has left, was charged once, and has got points once."""
    left = ",".join(map(str, stays)) or "0"
    earned = f"""FROM (SELECT origin_id, sum(points) AS points FROM hotel_loyalty_move
                   WHERE origin_model = 'hotel.stay' AND origin_id IN ({left}) GROUP BY 1) earned"""  # noqa: S608
    departed = f"SELECT count(*) FROM hotel_stay WHERE state = 'departed' AND id IN ({left})"  # noqa: S608
    charges = f"SELECT count(*) FROM hotel_consumption WHERE stay_id IN ({left})"  # noqa: S608
    return {
        "check-outs": len(stays),
        "check-outs lost": len(stays) - sql(departed),
        "charges lost or doubled": 2 * len(stays) - sql(charges),
        "stays whose points are lost": len(stays) - sql(f"SELECT count(*) {earned}"),
        # all of them are worth the same
        "stays whose points are doubled": max(0, sql(f"SELECT count(DISTINCT points) {earned}") - 1),
    }


def count_calls(sql, calls):
    """Each event of each call is there once."""
    kept = "SELECT count(DISTINCT event_uuid) FROM hotel_call_event WHERE event_uuid LIKE 'kill.%'"
    return {
        "events of calls": 5 * len(calls),
        "events lost": 5 * len(calls) - sql(kept),
        "events doubled": sql("SELECT count(*) - count(DISTINCT event_uuid) FROM hotel_call_event"),
        "calls doubled": sql("SELECT count(*) FROM hotel_call WHERE call_ref LIKE 'kill.%'") - len(calls),
    }


def count_rows(sql, rows):
    """Each row of each file is one guest."""
    return {
        "rows imported": rows,
        "rows lost": rows - sql("SELECT count(*) FROM hotel_guest_reference WHERE source_system LIKE 'kill%'"),
        "rows doubled": sql("SELECT count(*) FROM res_partner WHERE name LIKE 'Guest kill%'") - rows,
    }
