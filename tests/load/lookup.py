"""How fast guests are found: every kind of text that the look-up box takes, beside stock Odoo.

Run in a seeded database, as one script of ``odoo shell``::

    TEST_DB=seed ./setup/shell odoo shell --no-http < tests/load/lookup.py

Each kind is asked 50 different queries, drawn from the guests in the database by a fixed seed, with
an empty cache and as a receptionist. "Processor" is the work of both processes, whatever else the
machine does; the other figures are what a clock says. "Stock" is ``name_search`` of Odoo's own models on the same
rows in the same run, our methods bypassed and our indexes dropped (and rolled back); it gets fewer
queries, because it takes seconds. Prints a table, and each query that took more than the aim.
Variables: LOOKUP_QUERIES (50), LOOKUP_STOCK (3; 0 leaves it out), LOOKUP_AIM (30 ms), LOOKUP_TRIES
(1; more: the best of so many tries counts, to see past other work on the machine).
"""

import os
import random
import statistics
import time

from odoo import models
from odoo.tests.common import new_test_user
from odoo.tools import SQL

from odoo.addons.hotel_crm_base import names
from odoo.addons.hotel_crm_base.models.guest import hotel_identity_use

COUNT = int(os.environ.get("LOOKUP_QUERIES", 50))
STOCK = int(os.environ.get("LOOKUP_STOCK", 3))
TRIES = int(os.environ.get("LOOKUP_TRIES", 1))
AIM = float(os.environ.get("LOOKUP_AIM", 30))
KINDS = names.KIND_NUMBERS
lab = env(context=dict(env.context, tracking_disable=True))  # noqa: F821
draw = random.Random(19)


def query(text, *arguments):
    """Return the rows of a query."""
    lab.cr.execute(text, arguments)
    return lab.cr.fetchall()


def sample(kind, pattern, count=COUNT):
    """Return that many different tokens of a kind that match a regular expression."""
    (last_id,), = query("SELECT max(id) FROM hotel_guest_token")
    found = {}
    for _attempt in range(400 * count):
        start = draw.randrange(last_id)
        for (token,) in query(
            """SELECT token FROM (SELECT kind, token FROM hotel_guest_token WHERE id > %s ORDER BY id LIMIT 60) t
               WHERE kind = %s AND token ~ %s LIMIT 1""",
            start,
            KINDS[kind],
            pattern,
        ):
            found[token] = True
        if len(found) == count:
            break
    return list(found)


def most_common(count):
    """Return the words that most guests bear: family names, given names, pinyin."""
    rows = query(
        """SELECT token FROM hotel_guest_token WHERE kind = %s AND length(token) > 1
           GROUP BY token ORDER BY count(*) DESC LIMIT %s""",
        KINDS[names.WORD],
        count,
    )
    return [token for (token,) in rows]


def parts(token):
    """Return a part inside each of some words, three letters at least."""
    start = draw.randrange(1, 3)
    return token[start : start + draw.choice((3, 4, 5))]


def documents():
    """Return numbers of passports; where the database has too few, some are made (and rolled back)."""
    rows = query("SELECT partner_id FROM hotel_guest_line ORDER BY partner_id LIMIT %s", COUNT)
    numbers = [f"X{draw.randrange(10**7, 10**8)}" for _row in rows]
    lab["hotel.guest.document"].create(
        [
            {"partner_id": partner_id, "document_type": "passport", "number": number}
            for (partner_id,), number in zip(rows, numbers, strict=True)
        ]
    )
    lab.flush_all()
    return numbers


def make_queries():
    """Return what is asked: kind of text to list of texts."""
    common = most_common(50)
    wholes = sample(names.WHOLE, "^[a-z]+ [a-z]+$")
    chinese = sample(names.WHOLE, "^[一-龥]{2,3}$")
    pairs = [(draw.choice(common), draw.choice(common)) for _number in range(COUNT)]
    letters = "abcdefghijklmnopqrstuvwxyz"
    return {
        "part of a Latin name": [parts(word) for word in sample(names.WORD, "^[a-z]{7,}$")],
        "beginning of a name": [word[:4] for word in sample(names.WORD, "^[a-z]{6,}$")],
        "two words": wholes,
        "two words, half typed": [" ".join(word[:3] for word in reversed(text.split())) for text in wholes],
        "two very common words": [f"{one} {other}" for one, other in pairs],
        "very common name": common,
        "beginning of a common name": list(dict.fromkeys(word[:2] for word in common if word.isascii()))
        + [word[:3] for word in common if word.isascii()],
        "Chinese name": chinese,
        "two characters inside": sample(names.WORD, "^[一-龥]{2}$"),
        "one character": list(dict.fromkeys("".join(chinese)))[:COUNT],
        "pinyin": sample(names.WHOLE, "^[a-z]{6,12}$"),
        "pinyin initials": sample(names.WORD, "^[a-z]{2,3}$"),
        "last four digits": [token[:4][::-1] for token in sample(names.TAIL, "^[0-9]{8}")],
        "last three digits": [token[:3][::-1] for token in sample(names.TAIL, "^[0-9]{8}")],
        "whole telephone": ["+" + token[::-1] for token in sample(names.TAIL, "^[0-9]{8}")],
        "e-mail": sample(names.EMAIL, "@"),
        "beginning of an e-mail": [token[:6] for token in sample(names.EMAIL, "@")],
        "member number": sample(names.CODE, "^[0-9]+$"),
        "document number": documents(),
        "no match: letters": ["".join(draw.choices("qxzvwkj", k=7)) for _number in range(COUNT)],
        "no match: two words": [f"{one} {other}x{draw.choice('qzx')}" for one, other in pairs],
        "no match: characters": ["".join(draw.choices("龘靐齉爩鱻麤灪龖", k=3)) for _number in range(COUNT)],
        "no match: digits": [f"{draw.randrange(10**14):014d}" for _number in range(COUNT)],
        "no match: e-mail": [f"{''.join(draw.choices(letters, k=9))}@nowhere.invalid" for _number in range(COUNT)],
        "one letter or digit": list(letters) + list("0123456789"),
        "two letters": ["".join(draw.choices(letters, k=2)) for _number in range(COUNT)],
    }


