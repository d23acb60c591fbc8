"""How often a guest will come back: the BG/NBD model.

Plain Python on NumPy and SciPy, no Odoo. While a guest is active, stays come at random
at a rate of his or her own; after each one the guest leaves for good with a probability of
his or her own. Over all guests rates are gamma(r, alpha), probabilities beta(a, b).
Of a guest three figures are enough: ``x`` stays after the first, ``t_x`` when the last of
them was, ``T`` how long the guest has been known, both counted from the first stay.

Sources: P. Fader, B. Hardie, K. L. Lee, "Counting Your Customers" the Easy Way: An Alternative
to the Pareto/NBD Model, Marketing Science 24 (2005), 275-284 (likelihood: equation 6,
conditional expectation: 10), and their note Computing P(alive) Using the BG/NBD Model (2008).
The unit of time is the caller's; it is that of ``alpha``.

>>> published = Parameters(r=0.243, alpha=4.414, a=0.793, b=2.426)     # CDNOW, weeks
>>> round(float(expected_purchases(published, 39, 2, 30.43, 38.86)), 3)
1.226
>>> probability_active(published, [0, 2, 2], [0, 30.43, 5], [38.86] * 3).round(3).tolist()
[1.0, 0.727, 0.124]
>>> probability_return(published, 39, [0, 2, 2], [0, 30.43, 5], [38.86] * 3).round(3).tolist()
[0.145, 0.555, 0.094]
>>> fit([1, 2], [3.0, 5.0], [9.0, 9.0]).reason
'few'

Where guests hardly ever leave, a and b cannot be told, and need not be: such a fit is used
with the remark ``staying``; the forecast is then that of the rates alone (NBD).
"""

from typing import NamedTuple

import numpy as np
from scipy.special import expit, gammaln, hyp2f1, psi

from .fitting import Fit, maximise

NAMES = ("r", "alpha", "a", "b")
#: with fewer guests, or fewer of them who came back, nothing is fitted
MIN_GUESTS, MIN_REPEATERS = 200, 50
#: how near the formula is let to values where it is 0 / 0; it is smooth there
_NEAR = 1e-7


class Parameters(NamedTuple):
    """Of the gamma distribution of rates (r, alpha), of the beta distribution of leaving (a, b)."""

    r: float
    alpha: float
    a: float
    b: float


def _arrays(x, t_x, T):
    x, t_x, T = (np.asarray(values, dtype=float) for values in (x, t_x, T))
    wrong = (x < 0) | (t_x < 0) | (t_x > T) | ((x == 0) & (t_x > 0))
    if not all(np.isfinite(values).all() for values in (x, t_x, T)) or wrong.any():
        raise ValueError("frequency, recency and age need 0 <= t_x <= T, and t_x = 0 where x = 0")
    return x, t_x, T


def log_likelihood(parameters: Parameters, x, t_x, T):
    """Return the log-likelihood of each guest (array).

    >>> published = Parameters(0.243, 4.414, 0.793, 2.426)
    >>> log_likelihood(published, [0, 2], [0, 30.43], [38.86, 38.86]).round(4).tolist()
    [-0.5547, -9.4586]
    """
    x, t_x, T = _arrays(x, t_x, T)
    return _of_counts(parameters, x)[0] + _of_times(parameters, x, t_x, T)[0]


def _of_counts(parameters, x):
    """Return the part of log-likelihoods that depends on x alone, and its derivatives in r, a and b."""
    r, alpha, a, b = parameters
    rate = gammaln(r + x) - gammaln(r) + r * np.log(alpha)
    staying = gammaln(a + b) - gammaln(a + b + x) + gammaln(b + x) - gammaln(b)
    both = psi(a + b) - psi(a + b + x)
    slopes = psi(r + x) - psi(r) + np.log(alpha), both, both + psi(b + x) - psi(b)
    return rate + staying, slopes


def _of_times(parameters, x, t_x, T):
    """Return the rest of log-likelihoods, and how much of it is that the guest left after the last stay."""
    r, alpha, a, b = parameters
    active = -(r + x) * np.log(alpha + T)
    with np.errstate(divide="ignore", invalid="ignore"):
        left = np.log(a) - np.log(b + x - 1) - (r + x) * np.log(alpha + t_x)
    left = np.where(x > 0, left, -np.inf)
    return np.logaddexp(active, left), expit(left - active)


