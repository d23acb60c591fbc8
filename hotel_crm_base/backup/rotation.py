"""Which backups stay: the newest of each of the last days, weeks and months that have one.

>>> def name(day): return f"hotel-{day}T020000Z"
>>> days = ["20280101", "20280131", "20280205", "20280206", "20280228", "20280229", "20280301"]
>>> keep = find_kept([name(day) for day in days], daily=2, weekly=2, monthly=3)
>>> [made_at(kept).strftime("%m-%d") for kept in sorted(keep)]
['01-31', '02-06', '02-29', '03-01']
>>> find_kept([], 7, 5, 12)
set()
>>> made_at("notes.txt") is None, made_at("hotel-20281399T000000Z") is None
(True, True)
"""
import re
from collections.abc import Iterable
from datetime import datetime, timezone

NAME = re.compile(r"^(?P<database>.+)-(?P<moment>\d{8}T\d{6}Z)$")
FORMAT = "%Y%m%dT%H%M%SZ"


def make_name(database: str, seconds: float) -> str:
    """Return the name of a backup made at a moment (seconds since 1970).

    >>> make_name("hotel", 1835404200)
    'hotel-20280229T023000Z'
    """
    return f"{database}-{datetime.fromtimestamp(seconds, timezone.utc).strftime(FORMAT)}"


def made_at(name: str) -> "datetime | None":
    """Return when a backup was made (naive, UTC), None for what is no name of a backup."""
    match = NAME.match(name)
    try:
        return datetime.strptime(match["moment"], FORMAT) if match else None
    except ValueError:
        return None


def find_kept(names: Iterable[str], daily: int, weekly: int, monthly: int) -> set[str]:
    """Return the names that stay, of good backups of one database.

    :param daily: of how many days (that have a backup) the newest one stays; the same by week and month
    """
    newest_first = sorted(filter(made_at, names), key=made_at, reverse=True)
    kept = set()
    for number, key in ((daily, "%Y-%j"), (weekly, "%G-%V"), (monthly, "%Y-%m")):
        periods = {}
        for name in newest_first:
            periods.setdefault(made_at(name).strftime(key), name)
        kept.update(list(periods.values())[:number])
    return kept
