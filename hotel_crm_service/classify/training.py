"""Learns weights from texts that people have sorted, and says how good they are.

The learner is scikit-learn's: TF-IDF of character n-grams and a multinomial logistic regression, whose probabilities
are calibrated by its loss. How much the learned model counts beside the rules is chosen by cross-validation: each text
is judged by a model that has not seen it. With few texts the rules keep the word.
"""

import dataclasses
import math

from .categories import CATEGORIES
from .chances import mix, softmax
from .evidence import gather
from .leaning import lean
from .linear import Model, ngrams
from .rules import probabilities
from .text import language_of, tame

FOLDS = 5
SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)
TERMS_AT_MOST = 8000
#: fewer texts, or fewer kinds of them, teach nothing
TEXTS_AT_LEAST, KINDS_AT_LEAST = 40, 2


class TooFewTexts(ValueError):
    """There is not enough to learn from."""


@dataclasses.dataclass
class Outcome:
    """What was learned, and how good it is on texts it has not seen.

    :ivar rules_right: share of texts whose primary category the rules alone tell right, 0 to 1
    :ivar right: the same for rules and learned weights together
    :ivar right_of_two: share of texts whose category is among the first two
    :ivar confusion: {true category: {category said: number of texts}}
    """

    model: Model
    count: int
    rules_right: float
    right: float
    right_of_two: float
    confusion: dict


def learn(texts, categories, constant=4.0):
    """Fit a model on all these texts.

    :param list texts: what guests wrote
    :param list categories: of CATEGORIES, one for each text
    :param float constant: inverse strength of the regularization
    :rtype: Model with share 1
    """
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    vectorizer = TfidfVectorizer(analyzer=ngrams, sublinear_tf=True, min_df=2, max_features=TERMS_AT_MOST)
    rows = vectorizer.fit_transform(texts)
    learner = LogisticRegression(C=constant, max_iter=400)
    learner.fit(rows, categories)
    names = vectorizer.get_feature_names_out()
    classes = [str(name) for name in learner.classes_]
    coefficients, constants = learner.coef_, learner.intercept_
    if len(classes) == 2:
        # one row for two classes: the softmax of -x/2 and x/2 is the logistic of x
        coefficients = [-learner.coef_[0] / 2, learner.coef_[0] / 2]
        constants = [-learner.intercept_[0] / 2, learner.intercept_[0] / 2]
    terms = {str(name): float(vectorizer.idf_[place]) for place, name in enumerate(names)}
    weights = {str(name): [float(row[place]) for row in coefficients] for place, name in enumerate(names)}
    return Model(terms, weights, dict(zip(classes, map(float, constants), strict=True)), 1.0)


def train(texts, categories):
    """Learn from sorted texts, and measure on those left out.

    :raises TooFewTexts: see TEXTS_AT_LEAST
    :rtype: Outcome
    """
    texts = [tame(text) for text in texts]
    kinds = {name for name in categories if categories.count(name) >= 2}
    kept = [place for place, name in enumerate(categories) if name in kinds]
    if len(kept) < TEXTS_AT_LEAST or len(kinds) < KINDS_AT_LEAST:
        raise TooFewTexts(len(kept))
    texts, categories = [texts[place] for place in kept], [categories[place] for place in kept]
    by_rules = [_by_rules(text) for text in texts]
    learned = _left_out(texts, categories)
    share = min(SHARES, key=lambda share: _surprise(by_rules, learned, categories, share))
    said = [_order(mix(rule, weight, share)) for rule, weight in zip(by_rules, learned, strict=True)]
    model = learn(texts, categories)
    model.share = share
    count = len(texts)
    return Outcome(
        model=model,
        count=count,
        rules_right=sum(_order(rule)[0] == true for rule, true in zip(by_rules, categories, strict=True)) / count,
        right=sum(order[0] == true for order, true in zip(said, categories, strict=True)) / count,
        right_of_two=sum(true in order[:2] for order, true in zip(said, categories, strict=True)) / count,
        confusion=confusion(categories, [order[0] for order in said]),
    )


def confusion(true, said):
    """Return how often each category was taken for which.

    >>> confusion(["noise", "noise"], ["noise", "staff"])
    {'noise': {'noise': 1, 'staff': 1}}
    """
    table = {}
    for right, word in zip(true, said, strict=True):
        row = table.setdefault(right, {})
        row[word] = row.get(word, 0) + 1
    return table


def _by_rules(text):
    language = language_of(text)
    if not language:
        return softmax(dict.fromkeys(CATEGORIES, 0.0))
    return probabilities(gather(text, language), lean(text, language), language)


def _left_out(texts, categories):
    """Return what a model says of each text that has not seen it."""
    learned = [None] * len(texts)
    for fold in range(FOLDS):
        seen = [place for place in range(len(texts)) if place % FOLDS != fold]
        if len({categories[place] for place in seen}) < KINDS_AT_LEAST:
            raise TooFewTexts(len(texts))
        model = learn([texts[place] for place in seen], [categories[place] for place in seen])
        for place in range(fold, len(texts), FOLDS):
            learned[place] = model.probabilities(texts[place])
    return learned


def _surprise(by_rules, learned, categories, share):
    """Return the mean log loss of rules and learned weights mixed."""
    losses = [
        -math.log(mix(rule, weight, share).get(true, 0) + 1e-9)
        for rule, weight, true in zip(by_rules, learned, categories, strict=True)
    ]
    return sum(losses) / len(losses)


def _order(chances):
    return sorted(chances, key=lambda name: -chances[name])
