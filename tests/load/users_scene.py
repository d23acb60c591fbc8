"""What tests/load/users.sh needs in its copy of a seeded database, as one script of ``odoo shell``.

Opens the inventory of some hotels, makes staff of every role, guests with accounts, points and cases, and a
session of the web server for each user at once (signing in a thousand people would measure the hashing of
passwords). Writes all that tests/load/users.py asks for into the file LOAD_PLAN, as JSON. LOAD_USERS: how many.
"""

import json
import os
import random
import secrets
from datetime import timedelta

from odoo import Command
from odoo.http import get_default_session, root

from odoo.addons.hotel_crm_base.tests.specification import open_view
from odoo.addons.hotel_crm_loyalty.tests.books.books_common import BooksMakers
from odoo.addons.hotel_crm_loyalty.tests.ledger.loyalty_common import LoyaltyMakers

#: of a thousand people at work and at home, how many are of each kind
SHARES = {
    "guest": 430,
    "front_office": 260,
    "service": 80,
    "food_beverage": 60,
    "housekeeping": 60,
    "call_agent": 40,
    "manager": 30,
    "finance": 10,
    "marketing": 10,
    "stock": 20,
}
HOTELS, ACCOUNTS, CASES = 6, 200, 400
COUNT = int(os.environ.get("LOAD_USERS", 1000))
env = env(context={**env.context, "tracking_disable": True, "no_reset_password": True})  # noqa: F821
MARK = secrets.token_hex(4)  # a copy that is kept may have such users already
draw = random.Random(MARK)
hotels = env["hotel.property"].search([("is_online", "=", True)], order="id", limit=HOTELS)


def open_hotels():
    """Sell the rooms; the counts of one address are a whole town's here."""
    env["hotel.inventory"]._open_horizon(hotels)
    for kind in ("look", "book", "act", "find", "link", "case", "code"):
        env["ir.config_parameter"].set_param(f"hotel_crm_base.rate_limit_{kind}_address", "100000000")
        env["ir.config_parameter"].set_param(f"hotel_crm_base.rate_limit_{kind}", "1000000")
    env.cr.commit()


def draw_guests(count):
    """Return guests with stays in these hotels, drawn by chance."""
    env.cr.execute("SELECT min(id), max(id) FROM hotel_stay")
    first, last = env.cr.fetchone()
    found = {}
    while len(found) < count:
        env.cr.execute(
            """SELECT partner_id FROM hotel_stay WHERE id >= %s AND partner_id IS NOT NULL ORDER BY id LIMIT 1""",
            [draw.randint(first, last)],
        )
        found.update(dict.fromkeys(row[0] for row in env.cr.fetchall()))
    return env["res.partner"].browse(found)


def make_staff(role, count):
    """Return users of a role, each at one of the hotels."""
    groups = "base.group_user,base.group_partner_manager" if role == "stock" else f"hotel_crm_base.group_{role}"
    ids = [env.ref(name).id for name in groups.split(",")] + [env.ref("base.group_user").id]
    return env["res.users"].create(
        [
            {
                "name": f"Load {role} {number}",
                "login": f"load_{role}_{number}_{MARK}",
                "group_ids": [Command.set(ids)],
                "company_id": hotel.company_id.id,
                "company_ids": [Command.set(hotel.company_id.ids)],
                "hotel_property_ids": [Command.set(hotel.ids)],
                "hotel_property_id": hotel.id,
            }
            for number in range(count)
            for hotel in hotels[number % len(hotels)]
        ]
    )


def make_guests(count):
    """Return accounts of guests; each is a member with points."""
    portal = env.ref("base.group_portal").ids
    grown_up = hotels[0].business_date - timedelta(days=19 * 366)
    users = env["res.users"].create(
        [
            {"login": f"load_guest_{guest.id}", "partner_id": guest.id, "group_ids": [Command.set(portal)]}
            for guest in draw_guests(2 * count).filtered(
                lambda guest: not guest.user_ids and (guest.hotel_birth_date or grown_up) <= grown_up
            )[:count]
        ]
    )
    env.cr.commit()

    class Makers(BooksMakers, LoyaltyMakers):
        @classmethod
        def _make_move(cls, *arguments, **_reason):
            # a reason that needs no words: there is no stay that these points are for
            return super()._make_move(*arguments, reason="opening")

    Makers.env, Makers.hotel = env, hotels[0]
    Makers.program = Makers._make_program(hotel_tz="UTC")
    today = hotels[0].business_date
    for user in users:
        card = Makers._make_member(user.partner_id, joined=today - timedelta(days=300))
        Makers._make_lot(card, 5000, today - timedelta(days=200), hotel=hotels[0], key=f"load/{card.id}")
    env.cr.commit()
    return users


