"""How fast rooms are searched for: a property of 500 rooms, 50 types and 2 years of bookings.

Run in any database, as one script of ``odoo shell``; everything it makes is rolled back::

    TEST_DB=bench ./setup/shell odoo shell --no-http < tests/load/search.py

The property is made by SQL where there is much of it: stays of two years (one past, one to come),
their nights, and the inventory that counts them. It has 5 rate plans, of which 3 are derived from
others, about 900 rules of price lists (seasons, weekends, long stays, each for each type), 400
restrictions, a tax in the price and a city tax. Each search is for other dates, with an empty cache, as
a visitor, and returns every type with every offer, night by night with its taxes. Beside it, in the same
run: the bare SQL query for the rooms that are left, which is what cannot be less. "Processor" is the work of
both processes, whatever else the machine does; the other figures are what a clock says.
Variables: SEARCH_COUNT (100), SEARCH_AIM (100 ms), SEARCH_TYPES (50), SEARCH_ROOMS (500).
"""

import os
import random
import statistics
import time
from datetime import datetime, timedelta

from odoo.tools import SQL

COUNT = int(os.environ.get("SEARCH_COUNT", 100))
AIM = float(os.environ.get("SEARCH_AIM", 100))
TYPES = int(os.environ.get("SEARCH_TYPES", 50))
ROOMS = int(os.environ.get("SEARCH_ROOMS", 500))
YEAR = 365
draw = random.Random(11)
env = env(context=dict(env.context, tracking_disable=True))  # noqa: F821


def make_hotel():
    """Make the property and its types."""
    hotel = env["hotel.property"].create({"name": "Search", "code": "SEARCH", "tz": "Europe/Lisbon"})
    hotel.horizon_days = YEAR + 30
    types = env["hotel.room.type"].create(
        [
            {
                "name": f"Type {number}",
                "code": f"T{number}",
                "property_id": hotel.id,
                "capacity_adults": draw.choice((2, 3, 4)),
                "capacity_children": draw.choice((0, 1, 2)),
                "extra_adult_rate": 25.0,
                "child_rate": 10.0,
            }
            for number in range(TYPES)
        ]
    )
    place = {"company_id": hotel.company_id.id, "country_id": hotel.company_id.account_fiscal_country_id.id}
    taxes = env["account.tax"].create(
        [
            {"name": "Search VAT", "amount": 6.0, "price_include_override": "tax_included", **place},
            {"name": "Search City Tax", "amount": 2.0, "amount_type": "fixed", **place},
        ]
    )
    types.product_id.taxes_id = taxes
    return hotel, types


def make_rules(hotel, types, public):
    """Make four rules for each type and quarter of a year: weekdays, weekends, and both for long stays."""
    season = datetime.combine(hotel.business_date, datetime.min.time())
    rules = []
    for product in types.product_id:
        for quarter in range(4):
            price = draw.randrange(80, 300)
            base = {
                "pricelist_id": public.id,
                "product_tmpl_id": product.product_tmpl_id.id,
                "date_start": season + timedelta(days=91 * quarter),
                "date_end": season + timedelta(days=91 * (quarter + 1), minutes=-1),
            }
            rules += [
                {**base, "fixed_price": price},
                {**base, "fixed_price": price + 20, "hotel_weekdays": "56"},
                {**base, "fixed_price": price - 15, "min_quantity": 7},
                {**base, "fixed_price": price + 5, "min_quantity": 7, "hotel_weekdays": "56"},
            ]
    env["product.pricelist.item"].create(rules)


def make_derived(public, discount):
    """Make a price list that takes a discount off another one."""
    rule = {"compute_price": "formula", "base": "pricelist", "base_pricelist_id": public.id, "price_round": 1.0}
    return env["product.pricelist"].create(
        {
            "name": f"Search {discount}",
            "company_id": public.company_id.id,
            "item_ids": [(0, 0, {**rule, "price_discount": discount})],
        }
    )


def make_prices(hotel, types):
    """Make price lists, plans and restrictions."""
    public = env["product.pricelist"].create({"name": "Search", "company_id": hotel.company_id.id})
    make_rules(hotel, types, public)
    hotel.pricelist_id = public
    lists = [public.browse(), public.browse(), *(make_derived(public, discount) for discount in (-12, 8, 15))]
    env["hotel.rate.plan"].search([]).active = False
    plans = env["hotel.rate.plan"].create(
        [
            {"name": f"Search {number}", "code": f"S{number}", "pricelist_id": each.id, "meal_adult_rate": 12 * number}
            for number, each in enumerate(lists)
        ]
    )
    env["hotel.rate.restriction"].create(
        [
            {
                "property_id": hotel.id,
                "room_type_id": draw.choice(types).id,
                "rate_plan_id": draw.choice(plans).id,
                "start_date": (day := hotel.business_date + timedelta(days=draw.randrange(YEAR))),
                "end_date": day + timedelta(days=draw.randrange(10)),
                "min_stay": 2,
            }
            for _number in range(400)
        ]
    )


