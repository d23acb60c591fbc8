"""Weights of evidence that two records are one, learned without a single labelled pair.

Plain Python on NumPy, no Odoo. Pairs are compared field by field; each comparison is a level
from 0 (different) upwards, or -1 where one side has nothing to compare. Of every field two
distributions of levels are needed: u among different people, m among the same person. u is
counted on random pairs, nearly all of which are different people. m comes from pairs that
share one key (a block) by expectation and maximisation; the fields that the key is made of
are left out there, since they agree by construction, and are learned in other blocks. What
else goes along with a key (one name, one gender) is taken up by a u of the block's own, and
no m may say that a guest differs from himself more often than not: so a block with hardly
any duplicates, or with none, does not take something else for them.

Sources: I. P. Fellegi, A. B. Sunter, A Theory for Record Linkage, JASA 64 (1969), 1183-1210
(weights); W. E. Winkler, Using the EM Algorithm for Weight Computation in the Fellegi-Sunter
Model of Record Linkage (1988); R. Linacre et al., Splink (IJPDS 7, 2022; random pairs for u,
blocks in turn for m).

>>> import numpy as np
>>> dice = np.random.default_rng(1)
>>> different = (dice.random((9000, 3)) < [0.1, 0.05, 0.2]).astype(np.int8)
>>> same = (dice.random((1000, 3)) < [0.95, 0.9, 0.8]).astype(np.int8)
>>> weights = learn([2, 2, 2], different, [(np.vstack([different, same]), ())])
>>> [round(float(row[1]), 1) for row in weights.m]                # in truth 0.95, 0.9, 0.8
[0.9, 0.9, 0.8]
>>> np.round(weights.evidence([[1, 1, 1], [1, -1, 0]]), 1).tolist()
[9.3, 1.2]
"""

from dataclasses import dataclass

import numpy as np

#: rounds of expectation and maximisation at most, and the change of m that ends them
ROUNDS, ENOUGH = 200, 1e-6
#: pairs added to what is counted, so that nothing is impossible
SMOOTH = 0.5
#: m is learned from so many pairs of each block at most
LEARN_FROM = 400000
#: share of the same people who may differ in a field, at most
DIFFERING = 0.4
#: pairs that u from random pairs counts for in a block
BELIEF = 200


@dataclass(frozen=True)
class Weights:
    """What was learned: one row of probabilities per field, one entry per level."""

    m: tuple
    u: tuple

    def evidence(self, levels):
        """Return the logarithm (base 2) of how much likelier each pair is under m than under u (array).

        :param levels: pairs x fields, levels or -1
        """
        levels = np.asarray(levels)
        total = np.zeros(len(levels))
        for field, (m, u) in enumerate(zip(self.m, self.u, strict=True)):
            table = np.append(np.log2(m / u), 0.0)  # the last one, index -1, is for what is not known
            total += table[levels[:, field]]
        return total


def count_levels(levels, sizes, weights=None):
    """Return the share of each level in each field (list of arrays), smoothed; -1 counts nowhere."""
    weights = np.ones(len(levels)) if weights is None else weights
    shares = []
    for field, size in enumerate(sizes):
        known = levels[:, field] >= 0
        counts = np.bincount(levels[known, field], weights[known], minlength=size) + SMOOTH
        shares.append(counts / counts.sum())
    return shares


def learn(sizes, random_levels, blocks, different=None) -> Weights:
    """Return weights learned from pairs without labels.

    :param sizes: number of levels of each field
    :param random_levels: levels of random pairs (pairs x fields)
    :param blocks: one (levels, fields left out) for each key: pairs that share it
    :param different: probability that each random pair is two people; where few records have many
        duplicates it matters. 1 where not given.
    """
    u = count_levels(np.asarray(random_levels), sizes, different)
    sums = [np.zeros(size) for size in sizes]
    for levels, left_out in blocks:
        fields = [field for field in range(len(sizes)) if field not in set(left_out)]
        if not len(levels) or not fields:
            continue
        expected = _expect_block(np.asarray(levels)[:LEARN_FROM], fields, sizes, u)
        for field, counts in zip(fields, expected, strict=True):
            sums[field] += counts
    start = [_first_guess(size) for size in sizes]
    m = []
    for counts, guess in zip(sums, start, strict=True):
        # what no block teaches stays with the guess
        counts = counts + SMOOTH * guess if counts.sum() >= 1 else guess
        m.append(counts / counts.sum())
    return Weights(tuple(m), tuple(u))


