"""How much two guests agree, field by field: levels for `fellegi`.

Plain Python on NumPy and RapidFuzz, no Odoo. Records are columns; a pair is two row numbers.
A level is 0 where the two differ, higher where they agree more, -1 where one has nothing.
Chinese names are compared by their characters and by how they are read, in either order of
family and given name; so 王小明, Wang Xiaoming and Xiao Ming WANG are one name.

>>> people = Records.build([
...     {"name": "王小明", "birth_date": "1990-03-12", "phone": "+8613912345678"},
...     {"name": "Xiao Ming WANG", "birth_date": "1990-12-03", "phone": "+8613912345687"},
...     {"name": "王晓明", "birth_date": "1990-03-12", "email": "WXM@Example.cn"},
...     {"name": "Ana Maria Silva", "email": "wxm@example.com"},
... ])
>>> compare(people, [0, 0, 1, 2], [1, 2, 2, 3])[:, :3].tolist()
[[4, 2, 1], [3, 3, -1], [4, 2, -1], [0, -1, -1]]
"""

from dataclasses import dataclass

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

from .. import hanzi, names

#: field of a pair -> number of its levels
FIELDS = {
    "name": 5,  # 4 the same, 3 both parts alike, 2 one part the same, the other not known, 1 one part alike
    "birth_date": 4,  # 3 the same, 2 a slip of the pen, 1 year or day and month
    "phone": 3,  # 2 the same, 1 a slip
    "email": 3,  # 2 the same, 1 the same before the @
    "address": 4,  # how many of street, town and postal code agree: 3 all, 2 two, 1 one
    "gender": 2,
    "document": 3,  # 2 the same, 1 a slip (where the number itself can be compared)
}
SIZES = list(FIELDS.values())
#: similarity from which a word is another spelling of one, and from which it is all but the same
ALIKE, SAME = 0.88, 0.94
COLUMNS = ("birth_date", "phone", "email", "street", "city", "zip", "gender", "document")


@dataclass(frozen=True)
class Records:
    """Columns of what guests are compared by (arrays of str, '' where not known)."""

    whole: np.ndarray  #: the words of the name in alphabetical order, read in letters
    letters: np.ndarray  #: all letters of the name in alphabetical order
    head: np.ndarray  #: first word
    tail: np.ndarray  #: last word, '' where there is one only
    characters: np.ndarray  #: the name in Chinese characters
    columns: dict  #: of COLUMNS

    @classmethod
    def build(cls, rows):
        """Return the columns of records.

        :param rows: dicts with name and COLUMNS, any of them missing; birth_date as ISO text or date
        """
        read = [read_name(row.get("name") or "") for row in rows]
        parts = zip(*read, strict=True) if read else [[]] * 5
        columns = {name: _texts(_clean(name, row.get(name)) for row in rows) for name in COLUMNS}
        return cls(*map(_texts, parts), columns)

    def __len__(self):
        return len(self.whole)


def _texts(values):
    return np.array(list(values), dtype=object)


def _clean(name, value):
    """Return a value as it is compared."""
    text = str(value or "").strip().lower()
    if name in ("birth_date", "phone"):
        return names.digits_of(text)
    if name in ("street", "city"):
        return names.fold(text)
    return text


def read_name(name):
    """Return a name's words in order, its letters in order, first and last word, and characters.

    >>> read_name("欧阳小明")
    ('ouyang xiaoming', 'aaggiimnnoouxy', 'ouyang', 'xiaoming', '欧阳小明')
    >>> read_name("O'Neil, Ana Maria")
    ('ana maria oneil', 'aaaaeiilmnnor', 'oneil', 'maria', '')
    """
    folded = names.fold(name)
    runs = hanzi.find_runs(folded)
    characters = "".join(run for run in runs if hanzi.is_han(run))
    words = folded.split()
    if characters and hanzi.is_personal(runs):
        readings = hanzi.read_name(characters)
        words = [part for part in readings[0][:2] if part] if readings else [characters]
    elif characters:
        words = [hanzi.read_text(run)[0] or run if hanzi.is_han(run) else run for run in runs]
    whole = " ".join(sorted(words))
    return (
        whole,
        "".join(sorted(whole.replace(" ", ""))),
        words[0] if words else "",
        words[-1] if len(words) > 1 else "",
        characters,
    )


def compare(records, left, right, others=None):
    """Return the levels of pairs (pairs x FIELDS, int8).

    :param records: of the left hand rows
    :param left: row numbers
    :param right: row numbers, of ``others`` where given, else of ``records``
    """
    others = records if others is None else others
    left, right = np.asarray(left), np.asarray(right)
    pair = _Pairs(records, left, others, right)
    return np.stack(
        [
            _compare_names(pair),
            _compare_births(*pair.columns("birth_date")),
            _compare_numbers(*pair.columns("phone")),
            _compare_emails(*pair.columns("email")),
            _compare_addresses(pair),
            _compare_equal(*pair.columns("gender")),
            _compare_documents(*pair.columns("document")),
        ],
        axis=1,
    ).astype(np.int8)


