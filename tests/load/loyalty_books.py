"""How long reports and books of loyalty take.

Run in a database of tests, as one script of ``odoo shell``::

    TEST_DB=load ./setup/shell odoo shell --no-http < tests/load/loyalty_books.py

It adds members with lots and moves by SQL where there are fewer than asked for, counts all figures, prints how
long each step and each report as it opens takes (and with BOOKS_PLANS=1 the plans), and closes a month. Drop
the database afterwards.

Variables: BOOKS_MEMBERS (300000), BOOKS_LOTS per member (6), BOOKS_PLANS, BOOKS_REFRESH=0 (figures are there).
"""

import os
import time
from datetime import date
from unittest.mock import patch

from odoo.tools import SQL

MEMBERS, LOTS = int(os.environ.get("BOOKS_MEMBERS", 300000)), int(os.environ.get("BOOKS_LOTS", 6))
env = env(context=dict(env.context, tracking_disable=True))  # noqa: F821
company = env.company


def query(text, *arguments):
    env.cr.execute(text, arguments or None)
    return env.cr.fetchall() if env.cr.description else None


def timed(name, call, note=""):
    started = time.monotonic()
    result = call()
    print(f"{name:<64} {time.monotonic() - started:>8.2f} s   {note}", flush=True)
    return result


def make_hotels():
    hotels = env["hotel.property"].search([("code", "like", "BOOK%")])
    missing = range(len(hotels), 20)
    return hotels | env["hotel.property"].create(
        [{"name": f"Book {number}", "code": f"BOOK{number}", "company_id": company.id} for number in missing]
    )


def seed(program, hotels):
    have = query("SELECT count(*) FROM loyalty_card WHERE hotel_managed")[0][0]
    if have >= MEMBERS:
        return
    tiers = program.hotel_tier_ids.ids
    query("SELECT setseed(0.5)")
    query(
        """WITH guest AS (
               INSERT INTO res_partner (name, complete_name, active, is_hotel_guest, type, lang, autopost_bills)
               SELECT 'Member ' || n, 'Member ' || n, TRUE, TRUE, 'contact', 'en_US', 'ask'
                 FROM generate_series(1, %s) n RETURNING id)
           INSERT INTO loyalty_card (program_id, partner_id, code, points, active, hotel_managed, hotel_state,
                  hotel_joined_date, hotel_debt, hotel_pending, hotel_tier_id)
           SELECT %s, id, 'BOOK' || id, 0, TRUE, TRUE, 'active', date '2023-01-01' + (random() * 1200)::int, 0, 0,
                  (%s::int[])[1 + floor(power(random(), 4) * %s)::int]
             FROM guest""",
        *(MEMBERS - have, program.id, tiers, len(tiers)),
    )
    seed_lots(hotels)
    seed_moves()
    for table in ("res_partner", "loyalty_card", "hotel_loyalty_lot", "hotel_loyalty_move"):
        query(f"ANALYZE {table}")


def seed_lots(hotels):
    query(
        """INSERT INTO hotel_loyalty_lot (card_id, key, kind, granted, remaining, earned_date, available_date,
                  expiry_date, is_available, property_id)
           SELECT id, 'earn/stay:' || n, 'earn', points,
                  CASE WHEN day < '2024-06-01' OR cut < 0.3 THEN 0 ELSE points END,
                  day, day, day + 730, TRUE, (%s::int[])[1 + floor(random() * 20)::int]
             FROM (SELECT card.id, n, 100 + (random() * 2000)::int AS points, random() AS cut,
                          card.hotel_joined_date + (random() * (date '2026-06-30' - card.hotel_joined_date))::int AS day
                     FROM loyalty_card card, generate_series(1, %s) n
                    WHERE card.hotel_managed AND card.code LIKE 'BOOK%%'
                      AND card.hotel_joined_date < '2026-06-01') facts""",
        *(hotels.ids, LOTS),
    )


def seed_moves():
    columns = """INSERT INTO hotel_loyalty_move (card_id, lot_id, key, kind, date, points, origin, property_id,
                 reason_code, reason_params, inputs, booked_at)"""
    details = """'{"points": 100, "amount": "123.45"}'::jsonb, '{"tier": "gold", "rate": "10"}'::jsonb, now()"""
    query(f"""{columns} SELECT card_id, id, key, 'earn', earned_date, granted, 'stay:' || id, property_id, 'spend',
              {details} FROM hotel_loyalty_lot WHERE key LIKE 'earn/stay:%%'""")
    query(f"""{columns} SELECT card_id, id, 'redeem/' || id, 'redeem', earned_date + (random() * 400)::int, -granted,
              'redeem:' || id, property_id, 'redeemed', {details} FROM hotel_loyalty_lot
              WHERE remaining = 0 AND earned_date >= '2024-06-01'""")
    query(f"""{columns} SELECT card_id, id, 'expire/' || id, 'expire', earned_date + 730, -granted, 'expiry',
              property_id, 'lot_expired', {details} FROM hotel_loyalty_lot
              WHERE remaining = 0 AND earned_date < '2024-06-01'""")
    query(
        """UPDATE loyalty_card card SET points = lots.points FROM (
             SELECT card_id, sum(remaining) AS points FROM hotel_loyalty_lot GROUP BY 1) lots
            WHERE lots.card_id = card.id"""
    )


