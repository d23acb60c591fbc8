"""How strongly each category is complained of in a text: the clauses weighed one by one.

A clause speaks against the hotel by complaint words, or by naming a topic beside an opinion. Praise takes the weight
away, a negation turns an opinion over ("not clean", "no smell"), strong words, "the worst thing" and exclamation
marks add to it, and a story that goes on without new topics goes on counting for the last one.
"""

import bisect
import dataclasses

from .categories import CATEGORIES
from .lexicon import load
from .text import clauses_of

#: units between a negation and what it turns over
REACH = {"zh": 1, "en": 3}
NEUTRAL_TOPIC, PRAISED_TOPIC, PRAISED_COMPLAINT = 0.6, 0.03, 0.3
GOES_ON, GOES_ON_FOR = 0.08, 4
OPINION = 0.42
#: what a topic weighs beside a complaint about something else
BESIDE = 0.45
DECISIVE = 1.35
STRONG, MORE, CALL = 0.14, 0.1, 0.14
MOST_OF_A_CLAUSE = 2.5
#: kinds of words that speak against the hotel by themselves
AGAINST = ("bad", "any")
#: what may be broken, cold or small beside rooms and furniture
TAKE_DEFECTS = ("facilities", "food", "internet")
#: what a clause weighs at least to name a category
NAMED = 0.32


@dataclasses.dataclass
class Evidence:
    """What speaks for one category.

    :ivar total: sum of the clauses' weights
    :ivar early: the same sum, where a clause counts the less the later it stands
    :ivar heat: number of strong words beside it
    :ivar first: where the clause stands that names it first, 0 (the text's first clause) to 1
    :ivar last: where the clause stands that names it last
    :ivar clauses: how many name it
    :ivar words: the terms, as written, with their weights
    """

    total: float = 0.0
    early: float = 0.0
    heat: float = 0.0
    first: float = 0.0
    last: float = 0.0
    clauses: int = 0
    words: dict = dataclasses.field(default_factory=dict)

    def add(self, weight, place):
        """Count the weight of a clause; place: see ``first``."""
        self.total += weight
        self.early += weight * (1 - place)

    def name(self, place):
        """Remember that a clause names it."""
        if not self.clauses:
            self.first = place
        self.last = place
        self.clauses += 1


@dataclasses.dataclass
class Mood:
    """Opinions of one clause: how much of each."""

    neg: float = 0.0
    strong: float = 0.0
    pos: float = 0.0
    more: float = 0.0
    most: bool = False


def _is_turned(hits, index, reach):
    """Whether a negation stands before a hit, with nothing but an intensifier or ``reach`` units between."""
    start = hits[index].start
    for place in range(index - 1, -1, -1):
        before = hits[place]
        names = {sense[0] for sense in before.senses}
        if start - before.end > reach:
            return False
        if "not" in names:
            return True
        if "more" not in names:
            return False
        start = before.start
    return False


def mood_of(hits, reach):
    """Return the opinions of a clause, and the places of hits that a negation takes away.

    :rtype: (Mood, set of indexes of hits)
    """
    mood, turned = Mood(), set()
    for index, hit in enumerate(hits):
        kinds = {sense[0] for sense in hit.senses}
        bad = any(sense[1] in AGAINST for sense in hit.senses)
        is_turned = (bad or kinds & {"pos", "neg", "strong"}) and _is_turned(hits, index, reach)
        if is_turned:
            turned.add(index)
        if bad and not is_turned:
            mood.neg += 1
        if "pos" in kinds:
            mood.neg, mood.pos = (mood.neg + 1, mood.pos) if is_turned else (mood.neg, mood.pos + 1)
        elif is_turned:
            mood.pos += 0.5
        elif "strong" in kinds:
            mood.strong += 1
        elif "neg" in kinds and not bad:
            mood.neg += 1
        mood.more += "more" in kinds
        mood.most |= "most" in kinds
    return mood, turned