def take_time(ask, text):
    """Return the milliseconds that one answer takes with an empty cache."""
    lab.invalidate_all()
    started = time.perf_counter()
    ask(text)
    return (time.perf_counter() - started) * 1000


def measure(ask, texts, tries=TRIES):
    """Return milliseconds per text."""
    return [min(take_time(ask, text) for _try in range(tries)) for text in texts]


def processor_time():
    """Return the milliseconds that this process and its database server have worked so far."""
    with open(f"/proc/{query('SELECT pg_backend_pid()')[0][0]}/stat") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    ticks = int(fields[11]) + int(fields[12])
    return time.process_time() * 1000 + ticks * 1000 / os.sysconf("SC_CLK_TCK")


def measure_work(ask, texts):
    """Return milliseconds of processor per text on average: what other work on the machine does not change."""
    started = processor_time()
    for text in texts:
        lab.invalidate_all()
        ask(text)
    return (processor_time() - started) / len(texts) if texts else 0


def ask_stock(partners):
    """Return Odoo's own name_search of these contacts, without any of our methods."""
    base = models.BaseModel

    def ask(text):
        domain = base._search_display_name(partners, "ilike", text)
        return base.search_fetch(partners, domain, ["display_name"], limit=12).mapped("display_name")

    return ask


def drop_indexes():
    """Drop our indexes on contacts; the caller rolls back."""
    rows = query("SELECT indexname FROM pg_indexes WHERE indexname LIKE 'res_partner\\_hotel\\_%%'")
    for (name,) in rows:
        lab.cr.execute(SQL("DROP INDEX %s", SQL.identifier(name)))


def describe(times):
    """Return median and worst as text."""
    return f"{statistics.median(times):9.1f} {max(times):9.1f}" if times else f"{'-':>9} {'-':>9}"


def make_clerk():
    """Return a new clerk of the front office who may look for as many numbers as is measured."""
    clerk = new_test_user(
        lab,
        login=f"lookup_{time.time()}",
        groups="hotel_crm_base.group_front_office",
        hotel_all_properties=True,
    )
    # the limit of look-ups by document number is not what is measured
    lab["ir.config_parameter"].set_param("hotel_crm_base.identity_find_limit", "1000000")
    hotel_identity_use.GUESS_LIMIT = (10**6, 60)
    return clerk


def main():
    """Measure and print."""
    guests = query("SELECT count(*) FROM hotel_guest_line")[0][0]
    clerk = make_clerk()
    partners = lab["res.partner"].with_user(clerk)
    asked = {kind: texts[:COUNT] for kind, texts in make_queries().items()}
    for text in ("warm up", "P00000000", "0000"):  # loads code, keys and statements once
        partners.hotel_lookup(text)
    ours = {kind: measure(partners.hotel_lookup, texts) for kind, texts in asked.items()}
    work = {kind: measure_work(partners.hotel_lookup, texts) for kind, texts in asked.items()}
    found = {kind: sum(bool(partners.hotel_lookup(text)) for text in texts) for kind, texts in asked.items()}
    slow = [
        (spent, kind, text)
        for kind, texts in asked.items()
        for spent, text in zip(ours[kind], texts, strict=True)
        if spent > AIM
    ]
    search = {kind: measure(partners.name_search, texts[:STOCK]) for kind, texts in asked.items()}
    drop_indexes()
    stock = {kind: measure(ask_stock(partners), texts[:STOCK], 1) for kind, texts in asked.items()}
    lab.cr.rollback()
    best = f", best of {TRIES} tries" if TRIES > 1 else ""
    print(f"{guests:,} guests; milliseconds{best}; stock and our name_search: {STOCK} queries of each kind")
    print(f"{'':28} {'asked':>5} {'found':>5} | {'look-up':^29} | {'our name_search':^19} | {'stock':^19} | ratio")
    pair = f"{'median':>9} {'worst':>9} |"
    print(f"{'':28} {'':>5} {'':>5} | {'processor':>9} {pair} {pair} {pair}")
    for kind, times in ours.items():
        ratio = statistics.median(stock[kind]) / statistics.median(times) if times and stock[kind] else 0
        print(
            f"{kind:28} {len(times):5} {found[kind]:5} | {work[kind]:9.1f} {describe(times)} | {describe(search[kind])}"
            f" | {describe(stock[kind])} | {ratio:5.0f}"
        )
    for spent, kind, text in sorted(slow, reverse=True)[:20]:
        print(f"over {AIM:g} ms: {spent:.1f} {kind}: {text}")


main()
