"""How long it takes to erase guests, and that it does not grow with how many there are.

Run in a seeded database, as one script of ``odoo shell``; everything it makes is rolled back::

    TEST_DB=seed ./setup/shell odoo shell --no-http < tests/load/erasure.py

Guests are drawn at random among those who may be erased, and erased ten, then a hundred, then a thousand at once,
as the job does. Beside it, in the same run: bare UPDATEs that only empty name, e-mail and phone of the guests and
the texts of their stays and charges, by the same ids.
"""

import resource
import time

env = env(context=dict(env.context, tracking_disable=True))  # noqa: F821


def timed(call):
    """Return how many seconds a call took."""
    started = time.monotonic()
    call()
    return time.monotonic() - started


def draw(count):
    """Return random guests against whom nothing stands."""
    env.cr.execute(
        """SELECT partner_id FROM (SELECT DISTINCT partner_id FROM hotel_stay TABLESAMPLE SYSTEM (2)
             WHERE partner_id IS NOT NULL) s ORDER BY random() LIMIT %s""",
        [2 * count],
    )
    guests = env["res.partner"].browse([number for (number,) in env.cr.fetchall()])
    return (guests - guests.browse(guests._get_hotel_erasure_obstacles()))[:count]


def bare(guests):
    """Empty what anybody would think of first."""
    env.cr.execute(
        "UPDATE res_partner SET name = '-', complete_name = '-', email = NULL, phone = NULL WHERE id = ANY(%s)",
        [guests.ids],
    )
    env.cr.execute("UPDATE hotel_stay SET note = NULL WHERE partner_id = ANY(%s)", [guests.ids])
    env.cr.execute("UPDATE hotel_consumption SET description = '-' WHERE partner_id = ANY(%s)", [guests.ids])


env.cr.execute("SELECT count(*) FROM res_partner WHERE is_hotel_guest")
print(f"{env.cr.fetchone()[0]:,} guests")
print(f"{'erased at once':>14} {'bare s':>8} {'ours s':>8} {'ms a guest':>11} {'queries':>8}")
for size in (10, 100, 1000):
    chosen = draw(size)
    with env.cr.savepoint() as savepoint:
        least = timed(lambda: bare(chosen))  # noqa: B023
        savepoint.rollback()
    env.invalidate_all()
    before = env.cr.sql_log_count
    seconds = timed(chosen._hotel_erase)
    queries = env.cr.sql_log_count - before
    each = 1000 * seconds / len(chosen)
    print(f"{len(chosen):>14} {least:>8.2f} {seconds:>8.2f} {each:>11.1f} {queries:>8}", flush=True)
    env.cr.rollback()
print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MiB at most")
