"""What a guest is worth: scores, the fit behind the forecast, and the forecast itself.

Plain Python on NumPy, no Odoo. Facts are columns, one row a guest: on how many days a stay
began, the first and the last of them (as numbers of days), and all that was spent.

>>> import numpy as np
>>> facts = Facts(*(np.array(column, float) for column in ([3, 1], [0, 700], [600, 700], [900, 0])))
>>> cuts = {"recency": [50, 90, 120, 400], "frequency": [1, 1, 2, 3], "monetary": [0, 100, 200, 500]}
>>> rules = Rules(730, cuts, (0.5, 0.25, 0.1))
>>> value(facts, rules).recency.tolist(), value(facts, rules).frequency.tolist(), value(facts, rules).monetary.tolist()
([2, 5], [4, 1], [5, 1])
>>> [BANDS[number] for number in value(facts, rules).band]                # recency alone says it
['at_risk', 'active']
>>> rules = rules._replace(stays=bgnbd.Parameters(0.8, 30, 0.9, 4), amounts=gamma_gamma.Parameters(5, 4, 150))
>>> sure = value(facts, rules)
>>> [BANDS[number] for number in sure.band], sure.stays.round(2).tolist(), sure.amount.round().tolist()
(['cooling', 'active'], [0.78, 1.0], [292.0, 250.0])
"""

from typing import NamedTuple

import numpy as np

from . import bgnbd, gamma_gamma
from .fitting import Fit

#: chance to come back: bands from the highest to the lowest
BANDS = ("active", "cooling", "at_risk", "lost")
#: without a forecast: score of recency (1 to 5) -> index of the band
BAND_OF_RECENCY = np.array([3, 3, 2, 1, 0, 0])
HORIZON_DAYS = 365
#: scores run from 1 to len(SHARES) + 1
SHARES = (0.2, 0.4, 0.6, 0.8)
DAYS_PER_WEEK = 7
#: amounts that go up or down with the number of stays more than this make the forecast doubtful
DOUBTFUL = 0.3


class Facts(NamedTuple):
    """Columns of what is known of guests."""

    visits: np.ndarray  #: days on which a stay began, at least 1
    first: np.ndarray  #: the first of them, as a number of days
    last: np.ndarray
    spend: np.ndarray  #: all that was spent, in one currency


class Rules(NamedTuple):
    """What one valuation goes by."""

    today: int  #: number of the day that T ends on
    cuts: dict  #: recency (days ago), frequency, monetary: 4 limits each, ascending
    limits: tuple  #: the least chance to come back of the bands but the last, descending
    stays: bgnbd.Parameters | None = None  #: None: no forecast
    amounts: gamma_gamma.Parameters | None = None  #: None: what the guest spent so far, per stay


class Values(NamedTuple):
    """Columns of what guests are worth; forecasts are NaN where there is none."""

    recency: np.ndarray  #: scores, 5 is best
    frequency: np.ndarray
    monetary: np.ndarray
    band: np.ndarray  #: index in BANDS
    active: np.ndarray  #: probability of not having left for good
    back: np.ndarray  #: probability to come at least once within the horizon
    stays: np.ndarray  #: expected within the horizon
    amount: np.ndarray  #: expected per stay


def weeks(facts: Facts, today: int):
    """Return x, t_x and T of the forecast's models, in weeks."""
    return facts.visits - 1, (facts.last - facts.first) / DAYS_PER_WEEK, (today - facts.first) / DAYS_PER_WEEK


def fit_stays(facts: Facts, today: int) -> Fit:
    """Fit how often guests come."""
    return bgnbd.fit(*weeks(facts, today))


def fit_amounts(facts: Facts) -> tuple[Fit, float]:
    """Fit what guests spend per stay; also say how much that has to do with how often they come."""
    paid = facts.spend > 0
    visits, amounts = facts.visits[paid], facts.spend[paid] / facts.visits[paid]
    fit = gamma_gamma.fit(visits, amounts)
    return fit, gamma_gamma.correlation(visits, amounts) if len(visits) > 1 else 0.0


def find_cuts(facts: Facts, today: int) -> dict:
    """Return the limits of scores: a fifth of the guests lies up to each, as far as equal figures allow.

    >>> facts = Facts(*(np.arange(1.0, 11) for _column in range(4)))
    >>> find_cuts(facts, 10)["monetary"], find_cuts(facts, 10)["recency"]
    ([2.0, 4.0, 6.0, 8.0], [1.0, 3.0, 5.0, 7.0])
    """
    columns = {"recency": today - facts.last, "frequency": facts.visits, "monetary": facts.spend}
    return {
        name: [float(limit) for limit in np.quantile(column, SHARES, method="inverted_cdf")]
        if len(column) else [0.0] * len(SHARES)
        for name, column in columns.items()
    }  # fmt: skip


def score(column, limits):
    """Return 1 and one more for each limit that is exceeded; equal figures score alike.

    >>> score(np.array([1, 2, 3]), [1, 1, 1, 2]).tolist()
    [1, 4, 5]
    """
    return 1 + np.searchsorted(np.asarray(limits), column, side="left")


def value(facts: Facts, rules: Rules) -> Values:
    """Return what each guest is worth."""
    recency = len(SHARES) + 2 - score(rules.today - facts.last, rules.cuts["recency"])
    nothing = np.full(len(facts.visits), np.nan)
    active = back = stays = amount = nothing
    band = BAND_OF_RECENCY[recency]
    if rules.stays:
        x, t_x, T = weeks(facts, rules.today)
        horizon = HORIZON_DAYS / DAYS_PER_WEEK
        active = bgnbd.probability_active(rules.stays, x, t_x, T)
        back = bgnbd.probability_return(rules.stays, horizon, x, t_x, T)
        stays = bgnbd.expected_purchases(rules.stays, horizon, x, t_x, T)
        amount = _expect_amount(facts, rules.amounts)
        band = (back[:, None] < np.asarray(rules.limits)).sum(axis=1)
    return Values(
        recency,
        score(facts.visits, rules.cuts["frequency"]),
        score(facts.spend, rules.cuts["monetary"]),
        band, active, back, stays, amount,
    )  # fmt: skip


def _expect_amount(facts, parameters):
    spend = np.maximum(facts.spend, 0)
    if parameters is None:
        return spend / facts.visits
    seen = np.where(spend > 0, facts.visits, 0)  # who paid nothing is not known to spend little
    return gamma_gamma.expected_amount(parameters, seen, spend / facts.visits)