def _weigh_hit(sense, mood):
    """Return what a term weighs in the mood of its clause."""
    _name, kind, weight = sense
    against, praised = mood.neg + mood.strong, mood.pos > mood.neg + mood.strong
    if kind in AGAINST:
        return weight * (PRAISED_COMPLAINT if praised and mood.pos > 1 else 1)
    return weight * (PRAISED_TOPIC if praised else 1 if against else NEUTRAL_TOPIC)


def _topics_that_take(hits):
    """Return (first unit, unit after the last, category) of the topics of a clause that may be broken or too small."""
    return [
        (hit.start, hit.end, name)
        for hit in hits
        for name, kind, _weight in hit.senses
        if kind == "topic" and name in TAKE_DEFECTS
    ]


def _bearer_of(hit, own, takers):
    """Return whose defect ("broken", "tiny") a word tells: of the nearest topic beside it, else of the word's own
    category."""
    place = bisect.bisect(takers, (hit.start,))
    beside = takers[max(place - 1, 0) : place + 1]
    return min(beside, key=lambda one: max(hit.start - one[1], one[0] - hit.end), default=(0, 0, own))[2]


def _weigh_clause(hits, language):
    """Return category -> (weight, {index of hit: weight}) of one clause, and its mood."""
    mood, turned = mood_of(hits, REACH[language])
    found, against, takers = {}, set(), _topics_that_take(hits)
    for index, hit in enumerate(hits):
        if index in turned and any(sense[1] in AGAINST for sense in hit.senses):
            continue
        for sense in hit.senses:
            name, kind, _weight = sense
            if kind:
                name = _bearer_of(hit, name, takers) if kind == "any" else name
                weights = found.setdefault(name, {})
                weights[index] = _weigh_hit(sense, mood)
            if kind in AGAINST:
                against.add(name)
    if against:
        # "the room smells": the room is where, not what
        for name in found.keys() - against:
            found[name] = {index: weight * BESIDE for index, weight in found[name].items()}
    heat = 1 + STRONG * min(mood.strong, 3) + MORE * min(mood.more, 3)
    return {name: (min(sum(w.values()), MOST_OF_A_CLAUSE) * heat, w) for name, w in found.items()}, mood


def _weigh_more(mood, since):
    """Return what a clause without a topic adds to the last one: its opinion, or that the story goes on."""
    opinion = mood.neg + 1.5 * mood.strong - mood.pos
    if not since and opinion:
        return max(OPINION * min(opinion, 2), 0)
    return GOES_ON


def gather(text, language):
    """Weigh what speaks for each category in a text.

    :param str language: "zh" or "en"
    :rtype: dict category -> Evidence
    """
    lexicon = load(language)
    evidence = {name: Evidence() for name in CATEGORIES}
    last, since, decisive_in = None, 0, -1
    clauses = list(clauses_of(text, language))
    for number, (sentence, clause, marks) in enumerate(clauses):
        units, place = lexicon.units(clause), number / len(clauses)
        hits = lexicon.find(units)
        weighed, mood = _weigh_clause(hits, language)
        if mood.most:
            decisive_in = sentence
        heat = (DECISIVE if decisive_in == sentence else 1) + CALL * min(marks.count("!") + marks.count("！"), 4)
        if not weighed and last and since < GOES_ON_FOR:
            evidence[last].add(_weigh_more(mood, since) * heat, place)
            since += 1
        for name, (weight, by_hit) in weighed.items():
            one = evidence[name]
            one.add(weight * heat, place)
            one.heat += mood.strong / len(weighed)
            if weight > NAMED:
                one.name(place)
            for index, weight_of_hit in by_hit.items():
                word = _as_written(units, hits[index], language)
                one.words[word] = one.words.get(word, 0) + weight_of_hit
        if weighed:
            last, since = max(weighed, key=lambda name: weighed[name][0]), 0
    return evidence


def _as_written(units, hit, language):
    return ("" if language == "zh" else " ").join(units[hit.start : hit.end])
