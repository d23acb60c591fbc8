"""How long members' points and tiers take, in the database.

Run in a database of tests, as one script of ``odoo shell``::

    TEST_DB=loyalty ./setup/test hotel_crm_loyalty/tests/ledger -k evaluating      # makes the database
    TEST_DB=loyalty ./setup/shell odoo shell --no-http < tests/load/loyalty.py

It adds members by SQL, each with 3 stays and 4 or 5 charges over two years, and prints, each beside a bare SQL
aggregate of the same facts in the same run:

* the evaluation of all members from nothing: every move, lot and decision is booked, and beside it a bare INSERT
  of the very same rows into the same tables, with their keys and foreign keys (then rolled back);
* the same again with nothing changed: who is left out by the fingerprint of the facts, and then all of it in full;
* a day's changes: members with one more stay, queued and evaluated by the job;
* processor time of all processes, PostgreSQL's own included where it runs on this machine, beside the clock's: what
  else the machine does moves the clock only; and the most memory of each process.

The jobs run as they do in the field: two processes, each with half of the members.

Variables: LOYALTY_MEMBERS (100000), LOYALTY_CHANGED (10000), LOYALTY_PROGRAM (hotel_club), LOYALTY_WORKERS (2; 1: one
process takes all).
"""

import json
import os
import resource
import subprocess
import sys
import time

MEMBERS = int(os.environ.get("LOYALTY_MEMBERS", 100_000))
CHANGED = min(int(os.environ.get("LOYALTY_CHANGED", 10_000)), MEMBERS)
CODE = os.environ.get("LOYALTY_PROGRAM", "hotel_club")
WORKERS = int(os.environ.get("LOYALTY_WORKERS", 2))
LEDGER = ("hotel_loyalty_lot", "hotel_loyalty_move", "hotel_loyalty_decision", "loyalty_history")
#: what the second process runs: its half of the queue, each time it is asked to
WORKER = """
import json, os, resource, time
asked, answers = os.fdopen({asked}), os.fdopen({answers}, "w")
print("ready", file=answers, flush=True)
for _line in asked:
    env.cr.rollback()
    env.invalidate_all()
    used = time.process_time()
    env["hotel.loyalty.evaluation"]._cron_evaluate(1)
    env.cr.commit()
    env.cr.execute("SELECT pg_backend_pid()")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps([time.process_time() - used, memory, env.cr.fetchone()[0]]), file=answers, flush=True)
"""
env = env(context=dict(env.context, tracking_disable=True))  # noqa: F821
evaluation, queue = env["hotel.loyalty.evaluation"], env["hotel.loyalty.queue"].sudo()


def query(text, **values):
    env.cr.execute(text, values)
    return env.cr.fetchall() if env.cr.description else None


def timed(call):
    """Return seconds by the clock, and of the processor: here, in PostgreSQL, and in others that the call tells of."""
    pid = query("SELECT pg_backend_pid()")[0][0]
    clock, used = time.monotonic(), time.process_time() + get_server_time(pid)
    others = call()
    return time.monotonic() - clock, time.process_time() + get_server_time(pid) - used + (others or 0)


def repeated(call, times=5):
    """Return the same of one of several calls, as they do on the average."""
    clock, used = timed(lambda: [call() for _again in range(times)] and None)
    return clock / times, used / times


def get_server_time(pid):
    """Return the seconds of the processor that a process of PostgreSQL has used, 0 where it is elsewhere."""
    try:
        with open(f"/proc/{pid}/stat") as file:
            fields = file.read().rpartition(")")[2].split()
    except OSError:
        return 0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def report(name, seconds, count, bare=None):
    (clock, used), beside = seconds, ""
    if bare:
        times = f"{used / bare[1]:.1f}" if bare[1] else "-"
        beside = f" {clock / bare[0]:>6.1f} times the bare aggregate, {times} by processor"
    rate = f"{count / clock:>10,.0f} members/s"
    print(f"{name:<42} {clock:>8.2f} s {used:>8.2f} s of processor {rate}{beside}", flush=True)


class Worker:
    """The second process, with a connection of its own."""

    memory = server = 0  #: KiB at most; seconds that its process of PostgreSQL had used

    def __init__(self):
        (theirs, ask), (hear, answer) = os.pipe(), os.pipe()
        command = [sys.executable, sys.argv[0], "shell", "--no-http", "--log-level=error"]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, pass_fds=(theirs, answer))
        with self.process.stdin as script:
            script.write(WORKER.format(asked=theirs, answers=answer).encode())
        self._ask, self._hear = os.fdopen(ask, "w"), os.fdopen(hear)
        os.close(theirs)
        os.close(answer)
        self._hear.readline()

    def start(self):
        print("go", file=self._ask, flush=True)

    def finish(self):
        """Wait until its half is done; return seconds of the processor for it."""
        seconds, self.memory, pid = json.loads(self._hear.readline())
        before, self.server = self.server, get_server_time(pid)
        return seconds + self.server - before

    def stop(self):
        self._ask.close()
        self.process.wait()


