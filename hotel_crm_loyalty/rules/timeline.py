"""In which order things of one day happen: what ends by the calendar first, then what members did."""

from datetime import date

YEAR, CYCLE, VERSION, STATUS, EXTENSION, EXPIRY, INACTIVITY, JOIN = range(8)
GRANT, SPEND, POSTING, REDEMPTION, CANCEL, REFUND, CHOICE = range(8, 15)

ORDERS = {
    "Grant": GRANT,
    "Stay": SPEND,
    "Purchase": SPEND,
    "Posting": POSTING,
    "Redemption": REDEMPTION,
    "Refund": REFUND,
    "Extension": EXTENSION,
    "Choice": CHOICE,
}


def list_facts(facts, as_of: date) -> list[tuple]:
    """Return (day, order, key, fact) of all facts up to a day; a fact that is given twice is there once.

    Cancellations of redemptions are entries of their own.

    :raises ValueError: where a key has a character that keys of moves are made with

    >>> from .facts import Redemption
    >>> spa = Redemption("r", date(2026, 3, 1), 500, cancelled=date(2026, 6, 1))
    >>> [(str(day), order) for day, order, _key, _fact in list_facts([spa, spa], date(2026, 12, 31))]
    [('2026-03-01', 11), ('2026-06-01', 12)]
    """
    found = {}
    for fact in facts:
        if "/" in fact.key or "~" in fact.key:
            raise ValueError(f"the key of a fact has no / and no ~: {fact.key}")
        if fact.on <= as_of:
            found[fact.key] = fact
    entries = [(fact.on, ORDERS[type(fact).__name__], key, fact) for key, fact in found.items()]
    for fact in found.values():
        cancelled = getattr(fact, "cancelled", None)
        if cancelled is not None and cancelled <= as_of:
            entries.append((max(cancelled, fact.on), CANCEL, fact.key, fact))
    return entries