def make_bookings(hotel, types):
    """Make rooms, two years of stays in them, their nights, and the inventory. Returns the number of stays."""
    env.flush_all()
    cr = env.cr
    first = hotel.business_date - timedelta(days=YEAR)
    cr.execute(
        """INSERT INTO hotel_room (name, property_id, room_type_id, company_id, active, housekeeping_state)
           SELECT 'S' || n, %s, (%s::int[])[1 + n %% %s], %s, true, 'clean' FROM generate_series(1, %s) n""",
        [hotel.id, types.ids, TYPES, hotel.company_id.id, ROOMS],
    )
    # each room is let for two nights of three, not all rooms of a type for the same ones
    cr.execute(
        """INSERT INTO hotel_stay (property_id, company_id, currency_id, room_type_id, room_id, state, arrival_date,
                                   departure_date, nights, adults, rate, source_system, source_ref)
           SELECT r.property_id, r.company_id, %s, r.room_type_id, r.id,
                  CASE WHEN d < %s THEN 'departed' ELSE 'booked' END,
                  d::date, d::date + 2, 2, 2, 100, 'search', r.id || '-' || d::date
             FROM hotel_room r,
                  generate_series(%s::date + substr(r.name, 2)::int / %s %% 3, %s::date, '3 days') d
            WHERE r.property_id = %s""",
        [hotel.currency_id.id, hotel.business_date, first, TYPES, first + timedelta(days=2 * YEAR), hotel.id],
    )
    stays = cr.rowcount
    cr.execute(
        """INSERT INTO hotel_stay_night (stay_id, property_id, date, rate)
           SELECT id, property_id, arrival_date + n, rate FROM hotel_stay, generate_series(0, 1) n
            WHERE property_id = %s""",
        [hotel.id],
    )
    count_rooms(hotel, types)
    return stays


def count_rooms(hotel, types):
    """Make the inventory that goes with rooms and stays, and tell the planner how much there is of all."""
    env.invalidate_all()
    env["hotel.inventory"]._open_horizon(hotel)
    env["hotel.inventory"]._refresh(types)
    env.flush_all()
    for table in ("hotel_stay", "hotel_stay_night", "hotel_inventory", "hotel_room", "product_pricelist_item"):
        env.cr.execute(SQL("ANALYZE %s", SQL.identifier(table)))


def bare(hotel, arrival, departure):
    """Ask for the rooms that are left, and for nothing else."""
    env.cr.execute(
        """SELECT room_type_id, min(allotment + overbooking - sold) FROM hotel_inventory
            WHERE property_id = %s AND date >= %s AND date < %s GROUP BY room_type_id""",
        [hotel.id, arrival, departure],
    )
    return env.cr.fetchall()


def measure(call):
    """Return the milliseconds that a call took, and its result."""
    env.invalidate_all()
    started = time.perf_counter()
    result = call()
    return 1000 * (time.perf_counter() - started), result


def processor_time():
    """Return milliseconds of processor that this process and its database process have used."""
    env.cr.execute("SELECT pg_backend_pid()")
    with open(f"/proc/{env.cr.fetchone()[0]}/stat") as file:
        ticks = sum(map(int, file.read().rpartition(")")[2].split()[11:13]))
    return 1000 * (time.process_time() + ticks / os.sysconf("SC_CLK_TCK"))


def measure_searches(hotel, nights):
    """Search for stays of so many nights, print a line, return the median in milliseconds."""
    quote = env["hotel.quote"].with_user(env.ref("base.public_user"))
    ours, theirs, offers, queries, used = [], [], 0, 0, 0.0
    for _number in range(COUNT):
        arrival = hotel.business_date + timedelta(days=draw.randrange(YEAR - nights))
        departure = arrival + timedelta(days=nights)
        theirs.append(measure(lambda: bare(hotel, arrival, departure))[0])
        started, before = processor_time(), env.cr.sql_log_count
        spent, answers = measure(lambda: quote._search_offers(hotel, arrival, departure, 2))
        queries = max(queries, env.cr.sql_log_count - before)
        used += processor_time() - started
        ours.append(spent)
        offers += sum(len(answer.offers) for answer in answers)
    median, least = statistics.median(ours), statistics.median(theirs)
    print(
        f"{nights:>6} {used / COUNT:>12.1f} {median:>10.1f} {max(ours):>9.1f} {least:>9.2f} {median / least:>6.0f}"
        f" {offers // COUNT:>7} {queries:>8}"
    )
    return median


def main():
    hotel, types = make_hotel()
    make_prices(hotel, types)
    stays = make_bookings(hotel, types)
    rules = env["product.pricelist.item"].search_count([("pricelist_id", "=", hotel.pricelist_id.id)])
    print(f"{ROOMS} rooms, {TYPES} types, {stays:,} stays, {rules} rules in the public list")
    print(
        f"{'nights':>6} {'processor ms':>12} {'median ms':>10} {'worst ms':>9} {'bare SQL':>9} {'ratio':>6}"
        f" {'offers':>7} {'queries':>8}"
    )
    slowest = max(measure_searches(hotel, nights) for nights in (1, 3, 7, 14))
    print(f"the aim is {AIM:.0f} ms: the median is {'under' if slowest < AIM else 'OVER'} it")


try:
    main()
finally:
    env.cr.rollback()
