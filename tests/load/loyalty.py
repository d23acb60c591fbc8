"""How long members' points and tiers take, in the database.

Run in a database of tests, as one script of ``odoo shell``::

    TEST_DB=loyalty ./setup/test hotel_crm_loyalty/tests/ledger -k evaluating      # makes the database
    TEST_DB=loyalty ./setup/shell odoo shell --no-http < tests/load/loyalty.py

It adds members by SQL, each with 3 stays and 4 or 5 charges over two years, and prints, each beside a bare SQL
aggregate of the same facts in the same run:

* the evaluation of all members from nothing: every move, lot and decision is booked;
* the same again with nothing changed: who is left out by the fingerprint of the facts, and then all of it in full;
* a day's changes: members with one more stay, queued and evaluated by the job;
* processor time of this process beside the clock's, and its memory after a tenth and at the end.

Variables: LOYALTY_MEMBERS (100000), LOYALTY_CHANGED (10000), LOYALTY_PROGRAM (hotel_club).
"""

import os
import resource
import time

MEMBERS = int(os.environ.get("LOYALTY_MEMBERS", 100_000))
CHANGED = min(int(os.environ.get("LOYALTY_CHANGED", 10_000)), MEMBERS)
CODE = os.environ.get("LOYALTY_PROGRAM", "hotel_club")
env = env(context=dict(env.context, tracking_disable=True))  # noqa: F821
evaluation, queue = env["hotel.loyalty.evaluation"], env["hotel.loyalty.queue"].sudo()


def query(text, **values):
    env.cr.execute(text, values)
    return env.cr.fetchall() if env.cr.description else None


def timed(call):
    """Return seconds by the clock and of this process."""
    clock, used = time.monotonic(), time.process_time()
    call()
    return time.monotonic() - clock, time.process_time() - used


def report(name, seconds, count, bare=None):
    clock, used = seconds
    beside = f"{clock / bare:>6.1f} times the bare aggregate" if bare else ""
    rate = f"{count / clock:>10,.0f} members/s" if count else " " * 20
    print(f"{name:<46} {clock:>8.2f} s {used:>8.2f} s of processor {rate} {beside}", flush=True)


def memory():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


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


def evaluate_queued():
    """Run the job until nothing is queued."""
    while queue._query_count():
        evaluation._cron_evaluate()
        env.cr.commit()
        env.invalidate_all()


def evaluate_all(last):
    query(
        "INSERT INTO hotel_loyalty_queue (card_id) SELECT id FROM loyalty_card WHERE partner_id > %(last)s", last=last
    )
    env.cr.commit()
    evaluate_queued()


def check(last):
    """What was booked is what is said."""
    [(wrong,)] = query(
        """SELECT count(*) FROM loyalty_card card
            WHERE card.partner_id > %(last)s AND card.points + card.hotel_pending <>
                  (SELECT COALESCE(sum(remaining), 0) FROM hotel_loyalty_lot lot WHERE lot.card_id = card.id)""",
        last=last,
    )
    assert not wrong, f"{wrong} cards do not add up"
    for table in ("hotel_loyalty_move", "hotel_loyalty_lot", "hotel_loyalty_decision", "loyalty_history"):
        print(f"  {table}: {query(f'SELECT count(*) FROM {table}')[0][0]:,} rows")


def main():
    program = env["loyalty.program"].search([("hotel_code", "=", CODE)]) or env["loyalty.program"]._hotel_load(CODE)
    hotel = env["hotel.property"].search([], limit=1) or env["hotel.property"].create({"name": "Load", "code": "LOAD"})
    queue._query_take(10_000_000)
    seconds = timed(lambda: globals().update(last=seed(program, hotel)))
    print(f"{MEMBERS:,} members of {program.name}, load {os.getloadavg()[0]:.1f}")
    report("seeding", seconds, MEMBERS)
    mine = f"card.partner_id > {last}"  # noqa: F821
    bare(mine)  # warm
    reading = timed(lambda: bare(mine))[0]
    report("bare aggregate of the facts", (reading, 0), MEMBERS)
    started = memory()
    report("all members, from nothing", timed(lambda: evaluate_all(last)), MEMBERS, reading)  # noqa: F821
    check(last)  # noqa: F821
    for table in ("hotel_loyalty_move", "hotel_loyalty_lot", "hotel_loyalty_decision", "loyalty_card"):
        query(f"ANALYZE {table}")
    env.cr.commit()
    report("all members, nothing changed", timed(lambda: evaluate_all(last)), MEMBERS, reading)  # noqa: F821
    query(f"UPDATE loyalty_card card SET hotel_fingerprint = NULL WHERE {mine}")
    env.cr.commit()
    report("all members, in full, nothing to book", timed(lambda: evaluate_all(last)), MEMBERS, reading)  # noqa: F821
    query(
        f"""UPDATE hotel_stay SET departure_date = departure_date + 1, nights = nights + 1 WHERE id IN (
              SELECT min(stay.id) FROM hotel_stay stay WHERE stay.partner_id > {last}
               GROUP BY stay.partner_id ORDER BY stay.partner_id LIMIT {CHANGED})"""  # noqa: F821
    )
    query(f"INSERT INTO hotel_loyalty_queue (card_id) SELECT id FROM loyalty_card WHERE partner_id > {last}"  # noqa: F821
          f" ORDER BY partner_id LIMIT {CHANGED}")
    env.cr.commit()
    some = (f"card.id IN (SELECT id FROM loyalty_card WHERE partner_id > {last} ORDER BY partner_id LIMIT {CHANGED})")  # noqa: F821
    reading = timed(lambda: bare(some))[0]
    report("bare aggregate of the changed members", (reading, 0), CHANGED)
    report("a day's changed members", timed(evaluate_queued), CHANGED, reading)
    check(last)  # noqa: F821
    print(f"memory: {started:,.0f} MiB before, {memory():,.0f} MiB at most")


main()
