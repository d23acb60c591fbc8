"""Scores turned into probabilities, and probabilities mixed."""

import math


def softmax(scores):
    """Return probabilities of scores.

    >>> softmax({"a": 0.0, "b": 0.0})
    {'a': 0.5, 'b': 0.5}
    """
    top = max(scores.values())
    powers = {name: math.exp(score - top) for name, score in scores.items()}
    whole = sum(powers.values())
    return {name: power / whole for name, power in powers.items()}


def mix(by_rules, learned, share):
    """Return the weighted geometric mean of two sets of probabilities, made to sum to 1.

    :param float share: weight of what was learned, 0 to 1
    """
    return softmax(
        {
            name: (1 - share) * math.log(by_rules[name] + 1e-9) + share * math.log(learned.get(name, 0) + 1e-9)
            for name in by_rules
        }
    )