def _first_guess(size):
    """Return m before anything is known: the same person agrees, mostly."""
    guess = np.full(size, 0.2 / max(size - 1, 1))
    guess[-1] = 0.8
    return guess


def _expect_block(levels, fields, sizes, u):
    """Return how often each level is expected among the same people of one block (list of arrays)."""
    patterns, counts = _count_patterns(levels[:, fields], [sizes[field] for field in fields])
    m, other = [_first_guess(sizes[field]) for field in fields], [u[field] for field in fields]
    share, expected = 0.1, m
    for _round in range(ROUNDS):
        odds = np.full(len(patterns), np.log(share) - np.log1p(-share))
        for column, (row, against) in enumerate(zip(m, other, strict=True)):
            odds += np.append(np.log(row / against), 0.0)[patterns[:, column]]
        same = counts / (1 + np.exp(-np.clip(odds, -500, 500)))
        share = float(np.clip(same.sum() / counts.sum(), 1e-9, 1 - 1e-9))
        expected = _count_expected(patterns, same, m)
        rest = _count_expected(patterns, counts - same, m)
        other = [_normalised(row + BELIEF * u[field]) for row, field in zip(rest, fields, strict=True)]
        fresh = [_cap(_normalised(row)) for row in expected]
        change = max(float(np.abs(one - two).max()) for one, two in zip(m, fresh, strict=True))
        m = fresh
        if change < ENOUGH:
            break
    return [row.sum() * shape for row, shape in zip(expected, m, strict=True)]


def _count_expected(patterns, weights, like):
    """Return how often each level is expected in each column (list of arrays)."""
    return [
        np.bincount(patterns[known, column], weights[known], minlength=len(row))
        for column, row in enumerate(like)
        for known in [patterns[:, column] >= 0]
    ]


def _normalised(counts):
    """Return shares; a tiny bit is left to what was never seen."""
    counts = counts + 1e-3
    return counts / counts.sum()


def _cap(shares):
    """Return shares with no more than DIFFERING of them at level 0.

    >>> _cap(np.array([0.8, 0.1, 0.1])).round(2).tolist()
    [0.4, 0.3, 0.3]
    """
    if shares[0] <= DIFFERING:
        return shares
    rest = shares[1:] * (1 - DIFFERING) / shares[1:].sum()
    return np.append(DIFFERING, rest)


def _count_patterns(levels, sizes):
    """Return the different rows, and how often each stands there."""
    code = np.zeros(len(levels), dtype=np.int64)
    for column, size in enumerate(sizes):
        code = code * (size + 1) + levels[:, column] + 1
    _codes, first, counts = np.unique(code, return_index=True, return_counts=True)
    return levels[first].astype(np.int64), counts.astype(float)


def probabilities(evidence, pair_count: float):
    """Return the probability that each pair is one person, and the share of such pairs among all.

    How many there are is learned too: the share among all pairs is what the pairs at hand add
    up to, those outside of them being different people.

    :param evidence: of `Weights.evidence`, of all candidate pairs
    :param pair_count: number of all pairs that there could be, candidates or not

    >>> found, share = probabilities(np.array([20.0, 20.0, 18.0, -5.0]), 1e4)
    >>> found.round(2).tolist(), round(share * 1e4, 2)
    ([1.0, 1.0, 0.99, 0.0], 2.98)
    """
    log_odds = np.asarray(evidence, dtype=float) * np.log(2)
    share = 1.0 / max(pair_count, 2.0)
    found = np.zeros(len(log_odds))
    for _round in range(ROUNDS):
        prior = np.log(share) - np.log1p(-share)
        found = 1 / (1 + np.exp(-np.clip(log_odds + prior, -500, 500)))
        fresh = float(np.clip(found.sum() / max(pair_count, 2.0), 1e-15, 0.5))
        if abs(fresh - share) <= ENOUGH * share:
            break
        share = fresh
    return found, share
