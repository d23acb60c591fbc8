"""Documents of other systems -> rows of ours: the mapping of an adapter, as data.

>>> part = Part("consumption", "checks[*].items[*]", "^.state -> is(closed)", [
...     Value("source_ref", "^.no ~ '-' ~ id"), Value("kind", "group", {"10": "food", "*": "other"}),
...     Value("business_date", "^.day -> date(DD.MM.YYYY)"), Value("amount_gross", "price -> cents")])
>>> document = {"checks": [{"no": 7, "day": "01.05.2026", "state": "closed", "items": [
...     {"id": 1, "group": 10, "price": 1250}, {"id": 2, "group": 99, "price": 300}]},
...     {"no": 8, "state": "open", "items": [{"id": 1}]}]}
>>> for row in translate([part], document)[0]: print(row)
{'source_ref': '7-1', 'kind': 'food', 'business_date': '2026-05-01', 'amount_gross': '12.5'}
{'source_ref': '7-2', 'kind': 'other', 'business_date': '2026-05-01', 'amount_gross': '3'}
"""

from typing import NamedTuple

from .engine import Engine
from .feed import fields_of, to_cells
from .paths import Path, PathError
from .plan import Link, Options

#: rows of one kind that a document may hold
MOST_ROWS = 1000


class Value(NamedTuple):
    """One field of our rows: where it stands, and what its codes mean."""

    target: str
    path: str
    table: dict = {}  #: text of the other system -> ours; "*" for all others


class Part(NamedTuple):
    """Rows of one kind in a document."""

    kind: str
    rows: str  #: path to them
    condition: str  #: path that is empty where a row is to be left out; or empty
    values: list


class DocumentError(ValueError):
    """A document that is not as the mapping says; the message is a sentence."""


def translate(parts, document):
    """Return the rows of each part.

    :param list parts: Part
    :param document: JSON
    :raises PathError: a path of the mapping is none
    :raises DocumentError: there are too many rows
    """
    return [_translate(part, document) for part in parts]


def _translate(part, document):
    scopes = Path(part.rows or "$").rows(document)
    if len(scopes) > MOST_ROWS:
        raise DocumentError(f"There are more than {MOST_ROWS} rows of {part.kind}: send them in several documents.")
    condition = Path(part.condition) if part.condition else None
    values = [(value, Path(value.path)) for value in part.values]
    return [
        {value.target: _decode(path.read(scope), value.table) for value, path in values}
        for scope in scopes
        if condition is None or condition.read(scope) is not None
    ]


def _decode(value, table):
    """Return what a code means.

    >>> _decode(1, {"1": "a"}), _decode("x", {"1": "a"}), _decode(None, {"*": "b", "": "c"}), _decode([], {})
    ('a', 'x', 'c', [])
    """
    if not table or isinstance(value, (list, dict)):
        return value
    text = "" if value is None else str(value)
    return table[text] if text in table else table.get("*", value) if text else table.get("", value)


def find_faults(part):
    """Return what is wrong with the paths of a part, as ``[(where, sentence)]``.

    >>> find_faults(Part("guests", "a | b", "x ->", [Value("name", "a."), Value("nmae", "a")]))[1:]
    [('condition', 'What is “->”?'), ('name', 'A path does not end with a dot.'), ('nmae', 'There is no field nmae')]
    """
    faults = []
    asked = [("rows", part.rows or "$", True), ("condition", part.condition or "$", False)]
    for where, text, is_rows in [*asked, *((value.target, value.path, False) for value in part.values)]:
        try:
            path = Path(text)
            if is_rows:
                path.rows({})
        except PathError as error:
            faults.append((where, str(error)))
    known = fields_of(part.kind)
    return faults + [(value.target, f"There is no field {value.target}") for value in part.values
                     if value.target not in known]  # fmt: skip


def read_rows(kind, rows, today):
    """Return the Problems of rows as far as they are seen without a database.

    >>> from datetime import date
    >>> [(p.row, p.column, p.code) for p in read_rows("guests", [{"source_ref": 1}], date(2026, 1, 1))]
    [(0, 'name, first_name, last_name', 'required')]
    """
    names = ("property", "country", "lang", "currency", "document", "channel", "market_segment", "rate_plan")
    names += ("vip_code", "service_kind", "room_type", "room", "outlet")
    lookups = dict.fromkeys(names, lambda *_values: 1)
    lookups["document"] = lambda kind, number, _place: (kind, number)
    lookups["instant"] = lambda _place, value, _offset=None: value
    header = fields_of(kind)
    engine = Engine(kind, header, [Link(name, name) for name in header], Options(today=today), lookups)
    cells, problems = [], []
    for number, row in enumerate(rows):
        _header, texts, found = to_cells(kind, row, number)
        problems += found
        if not found:
            cells.append((number, texts))
    return problems + engine.run(cells).problems
