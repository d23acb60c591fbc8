"""Fill the database with guests, stays and charges through the bulk path of the import.

Run by setup/seed inside ``odoo shell``: SEED_ARGUMENTS says how many guests there shall be.
A run that was broken off goes on where it stopped.
"""
import os
import time
from datetime import date

from chain import HOTELS, Chain
from sample import Sample

CHUNK = 20000
SYSTEM = "seed"


def make_hotels(env, guests):
    """Return properties of 500 rooms, one for 50,000 guests and three at least."""
    chain = Chain(env)
    companies = {
        "CN": chain.company("CN", "Jade Lake Hotels"),
        "PT": chain.company("PT", "Casa do Rio Hotels"),
    }
    hotels = []
    for index in range(max(len(HOTELS), guests // 50000)):
        code, name, *rest = HOTELS[index % len(HOTELS)]
        number = index // len(HOTELS)
        values = (f"{code}{number or ''}", f"{name} {number or ''}".strip(), *rest)
        hotels.append(chain.hotel(companies[rest[1]], values, 500 if guests > 1000 else 60))
    return chain, hotels


def seed(env, guests):
    """Bring the number of guests of the source ``seed`` to ``guests``."""
    chain, hotels = make_hotels(env, guests)
    env.cr.commit()
    today = date.fromisoformat(os.environ.get("SEED_TODAY") or hotels[0].business_date.isoformat())
    loader = env["hotel.bulk.loader"]
    done = env["hotel.guest.reference"].search_count([("source_system", "=", SYSTEM)])
    first = done // CHUNK * CHUNK
    started = time.monotonic()
    for start in range(first, guests, CHUNK):
        count = min(CHUNK, guests - start)
        sample = Sample([chain.describe(hotel, today) for hotel in hotels], chain.codes(), today, seed=start)
        people, stays, charges = sample.chunk(start + 1, count)
        loader._load_guests(people, source_system=SYSTEM)
        loader._load_stays(stays, source_system=SYSTEM)
        loader._load_consumption(charges, source_system=SYSTEM, accrues_points=False)
        env.cr.commit()
        pace = (start + count - first) / (time.monotonic() - started)
        print(f"{start + count:>9,} guests ({pace:,.0f}/s)", flush=True)
    compute(env)


def compute(env):
    """Compute all figures of guests and days; what the bulk path queued is done by it too."""
    started = time.monotonic()
    env["hotel.guest.metric"]._refresh_all()
    env["hotel.metric.run"]._cron_continue()
    env.cr.execute("DELETE FROM hotel_guest_metric_queue")
    env["hotel.figure.day"]._refresh_changed()
    env.cr.commit()
    print(f"figures in {time.monotonic() - started:,.0f} s", flush=True)


seed(env, int(os.environ["SEED_ARGUMENTS"].split()[0]))  # noqa: F821
