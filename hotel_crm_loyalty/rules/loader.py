"""Programmes from JSON, checked, and back.

Numbers with a point are read as decimals, never as binary fractions.

>>> try:
...     load('{"code": "p", "currency": "EUR", "versions": [{"code": "1", "tiers": [{"code": 1}]}]}')
... except ProgrammeError as error:
...     print(error)
name: is missing
versions[0].tiers[0].code: 1 is not a code: letters, digits, _, - and .
"""

import json
from decimal import Decimal
from pathlib import Path

from .check import find_problems
from .problems import Problem, ProgrammeError, Wrong
from .programme import Programme
from .schema import dump, read

FIXTURES = Path(__file__).resolve().parent.parent / "data" / "programmes"


def load(text: str) -> Programme:
    """Return the programme that a JSON text describes.

    :raises ProgrammeError: with all that is wrong, each with its path
    """
    try:
        plain = json.loads(text, parse_float=Decimal, object_pairs_hook=_read_pairs)
    except (ValueError, RecursionError) as error:
        raise ProgrammeError([Problem.of("", "no_json", error=error)]) from None
    return from_plain(plain)


def from_plain(plain: dict) -> Programme:
    """Return the programme that plain data (of JSON, or of an editor's records) describes.

    :raises ProgrammeError: with all that is wrong, each with its path
    """
    try:
        programme = read(Programme, plain)
        problems = find_problems(programme)
    except Wrong as error:
        raise ProgrammeError([Problem.of("", error.code, **error.params)]) from None
    except RecursionError:
        raise ProgrammeError([Problem.of("", "too_deep")]) from None
    if problems:
        raise ProgrammeError(problems)
    return programme


def to_plain(programme: Programme) -> dict:
    """Return plain data of which `from_plain` makes the same programme."""
    return dump(programme)


def list_fixtures() -> list[str]:
    """Return the codes of the programmes that come with the addon."""
    return sorted(path.stem for path in FIXTURES.glob("*.json"))


def load_fixture(code: str) -> Programme:
    """Return a programme that comes with the addon.

    >>> load_fixture("marriott").currency
    'USD'
    """
    return load((FIXTURES / f"{code}.json").read_text(encoding="utf-8"))


def _read_pairs(pairs):
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _value in pairs]
        raise ValueError(f"a field is there twice: {next(name for name in names if names.count(name) > 1)}")
    return found
