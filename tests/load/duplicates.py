"""How long a search for duplicates among all guests takes, and how good it is.

Run in a seeded database, as one script of ``odoo shell``::

    TEST_DB=seed ./setup/shell odoo shell --no-http < tests/load/duplicates.py

It prints the seconds of gathering pairs in SQL, of learning and of comparing, the memory, and what was learned. The
pairs found stay in the list.
"""

import resource
import time

env = env(context=dict(env.context, tracking_disable=True))  # noqa: F821
searches = env["hotel.duplicate.search"]


def timed(call):
    """Return what a call returns, and how many seconds it took."""
    started = time.monotonic()
    result = call()
    return result, time.monotonic() - started


def report(name, seconds, note=""):
    print(f"{name:<40} {seconds:>9.2f} s   {note}", flush=True)


def memory():
    return f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MiB at most"


searches.search([("state", "=", "running")]).action_cancel()
search = searches.create({})
print(f"{search._query_guest_count():,} guests", flush=True)
_none, seconds = timed(search._learn)
env.cr.commit()
report("pairs gathered and weights learned", seconds, f"{search.candidate_count:,} pairs, {memory()}")
for side in ("m", "u"):
    print(side, {name: [round(share, 5) for share in row] for name, row in search.weights[side].items()})
_none, seconds = timed(searches._cron_continue)
env.cr.commit()
report("all pairs compared", seconds, f"{search.found_count:,} likely duplicates, {search.state}, {memory()}")