class _Pairs:
    """Both sides of some pairs."""

    def __init__(self, records, left, others, right):
        self.one, self.left, self.other, self.right = records, left, others, right

    def columns(self, name):
        return self.one.columns[name][self.left], self.other.columns[name][self.right]

    def names(self, one, other=None):
        return getattr(self.one, one)[self.left], getattr(self.other, other or one)[self.right]


def similarity(one, other, scorer=JaroWinkler.normalized_similarity):
    """Return how alike texts are, pair by pair, 0 to 1 (array)."""
    if not len(one):
        return np.zeros(0)
    return process.cpdist(one.tolist(), other.tolist(), scorer=scorer, dtype=np.float32)


def _known(one, other):
    return (one != "") & (other != "")


def _compare_equal(one, other):
    return np.where(_known(one, other), (one == other).astype(int), -1)


def _is_slip(one, other):
    """Whether numbers differ by one digit, or two neighbours stand the other way round."""
    return similarity(one, other, OSA.distance) == 1


def _compare_numbers(one, other):
    same = one == other
    level = np.where(same, 2, 0)
    rest = np.flatnonzero(_known(one, other) & ~same)
    level[rest] = _is_slip(one[rest], other[rest])
    return np.where(_known(one, other), level, -1)


def _compare_documents(one, other):
    """Documents of two kinds, such as ``passport:...`` and ``cn_id:...``, say nothing of each other."""
    level = _compare_numbers(one, other)
    rest = np.flatnonzero(level == 0)
    kinds = [[text.rpartition(":")[0] for text in side[rest]] for side in (one, other)]
    level[rest] = np.where(np.array(kinds[0], dtype=object) == np.array(kinds[1], dtype=object), 0, -1)
    return level


def _compare_births(one, other):
    same = one == other
    level = np.where(same, 3, 0)
    rest = np.flatnonzero(_known(one, other) & ~same)
    for row in rest:
        a, b = one[row], other[row]
        swapped = a[:4] == b[:4] and a[4:6] == b[6:] and a[6:] == b[4:6]
        level[row] = 2 if swapped else int(a[:4] == b[:4] or a[4:] == b[4:])
    slips = rest[_is_slip(one[rest], other[rest])] if len(rest) else rest
    level[slips] = 2
    return np.where(_known(one, other), level, -1)


def _compare_emails(one, other):
    same = one == other
    level = np.where(same, 2, 0)
    rest = np.flatnonzero(_known(one, other) & ~same)
    level[rest] = [a.partition("@")[0] == b.partition("@")[0] for a, b in zip(one[rest], other[rest], strict=True)]
    return np.where(_known(one, other), level, -1)


def _compare_addresses(pair):
    """Count what agrees; a part that one side lacks neither agrees nor differs."""
    agreeing, known = np.zeros(len(pair.left), dtype=int), np.zeros(len(pair.left), dtype=bool)
    for name in ("street", "city", "zip"):
        one, other = pair.columns(name)
        both = _known(one, other)
        known |= both
        alike = one == other
        rest = np.flatnonzero(both & ~alike)
        if name == "zip":
            alike[rest] = _is_slip(one[rest], other[rest])
        else:
            alike[rest] = similarity(one[rest], other[rest]) >= ALIKE
        agreeing += both & alike
    return np.where(known, agreeing, -1)


def _compare_names(pair):
    one, other = pair.names("whole")
    same = (one == other) | (np.equal(*pair.names("letters")))
    straight = [similarity(*pair.names(part)) for part in ("head", "tail")]
    crossed = [similarity(*pair.names(*parts)) for parts in (("head", "tail"), ("tail", "head"))]
    (head, other_head), (tail, other_tail) = pair.names("head"), pair.names("tail")
    both_whole = (tail != "") & (other_tail != "")
    for parts, texts in ((straight, ((head, other_head), (tail, other_tail))),
                         (crossed, ((head, other_tail), (tail, other_head)))):  # fmt: skip
        for sims, sides in zip(parts, texts, strict=True):
            sims[~_known(*sides)] = 0
    best = np.max([*straight, *crossed], axis=0)
    both = np.maximum(np.minimum(*straight), np.minimum(*crossed))
    level = np.where(best >= ALIKE, 1, 0)
    level[(best >= SAME) & ~both_whole] = 2
    level[(both >= ALIKE) | (similarity(one, other) >= SAME)] = 3
    level[same] = 4
    a, b = pair.names("characters")
    level[_known(a, b) & (a != b) & (level == 4)] = 3  # read alike, written otherwise
    return np.where(_known(one, other), level, -1)
