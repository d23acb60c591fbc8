"""Likely duplicates among guests: keys, comparisons and weights put together.

Plain Python on NumPy, no Odoo.

>>> rows = [{"name": f"Guest {chr(97 + n % 26)}{chr(97 + n // 26)}x", "phone": f"+3519{n:08}",
...          "birth_date": f"19{50 + n % 40}-01-{1 + n % 28:02}"} for n in range(300)]
>>> rows += [dict(row, name=row["name"].upper()) for row in rows[:60]]
>>> found = find(compare.Records.build(rows))
>>> sure = found.probability >= REVIEW
>>> sorted(zip(found.left[sure].tolist(), found.right[sure].tolist()))[:2], int(sure.sum())
([(0, 300), (1, 301)], 60)
"""

from typing import NamedTuple

import numpy as np

from . import blocks, compare, fellegi

#: from which probability a pair is shown to a person, and from which it may be merged unseen
REVIEW, MERGE = 0.5, 0.999
#: random pairs that u is counted on
RANDOM_PAIRS = 300000


class Found(NamedTuple):
    """Candidate pairs (row numbers), their levels, and the probability that they are one guest."""

    left: np.ndarray
    right: np.ndarray
    levels: np.ndarray
    probability: np.ndarray
    weights: fellegi.Weights


def find(records, sides=None, seed=1) -> Found:
    """Return the candidate pairs of records and how likely each is one guest.

    :param records: `compare.Records`
    :param sides: one number per record: only pairs of different sides are looked for
    """
    kinds = []
    for kind, keyed in blocks.keys_of(records).items():
        most, left_out = blocks.KINDS[kind]
        kinds.append((blocks.find_pairs(keyed, most), left_out))
    if sides is not None:
        kinds = [(_between(pairs, sides), left_out) for pairs, left_out in kinds]
    left, right = blocks.merge_pairs([np.stack(pairs) for pairs, _left_out in kinds])
    levels = compare.compare(records, left, right)
    place = {code: row for row, code in enumerate((left << 32 | right).tolist())}
    taught = [
        (levels[[place[code] for code in (pairs[0] << 32 | pairs[1]).tolist()]], fields(left_out))
        for pairs, left_out in kinds
    ]
    anyhow = compare.compare(records, *random_pairs(len(records), sides, seed))
    weights, probability = learn(levels, taught, anyhow, count_pairs(len(records), sides))
    return Found(left, right, levels, probability, weights)


def learn(levels, taught, anyhow, pair_count):
    """Return weights, and the probability of each candidate pair under them.

    :param levels: of the candidate pairs
    :param taught: (levels, fields left out) of each kind of key
    :param anyhow: levels of random pairs
    :param pair_count: number of all pairs that there could be
    """
    different = None
    for _round in range(2):  # the second time without the duplicates among the random pairs
        weights = fellegi.learn(compare.SIZES, anyhow, taught, different)
        probability, share = fellegi.probabilities(weights.evidence(levels), pair_count)
        odds = weights.evidence(anyhow) * np.log(2) + np.log(share / (1 - share))
        different = 1 / (1 + np.exp(np.clip(odds, -500, 500)))
    return weights, probability


def fields(names):
    """Return the numbers of fields."""
    return [list(compare.FIELDS).index(name) for name in names]


def _between(pairs, sides):
    left, right = pairs
    apart = sides[left] != sides[right]
    return left[apart], right[apart]


def random_pairs(count, sides=None, seed=1):
    """Return random pairs of different rows."""
    dice = np.random.default_rng(seed)
    left, right = dice.integers(0, max(count, 1), (2, RANDOM_PAIRS if count > 1 else 0))
    return _between((left, right), sides) if sides is not None else (left[left != right], right[left != right])


def count_pairs(count, sides=None):
    """Return how many pairs there could be."""
    whole = count * (count - 1) / 2
    if sides is None:
        return whole
    _sides, sizes = np.unique(sides, return_counts=True)
    return whole - float((sizes * (sizes - 1) / 2).sum())
