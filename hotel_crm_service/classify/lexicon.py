"""The words that decide, read from the lexicon's files, and how they are found in a text.

A file has sections: ``[cleanliness bad 1.5]`` are words that speak against the hotel by themselves, ``[cleanliness
topic]`` those that say what the talk is about, ``[facilities any 0.8]`` defects of what stands beside them, else of
that category, ``[neg]``, ``[strong]``, ``[pos]`` opinions, ``[not]``, ``[more]``, ``[but]``, ``[most]`` what turns or
weighs them, ``[none]`` what is not to be taken for any of them. Chinese words stand between blanks, English ones
between commas.
"""

import dataclasses
import functools
import pathlib
import re

FOLDER = pathlib.Path(__file__).parent / "lexicon"
SECTION = re.compile(r"\[(\w+)(?: (bad|topic|any))?(?: ([\d.]+))?\]")
CUT_ENGLISH = re.compile(r"[,\n]")
WORD = re.compile(r"[a-z0-9$]+")


@dataclasses.dataclass(frozen=True)
class Hit:
    """A term of the lexicon at its place.

    :ivar start: first unit (Chinese: character, English: word) of the term in its clause
    :ivar end: the unit after the last
    :ivar senses: ((name of the section, kind, weight), ...)
    """

    start: int
    end: int
    senses: tuple


def stem(word):
    """Cut an English word to what its forms have in common; crude, and the same for lexicon and text.

    >>> [stem(word) for word in ("charges", "charged", "charging", "walls", "dirty", "dripped", "dress")]
    ['charg', 'charg', 'charg', 'wall', 'dirty', 'drip', 'dress']
    """
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    for ending, least in (("ing", 7), ("ed", 6), ("es", 6), ("s", 4)):
        if word.endswith(ending) and len(word) >= least and not word.endswith(("ss", "eed")):
            word = word[: -len(ending)]
            if ending in ("ing", "ed") and word[-1] == word[-2] and word[-1] not in "lsz":
                word = word[:-1]
            break
    return word[:-1] if len(word) > 4 and word.endswith("e") else word


def english_units(text):
    """Return the words of a clause, as stems.

    >>> english_units("The walls weren't thick")
    ('the', 'wall', 'were', 'not', 'thick')
    """
    text = text.lower().replace("n't", " not").replace("\u2019", "'").replace("'s", "")
    return tuple(stem(word) for word in WORD.findall(text))


def chinese_units(text):
    return tuple(text.lower())


class Lexicon:
    """The terms of one language, to be found in a sequence of units, the longest first."""

    def __init__(self, text, language):
        self.language = language
        self.units = chinese_units if language == "zh" else english_units
        senses = {}
        for section, terms in self._read(text):
            for term in terms:
                units = self.units(term)
                if units:
                    senses.setdefault(units, {})[section[:2]] = section
        #: units of a term -> its senses
        self.senses = {units: tuple(found.values()) for units, found in senses.items()}
        lengths = {}
        for units in senses:
            lengths.setdefault(units[0], set()).add(len(units))
        #: first unit -> how long terms are that begin with it, the longest first
        self.lengths = {first: sorted(found, reverse=True) for first, found in lengths.items()}

    def _read(self, text):
        """Yield (section, terms): ((name, kind, weight), [term, ...])."""
        section = None
        for line in text.splitlines():
            match = SECTION.fullmatch(line.strip())
            if match:
                section = (match[1], match[2] or "", float(match[3] or 1))
            elif line.startswith("["):
                raise ValueError(f"No section of a lexicon: {line}")
            elif section and not line.startswith("#"):
                terms = line.split() if self.language == "zh" else CUT_ENGLISH.split(line)
                yield section, [term for term in terms if term.strip()]

    def find(self, units):
        """Return the hits in a sequence of units, none over another.

        >>> lexicon = Lexicon("[noise bad]\\nthin walls, noisy", "en")
        >>> lexicon.find(english_units("Very thin wall"))
        [Hit(start=1, end=3, senses=(('noise', 'bad', 1.0),))]
        """
        hits, place, last = [], 0, len(units)
        while place < last:
            for length in self.lengths.get(units[place], ()):
                senses = self.senses.get(units[place : place + length])
                if senses:
                    hits.append(Hit(place, place + length, senses))
                    place += length
                    break
            else:
                place += 1
        return hits


@functools.cache
def load(language):
    """Return the lexicon of a language that ships with us: "zh" or "en"."""
    return Lexicon((FOLDER / f"{language}.txt").read_text(encoding="utf-8"), language)
