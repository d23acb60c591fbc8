"""How grave a complaint is, by what the guest says happened."""

import collections

from .lexicon import FOLDER, Lexicon
from .text import clauses_of

LEVELS = ("low", "normal", "high", "critical")
#: strong words that make a complaint a heated one, and calls ("!") that do
HEATED, CALLS = 4, 4
_loaded = {}


def _lexicon(language):
    if language not in _loaded:
        text = (FOLDER / f"{language}_severity.txt").read_text(encoding="utf-8")
        _loaded[language] = Lexicon(text, language)
    return _loaded[language]


def severity_of(text, language, heat=0.0, complaints=0.0):
    """Return how grave a text is.

    :param str language: "zh" or "en"
    :param float heat: number of strong words in it
    :param float complaints: weight of all that is complained of
    :rtype: str, one of LEVELS

    >>> severity_of("Somebody broke into our room and we called the police", "en", 0, 3)
    'critical'
    >>> severity_of("We had to cancel after a heart attack", "en", 0, 2)
    'normal'
    >>> severity_of("Breakfast could be improved", "en", 0, 0.5)
    'low'
    """
    lexicon = _lexicon(language)
    found = collections.Counter()
    for _sentence, clause, _marks in clauses_of(text, language):
        for hit in lexicon.find(lexicon.units(clause)):
            found[hit.senses[0][0]] += 1
    if found["critical"]:
        return "critical"
    calls = text.count("!") + text.count("\uff01")
    if found["high"] > 1 or (found["high"] and complaints > 2) or heat >= HEATED or calls >= CALLS:
        return "high"
    if complaints < 1 or (found["mild"] and not found["high"] and not heat and complaints < 4):
        return "low"
    return "normal"
