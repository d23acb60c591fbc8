"""Which pairs are worth comparing: those that share a key.

Plain Python on NumPy, no Odoo. A key is a short text made of what two records of one guest
rarely both have wrong. A record may have several keys of a kind (each word of the name).
Keys that very many records share say nothing and are left out.

>>> keys = {"name": [(0, "ana"), (1, "ana"), (2, "bo"), (3, "bo"), (4, "bo")]}
>>> find_pairs(keys["name"], most=2)
(array([0]), array([1]))
>>> [side.tolist() for side in find_pairs(keys["name"])]
[[0, 2, 2, 3], [1, 3, 4, 4]]
"""

import numpy as np

#: kind of key -> records that share one at most (above, it is no key), fields that it is made of
KINDS = {
    "document": (60, ("document",)),
    "phone": (60, ("phone",)),
    "email": (60, ("email",)),
    "name": (20, ("name",)),
    "birth_date": (60, ("birth_date", "name")),  # with the first letter of a word of the name
    "name_year": (20, ("birth_date", "name")),
    "name_day": (20, ("birth_date", "name")),  # day and month
    "word_year": (12, ("birth_date", "name")),
    "word_day": (12, ("birth_date", "name")),
    "address": (60, ("address",)),  # street and postal code
}


def keys_of(records):
    """Return the keys of records: kind -> list of (row, key).

    :param records: `compare.Records`
    """
    births, columns = records.columns["birth_date"], records.columns
    names = _single(records.letters)
    words = [(row, word) for part in (records.head, records.tail) for row, word in _single(part)]
    places = zip(columns["street"], columns["zip"], strict=True)
    return {
        "document": _single(columns["document"]),
        "phone": _single(columns["phone"]),
        "email": _single(columns["email"]),
        "name": names,
        "birth_date": [(row, word[0] + births[row]) for row, word in words if births[row]],
        "name_year": [(row, name + births[row][:4]) for row, name in names if births[row]],
        "name_day": [(row, name + births[row][4:]) for row, name in names if births[row]],
        "word_year": [(row, word + births[row][:4]) for row, word in words if births[row]],
        "word_day": [(row, word + births[row][4:]) for row, word in words if births[row]],
        "address": [(row, f"{street}|{place}") for row, (street, place) in enumerate(places) if street and place],
    }


def _single(column):
    return [(row, key) for row, key in enumerate(column) if key]


def find_pairs(keyed, most=60):
    """Return all pairs of rows that share a key, each once (two arrays, left below right).

    :param keyed: (row, key) pairs
    :param most: records that share a key at most
    """
    if not keyed:
        return np.zeros(0, dtype=int), np.zeros(0, dtype=int)
    rows, keys = zip(*keyed, strict=True)
    rows = np.array(rows)
    _keys, numbers = np.unique(np.array(keys, dtype=str), return_inverse=True)
    order = np.lexsort((rows, numbers))
    rows, numbers = rows[order], numbers[order]
    small = np.bincount(numbers)[numbers] <= most
    rows, numbers = rows[small], numbers[small]
    found = []
    for apart in range(1, most):
        same = numbers[apart:] == numbers[:-apart]
        if not same.any():
            break
        found.append(np.stack([rows[:-apart][same], rows[apart:][same]]))
    if not found:
        return np.zeros(0, dtype=int), np.zeros(0, dtype=int)
    return merge_pairs([np.concatenate(found, axis=1)])


def merge_pairs(parts):
    """Return the pairs of several lists, each once and no row with itself."""
    left, right = np.concatenate(parts, axis=1)
    code = np.unique(np.minimum(left, right).astype(np.int64) << 32 | np.maximum(left, right))
    left, right = code >> 32, code & 0xFFFFFFFF
    return left[left != right], right[left != right]
