"""A learned model: weights of character n-grams, kept as JSON and used by a predictor of our own.

scikit-learn fits the weights (``training.py``); what is kept is numbers in JSON, never a pickle: a pickle is a program
that runs when it is opened, and whoever can write the file could run anything. The file is told by its SHA-256; one
that does not match is not opened.
"""

import gzip
import hashlib
import json
import math

from .categories import CATEGORIES
from .chances import softmax

FORMAT = 1
SIZES = (2, 3, 4)
CHINESE_SIZES = (1, 2, 3)
AT_MOST = 3000
BYTES_AT_MOST = 50_000_000


class BrokenModel(ValueError):
    """The file is not what its hash says, or not a model of ours."""


def ngrams(text):
    """Return the character n-grams of a text: of words for Latin letters, of the run for Chinese.

    >>> ngrams("Ab c")[:4]
    [' a', 'ab', 'b ', ' ab']
    >>> ngrams("很吵")
    ['很', '吵', '很吵']
    """
    found = []
    for word in text[:AT_MOST].lower().split():
        is_latin = word.isascii()
        run = f" {word} " if is_latin else word
        for size in SIZES if is_latin else CHINESE_SIZES:
            found += [run[place : place + size] for place in range(len(run) - size + 1)]
    return found


def fingerprint(content):
    """Return the SHA-256 of a file's bytes, as hex."""
    return hashlib.sha256(content).hexdigest()


class Model:
    """Weights that tell the category of a text.

    :ivar share: how much it counts beside the rules, 0 to 1
    """

    def __init__(self, terms, weights, constants, share):
        """Take the weights.

        :param dict terms: n-gram -> idf
        :param dict weights: n-gram -> [weight by category]
        :param dict constants: category -> constant; what it has not seen is missing
        """
        self.terms, self.weights, self.constants, self.share = terms, weights, constants, share
        self.classes = list(constants)

    def probabilities(self, text):
        """Return how likely each category is; those it has never seen are not in it.

        :rtype: dict category -> 0 to 1
        """
        return softmax(self.scores(ngrams(text)))

    def scores(self, grams):
        """Return the weighted mean of the weights of n-grams or words, by category.

        :param list grams: as they come in the text
        """
        counts = {}
        for gram in grams:
            if gram in self.terms:
                counts[gram] = counts.get(gram, 0) + 1
        values = {gram: (1 + math.log(count)) * self.terms[gram] for gram, count in counts.items()}
        length = math.sqrt(sum(value * value for value in values.values())) or 1.0
        scores = dict(self.constants)
        for gram, value in values.items():
            for name, weight in zip(self.classes, self.weights[gram], strict=True):
                scores[name] += weight * value / length
        return scores

    def dump(self):
        """Return the model as bytes: gzip of JSON, the same bytes for the same model."""
        # JSON's keys are sorted: the weights of a row stand in the same order
        places = sorted(range(len(self.classes)), key=self.classes.__getitem__)
        body = {
            "format": FORMAT,
            "share": self.share,
            "constants": {name: round(value, 5) for name, value in self.constants.items()},
            "terms": {
                gram: [round(idf, 5), *(round(self.weights[gram][place], 4) for place in places)]
                for gram, idf in sorted(self.terms.items())
            },
        }
        return gzip.compress(json.dumps(body, ensure_ascii=False, sort_keys=True).encode(), mtime=0)

    @classmethod
    def load(cls, content, expected):
        """Open a model's file.

        :param bytes content: of ``dump``
        :param str expected: its SHA-256 as hex, kept elsewhere
        :raises BrokenModel: where the hash or the shape is wrong
        """
        if fingerprint(content) != expected:
            raise BrokenModel("the file is not the one that was made")
        try:
            with gzip.open(_as_file(content)) as packed:
                raw = packed.read(BYTES_AT_MOST + 1)
            if len(raw) > BYTES_AT_MOST:
                raise BrokenModel("the file is too large")
            body = json.loads(raw)
            constants = {str(name): float(value) for name, value in body["constants"].items()}
            if body["format"] != FORMAT or not constants.keys() <= set(CATEGORIES):
                raise BrokenModel("a model of another kind")
            rows = {gram: [float(value) for value in row] for gram, row in body["terms"].items()}
            if any(len(row) != len(constants) + 1 for row in rows.values()):
                raise BrokenModel("a row has another length")
            terms, weights = {gram: row[0] for gram, row in rows.items()}, {gram: row[1:] for gram, row in rows.items()}
            return cls(terms, weights, constants, min(max(float(body["share"]), 0), 1))
        except (OSError, EOFError, KeyError, TypeError, ValueError, AttributeError) as error:
            raise BrokenModel(str(error)) from error


def _as_file(content):
    import io

    return io.BytesIO(content)
