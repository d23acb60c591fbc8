"""Rows of other systems that come as JSON: objects of named values -> the cells that the engine reads.

>>> header, cells, problems = to_cells("guests", {"source_ref": 7, "name": " Ana ", "phone": None, "x": 1, "city": []})
>>> header[:3], cells[:2]
(['source_ref', 'name', 'first_name'], ['7', ' Ana '])
>>> [(problem.column, problem.code, problem.detail) for problem in problems]
[('x', 'unknown_field', 'x'), ('city', 'bad_type', '')]
"""

import hashlib
import json
import re
from datetime import date

from .problems import Bad, Problem
from .targets import BY_KIND

#: ways to write a date that files need and programs do not
LEFT_OUT = {"arrival_year", "arrival_month", "arrival_day", "lead_days", "status_date"}
#: longest text of a cell that is kept; what is longer is refused anyhow
LONGEST = 4200
#: fields that are kept encrypted, and shown masked
SECRET = {"document_number", "guest_document_number"}
_UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")
_PERSONS = ("adults", "children", "infants")


def fields_of(kind):
    """Return the names of the fields of a row, in the order of its cells.

    >>> fields_of("consumption")[:4]
    ['source_ref', 'property', 'guest_ref', 'stay_ref']
    """
    return [name for name in BY_KIND[kind] if name not in LEFT_OUT]


def to_text(value):
    """Return the text of a JSON value as a cell has it, Bad for lists and objects.

    >>> to_text(1.50), to_text(True), to_text(None), to_text("a\\x00b"), to_text([1])
    ('1.5', 'true', '', 'a\\ufffdb', Bad('bad_type', ''))
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (int, str)):
        return _UNSTORABLE.sub("\ufffd", str(value)[:LONGEST])
    if isinstance(value, float):
        return f"{value:.10f}".rstrip("0").rstrip(".") if abs(value) < 1e15 else str(value)
    return Bad("bad_type")


def to_cells(kind, row, number=0):
    """Return the header of a kind, the cells of a row, and what is wrong with it as a whole.

    A stay of which no persons are said is one of one adult, whatever other rows of the batch say.

    :param str kind: of targets.KINDS
    :param dict row: name to value
    :param int number: of the row in its batch
    """
    header, problems = fields_of(kind), []
    for name in row:
        if name not in header:
            shown = re.sub(r"[^\x21-\x7e]", "?", str(name)[:40])
            problems.append(Problem(number, shown, "", "unknown_field", shown))
    texts = {name: to_text(row.get(name)) for name in header}
    problems += [Problem(number, name, "", "bad_type") for name, text in texts.items() if type(text) is Bad]
    if kind == "stays" and not any(texts[name] for name in _PERSONS):
        texts["adults"] = "1"
    return header, list(texts.values()), problems


def make_key(row):
    """Return what a row that waits is known by: its own number, or a digest of what it is.

    >>> make_key({"source_ref": " 7 "}), make_key({"source_ref": 7}), len(make_key({"name": "Ana"}))
    ('=7', '=7', 33)
    """
    ref = row.get("source_ref")
    text = to_text(ref).strip() if isinstance(ref, (int, str)) and not isinstance(ref, bool) else ""
    if text and len(text) <= 128:
        return f"={text}"
    whole = json.dumps(row, sort_keys=True, default=str)
    return "#" + hashlib.sha256(whole.encode("utf-8", "replace")).hexdigest()[:32]
