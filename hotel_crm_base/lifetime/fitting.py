"""Maximum likelihood with several starts, and a report that says whether to trust it.

Plain Python on NumPy and SciPy, no Odoo. A model hands over its log-likelihood with
gradient in the logarithms of its parameters, all of which are positive. The first start is
a guess from experience, the others lie around it; a fit counts as converged where the
optimiser says so for the best start, no parameter has run to a border, and the model can
tell its parameters apart on this data (the curvature there is that of a hilltop).

>>> import numpy as np
>>> def normal(theta):                # its mean m, the data being 1, 2 and 6
...     m = np.exp(theta[0])
...     return -(((np.array([1, 2, 6]) - m) ** 2).sum()), np.array([2 * (9 - 3 * m) * m])
>>> fit = maximise(normal, ("m",), [1.0], n=3)
>>> fit.is_converged, round(fit.parameters["m"], 6), round(fit.log_likelihood, 6)
(True, 3.0, -14.0)
>>> maximise(lambda theta: (theta[0], np.ones(1)), ("m",), [1.0], n=3).reason
'border'
"""

from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import minimize

#: logarithms of parameters stay within; what comes to it has no finite optimum
BORDER = 14.0
#: factors of the first guess that the other starts take, one after the other
SPREAD = (1.0, 0.2, 5.0)
#: two starts lead to one optimum where their log-likelihoods differ by less, relative
SAME = 1e-6


@dataclass(frozen=True)
class Fit:
    """What a fit came to: parameters by name, and whether they can be used.

    ``reason`` is empty, or the code of what is wrong: ``few`` (too few observations),
    ``flat`` (all alike: nothing to learn from), ``border`` (the likelihood grows without end),
    ``stuck`` (the optimiser gave up), ``unsure`` (the data do not tell the parameters apart).
    ``remark`` is the code of what is special about a fit that can be used.
    """

    parameters: dict = field(default_factory=dict)
    log_likelihood: float = float("nan")
    n: int = 0  #: observations
    reason: str = ""
    starts: int = 0  #: starts that were tried
    agreeing: int = 0  #: starts that led to the optimum taken
    remark: str = ""

    @property
    def is_converged(self) -> bool:
        """Whether the parameters can be used."""
        return not self.reason


def maximise(log_likelihood, names, guess, n: int) -> Fit:
    """Return the best fit over all starts.

    :param log_likelihood: function of the parameters' logarithms (array) that returns the
        log-likelihood (float) and its gradient in them (array)
    :param names: names of the parameters, in order
    :param guess: first guess of the parameters (positive), about right in magnitude
    :param n: number of observations, for the report
    """
    results = []
    bounds = [(-BORDER, BORDER)] * len(names)
    for factor in SPREAD:
        # every other parameter the other way round, so that ratios are tried as well
        start = np.log(guess) + np.log(factor) * np.where(np.arange(len(names)) % 2, -1, 1)
        results.append(
            minimize(
                _negated(log_likelihood, n), np.clip(start, -BORDER, BORDER), jac=True, method="L-BFGS-B",
                bounds=bounds, options={"maxiter": 300, "ftol": 1e-13, "gtol": 1e-8},
            )
        )  # fmt: skip
    results = [result for result in results if np.isfinite(result.fun)]
    if not results:
        return Fit(n=n, reason="stuck", starts=len(SPREAD))
    best = min(results, key=lambda result: result.fun)
    agreeing = sum(bool(result.fun - best.fun <= SAME * (1 + abs(best.fun))) for result in results)
    return Fit(
        parameters=dict(zip(names, map(float, np.exp(best.x)), strict=True)),
        log_likelihood=float(-best.fun * n),
        n=n,
        reason=_find_fault(log_likelihood, best, n),
        starts=len(SPREAD),
        agreeing=agreeing,
    )


def _negated(log_likelihood, n):
    """The function to minimise: per observation, so that tolerances mean the same for any number."""

    def negated(theta):
        value, gradient = log_likelihood(theta)
        if not np.isfinite(value):
            return np.inf, np.zeros_like(theta)
        return -value / n, -gradient / n

    return negated


def _find_fault(log_likelihood, best, n):
    """Return the code of what is wrong with an optimum, or ''."""
    if (np.abs(best.x) > BORDER - 1e-3).any():
        return "border"
    _value, gradient = log_likelihood(best.x)
    # the optimiser also stops where a line search fails at the last digit, which is no fault
    if not best.success and np.abs(gradient).max() / n > 1e-4:
        return "stuck"
    step = 1e-4
    rows = [
        (log_likelihood(best.x + shift)[1] - log_likelihood(best.x - shift)[1]) / (2 * step)
        for shift in np.eye(len(best.x)) * step
    ]
    information = -(np.array(rows) + np.array(rows).T) / 2
    # a standard error above 3 in the logarithm: a parameter known to a factor of 20 at best
    return "" if np.linalg.eigvalsh(information).min() > 1 / 9 else "unsure"
