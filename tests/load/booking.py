"""How many booking attempts a second there are, next to the same by bare SQL in the same run.

Run in a database of its own, which is left as it was but for one archived property, as one script of
``odoo shell``::

    TEST_DB=bench ./setup/shell odoo shell --no-http < tests/load/booking.py

Variables: ATTEMPTS (default 200), THREADS (default 8).

The bare SQL is what cannot be less: lock two nights, count, insert a stay and its nights, commit. A
booking of ours checks the guest, the restrictions and the price, freezes the terms, writes a folio with
a line per night with its taxes, and leaves its traces. The ratio is what that costs. An attempt on a
night that is sold out is refused before anything is priced or written: that is the second figure. The
third one is of threads that stand in line at one property, each with a connection of its own.
"""

import os
import threading
import time
from datetime import timedelta

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry

from odoo.addons.hotel_crm_base.models.booking.errors import SoldOut
from odoo.addons.hotel_crm_base.terms import BookingTerms, RoomWish

ATTEMPTS = int(os.environ.get("ATTEMPTS", 200))
THREADS = int(os.environ.get("THREADS", 8))
NIGHTS = 2
env = env(context={**env.context, "tracking_disable": True})  # noqa: F821


def make_hotel():
    """Make a property with rooms enough for every attempt."""
    hotel = env["hotel.property"].create({"name": "Bench", "code": "BENCH", "tz": "UTC", "horizon_days": 60})
    room_type = env["hotel.room.type"].create(
        {"name": "Bench", "code": "B", "property_id": hotel.id, "list_price": 100.0}
    )
    env["hotel.room"].create(
        [
            {"name": f"B{number}", "property_id": hotel.id, "room_type_id": room_type.id}
            for number in range(ATTEMPTS * 3)
        ]
    )
    guest = env["res.partner"].create({"name": "Bench Guest", "is_hotel_guest": True})
    env["hotel.inventory"]._open_horizon(hotel)
    env.cr.commit()
    return hotel, room_type, guest


def make_terms(first):
    wish = RoomWish(room_type.id, first, first + timedelta(days=NIGHTS))
    return BookingTerms(property_id=hotel.id, rooms=(wish,), partner_id=guest.id, channel="phone")


def book(first, env=env):
    env["hotel.reservation"]._book(make_terms(first))
    env.cr.commit()
    env.invalidate_all()


def refuse(first):
    try:
        env["hotel.reservation"]._book(make_terms(first))
    except SoldOut:
        env.cr.rollback()
    else:
        raise SystemExit("a room was sold that is not there")


def book_by_sql(first):
    """Do what cannot be less, with nothing that makes it a booking of a hotel."""
    cr = env.cr
    last = first + timedelta(days=NIGHTS)
    cr.execute(
        "SELECT id FROM hotel_inventory WHERE room_type_id = %s AND date >= %s AND date < %s ORDER BY date FOR UPDATE",
        [room_type.id, first, last],
    )
    cr.execute("UPDATE hotel_inventory SET sold = sold + 1 WHERE id IN %s", [tuple(row[0] for row in cr.fetchall())])
    cr.execute(
        """INSERT INTO hotel_stay (partner_id, property_id, company_id, currency_id, room_type_id, state, arrival_date,
                                   departure_date, nights, adults, rate)
           VALUES (%s, %s, %s, %s, %s, 'held', %s, %s, %s, 1, 100) RETURNING id""",
        [guest.id, hotel.id, hotel.company_id.id, hotel.currency_id.id, room_type.id, first, last, NIGHTS],
    )
    stay_id = cr.fetchone()[0]
    cr.execute(
        """INSERT INTO hotel_stay_night (stay_id, property_id, date, rate)
           SELECT %s, %s, day::date, 100 FROM generate_series(%s::date, %s::date - 1, '1 day') day""",
        [stay_id, hotel.id, first, last],
    )
    cr.commit()


def stand_in_line(first, count):
    """Book in threads, each in its turn."""

    def work(number):
        with Registry(env.cr.dbname).cursor() as cr:
            own = api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})
            for _attempt in range(number):
                own["hotel.inventory"]._in_turn(own["hotel.property"].browse(hotel.id))
                book(first, own)

    threads = [threading.Thread(target=work, args=(count // THREADS,)) for _thread in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def measure(what, action, count, *arguments):
    start = time.perf_counter()
    action(*arguments)
    rate = count / (time.perf_counter() - start)
    print(f"{what:<52}{rate:>10.1f} a second")
    return rate


def repeat(action, first):
    for _attempt in range(ATTEMPTS):
        action(first)


def forget():
    """Delete what was booked, and put the property away."""
    cr = env.cr
    cr.rollback()
    orders = env["sale.order"].search([("hotel_property_id", "=", hotel.id)])
    cr.execute("DELETE FROM sale_order_line WHERE order_id = ANY(%s)", [orders.ids])
    cr.execute("DELETE FROM sale_order WHERE id = ANY(%s)", [orders.ids])
    for table in ("hotel_reservation_line", "hotel_stay_night", "hotel_stay", "hotel_reservation"):
        cr.execute(f"DELETE FROM {table} WHERE property_id = %s", [hotel.id])  # noqa: S608
    env.invalidate_all()
    for record in (*hotel.room_ids, guest, room_type, hotel):
        record.active = False
    cr.commit()


hotel, room_type, guest = make_hotel()
day = hotel.business_date
try:
    book(day)  # what is read once is in the caches
    bare = measure("bare SQL", repeat, ATTEMPTS, book_by_sql, day + timedelta(days=10))
    ours = measure("bookings, one after the other", repeat, ATTEMPTS, book, day + timedelta(days=20))
    late = [("room_type_id", "=", room_type.id), ("date", ">=", day + timedelta(days=30))]
    env["hotel.inventory"].search(late).write({"is_limited": True, "limit": 0, "allotment": 0})
    env.cr.commit()
    sold_out = measure("refusals of what is sold out", repeat, ATTEMPTS, refuse, day + timedelta(days=30))
    count = ATTEMPTS // THREADS * THREADS
    line = measure(f"bookings of {THREADS} threads in line", stand_in_line, count, day + timedelta(days=25), count)
    shares = {"bookings": ours, "refusals": sold_out, "in line": line}
    print("ratio to bare SQL:", ", ".join(f"{name} 1 : {bare / rate:.1f}" for name, rate in shares.items()))
finally:
    forget()
