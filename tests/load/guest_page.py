"""How long the page of a guest takes, and the lists of guests by figures, birthdays and facts.

Run in a seeded database, as one script of ``odoo shell``::

    TEST_DB=seed ./setup/shell odoo shell --no-http < tests/load/guest_page.py

The page is opened as the web client opens it (``web_read`` of what the view names, then the
messages), as a receptionist, for guests drawn by a fixed seed, each with an empty cache. Lists are
the first page of 80 guests with their figures, and the count up to 10,001 that the pager shows.
Prints tables of median and worst, in milliseconds. Variables: PAGE_GUESTS (50), PAGE_TRIES (3).
"""

import os
import random
import statistics
import time
from datetime import timedelta

from odoo import fields
from odoo.tests.common import new_test_user

from odoo.addons.hotel_crm_base.tests.sampling import draw_guests
from odoo.addons.hotel_crm_base.tests.specification import open_view

COUNT = int(os.environ.get("PAGE_GUESTS", 50))
TRIES = int(os.environ.get("PAGE_TRIES", 3))
env = env(context=dict(env.context, tracking_disable=True))  # noqa: F821
draw = random.Random(23)
hotels = env["hotel.property"].search([])
clerk = new_test_user(
    env,
    login="load_guest_page",
    groups="hotel_crm_base.group_front_office",
    company_id=hotels[0].company_id.id,
    company_ids=[(6, 0, hotels.company_id.ids)],
    hotel_property_ids=[(6, 0, hotels.ids)],
)
guests = env["res.partner"].with_user(clerk).with_context(bin_size=True)


def view(xmlid, kind):
    """Return the specification of a view of guests."""
    return open_view(guests, env.ref(f"hotel_crm_base.{xmlid}").id, kind)


def timed(function, *arguments):
    """Return the milliseconds of a call with an empty cache."""
    env.flush_all()
    env.invalidate_all()
    started = time.perf_counter()
    function(*arguments)
    return (time.perf_counter() - started) * 1000


def show(title, times):
    """Print one row of a table."""
    print(f"{title:<44}{statistics.median(times):>9.1f}{max(times):>9.1f}", flush=True)


def head(title):
    """Print the head of a table."""
    print(f"\n{title:<44}{'median':>9}{'worst':>9}")


def open_page(guest):
    """What the client asks for, one call after the other."""
    guest.web_read(form)
    domain = [("res_id", "=", guest.id), ("model", "=", "res.partner")]
    env["mail.message"].with_user(clerk)._message_fetch(domain=domain, limit=30)


def open_list(model, domain):
    """The first page of a list."""
    domain = [("is_hotel_guest", "=", True), *domain]
    model.web_search_read(domain, rows, limit=80, count_limit=10_001)


form = view("res_partner_view_form_hotel_guest", "form")
rows = view("res_partner_view_list_hotel_guest", "list")
today = fields.Date.context_today(guests)
chosen = guests.browse(draw_guests(env, COUNT, draw))
open_page(chosen[0])
head(f"the page of {COUNT} guests, empty cache")
show("web_read and messages", [timed(open_page, guest) for guest in chosen])

year = timedelta(days=365)
LISTS = {
    "all guests": [],
    "stays >= 5": [("hotel_stay_count", ">=", 5)],
    "stays = 1": [("hotel_stay_count", "=", 1)],
    "never stayed": [("hotel_stay_count", "=", 0)],
    "nights >= 12": [("hotel_night_count", ">=", 12)],
    "nights <= 3": [("hotel_night_count", "<=", 3)],
    "spend >= 1,000": [("hotel_spend", ">=", 1000)],
    "spend >= 10,000,000 (nobody)": [("hotel_spend", ">=", 10_000_000)],
    "spend >= 500, none in a year": [
        ("hotel_spend", ">=", 500),
        ("hotel_last_departure_date", "<", today - year),
    ],
    "last stay within 30 days": [("hotel_last_departure_date", ">=", today - timedelta(days=30))],
    "VIP": [("hotel_vip_code_id", "!=", False)],
    "blocked": [("hotel_is_blocked", "=", True)],
    "to match": [("hotel_is_to_match", "=", True)],
    "birthday today": [("hotel_next_birthday_date", "=", today)],
    "birthday in 7 days": [("hotel_next_birthday_date", "<", today + timedelta(days=7))],
    "in house": [("hotel_is_in_house", "=", True)],
    "stayed at the first property": [("hotel_stayed_property_ids", "in", hotels[:1].ids)],
    "age >= 60": [("hotel_age", ">=", 60)],
}
for companies in (hotels.company_id[:1], hotels.company_id):
    model = guests.with_context(allowed_company_ids=companies.ids)
    head(f"a list of guests, companies switched on: {len(companies)}")
    for title, domain in LISTS.items():
        show(title, [timed(open_list, model, domain) for _try in range(TRIES)])
env.cr.rollback()
