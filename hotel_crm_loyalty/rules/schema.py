"""Records of data with typed columns: reading them from JSON, writing them back, describing them.

A record is a frozen dataclass whose fields are made by `column`. What is wrong is told with its path; all
problems are told at once. An editor mirrors the records one by one from `describe`.

>>> @record
... class Window:
...     '''When.'''
...     code: str = column(Text(), required=True)
...     days: int = column(Whole(), default=7)
>>> read(Window, {"code": "w"})
Window(code='w', days=7)
>>> try:
...     read(Window, {"code": "w", "days": -1, "dayz": 3})
... except ProgrammeError as error:
...     print(error)
days: -1 is less than 0
dayz: there is no such field; known: code, days
>>> dump(Window(code="w"))
{'code': 'w'}
"""

import dataclasses
import re
from datetime import date
from decimal import Decimal, InvalidOperation

from .problems import Problem, ProgrammeError, Wrong


class Text:
    """A text; with ``choices`` one of them."""

    name = "text"

    def __init__(self, choices=()):
        self.choices = tuple(choices)

    def read(self, value, path, problems):
        """Return the text, or raise Wrong."""
        if not isinstance(value, str) or not value.strip():
            raise Wrong("no_text", value=value)
        if self.choices and value not in self.choices:
            raise Wrong("no_choice", value=value, choices=", ".join(self.choices))
        return value


class Code:
    """A short name that keys are made of: letters, digits, ``_``, ``-`` and ``.``."""

    name = "code"

    def read(self, value, path, problems):
        """Return the code, or raise Wrong."""
        if not isinstance(value, str) or not re.fullmatch(r"[\w.-]{1,64}", value, re.ASCII):
            raise Wrong("no_code", value=value)
        return value


class Whole:
    """A whole number between two bounds."""

    name = "whole"

    def __init__(self, least=0, most=None):
        self.least, self.most = least, most

    def read(self, value, path, problems):
        """Return the number, or raise Wrong."""
        if not isinstance(value, int) or isinstance(value, bool):
            raise Wrong("no_whole", value=value)
        if value < self.least:
            raise Wrong("too_small", value=value, least=self.least)
        if self.most is not None and value > self.most:
            raise Wrong("too_big", value=value, most=self.most)
        return value


class Number:
    """A decimal number from 0 on, written as a text or as a number; never a binary fraction."""

    name = "number"

    def read(self, value, path, problems):
        """Return a Decimal, or raise Wrong."""
        if isinstance(value, bool) or not isinstance(value, (str, int, Decimal)):
            raise Wrong("no_number", value=value)
        try:
            found = Decimal(value)
        except InvalidOperation:
            raise Wrong("no_number", value=value) from None
        if not found.is_finite() or found < 0:
            raise Wrong("negative", value=value)
        return found


class Day:
    """A date as 2026-01-31."""

    name = "date"

    def read(self, value, path, problems):
        """Return the date, or raise Wrong."""
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            raise Wrong("no_date", value=value) from None


class Flag:
    """Yes or no."""

    name = "flag"

    def read(self, value, path, problems):
        """Return the flag, or raise Wrong."""
        if not isinstance(value, bool):
            raise Wrong("no_flag", value=value)
        return value


class Names:
    """A text in languages: {"en": ..., "zh_CN": ...}; English is needed."""

    name = "names"

    def read(self, value, path, problems):
        """Return the mapping, or raise Wrong."""
        if not isinstance(value, dict) or not value.get("en"):
            raise Wrong("no_english", value=value)
        if not all(isinstance(text, str) for text in value.values()):
            raise Wrong("no_name")
        return dict(value)


class Many:
    """Any number of something."""

    name = "many"

    def __init__(self, kind):
        self.kind = kind

    def read(self, value, path, problems):
        """Return a tuple, or raise Wrong."""
        if not isinstance(value, list):
            raise Wrong("no_list", value=value)
        found = (_read_value(self.kind, item, f"{path}[{at}]", problems) for at, item in enumerate(value))
        return tuple(item for item in found if item is not None)


class One:
    """A record of a kind, which may be named before it is declared."""

    name = "record"

    def __init__(self, record_name):
        self.record_name = record_name

    def read(self, value, path, problems):
        """Return the record, or None where there are problems inside."""
        return _read_record(RECORDS[self.record_name], value, path, problems)


RECORDS = {}


def record(cls):
    """Declare a class as a record."""
    cls = dataclasses.dataclass(frozen=True, kw_only=True)(cls)
    RECORDS[cls.__name__] = cls
    return cls


def column(kind, default=None, required=False):
    """Return a field of a record; lists are empty by default."""
    if isinstance(kind, Many) and default is None:
        default = ()
    return dataclasses.field(default=default, metadata={"kind": kind, "required": required})


def read(cls, value):
    """Return the record that plain data describes.

    :raises ProgrammeError: with all that is wrong
    """
    problems = []
    found = _read_record(cls, value, "", problems)
    if problems:
        raise ProgrammeError(problems)
    return found


def _read_value(kind, value, path, problems):
    try:
        return kind.read(value, path, problems)
    except Wrong as wrong:
        problems.append(Problem.of(path, wrong.code, **wrong.params))
        return None


def _read_record(cls, value, path, problems):
    if not isinstance(value, dict):
        raise Wrong("no_record", value=value)
    values, before = {}, len(problems)
    columns = {field.name: field for field in dataclasses.fields(cls)}
    for name, field in columns.items():
        inner = f"{path}.{name}" if path else name
        if value.get(name) is not None:
            values[name] = _read_value(field.metadata["kind"], value[name], inner, problems)
        elif field.metadata["required"]:
            problems.append(Problem.of(inner, "missing"))
    for name in value:
        if name not in columns:
            inner = f"{path}.{name}" if path else name
            problems.append(Problem.of(inner, "unknown_field", known=", ".join(columns)))
    return cls(**values) if len(problems) == before else None


def dump(value):
    """Return plain data for JSON of which `read` makes the same record again; defaults are left out."""
    if dataclasses.is_dataclass(value):
        pairs = ((field, getattr(value, field.name)) for field in dataclasses.fields(value))
        return {field.name: dump(content) for field, content in pairs if content != field.default}
    if isinstance(value, tuple):
        return [dump(item) for item in value]
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, date) else value


def describe() -> dict:
    """Return record name -> its columns, each a mapping of plain data for an editor.

    ``name``; ``type`` (text, code, whole, number, date, flag, names, many, record); ``of``: the record, or the type of
    the items; ``required``; ``choices``; ``default``: what holds where nothing is said, as `dump` writes it; ``least``
    and ``most`` of a whole number.
    """
    return {name: [_describe_column(field) for field in dataclasses.fields(cls)] for name, cls in RECORDS.items()}


def _describe_column(field):
    kind = field.metadata["kind"]
    inner = kind.kind if isinstance(kind, Many) else kind
    return {
        "name": field.name,
        "type": kind.name,
        "of": getattr(inner, "record_name", inner.name),
        "required": field.metadata["required"],
        "choices": list(getattr(inner, "choices", ())),
        "default": dump(field.default),
        "least": getattr(inner, "least", None),
        "most": getattr(inner, "most", None),
    }
