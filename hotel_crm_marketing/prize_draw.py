"""Prize draws that anybody can recompute. Plain Python.

Before the first entry, the hotel publishes the commitment of a secret seed. When entries are closed, the list of
their codes is fixed and published, without names. Then the seed is revealed, and each code has a place in an order
that nobody could choose::

    key   = SHA-256("<seed>:<SHA-256 of the codes, sorted, one a line>")
    place = SHA-256("<key>:<code>"), smallest first

The hotel cannot pick the seed after it has seen the entries, since it has published its commitment; and the order
depends on all entries together.

>>> seed = "correct horse"
>>> codes = ["A1", "B2", "C3", "D4"]
>>> commit(seed)[:16], get_order(seed, codes)
('4104d36f8da2c254', ['C3', 'D4', 'B2', 'A1'])
"""

import hashlib


def digest(text: str) -> str:
    """Return the SHA-256 of a text as hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def commit(seed: str) -> str:
    """Return what is published of a seed before the draw."""
    return digest(seed)


def get_list_digest(codes) -> str:
    """Return what stands for a whole list of entries, in whatever order they are given.

    >>> get_list_digest(["b", "a"]) == get_list_digest(["a", "b"])
    True
    """
    return digest("\n".join(sorted(codes)))


def get_order(seed: str, codes) -> list[str]:
    """Return all codes in the order of the draw: who comes first wins the first prize."""
    codes = sorted(set(codes))
    key = digest(f"{seed}:{get_list_digest(codes)}")
    return sorted(codes, key=lambda code: (digest(f"{key}:{code}"), code))


def draw(seed: str, codes, prizes: list[tuple[int, int]]) -> list[tuple[str, int]]:
    """Return who wins what: each code one prize at most, prizes in the order in which they are given.

    :param prizes: (key of the prize, how many there are)

    >>> draw("correct horse", ["A1", "B2", "C3", "D4"], [(7, 1), (8, 2)])
    [('C3', 7), ('D4', 8), ('B2', 8)]
    """
    stock = [key for key, number in prizes for _one in range(number)]
    return list(zip(get_order(seed, codes), stock, strict=False))
