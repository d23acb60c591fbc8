"""How long it takes to draw an audience, and to put it through the gate.

Run in a seeded database, as one script of ``odoo shell``; everything is rolled back::

    TEST_DB=seed ./setup/shell odoo shell --no-http < tests/load/campaign.py

Variables: CAMPAIGN_GUESTS (20000; so many are made up).
"""

import os
import time

GUESTS = int(os.environ.get("CAMPAIGN_GUESTS", 20_000))
env = env(context=dict(env.context, tracking_disable=True))  # noqa: F821
company = env["hotel.property"].search([], limit=1).company_id or env.company


def query(text, *arguments):
    env.cr.execute(text, arguments or None)
    return env.cr.fetchall() if env.cr.description else None


def timed(call):
    started = time.monotonic()
    result = call()
    env.flush_all()
    return result, time.monotonic() - started


def fill_up():
    """Make up guests with an address who have agreed to offers."""
    query(
        """WITH made AS (
               INSERT INTO res_partner (name, complete_name, active, is_hotel_guest, type, autopost_bills, email,
                      email_normalized)
               SELECT 'Guest ' || n, 'Guest ' || n, TRUE, TRUE, 'contact', 'ask', 'campaign' || n || '@example.com',
                      'campaign' || n || '@example.com' FROM generate_series(1, %s) n RETURNING id)
           INSERT INTO hotel_consent (partner_id, purpose, channel, state, decided_at, source, is_current)
           SELECT id, 'offer', 'any', 'given', now() AT TIME ZONE 'UTC', 'import', TRUE FROM made""",
        GUESTS,
    )
    query("ANALYZE res_partner")
    env.invalidate_all()


def tell(campaign):
    while members := campaign._take_hotel_members(500):
        campaign._tell_hotel_members(members)
        env.flush_all()


plan = env["hotel.coupon.plan"].create({"name": "Load", "company_id": company.id, "percent": 10})
program = env["loyalty.program"].browse(plan.action_plan()["res_id"])
fill_up()
campaign = env["utm.campaign"].create(
    {
        "title": "Load",
        "hotel_kind": "coupon",
        "hotel_company_id": company.id,
        "hotel_start_date": "2026-01-01",
        "hotel_end_date": "2099-01-01",
        "hotel_mail_subject": "Load",
        "hotel_program_id": program.id,
    }
)
campaign.hotel_state = "running"
_none, drawing = timed(campaign.action_hotel_tell)
print(f"audience of {campaign.hotel_member_count:,} drawn in {drawing:.2f} s", flush=True)
_none, telling = timed(lambda: tell(campaign))
[(told, cards)] = query(
    "SELECT count(*) FILTER (WHERE state = 'asked'), count(card_id) FROM hotel_campaign_member WHERE campaign_id = %s",
    campaign.id,
)
rate = told / telling
print(f"{told:,} through the gate with {cards:,} coupons in {telling:.1f} s: {rate:,.0f} a second", flush=True)
_none, counting = timed(campaign._query_hotel_figures)
print(f"figures in {counting * 1000:,.0f} ms", flush=True)
env.cr.rollback()
