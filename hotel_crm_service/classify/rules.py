"""The model that ships: evidence by our lexicon, turned into probabilities of being the primary category.

The weights below are few, so that they say more about how people complain than about the texts they were fitted on:
a multinomial logistic regression (softmax) over seven numbers per category, the same seven weights for all, and one
constant per category. Three of them say where in the text a category stands: of complaints of equal weight, the one
that is told first is the primary one; the last is what all words of the text lean to. Fitted on reviews labelled by
hand by the guide, and on texts of our own; tests/load/classify.py measures it.
"""

import math
import re

from .categories import CATEGORIES, OTHER, Found, Judgement
from .chances import mix, softmax
from .evidence import gather
from .leaning import lean
from .severity import severity_of
from .text import language_of, tame
from .weights import CONSTANTS, SHARED

#: what is named beside the primary category weighs at least so much
NAMED_AT_LEAST = 0.9
WORDS_AT_MOST = 6
#: below it a person is asked
SURE = 0.5
STRONG_MARKS = re.compile(r"[!\uff01]")


def features(evidence, leaning):
    """Return the numbers that count, by category.

    :param dict leaning: of ``leaning.lean``
    :rtype: dict category -> (weight of all clauses, share of it, how early it is named first, weight of the clauses
        that counts the less the later they stand, whether anything speaks for it, how late it is named last, how much
        all words lean to it)
    """
    whole = sum(one.total for one in evidence.values())
    rows = {
        name: (
            math.log1p(one.total),
            one.total / (whole + 0.5),
            1 - one.first if one.clauses else 0.0,
            math.log1p(one.early),
            float(one.total > 0),
            one.last if one.clauses else 0.0,
            leaning[name],
        )
        for name, one in evidence.items()
    }
    # nothing that is complained of: it is something else, or no complaint
    rows[OTHER] = (0.0, 1 / (1 + whole), 0.0, 0.0, 0.0, 0.0, leaning[OTHER])
    return rows


def probabilities(evidence, leaning, language):
    """Return how likely each category is the primary one.

    :rtype: dict category -> 0 to 1, together 1
    """
    constants, shared = CONSTANTS[language], SHARED[language]
    return softmax(
        {
            name: constants[name] + sum(weight * value for weight, value in zip(shared, row, strict=True))
            for name, row in features(evidence, leaning).items()
        }
    )


def judge(text, model=None):
    """Say what a text is about.

    :param str text: anything, of any length
    :param model: of ``linear.Model``, learned from cases; default the rules alone
    :rtype: Judgement

    >>> found = judge("The room was spotless, but the walls are paper thin and we could not sleep!")
    >>> found.primary, found.language
    ('noise', 'en')
    >>> judge("").primary
    'other'
    """
    text = tame(text)
    language = language_of(text)
    if not language:
        return Judgement((Found(OTHER, 0.3),), "", "low")
    evidence = gather(text, language)
    chances = probabilities(evidence, lean(text, language), language)
    if model:
        chances = mix(chances, model.probabilities(text), model.share)
    order = sorted(CATEGORIES, key=lambda name: (-chances[name], CATEGORIES.index(name)))
    found = [
        Found(name, round(chances[name], 4), _deciding(evidence[name]))
        for place, name in enumerate(order)
        if place == 0 or (name != OTHER and evidence[name].total >= NAMED_AT_LEAST)
    ]
    complaints = sum(one.total for one in evidence.values())
    heat = sum(one.heat for one in evidence.values())
    return Judgement(tuple(found), language, severity_of(text, language, heat, complaints))


def _deciding(one):
    """Return the words that decided, the heaviest first."""
    heaviest = sorted(one.words.items(), key=lambda item: -item[1])
    return tuple(word for word, weight in heaviest[:WORDS_AT_MOST] if weight >= 0.3)