def make_cases(guests):
    """Make cases of many guests, some by the guests who look at them in their account."""
    category = env.ref("hotel_crm_service.hotel_case_category_cleanliness", raise_if_not_found=False)
    env["hotel.case"].create(
        [
            {
                "description": f"The shower is cold {number}",
                "partner_id": guests[number % len(guests)].id,
                "property_id": hotels[number % len(hotels)].id,
                **({"category_id": category.id} if category else {}),
            }
            for number in range(CASES)
        ]
    )
    env.cr.commit()


def open_session(user):
    """Return the id of a session of a user, as signing in makes it."""
    session = root.session_store.new()
    context = {"lang": user.lang or "en_US", "tz": user.tz or "UTC", "uid": user.id}
    session.update(get_default_session(), db=env.cr.dbname, login=user.login, uid=user.id, context=context)
    session.session_token = user._compute_session_token(session.sid)
    root.session_store.save(session)
    return session.sid


def get_queries():
    """Return what clerks type: parts of names, telephone numbers' ends, e-mail addresses."""
    guests = draw_guests(300)
    texts = [guest.name for guest in guests] + [guest.name.split()[-1] for guest in guests]
    texts += [guest.phone[-5:].strip() for guest in guests if guest.phone] + [g.email for g in guests if g.email]
    return [text for text in texts if len(text) > 1]


def get_forms(user):
    """Return the specifications that the web client derives from views, for a user's role."""
    guests, stays, cases = (env[name].with_user(user) for name in ("res.partner", "hotel.stay", "hotel.case"))
    forms = {
        "contact": open_view(guests, env.ref("base.view_partner_form").id, "form"),
        "contacts": open_view(guests, env.ref("base.view_partner_tree").id, "list"),
    }
    if stays.has_access("read"):
        forms["guest"] = open_view(guests, env.ref("hotel_crm_base.res_partner_view_form_hotel_guest").id, "form")
        forms["stays"] = open_view(stays, False, "list")
    if cases.has_access("read"):
        forms |= {"cases": open_view(cases, False, "list"), "case": open_view(cases, False, "form")}
    return forms


def main():
    open_hotels()
    counts = {role: max(1, round(share * COUNT / 1000)) for role, share in SHARES.items()}
    users = {role: make_staff(role, min(count, 60)) for role, count in counts.items() if role != "guest"}
    users["guest"] = make_guests(min(ACCOUNTS, counts["guest"]))
    make_cases(users["guest"].partner_id)
    people = {}
    for role, count in counts.items():
        people[role] = [
            {
                "sid": open_session(user),
                "uid": user.id,
                "partner": user.partner_id.id,
                "hotel": user.hotel_property_id.id,
                "company": user.company_id.id,
            }
            for user in (users[role][number % len(users[role])] for number in range(count))
        ]
    outlets = env["hotel.outlet"].search_fetch([("property_id", "in", hotels.ids)], ["property_id"])
    plan = {
        "people": people,
        "forms": {role: get_forms(users[role][0]) for role in counts if role != "guest"},
        "queries": get_queries(),
        "guests": draw_guests(500).ids,
        "hotels": {hotel.id: hotel._get_slug() for hotel in hotels},
        "outlets": {outlet.property_id.id: outlet.id for outlet in outlets},
        "today": hotels[0].business_date.isoformat(),
        "dashboard": env.ref("hotel_crm_base.hotel_dashboard").id,
    }
    with open(os.environ["LOAD_PLAN"], "w") as file:
        json.dump(plan, file)
    env.cr.commit()


main()
