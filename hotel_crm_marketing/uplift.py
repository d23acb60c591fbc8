"""What an activity brought beyond what would have come anyway: guests told, beside a random control group.

Plain Python. Shares are compared by the hybrid score interval of R. G. Newcombe, "Interval estimation for the
difference between independent proportions", Statistics in Medicine 17 (1998), 873-890, method 10; means by
B. L. Welch, "The generalization of Student's problem", Biometrika 34 (1947), 28-35; quantiles of Student's t by
the expansion in Abramowitz and Stegun, "Handbook of Mathematical Functions", 26.7.5.

>>> told, control = Group(56, 70), Group(48, 80)
>>> [round(number, 4) for number in compare_shares(told, control)]
[0.2, 0.0524, 0.3339]
"""

from math import ceil, inf, sqrt
from statistics import NormalDist
from typing import NamedTuple

LEVEL = 0.95


class Group(NamedTuple):
    """Guests of one side: how many booked, of how many."""

    hits: int
    size: int


class Sums(NamedTuple):
    """Amounts of one side: how many guests, the sum of what they spent, and the sum of the squares."""

    size: int
    total: float
    squares: float

    @property
    def mean(self) -> float:
        """Return the amount per guest."""
        return self.total / self.size

    @property
    def variance(self) -> float:
        """Return the variance of the guests' amounts."""
        return max(self.squares - self.total**2 / self.size, 0.0) / (self.size - 1)


class Interval(NamedTuple):
    """A difference and where it lies with the level of confidence."""

    difference: float
    low: float
    high: float

    @property
    def is_clear(self) -> bool:
        """Return whether chance alone does not explain it."""
        return self.low > 0 or self.high < 0


def get_score_interval(hits: int, size: int, level: float = LEVEL) -> tuple[float, float]:
    """Return the score interval of a share (E. B. Wilson, 1927).

    >>> [round(number, 4) for number in get_score_interval(56, 70)]
    [0.6918, 0.877]
    """
    z = NormalDist().inv_cdf((1 + level) / 2)
    share = hits / size
    middle = (share + z * z / (2 * size)) / (1 + z * z / size)
    spread = z * sqrt(share * (1 - share) / size + z * z / (4 * size * size)) / (1 + z * z / size)
    return max(middle - spread, 0.0), min(middle + spread, 1.0)


def compare_shares(told: Group, control: Group, level: float = LEVEL) -> Interval | None:
    """Return by how much more guests booked among those told; None where a side is empty.

    >>> compare_shares(Group(1, 10), Group(0, 0)) is None
    True
    """
    if not (told.size and control.size):
        return None
    share, other = told.hits / told.size, control.hits / control.size
    low, high = get_score_interval(*told, level)
    other_low, other_high = get_score_interval(*control, level)
    difference = share - other
    down = sqrt((share - low) ** 2 + (other_high - other) ** 2)
    up = sqrt((high - share) ** 2 + (other - other_low) ** 2)
    return Interval(difference, difference - down, difference + up)


def compare_means(told: Sums, control: Sums, level: float = LEVEL) -> Interval | None:
    """Return by how much more a guest spent among those told; None where a side has less than two.

    >>> [round(number, 3) for number in compare_means(Sums(3, 6.0, 14.0), Sums(3, 3.0, 5.0))]
    [1.0, -1.266, 3.266]
    """
    if told.size < 2 or control.size < 2:
        return None
    errors = [side.variance / side.size for side in (told, control)]
    difference = told.mean - control.mean
    if not sum(errors):
        return Interval(difference, difference, difference)
    freedom = sum(errors) ** 2 / sum(
        error**2 / (side.size - 1) for error, side in zip(errors, (told, control), strict=True)
    )
    spread = get_student_quantile((1 + level) / 2, freedom) * sqrt(sum(errors))
    return Interval(difference, difference - spread, difference + spread)


def get_student_quantile(level: float, freedom: float) -> float:
    """Return a quantile of Student's t, for 4 degrees of freedom and more to three digits.

    >>> round(get_student_quantile(0.975, 10), 2), round(get_student_quantile(0.975, inf), 2)
    (2.23, 1.96)
    """
    z = NormalDist().inv_cdf(level)
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return z + sum(term / freedom ** (number + 1) for number, term in enumerate(terms)) if freedom != inf else z


def get_holdout_size(share: float, uplift: float, level: float = LEVEL, power: float = 0.8) -> int:
    """Return how many guests each side needs so that an uplift shows.

    :param share: of guests who book anyway
    :param uplift: by how much the share grows

    >>> get_holdout_size(0.05, 0.01)
    8155
    """
    z = NormalDist().inv_cdf((1 + level) / 2) + NormalDist().inv_cdf(power)
    both = share * (1 - share) + (share + uplift) * (1 - share - uplift)
    return ceil(z * z * both / uplift**2)