def memory(worker):
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return f"{own:,.0f} MiB" + (f", the other process {worker.memory / 1024:,.0f} MiB" if worker else "")


def seed(program, hotel):
    """Add guests, cards, stays and charges; SQL, because a million through the ORM takes hours."""
    last = query("SELECT COALESCE(max(id), 0) FROM res_partner")[0][0]
    values = {
        "n": MEMBERS, "last": last, "program": program.id, "company": hotel.company_id.id, "hotel": hotel.id,
        "currency": hotel.currency_id.id, "channel": env["hotel.channel"].search([("code", "=", "web")]).id,
    }  # fmt: skip
    query(
        """INSERT INTO res_partner (name, complete_name, active, type, is_hotel_guest, lang, autopost_bills)
           SELECT 'Member ' || number, 'Member ' || number, TRUE, 'contact', TRUE, 'en_US', 'ask'
             FROM generate_series(1, %(n)s) AS number""",
        **values,
    )
    query(
        """INSERT INTO loyalty_card (program_id, partner_id, code, points, active, hotel_managed, hotel_state,
                                     hotel_joined_date, hotel_debt, hotel_pending)
           SELECT %(program)s, id, 'LOAD' || id, 0, TRUE, TRUE, 'active', '2025-01-01', 0, 0
             FROM res_partner WHERE id > %(last)s""",
        **values,
    )
    seed_facts(values)
    for table in ("res_partner", "loyalty_card", "hotel_stay", "hotel_consumption"):
        query(f"ANALYZE {table}")
    env.cr.commit()
    return last


def seed_facts(values):
    """Add stays and charges of the guests after ``last``."""
    query(
        """INSERT INTO hotel_stay (partner_id, property_id, company_id, currency_id, state, arrival_date,
                                   departure_date, nights, is_day_use, channel_id, booked_at, adults)
           SELECT id, %(hotel)s, %(company)s, %(currency)s, 'departed', first, first + 1 + id %% 7, 1 + id %% 7, FALSE,
                  %(channel)s, first::timestamp - interval '9 days', 2
             FROM res_partner, generate_series(0, 2) AS number,
                  LATERAL (SELECT '2025-01-10'::date + ((id * 37 + number * 211) %% 640)::integer AS first) AS dated
            WHERE id > %(last)s""",
        **values,
    )
    query(
        """INSERT INTO hotel_consumption (partner_id, stay_id, property_id, company_id, currency_id, kind,
                  business_date, posted_at, description, quantity, amount_gross, amount_net, accrues_points,
                  source_system)
           SELECT stay.partner_id, stay.id, stay.property_id, stay.company_id, stay.currency_id, charge.kind,
                  stay.departure_date, stay.departure_date, 'Charge', 1, charge.net * 1.1, charge.net, TRUE, 'load'
             FROM hotel_stay stay,
                  LATERAL (VALUES ('room', 40 + (stay.id * 7919::bigint) %% 90000 / 100.0),
                                  ('food', (stay.id * 104729::bigint) %% 9000 / 100.0)) AS charge (kind, net)
            WHERE stay.partner_id > %(last)s AND (charge.kind = 'room' OR stay.id %% 2 = 0)""",
        **values,
    )
    env.cr.commit()


def bare(condition):
    """The facts of members grouped and summed by one statement: what any way of doing it has to read."""
    query(
        f"""SELECT count(*), sum(nights), sum(room), sum(other) FROM (
              SELECT card.id, sum(stay.nights) AS nights, min(stay.arrival_date), max(stay.departure_date),
                     sum(spent.room) AS room, sum(spent.other) AS other
                FROM loyalty_card card JOIN hotel_stay stay ON stay.partner_id = card.partner_id
           LEFT JOIN (SELECT stay_id, sum(amount_net) FILTER (WHERE kind = 'room') AS room,
                             sum(amount_net) FILTER (WHERE kind <> 'room') AS other
                        FROM hotel_consumption WHERE accrues_points GROUP BY stay_id) spent ON spent.stay_id = stay.id
               WHERE {condition} GROUP BY card.id) facts"""
    )


def evaluate_queued(worker):
    """Run the jobs until nothing is queued; return the other one's seconds of the processor."""
    if worker:
        worker.start()
    evaluation._cron_evaluate(0 if worker else None)
    env.cr.commit()
    env.invalidate_all()
    others = worker.finish() if worker else 0
    env.cr.rollback()
    assert not queue._query_count(), "something is left"
    return others


