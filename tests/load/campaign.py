"""How long it takes to draw an audience of all guests, and to put a part of it through the gate and into mailings.

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
audience = env["hotel.segment"].create({"name": "Load", "company_ids": [(6, 0, company.ids)]})
audience.rule_ids = [(0, 0, {"criterion": "guest", "domain": "[('email', '=like', 'campaign%@example.com')]"})]


def make(**values):
    """Return an activity that runs, whose button was pressed."""
    made = env["utm.campaign"].create(
        {
            "title": "Load",
            "hotel_kind": "coupon",
            "hotel_company_id": company.id,
            "hotel_start_date": "2026-01-01",
            "hotel_end_date": "2099-01-01",
            "hotel_mail_subject": "Load",
            "hotel_program_id": program.id,
            **values,
        }
    )
    made.hotel_state = "running"
    _none, pressing = timed(made.action_hotel_tell)
    print(f"the button answers in {pressing * 1000:,.0f} ms", flush=True)
    _none, drawing = timed(made._draw_hotel_audience)
    print(f"audience of {made.hotel_member_count:,} drawn in {drawing:.2f} s", flush=True)
    return made


make()
campaign = make(hotel_segment_ids=[(6, 0, audience.ids)])
_none, telling = timed(lambda: tell(campaign))
[(told, cards)] = query(
    "SELECT count(*) FILTER (WHERE state = 'asked'), count(card_id) FROM hotel_campaign_member WHERE campaign_id = %s",
    campaign.id,
)
rate = told / telling
print(f"{told:,} through the gate with {cards:,} coupons in {telling:.1f} s: {rate:,.0f} a second", flush=True)
_none, stopping = timed(campaign.action_hotel_stop)
print(f"stopped in {stopping:.2f} s", flush=True)
_none, going_on = timed(campaign.action_hotel_tell)
print(f"goes on after {going_on:.2f} s", flush=True)
_none, counting = timed(campaign._query_hotel_figures)
print(f"figures in {counting * 1000:,.0f} ms", flush=True)
_none, evaluating = timed(lambda: env["hotel.campaign.evaluation"]._evaluate(campaign))
print(f"evaluated in {evaluating * 1000:,.0f} ms", flush=True)
env.cr.rollback()
