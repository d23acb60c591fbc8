"""What a guest spends per stay in the long run: the Gamma-Gamma model.

Plain Python on NumPy and SciPy, no Odoo. What is spent at a stay varies around a mean of
the guest's own; those means vary among guests. A guest with few stays is expected to come
nearer to everybody's mean than to the few amounts seen.

Source: P. Fader, B. Hardie, The Gamma-Gamma Model of Monetary Value (2013), equations 1a
(likelihood), 3 (mean of all) and 5 (conditional expectation); p, q and v (gamma there) as named
there. The amounts must have nothing to do with how often a guest comes: `correlation` says.

>>> published = Parameters(p=6.25, q=3.74, v=15.44)                    # CDNOW, dollars
>>> expected_amount(published, [0, 1, 5, 100], [0, 60, 60, 60]).round(2).tolist()
[35.22, 52.45, 58.0, 59.89]
>>> round(float(mean(published)), 2)
35.22
"""

from typing import NamedTuple

import numpy as np
from scipy.special import gammaln, psi

from .fitting import Fit, maximise

NAMES = ("p", "q", "v")
#: with fewer guests nothing is fitted
MIN_GUESTS = 50
#: from this q on all guests have one mean, whatever q is exactly: used with the remark ``alike``
ALIKE = 1e4


class Parameters(NamedTuple):
    """Shape of amounts around a guest's mean (p), of means among guests (q), and scale (v)."""

    p: float
    q: float
    v: float


def log_likelihood(parameters: Parameters, x, amount):
    """Return the log-likelihood of each guest (array).

    :param x: number of amounts that were seen, at least 1
    :param amount: their mean, above 0
    """
    p, q, v = parameters
    x, amount = np.asarray(x, dtype=float), np.asarray(amount, dtype=float)
    return (
        gammaln(p * x + q) - gammaln(p * x) - gammaln(q) + q * np.log(v)
        + (p * x - 1) * np.log(amount) + p * x * np.log(x) - (p * x + q) * np.log(v + x * amount)
    )  # fmt: skip


def _gradient(parameters, x, amount):
    """Return the derivatives of each guest's log-likelihood in p, q and v (3 arrays)."""
    p, q, v = parameters
    total = v + x * amount
    return (
        x * (psi(p * x + q) - psi(p * x) + np.log(amount * x) - np.log(total)),
        psi(p * x + q) - psi(q) + np.log(v) - np.log(total),
        q / v - (p * x + q) / total,
    )


def fit(x, amount, weights=None) -> Fit:
    """Return the parameters under which these guests are likeliest.

    :param x: number of amounts that were seen of each guest, at least 1
    :param amount: their mean, above 0, in one currency
    :param weights: how many guests each row stands for; 1 where not given
    :raises ValueError: an amount that is not above 0, or of no stay
    """
    x, amount = np.asarray(x, dtype=float), np.asarray(amount, dtype=float)
    weights = np.ones_like(x) if weights is None else np.asarray(weights, dtype=float)
    if not (np.isfinite(x) & np.isfinite(amount) & (x > 0) & (amount > 0)).all():
        raise ValueError("each guest needs a stay and an amount above 0")
    n = int(weights.sum())
    if n < MIN_GUESTS:
        return Fit(n=n, reason="few")
    if amount.min() == amount.max():
        return Fit(n=n, reason="flat")
    unit = float(np.average(amount, weights=weights))
    amount = amount / unit

    def total(theta):
        parameters = Parameters(*np.exp(theta))
        slopes = [weights @ slope for slope in _gradient(parameters, x, amount)]
        return weights @ log_likelihood(parameters, x, amount), np.array(slopes) * np.exp(theta)

    found = maximise(total, NAMES, [2.0, 3.0, 1.0], n)
    if not found.parameters:
        return found
    scaled = {**found.parameters, "v": found.parameters["v"] * unit}
    reason, remark = found.reason or ("" if found.parameters["q"] > 1 else "border"), ""  # no mean exists up to 1
    if reason in ("border", "unsure") and found.agreeing > 1 and found.parameters["q"] > ALIKE:
        reason, remark = "", "alike"
    value = found.log_likelihood - float(n * np.log(unit))
    return Fit(scaled, value, n, reason, found.starts, found.agreeing, remark)


def mean(parameters: Parameters) -> float:
    """Return what all guests spend per stay on the average; q must be above 1."""
    p, q, v = parameters
    return p * v / (q - 1)


def expected_amount(parameters: Parameters, x, amount):
    """Return what each guest is expected to spend per stay (array).

    :param x: number of amounts that were seen; for 0 it is the mean of all
    :param amount: their mean; below 0 counts as 0
    """
    p, q, v = parameters
    x, amount = np.asarray(x, dtype=float), np.maximum(np.asarray(amount, dtype=float), 0)
    return p * (v + x * amount) / (p * x + q - 1)


def correlation(x, amount, weights=None) -> float:
    """Return how much the amounts have to do with the number of stays, -1 to 1; 0 where it is not defined.

    Both in logarithms: few guests spend or come ten times as much.

    >>> round(correlation([1, 2, 3], [10, 20, 30]), 3), correlation([1, 1], [10, 20])
    (1.0, 0.0)
    """
    logs = np.log(np.asarray(x, dtype=float)), np.log(np.asarray(amount, dtype=float))
    weights = np.ones_like(logs[0]) if weights is None else np.asarray(weights, dtype=float)
    (var_x, both), (_both, var_amount) = np.cov(*logs, aweights=weights, ddof=0)
    product = float(var_x * var_amount)
    return float(both / np.sqrt(product)) if product > 1e-24 else 0.0
