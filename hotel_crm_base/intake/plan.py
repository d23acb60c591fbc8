"""The mapping of a job: which column goes where, and how cells are to be read."""

from datetime import date
from typing import NamedTuple

from .problems import Bad
from .targets import BY_KIND, guess

#: targets that several columns may feed; their numbers are added up
SUMMED = ("nights",)


class Options(NamedTuple):
    """How the cells of a file are to be read."""

    date_form: str = "iso"  #: key of dates.DATE_FORMS
    decimal: str = "."  #: decimal mark
    region: str | None = None  #: ISO country of telephone numbers without +
    accept_negative: bool = False  #: load negative rates and amounts as corrections
    today: date = date(2100, 12, 31)  #: no birth date is later; two-digit years end ten years later


class Link(NamedTuple):
    """One column (or one constant) that goes to one target."""

    target: str
    column: str = ""  #: header of the column; empty for a constant
    constant: str = ""
    value_map: dict = {}  #: text of the file -> text to read instead


def parse_value_map(text):
    """Read a value map as people type it, one ``from = to`` per line.

    >>> parse_value_map("Check-Out = departed\\n\\n TA/TO=agency")
    {'Check-Out': 'departed', 'TA/TO': 'agency'}
    >>> parse_value_map("oops")
    Traceback (most recent call last):
        ...
    ValueError: oops
    """
    found = {}
    for line in (text or "").splitlines():
        if not line.strip():
            continue
        left, mark, right = line.partition("=")
        if not mark:
            raise ValueError(line.strip())
        found[left.strip()] = right.strip()
    return found


def guess_links(kind, header):
    """Return links for the columns whose names tell what they are.

    >>> [(link.column, link.target) for link in guess_links("guests", ["Name", "x", "E-Mail", "mail"])]
    [('Name', 'name'), ('E-Mail', 'email')]
    """
    links, taken = [], set()
    for column in header:
        target = guess(kind, column)
        if target and target not in taken:
            taken.add(target)
            links.append(Link(target, column))
    return links


def check(kind, header, links):
    """Return what is wrong with a mapping, as ``(code, detail)``; codes are keys of PLAN_ERRORS.

    >>> check("guests", ["a"], [Link("name", "b"), Link("name", "a"), Link("lol", "a")])
    [('no_column', 'b'), ('twice', 'Full name'), ('no_target', 'lol')]
    >>> check("stays", ["a"], [Link("state", "a")])
    [('missing', 'Property'), ('missing', 'Arrival'), ('missing', 'Departure / Nights')]
    """
    targets, seen, wrong = BY_KIND[kind], set(), []
    for link in links:
        if link.target not in targets:
            wrong.append(("no_target", link.target))
            continue
        if link.column and link.column not in header:
            wrong.append(("no_column", link.column))
        if link.target in seen and link.target not in SUMMED:
            wrong.append(("twice", targets[link.target].label))
        seen.add(link.target)
    for options in REQUIRED[kind]:
        if not any(set(group) <= seen for group in options):
            label = " / ".join(targets[group[0]].label.split(" (")[0] for group in options if len(group) == 1)
            wrong.append(("missing", label))
    return wrong


#: per kind: each needs one of these groups to be mapped completely
REQUIRED = {
    "guests": [[("name",), ("first_name",), ("last_name",)]],
    "stays": [
        [("property",)],
        [("arrival_date",), ("arrival_year", "arrival_month", "arrival_day")],
        [("departure_date",), ("nights",)],
        [("state",)],
    ],
    "consumption": [[("property",)], [("kind",)], [("business_date",)], [("amount_gross",)]],
    "services": [[("property",)], [("kind",)], [("served_at",)], [("guest_ref",), ("stay_ref",)]],
}
PLAN_ERRORS = {
    "no_column": "The file has no column %s.",
    "no_target": "%s is not something this kind of import can take.",
    "twice": "Two columns go to %s.",
    "missing": "No column goes to %s.",
}


class Memo(dict):
    """Remembers what a parser made of each distinct text.

    >>> memo = Memo(int)
    >>> [memo[text] for text in ("1", "1")], len(memo)
    ([1, 1], 1)
    """

    def __init__(self, parse, limit=200_000):
        super().__init__()
        self.parse, self.limit = parse, limit
        self.has_bad = False

    def __missing__(self, key):
        if len(self) >= self.limit:
            self.clear()
        value = key if type(key) is Bad else self.parse(key)
        if type(value) is Bad:
            self.has_bad = True
        self[key] = value
        return value


def make_reader(target, link, options):
    """Return a Memo that reads the cells of one column.

    >>> from .targets import BY_KIND
    >>> memo = make_reader(BY_KIND["stays"]["state"], Link("state", "s", "", {"O": "departed"}), Options())
    >>> memo["O"], memo["no-show"], memo["?"].code
    ('departed', 'no_show', 'bad_choice')
    """
    parse = target.parser(options)
    if not link.value_map:
        return Memo(parse)
    exact = link.value_map
    folded = {key.casefold(): value for key, value in exact.items()}

    def read(text):
        bare = text.strip()
        return parse(exact[bare] if bare in exact else folded.get(bare.casefold(), text))

    return Memo(read)