def evaluate_all(last, worker):
    query(
        "INSERT INTO hotel_loyalty_queue (card_id) SELECT id FROM loyalty_card WHERE partner_id > %(last)s", last=last
    )
    env.cr.commit()
    return evaluate_queued(worker)


def write_bare():
    """Return the seconds that PostgreSQL takes to write the ledger's rows again, with all their keys."""
    for table in LEDGER:
        query(f"CREATE TEMP TABLE copy_{table} AS SELECT * FROM {table}")
    query("SET LOCAL session_replication_role = replica")  # the ledger's guards keep rows from being deleted
    for table in reversed(LEDGER):
        query(f"DELETE FROM {table}")
    query("SET LOCAL session_replication_role = origin")
    seconds = timed(lambda: [query(f"INSERT INTO {table} SELECT * FROM copy_{table}") for table in LEDGER] and None)
    env.cr.rollback()
    return seconds


def check(last):
    """What was booked is what is said."""
    [(wrong,)] = query(
        """SELECT count(*) FROM loyalty_card card
            WHERE card.partner_id > %(last)s AND card.points + card.hotel_pending <>
                  (SELECT COALESCE(sum(remaining), 0) FROM hotel_loyalty_lot lot WHERE lot.card_id = card.id)""",
        last=last,
    )
    assert not wrong, f"{wrong} cards do not add up"
    for table in LEDGER:
        print(f"  {table}: {query(f'SELECT count(*) FROM {table}')[0][0]:,} rows")


def measure_all(last, worker, reading):
    """Everybody: from nothing, with nothing changed, and in full with nothing to book."""
    seconds = timed(lambda: evaluate_all(last, worker))
    report("all members, from nothing", seconds, MEMBERS, reading)
    check(last)
    writing = write_bare()
    report("bare INSERT of the same rows", writing, MEMBERS, reading)
    clock, used = (one / (read + written) for one, read, written in zip(seconds, reading, writing, strict=True))
    print(f"  from nothing is {clock:.1f} times bare reading and writing together, {used:.1f} by processor")
    for table in (*LEDGER, "loyalty_card"):
        query(f"ANALYZE {table}")
    env.cr.commit()
    report("all members, nothing changed", timed(lambda: evaluate_all(last, worker)), MEMBERS, reading)
    query("UPDATE loyalty_card SET hotel_fingerprint = NULL WHERE partner_id > %(last)s", last=last)
    env.cr.commit()
    report("all members, in full, nothing to book", timed(lambda: evaluate_all(last, worker)), MEMBERS, reading)


def measure_day(last, worker):
    """A day's changes: members with a longer stay."""
    some = f"SELECT id FROM loyalty_card WHERE partner_id > {last} ORDER BY partner_id LIMIT {CHANGED}"
    query(
        f"""UPDATE hotel_stay SET departure_date = departure_date + 1, nights = nights + 1 WHERE id IN (
              SELECT min(stay.id) FROM hotel_stay stay WHERE stay.partner_id > {last}
               GROUP BY stay.partner_id ORDER BY stay.partner_id LIMIT {CHANGED})"""
    )
    query(f"INSERT INTO hotel_loyalty_queue (card_id) {some}")
    env.cr.commit()
    reading = repeated(lambda: bare(f"card.id IN ({some})"))
    report("bare aggregate of the changed members", reading, CHANGED)
    report("a day's changed members", timed(lambda: evaluate_queued(worker)), CHANGED, reading)
    check(last)


def main():
    program = env["loyalty.program"].search([("hotel_code", "=", CODE)]) or env["loyalty.program"]._hotel_load(CODE)
    hotel = env["hotel.property"].search([], limit=1) or env["hotel.property"].create({"name": "Load", "code": "LOAD"})
    queue._query_take(10_000_000)
    worker = Worker() if WORKERS > 1 else None
    began = []
    seconds = timed(lambda: began.append(seed(program, hotel)))
    last = began[0]
    print(f"{MEMBERS:,} members of {program.name}, {WORKERS} processes, load {os.getloadavg()[0]:.1f}")
    report("seeding", seconds, MEMBERS)
    mine = f"card.partner_id > {last}"
    bare(mine)  # warm
    reading = repeated(lambda: bare(mine))
    report("bare aggregate of the facts", reading, MEMBERS)
    started = memory(None)
    measure_all(last, worker, reading)
    measure_day(last, worker)
    print(f"memory: {started} before, at most {memory(worker)}")
    if worker:
        worker.stop()


main()
