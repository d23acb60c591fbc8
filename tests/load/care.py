"""How long a run of birthday greetings takes over all guests, beside e-mails made one batch after another.

Run in a seeded database, as one script of ``odoo shell``; everything is rolled back::

    TEST_DB=seed ./setup/shell odoo shell --no-http < tests/load/care.py

It prints how many guests there are, how long the selection of those whose birthday is today takes, how many
greetings are put through the gate per second, that a second run finds nobody, and plain ``mail.mail`` create.

Where there are fewer guests than CARE_GUESTS (1000000), others are made up; variables: CARE_BIRTHDAYS (2700).
"""

import os
import time

from odoo.tools import SQL

GUESTS = int(os.environ.get("CARE_GUESTS", 1_000_000))
BIRTHDAYS = int(os.environ.get("CARE_BIRTHDAYS", 2700))
env = env(context=dict(env.context, tracking_disable=True))  # noqa: F821
rule = env["hotel.care.rule"].create(
    {
        "name": "Birthday",
        "event": "birthday",
        "company_id": env["hotel.property"].search([], limit=1).company_id.id or env.company.id,
        "mail_template_id": env.ref("hotel_crm_marketing.mail_template_care_birthday").id,
        "sms_template_id": env.ref("hotel_crm_marketing.sms_template_care_birthday").id,
        "late_days": 0,
    }
)
rule.action_start()
today = rule._get_today()


def query(text, *arguments):
    env.cr.execute(text, arguments or None)
    return env.cr.fetchall() if env.cr.description else None


def timed(call):
    started = time.monotonic()
    result = call()
    return result, time.monotonic() - started


def fill_up():
    """Make up guests, born on any day but today."""
    [(there,)] = query("SELECT count(*) FROM res_partner WHERE is_hotel_guest")
    query(
        """INSERT INTO res_partner (name, complete_name, active, is_hotel_guest, type, autopost_bills,
                  hotel_birth_date, hotel_birth_mmdd)
           SELECT 'Guest ' || n, 'Guest ' || n, TRUE, TRUE, 'contact', 'ask', born.day,
                  EXTRACT(month FROM born.day) * 100 + EXTRACT(day FROM born.day)
             FROM generate_series(1, %s) n,
                  LATERAL (SELECT date '1950-01-01' + (n::bigint * 7919 %% %s)::int AS day) born
            WHERE (EXTRACT(month FROM born.day), EXTRACT(day FROM born.day)) <> (%s, %s)""",
        max(GUESTS - there, 0), 20_000, today.month, today.day,
    )
    query("ANALYZE res_partner")


def give_birthdays():
    """Let so many guests have their birthday today, with an address and their consent."""
    query(
        """UPDATE res_partner SET hotel_birth_date = make_date(1980, %s, %s), hotel_birth_mmdd = %s, active = TRUE,
                  email = 'load' || id || '@example.com', email_normalized = 'load' || id || '@example.com',
                  company_id = NULL, message_bounce = 0
            WHERE id IN (SELECT id FROM res_partner WHERE is_hotel_guest ORDER BY id LIMIT %s)""",
        today.month,
        min(today.day, 28),
        today.month * 100 + today.day,
        BIRTHDAYS,
    )
    query(
        """INSERT INTO hotel_consent (partner_id, purpose, channel, state, decided_at, source, is_current)
           SELECT id, 'greeting', 'email', 'given', now() AT TIME ZONE 'UTC', 'import', TRUE FROM res_partner
            WHERE hotel_birth_mmdd = %s AND is_hotel_guest ON CONFLICT DO NOTHING""",
        today.month * 100 + today.day,
    )
    env.invalidate_all()


def greet():
    count = 0
    while greetings := env["hotel.care.greeting"]._take(500):
        greetings._greet()
        env.flush_all()
        count += len(greetings)
    return count


_none, filling = timed(fill_up)
print(f"guests made up in {filling:,.0f} s", flush=True)
give_birthdays()
[(guests,)] = query("SELECT count(*) FROM res_partner WHERE is_hotel_guest")
found, selecting = timed(rule._query_select)
print(f"guests {guests:,}, birthdays today {found:,}: selected in {selecting * 1000:,.0f} ms", flush=True)
done, greeting = timed(greet)
[(queued,)] = query("SELECT count(*) FROM hotel_message WHERE dedupe_key LIKE 'care/birthday/%%' AND state = 'queued'")
print(f"through the gate {done:,} ({queued:,} queued) in {greeting:.2f} s: {done / greeting:,.0f} a second", flush=True)
again, second = timed(rule._query_select)
print(f"a second run finds {again} in {second * 1000:,.0f} ms", flush=True)
ids = [row for (row,) in env.execute_query(SQL("SELECT partner_id FROM hotel_care_greeting LIMIT %s", BIRTHDAYS))]


def plain():
    for start in range(0, len(ids), 500):
        env["mail.mail"].create(
            [
                {
                    "subject": "Happy birthday",
                    "body_html": "<p>Happy birthday</p>",
                    "recipient_ids": [(6, 0, [guest_id])],
                }
                for guest_id in ids[start : start + 500]
            ]
        )
        env.flush_all()


_none, mailing = timed(plain)
print(f"plain mail.mail create {len(ids):,} in {mailing:.2f} s: {len(ids) / mailing:,.0f} a second", flush=True)
env.cr.rollback()
