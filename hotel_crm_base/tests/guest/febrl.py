"""Made-up people with known duplicates, by the Febrl generator.

The files are not part of this repository: HOTEL_CRM_DATA says where they are.
"""

import csv
import os
from collections import Counter
from pathlib import Path

import numpy as np

from ...matching import compare, duplicates

FOLDER = Path(os.environ.get("HOTEL_CRM_DATA", "")) / "febrl"
MISSING = "outside: the files febrl (HOTEL_CRM_DATA says where)"


def is_here():
    return all((FOLDER / f"dataset{name}.csv").exists() for name in ("1", "4a", "4b"))


def read(name, with_document):
    """Return (person, row as a guest is compared by) of one file."""
    rows = []
    with open(FOLDER / f"dataset{name}.csv", newline="") as file:
        for row in csv.DictReader(file, skipinitialspace=True):
            guest = {
                "name": f"{row['given_name']} {row['surname']}".strip(),
                "birth_date": row["date_of_birth"],
                "street": row["address_1"],
                "city": row["suburb"],
                "zip": row["postcode"],
                "document": row["soc_sec_id"] if with_document else "",
            }
            rows.append((row["rec_id"].split("-")[1], guest))
    return rows


def judge(files, with_document):
    """Return precision, recall and F1 of what is found without a label, at the threshold of review."""
    people, guests, sides = [], [], []
    for side, name in enumerate(files):
        for person, guest in read(name, with_document):
            people.append(person)
            guests.append(guest)
            sides.append(side)
    people, sides = np.array(people), np.array(sides)
    found = duplicates.find(compare.Records.build(guests), sides if len(files) > 1 else None)
    shown = found.probability >= duplicates.REVIEW
    right = int((shown & (people[found.left] == people[found.right])).sum())
    if len(files) > 1:
        there = len(set(people[sides == 0]) & set(people[sides == 1]))
    else:
        there = sum(count * (count - 1) // 2 for count in Counter(people.tolist()).values())
    precision, recall = right / int(shown.sum()), right / there
    return precision, recall, 2 * precision * recall / (precision + recall)