def refresh():
    days, members, cron = env["hotel.loyalty.figure.day"], env["hotel.loyalty.figure.member"], type(env["ir.cron"])
    days._query_queue_all()
    members._query_queue_all()
    with patch.object(cron, "_commit_progress", lambda *args, **kwargs: 60.0):
        timed(
            "figures of all days", days._refresh_changed, f"{env['hotel.loyalty.figure.queue'].search_count([])} days"
        )
        timed("figures of all members", members._refresh_changed)
    last = query("SELECT max(date) FROM hotel_loyalty_move WHERE kind = 'earn'")[0][0]
    timed("figures of one day", lambda: days._refresh_days([last]))
    timed("figures of 5,000 members", lambda: members._refresh_cards([row[0] for row in query(
        "SELECT id FROM loyalty_card WHERE hotel_managed LIMIT 5000")]))  # fmt: skip
    timed("vintages", env["hotel.loyalty.vintage"]._refresh)
    timed("liability", env["hotel.loyalty.liability.report"]._refresh)
    for table in ("figure_day", "figure_member", "vintage", "vintage_age", "liability_report"):
        query(f"ANALYZE hotel_loyalty_{table}")


OPENINGS = (
    ("hotel.loyalty.move.report", ["date:month"], ["earned:sum", "burnt:sum", "expired:sum"]),
    ("hotel.loyalty.move.report", ["date:month", "kind"], ["points:sum"]),
    ("hotel.loyalty.move.report", ["property_id"], ["earned:sum", "value:sum", "redemption_rate:avg"]),
    ("hotel.loyalty.member.report", ["tier_id", "activity"], ["members:sum"]),
    ("hotel.loyalty.member.report", ["lapsed_date:month"], ["members:sum"]),
    ("hotel.loyalty.member.report", [], ["members:sum", "active_members:sum", "churn_rate:avg"]),
    ("hotel.loyalty.liability.report", ["property_id", "tier_id"], ["points:sum", "value:sum"]),
    ("hotel.loyalty.liability.report", ["expiry_date:month"], ["value:sum"]),
    ("hotel.loyalty.vintage", ["issue_date:quarter"], ["issued:sum", "breakage_rate:avg"]),
    ("hotel.loyalty.vintage.age", ["age", "issue_date:quarter"], ["redeemed_share:avg"]),
)


def open_reports():
    for model, groupby, measures in OPENINGS:
        env.invalidate_all()
        timed(f"{model} by {', '.join(groupby) or 'nothing'}",
              lambda: env[model].formatted_read_group([], groupby, measures))  # noqa: B023 # fmt: skip
    for model in dict.fromkeys(opening[0] for opening in OPENINGS):
        timed(
            f"{model}: list", lambda: env[model].web_search_read([], {"display_name": {}}, limit=80, count_limit=10001)
        )  # noqa: B023
        if os.environ.get("BOOKS_PLANS"):
            plan = env.execute_query(
                SQL("EXPLAIN (ANALYZE, BUFFERS) %s", env[model]._search([]).select(SQL("count(*)")))
            )
            print("\n".join(line for (line,) in plan))


def close(program):
    kinds = {"liability": "liability_current", "issue": "income", "redeem": "income", "breakage": "income_other"}
    accounts = {
        f"{name}_account_id": env["account.account"]
        .create({"name": name, "code": f"BK{number}", "account_type": kind})
        .id
        for number, (name, kind) in enumerate(kinds.items())
    }
    journal = env["account.journal"].create({"name": "Books", "code": "BOOKS", "type": "general"})
    book = env["hotel.loyalty.book"].create(
        {"program_id": program.id, "start_date": date(2026, 5, 1), "journal_id": journal.id, **accounts}
    )
    with patch.object(type(program), "_get_hotel_today", lambda program: date(2026, 7, 1)):
        first = timed("first closing, with the opening balance", book._close_next)
        timed("closing of a month", book._close_next)
    timed("reconciliation", first._reconcile, f"difference {first.difference}, liability {first.amount:,.2f}")


program = env["loyalty.program"].search([("hotel_managed", "=", True)], limit=1)
program.hotel_liability_company_id = company
hotels = make_hotels()
if not env["hotel.loyalty.point.value"].search_count([("program_id", "=", program.id)]):
    env["hotel.loyalty.point.value"].create(
        [
            {"program_id": program.id, "date": f"{year}-01-01", "amount": 0.01 * (year - 2020)}
            for year in range(2023, 2027)
        ]
    )
timed("members, lots and moves by SQL", lambda: seed(program, hotels))
env.cr.commit()
print(", ".join(f"{table} {query(f'SELECT count(*) FROM hotel_loyalty_{table}')[0][0]:,}" for table in ("lot", "move")))
if os.environ.get("BOOKS_REFRESH", "1") == "1":
    refresh()
    env.cr.commit()
open_reports()
close(program)
env.cr.rollback()
