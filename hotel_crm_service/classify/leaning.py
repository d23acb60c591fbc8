"""What all words of a text together lean to, beside what the lexicon's clauses say.

A table gives each word of our lexicon and our own examples (Chinese: each character and pair of characters) a weight
for each category; a text leans to a category by the mean of its words' weights. The weights come from reviews sorted
by hand, smoothed by how near the words stand to each other in meaning, so that words which those reviews lack have
weights too. tests/load/classify_words.py makes the tables; each is known by its hash.
"""

import functools
import pathlib
import re

from .linear import Model
from .weights import WORDS

FOLDER = pathlib.Path(__file__).parent / "words"
HAN = re.compile(r"[\u4e00-\u9fff]+")
LATIN = re.compile(r"[a-z']+")


def words_of(text, language):
    """Return the words of a text; of Chinese, which has no blanks, characters and pairs.

    >>> words_of("Too noisy!", "en"), words_of("太吵了, 不", "zh")
    (['too', 'noisy'], ['太', '吵', '了', '太吵', '吵了', '不'])
    """
    if language == "en":
        return LATIN.findall(text.lower())
    found = []
    for run in HAN.findall(text):
        found += run
        found += [run[place : place + 2] for place in range(len(run) - 1)]
    return found


@functools.cache
def load(language):
    """Return the table of a language that ships with us.

    :raises linear.BrokenModel: where the file is not the one that was made
    """
    return Model.load((FOLDER / f"{language}.json.gz").read_bytes(), WORDS[language])


def lean(text, language):
    """Return how much a text leans to each category.

    :rtype: dict category -> about 0 (not complained of) to 1 (what it complains of most)
    """
    return load(language).scores(words_of(text, language))
