"""Purchases of a cohort at an online shop, the data that the models' authors published on.

The files are not part of this repository: HOTEL_CRM_DATA says where they are.
"""

import csv
import os
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

FOLDER = Path(os.environ.get("HOTEL_CRM_DATA", "")) / "cdnow"
MISSING = "outside: the files cdnow (HOTEL_CRM_DATA says where)"
#: the last day that the models may know
KNOWN_UNTIL = date(1997, 9, 30)


def is_here():
    return (FOLDER / "cdnow_customers_summary.csv").exists() and (FOLDER / "CDNOW_sample.txt").exists()


def read_summary():
    """Return frequencies, recencies and ages in weeks on the last known day, of all customers."""
    with open(FOLDER / "cdnow_customers_summary.csv", newline="") as file:
        rows = [[float(row[name]) for name in ("frequency", "recency", "T")] for row in csv.DictReader(file)]
    return list(zip(*rows, strict=True))


def read_days():
    """Return customer -> {day: dollars spent on it}."""
    days = defaultdict(Counter)
    with open(FOLDER / "CDNOW_sample.txt") as file:
        for customer, _of_sample, day, _quantity, amount in map(str.split, file):
            days[customer][date(int(day[:4]), int(day[4:6]), int(day[6:]))] += float(amount)
    return days


def read_amounts():
    """Return number and mean amount of repeat purchases, of customers who have some, before the last known day."""
    pairs = []
    for days in read_days().values():
        first = min(days)
        amounts = [amount for day, amount in days.items() if first < day <= KNOWN_UNTIL]
        if sum(amounts) > 0:
            pairs.append((len(amounts), sum(amounts) / len(amounts)))
    return list(zip(*pairs, strict=True))


def count_purchases_afterwards():
    """Return on how many days anybody bought again, after the last known day."""
    return sum(day > KNOWN_UNTIL for days in read_days().values() for day in days)
