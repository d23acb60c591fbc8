"""How long segments take at volume: size, spend and nights of an audience, its overlap, its list for a campaign.

Run in a seeded database, as one script of ``odoo shell``; everything it makes is rolled back::

    TEST_DB=seed ./setup/shell odoo shell --no-http < tests/load/segments.py

Beside each figure, in the same run: the bare SQL that a person would write for the same question, without rights,
companies and currencies. "Made into a list" is the static copy that a campaign keeps; ids never pass through Python.
"""

import resource
import time
from datetime import timedelta

from odoo.fields import Command, Date

env = env(context=dict(env.context, tracking_disable=True))  # noqa: F821
segments = env["hotel.segment"]
companies = env["hotel.property"].search([]).company_id
STAYED = "state IN ('in_house', 'departed') AND partner_id IS NOT NULL"


def timed(call):
    """Return what a call returns, and how many seconds it took; nothing is remembered from the call before."""
    env.invalidate_all()
    started = time.monotonic()
    result = call()
    return result, time.monotonic() - started


def query(text, *arguments):
    env.cr.execute(text, arguments or None)
    return env.cr.fetchall() if env.cr.description else None


def memory():
    return f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MiB at most"


def make(name, *rules):
    made = [Command.create(rule) for rule in rules]
    return segments.create({"name": name, "company_ids": [Command.set(companies.ids)], "rule_ids": made})


def show(segment, bare, *arguments):
    """Print what a segment takes beside the bare SQL."""
    query(f"SELECT count(*) FROM ({bare}) found", *arguments)  # warms the cache
    [(least,)], plain = timed(lambda: query(f"SELECT count(*) FROM ({bare}) found", *arguments))
    figures, counted = timed(segment._query_figures)
    copy, filled = timed(segment._freeze)
    sizes = f"{figures['count']:>9,} {least:>9,}"
    print(f"{segment.name:<34} {sizes} {plain:>9.2f} {counted:>14.2f} {filled:>15.2f}", flush=True)
    return copy


env.cr.execute("SET LOCAL jit = off")
recent = Date.context_today(segments) - timedelta(days=365)
print(f"{'segment':<34} {'guests':>9} {'bare SQL':>9} {'bare s':>9} {'size, spend s':>14} {'made a list s':>15}")
everybody = make("everybody")
first = show(everybody, "SELECT id FROM res_partner WHERE is_hotel_guest AND active")
often = make("two stays or more, ever", {"criterion": "stays", "operator": "at_least", "number": 2})
second = show(often, f"SELECT partner_id FROM hotel_stay WHERE {STAYED} GROUP BY 1 HAVING count(*) >= 2")
spent = make(
    "spent 500 or more in 365 days",
    {"criterion": "spend", "operator": "at_least", "number": 500, "period": "last", "days": 365},
)
show(
    spent,
    "SELECT partner_id FROM hotel_consumption WHERE partner_id IS NOT NULL AND business_date >= %s"
    " GROUP BY 1 HAVING sum(amount_gross) >= 500",
    recent,
)
women = make("women, 3 nights or more, 365 days", {"criterion": "guest", "domain": "[('hotel_gender', '=', 'female')]"})
women.rule_ids = [
    Command.create({"criterion": "nights", "operator": "at_least", "number": 3, "period": "last", "days": 365})
]
show(
    women,
    f"""SELECT p.id FROM res_partner p JOIN (SELECT partner_id FROM hotel_stay
         WHERE {STAYED} AND departure_date BETWEEN %s AND now()
          GROUP BY 1 HAVING sum(nights) >= 3) s ON s.partner_id = p.id
         WHERE p.is_hotel_guest AND p.active AND p.hotel_gender = 'female'""",
    recent,
)
show(first, "SELECT partner_id FROM hotel_segment_member WHERE segment_id = %s", first.id)
overlap = env["hotel.segment.overlap"].create({"segment_id": often.id, "other_id": spent.id})
_none, seconds = timed(lambda: overlap.read())
print(f"overlap of two segments {seconds:>9.2f} s; {memory()}")
env.cr.rollback()
