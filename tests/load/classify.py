"""How often complaints are sorted right, and how long a text takes.

Plain Python, no database; needs the outside folder of reviews (HOTEL_CRM_DATA, see the README)::

    HOTEL_CRM_DATA=... python tests/load/classify.py

The labels beside this file were given by hand, by the guide in that folder, as (hash of the text, language, part,
categories, the primary one first); the texts themselves stay outside. All but part "held" were read while lexicon and
weights were made: "seen", "first" and "second" first, then "third" (437 Chinese texts). "held" (100 Chinese texts,
drawn by their hash) was labelled with "third" before either was judged, and neither the lexicon nor a weight was
chosen by it: it is the fair figure for new texts. Judged before "third" was read: held 65 of 100 right, 80 among the
first two; third 63.6 % and 82.2 %. Judged once afterwards: held 67 and 84. There are 200 English texts in all, so none
is left to be held out; what was measured of its first part before it was read was 60 of 100 right, 80 among the first
two. "Left out" below fits the few weights of rules.py anew without the tenth of the texts that is judged; the lexicon
is the same, so it flatters. Tried on the same texts by cross-validation, and no better than these rules: character and
word n-grams (TF-IDF and logistic regression: 48 % Chinese, 41 % English right by themselves; beside the rules within
0.7 % of them), six more numbers per category, weights of their own for each category, secondary categories as soft
labels. Most of what is wrong names another complaint of the same text (the column "complained of at all").
"""

import collections
import csv
import hashlib
import os
import pathlib
import statistics
import sys
import time
import types

import numpy as np
from scipy.optimize import minimize

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
DATA = pathlib.Path(os.environ.get("HOTEL_CRM_DATA", "/nowhere")) / "reviews"
LABELS = pathlib.Path(__file__).with_name("review_labels.csv")
FOLDS = 10


def load_engine():
    """Import the engine without its addon, which would load Odoo."""
    package = types.ModuleType("service_engine")
    package.__path__ = [str(ROOT / "hotel_crm_service")]
    sys.modules["service_engine"] = package
    import service_engine.classify.rules as rules

    return rules


rules = load_engine()
CATEGORIES = rules.CATEGORIES


def read_reviews():
    """Return language -> [(part, text, [category, ...]), ...]."""
    if not DATA.is_dir():
        sys.exit("The folder of reviews is missing: set HOTEL_CRM_DATA to where it is.")
    texts = {}
    for language in ("zh", "en"):
        with open(DATA / f"{language}_negative_dev.csv", encoding="utf-8-sig", newline="") as file:
            for row in csv.reader(file):
                texts[hashlib.sha256(row[0].strip().encode()).hexdigest()[:20]] = row[0]
    found = collections.defaultdict(list)
    with open(LABELS, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["language"]].append((row["part"], texts[row["text"]], row["categories"].split()))
    return found


def rank(text, language):
    """Return the categories, the likeliest first."""
    chances = rules.probabilities(rules.gather(rules.tame(text), language), language)
    return sorted(CATEGORIES, key=lambda name: -chances[name])


def say(title, pairs):
    """Print how often the first and the first two are right."""
    count = len(pairs)
    first = sum(order[0] == labels[0] for order, labels in pairs)
    two = sum(labels[0] in order[:2] for order, labels in pairs)
    among = sum(order[0] in labels for order, labels in pairs)
    print(
        f"{title:22} {count:4} texts: primary right {first / count:6.1%}, among the first two {two / count:6.1%},"
        f" complained of at all {among / count:6.1%}"
    )


def leave_out(reviews, language):
    """Judge each text by weights that were fitted without it."""
    rows = np.array(
        [
            [rules.features(rules.gather(rules.tame(text), language))[name] for name in CATEGORIES]
            for _part, text, _labels in reviews
        ]
    )
    right = np.array([CATEGORIES.index(labels[0]) for _part, _text, labels in reviews])
    pairs = []
    for fold in range(FOLDS):
        out = np.arange(len(right)) % FOLDS == fold
        constants, shared = fit(rows[~out], right[~out])
        for scores, (_part, _text, labels) in zip(
            rows[out] @ shared + constants, [reviews[place] for place in np.flatnonzero(out)], strict=True
        ):
            pairs.append(([CATEGORIES[place] for place in np.argsort(-scores)], labels))
    return pairs


def fit(rows, right, shrink=0.6, shrink_constants=0.25):
    """Fit the weights of rules.py: multinomial logistic regression, the same weights for all categories."""
    count, kinds, numbers = rows.shape

    def loss(values):
        constants, shared = values[:kinds], values[kinds:]
        scores = rows @ shared + constants
        chances = np.exp(scores - scores.max(axis=1, keepdims=True))
        chances /= chances.sum(axis=1, keepdims=True)
        error = chances.copy()
        error[np.arange(count), right] -= 1
        total = -np.log(chances[np.arange(count), right] + 1e-12).sum()
        total += shrink * (shared**2).sum() + shrink_constants * (constants**2).sum()
        slope = [error.sum(axis=0) + 2 * shrink_constants * constants]
        slope.append(np.einsum("nk,nkd->d", error, rows) + 2 * shrink * shared)
        return total, np.concatenate(slope)

    found = minimize(loss, np.zeros(kinds + numbers), jac=True, method="L-BFGS-B").x
    return found[:kinds], found[kinds:]


def print_confusion(pairs):
    """Print rows: right, columns: said first."""
    table = collections.Counter((labels[0], order[0]) for order, labels in pairs)
    print(f"{'right / said':14}" + "".join(f"{name[:8]:>9}" for name in CATEGORIES))
    for right in CATEGORIES:
        print(f"{right:14}" + "".join(f"{table[right, said] or '.':>9}" for said in CATEGORIES))


def measure_time(reviews):
    rules.judge(reviews[0][1])
    took = []
    for _part, text, _labels in reviews:
        started = time.perf_counter()
        rules.judge(text)
        took.append((time.perf_counter() - started) * 1000)
    print(f"milliseconds a text: median {statistics.median(took):.2f}, longest {max(took):.2f}")


def main():
    for language, reviews in sorted(read_reviews().items()):
        print(f"\n{language}")
        pairs = {}
        for part, text, labels in reviews:
            pairs.setdefault(part, []).append((rank(text, language), labels))
        for part in sorted(pairs):
            say(f"part {part}", pairs[part])
        say("all", sum(pairs.values(), []))
        left_out = leave_out(reviews, language)
        say("left out", left_out)
        print_confusion(left_out)
        measure_time(reviews)
    for text in ("a" * 10_000, "很吵，" * 3_333, "The room was dirty! " * 500):
        measure_time([("", text, [])])


main()