def fit(x, t_x, T, weights=None) -> Fit:
    """Return the parameters under which these guests are likeliest.

    :param x: stays after the first one, of each guest
    :param t_x: time from the first to the last stay
    :param T: time from the first stay to today
    :param weights: how many guests each row stands for; 1 where not given
    :raises ValueError: a guest was last here before the first stay, or after today
    """
    x, t_x, T = _arrays(x, t_x, T)
    weights = np.ones_like(x) if weights is None else np.asarray(weights, dtype=float)
    n = int(weights.sum())
    if n < MIN_GUESTS or weights[x > 0].sum() < MIN_REPEATERS:
        return Fit(n=n, reason="few")
    unit = float(np.average(T, weights=weights)) or 1.0  # so that no parameter is far from 1
    found = maximise(_total(x, t_x / unit, T / unit, weights), NAMES, _guess(x, T / unit, weights), n)
    if not found.parameters:
        return found
    scaled = {**found.parameters, "alpha": found.parameters["alpha"] * unit}
    # densities of times carry the unit of time
    value = found.log_likelihood - float((weights @ x) * np.log(unit))
    reason, remark = found.reason, ""
    if reason in ("border", "unsure") and found.agreeing > 1 and _is_nobody_leaving(found.parameters):
        reason, remark = "", "staying"  # a and b are anything then, and the forecast is that of the rates
    return Fit(scaled, value, found.n, reason, found.starts, found.agreeing, remark)


def _is_nobody_leaving(parameters):
    """Return whether one guest in a hundred leaves after a stay, or fewer, and rates are known."""
    a, b, r = parameters["a"], parameters["b"], parameters["r"]
    return a / (a + b) < 1e-2 and 1e-3 < r < 1e3


def _total(x, t_x, T, weights):
    """Return the log-likelihood of all guests, and its gradient, as a function of the parameters' logarithms."""
    counts, where = np.unique(x, return_inverse=True)
    of_count = np.bincount(where, weights)
    back = x > 0

    def total(theta):
        parameters = Parameters(*np.exp(theta))
        r, alpha, a, b = parameters
        by_count, (slope_r, slope_a, slope_b) = _of_counts(parameters, counts)
        by_time, left = _of_times(parameters, x, t_x, T)
        gone, here = weights * left, weights * (1 - left)
        gradient = [
            of_count @ slope_r - here @ np.log(alpha + T) - gone @ np.log(alpha + t_x),
            of_count.sum() * r / alpha - here @ ((r + x) / (alpha + T)) - gone @ ((r + x) / (alpha + t_x)),
            of_count @ slope_a + gone.sum() / a,
            of_count @ slope_b - (gone[back] / (b + x[back] - 1)).sum(),
        ]
        return of_count @ by_count + weights @ by_time, np.array(gradient) * np.exp(theta)

    return total


def _guess(x, T, weights):
    """A first guess: the mean rate with wide spread, one in four leaving."""
    rate = max(float((weights @ x) / (weights @ T)), 1e-6)
    return [0.5, 0.5 / rate, 1.0, 3.0]


def probability_active(parameters: Parameters, x, t_x, T):
    """Return the probability that each guest has not left for good (array).

    Nobody leaves before a second stay in this model: it is 1 for x = 0, however long ago that
    one stay was. What tells those guests apart is `probability_return`.
    """
    x, t_x, T = _arrays(x, t_x, T)
    return 1 - _of_times(parameters, x, t_x, T)[1]


def probability_return(parameters: Parameters, t, x, t_x, T):
    """Return the probability that each guest comes at least once in the next ``t`` (array).

    Who is active has a rate distributed gamma(r + x, alpha + T).
    """
    r, alpha, _a, _b = parameters
    active = probability_active(parameters, x, t_x, T)
    x, T = np.asarray(x, dtype=float), np.asarray(T, dtype=float)
    return active * -np.expm1((r + x) * np.log((alpha + T) / (alpha + T + t)))


def expected_purchases(parameters: Parameters, t, x, t_x, T):
    """Return how many stays each guest is expected to have in the next ``t`` (array).

    Equation 10 after Euler's transformation of 2F1: its first two arguments no longer grow with
    ``x``, so nothing overflows, and one evaluation serves all guests of the same x and T.

    >>> many = expected_purchases(Parameters(0.243, 4.414, 0.793, 2.426), 39, [900], [38.8], [38.86])
    >>> round(float(many[0]))
    617
    """
    active = probability_active(parameters, x, t_x, T)
    x, T = np.broadcast_arrays(np.asarray(x, dtype=float), np.asarray(T, dtype=float))
    # complex numbers are sorted by real part, then by imaginary part: much faster than columns
    pairs, where = np.unique(x.ravel() + 1j * T.ravel(), return_inverse=True)
    return active * _expected_of_active(parameters, t, pairs.real, pairs.imag)[where].reshape(x.shape)


def _expected_of_active(parameters, t, x, T):
    """Return the expectation for guests who are active."""
    r, alpha, a, b = parameters
    a = a if abs(a - 1) > _NEAR else 1 + _NEAR
    c = a + b + x - 1
    c = np.where(np.abs(c) > _NEAR, c, _NEAR)
    z = t / (alpha + T + t)
    shrunk = np.exp((a - 1) * np.log1p(-z)) * hyp2f1(a + b - 1 - r, a - 1, c, z)
    return np.maximum(c / (a - 1) * (1 - shrunk), 0)
