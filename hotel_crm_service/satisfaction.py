"""Figures of surveys: net promoter score with its interval, and which aspect moves it. Plain Python.

Net promoter score (Reichheld 2003, Harvard Business Review 81(12)): of 100 answers on "how likely are you to
recommend us", 0 to 10, those of 9 and 10 less those of 0 to 6. Its interval is the adjusted Wald interval of Rocks
(2016), "Interval Estimation for the Net Promoter Score", The American Statistician 70(4), 365-372: three answers that
nobody gave are added (3/4 promoters, 3/2 passives, 3/4 detractors), then the variance of a difference of two shares
of a multinomial, p + d - (p - d)^2, by the number of answers.

Drivers: the share of R squared of a linear regression of the score on the aspects that each aspect accounts for,
averaged over all orders in which the aspects may enter (LMG of Lindeman, Merenda and Gold 1980, which is the Shapley
value of R squared; see Gromping 2006, Journal of Statistical Software 17(1)). An answer that leaves an aspect out has
the mean of that aspect there; aspects that fewer than half of the answers rate, or all rate alike, are left out.
"""

import dataclasses
import math

import numpy as np

PROMOTER_FROM, DETRACTOR_UNTIL = 9, 6
#: of the normal distribution, two-sided 95 %
Z = 1.959964
#: fewer answers say nothing about what moves the score
ANSWERS_AT_LEAST = 20
#: all subsets are regressed: 2 ** ASPECTS_AT_MOST of them
ASPECTS_AT_MOST = 11


@dataclasses.dataclass(frozen=True)
class Score:
    """A net promoter score.

    :ivar value: -100 to 100, None without answers
    :ivar low: lower end of its 95 % interval
    :ivar high: upper end
    :ivar count: number of answers
    """

    value: float | None
    low: float | None
    high: float | None
    count: int


def group_of(score):
    """Return which group an answer belongs to.

    >>> [group_of(score) for score in (0, 6, 7, 8, 9, 10)]
    ['detractor', 'detractor', 'passive', 'passive', 'promoter', 'promoter']
    """
    return "promoter" if score >= PROMOTER_FROM else "detractor" if score <= DETRACTOR_UNTIL else "passive"


def net_promoter(promoters, passives, detractors):
    """Return the score of so many answers.

    >>> score = net_promoter(50, 30, 20)
    >>> score.value, round(score.low, 1), round(score.high, 1)
    (30.0, 14.1, 44.2)
    >>> net_promoter(0, 0, 0).value is None
    True
    """
    count = promoters + passives + detractors
    if not count:
        return Score(None, None, None, 0)
    value = 100 * (promoters - detractors) / count
    whole = count + 3
    up, down = (promoters + 0.75) / whole, (detractors + 0.75) / whole
    middle, half = up - down, Z * math.sqrt((up + down - (up - down) ** 2) / whole)
    return Score(value, 100 * max(middle - half, -1), 100 * min(middle + half, 1), count)


def mean_interval(total, squares, count):
    """Return mean and its 95 % interval (normal approximation) from sums.

    >>> mean_interval(12, 50, 3)
    (4.0, 2.868..., 5.131...)
    >>> mean_interval(4, 16, 1)
    (4.0, None, None)
    """
    if not count:
        return None, None, None
    mean = total / count
    if count < 2:
        return mean, None, None
    half = Z * math.sqrt(max(squares - total * total / count, 0) / (count - 1) / count)
    return mean, mean - half, mean + half


@dataclasses.dataclass(frozen=True)
class Drivers:
    """Which aspects move the score.

    :ivar explained: R squared of all aspects together, 0 to 1
    :ivar shares: aspect -> its part of ``explained``; together they sum to it
    :ivar count: number of answers
    """

    explained: float
    shares: dict
    count: int


def drivers(answers):
    """Return which aspects move the score, or None where there is too little to say.

    :param list answers: (score, {aspect: rating}) each

    >>> answers = [(room + 5, {"room": room, "food": food}) for room in range(1, 6) for food in range(1, 6)]
    >>> found = drivers(answers)
    >>> round(found.explained, 3), round(found.shares["room"], 3), round(found.shares["food"], 3)
    (1.0, 1.0, 0.0)
    >>> drivers(answers[:5]) is None
    True
    """
    if len(answers) < ANSWERS_AT_LEAST:
        return None
    names, columns = _columns(answers)
    scores = np.array([score for score, _ratings in answers], dtype=float)
    if not names or scores.std() < 1e-12:
        return None
    correlation = np.corrcoef(np.vstack([columns, scores]))
    inside, outside = correlation[:-1, :-1], correlation[:-1, -1]
    explained = _explained_by_subset(inside, outside)
    count = len(names)
    weights = [math.factorial(size) * math.factorial(count - size - 1) / math.factorial(count) for size in range(count)]
    shares = dict.fromkeys(names, 0.0)
    for place, name in enumerate(names):
        bit = 1 << place
        shares[name] = sum(
            weights[subset.bit_count()] * (explained[subset | bit] - explained[subset])
            for subset in range(1 << count)
            if not subset & bit
        )
    return Drivers(explained[-1], shares, len(answers))


def _columns(answers):
    """Return the aspects that can be used, and a row of ratings for each: what is missing is the mean."""
    counts = {}
    for _score, ratings in answers:
        for name in ratings:
            counts[name] = counts.get(name, 0) + 1
    names, columns = [], []
    for name in sorted(counts, key=lambda name: (-counts[name], name)):
        column = np.array([ratings.get(name, np.nan) for _score, ratings in answers], dtype=float)
        if counts[name] * 2 < len(answers) or np.nanstd(column) < 1e-12 or len(names) >= ASPECTS_AT_MOST:
            continue
        names.append(name)
        columns.append(np.where(np.isnan(column), np.nanmean(column), column))
    return names, np.array(columns)


def _explained_by_subset(inside, outside):
    """Return R squared of each subset of aspects, by its bits."""
    count = len(outside)
    explained = [0.0]
    for subset in range(1, 1 << count):
        chosen = [place for place in range(count) if subset >> place & 1]
        part = outside[chosen]
        # the pseudo-inverse copes with aspects that always have the same rating
        value = part @ np.linalg.pinv(inside[np.ix_(chosen, chosen)], hermitian=True) @ part
        explained.append(float(min(max(value, 0.0), 1.0)))
    return explained
