"""In which order things of one day happen: what ends by the calendar first, then what members did."""

from datetime import date

from . import facts as kinds

YEAR, CYCLE, VERSION, STATUS, EXTENSION, EXPIRY, INACTIVITY, JOIN = range(8)
GRANT, SPEND, POSTING, REDEMPTION, CANCEL, REFUND, CHOICE = range(8, 15)

ORDERS = {
    kinds.Grant: GRANT,
    kinds.Stay: SPEND,
    kinds.Purchase: SPEND,
    kinds.Posting: POSTING,
    kinds.Redemption: REDEMPTION,
    kinds.Refund: REFUND,
    kinds.Extension: EXTENSION,
    kinds.Choice: CHOICE,
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
    found, cancels = {}, []
    for fact in facts:
        key, day, order = fact.key, fact.on, ORDERS[type(fact)]
        if "/" in key or "~" in key:
            raise ValueError(f"the key of a fact has no / and no ~: {key}")
        if day <= as_of:
            found[key] = day, order, key, fact
    for day, order, key, fact in found.values():
        if order == REDEMPTION and fact.cancelled is not None and fact.cancelled <= as_of:
            cancels.append((max(fact.cancelled, day), CANCEL, key, fact))
    return [*found.values(), *cancels]
