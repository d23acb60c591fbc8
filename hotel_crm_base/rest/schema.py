"""The shapes of what comes in and goes out: each kind checks values, and describes itself as JSON schema.

A kind is made once, with its bounds, and asked often. ``check(value, field)`` returns the value as
Python has it, or raises an `ApiError` that names the field; ``describe()`` returns JSON schema of draft
2020-12, the dialect of OpenAPI 3.1. So the page that describes the API cannot say another thing than
the program does.

>>> person = Record({"name": Text(most=5), "born": Day(optional=True)})
>>> person.check({"name": "Ana", "born": "1980-02-29"})
{'name': 'Ana', 'born': datetime.date(1980, 2, 29)}
>>> for wrong in ({"name": "Annabella"}, {"name": 7}, {"nmae": "Ana", "name": "Ana"}, {"name": "A", "born": "29.2."}):
...     try: person.check(wrong)
...     except ApiError as error: print(error.field, error.message)
name “name” has 1 to 5 characters.
name “name” is a text.
nmae “nmae” is not a field here.
born “born” is a date such as 2028-02-29.
"""

import math
import re
from datetime import date, datetime, timezone

from .errors import ApiError

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_WHOLE = re.compile(r"-?\d{1,15}", re.ASCII)


class Kind:
    """What all kinds share.

    :param bool optional: the value may be left out or null
    :param str about: one sentence for the page that describes the API
    :param example: a value
    """

    def __init__(self, *, optional=False, about="", example=None):
        self.optional, self.about, self.example = optional, about, example

    def check(self, value, field=""):
        """Return the value as Python has it.

        :raises ApiError: it is not of this kind
        """
        if value is None:
            if self.optional:
                return None
            raise ApiError(f"“{field}” is missing.", field=field)
        return self._read(value, field)

    def describe(self):
        """Return this kind as JSON schema."""
        schema = self._describe()
        if self.optional and "type" in schema:
            kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
            schema["type"] = [*kinds, "null"]
            if "enum" in schema:
                schema["enum"] = [*schema["enum"], None]
        if self.about:
            schema["description"] = self.about
        if self.example is not None:
            schema["examples"] = [self.example]
        return schema

    def _refuse(self, field, text):
        raise ApiError(f"“{field}” is {text}.", field=field)


class Text(Kind):
    """A text without control characters, trimmed.

    >>> Text(choices=("a", "b"), optional=True).describe()
    {'type': ['string', 'null'], 'enum': ['a', 'b', None]}
    >>> Text(least=0).check("  ", "note"), Text().describe()
    ('', {'type': 'string', 'minLength': 1, 'maxLength': 256})
    """

    def __init__(self, least=1, most=256, choices=None, pattern=None, **options):
        super().__init__(**options)
        self.least, self.most, self.choices, self.pattern = least, most, choices, pattern

    def _read(self, value, field):
        if not isinstance(value, str) or _CONTROL.search(value):
            self._refuse(field, "a text")
        value = value.strip()
        if not self.least <= len(value) <= self.most:
            raise ApiError(f"“{field}” has {self.least} to {self.most} characters.", field=field)
        if self.choices and value not in self.choices:
            self._refuse(field, f"one of: {', '.join(self.choices)}")
        if self.pattern and not re.fullmatch(self.pattern, value):
            self._refuse(field, "not written as it is to be")
        return value

    def _describe(self):
        if self.choices:
            return {"type": "string", "enum": list(self.choices)}
        bounds = {"minLength": self.least, "maxLength": self.most}
        return {"type": "string", **bounds, **({"pattern": f"^(?:{self.pattern})$"} if self.pattern else {})}


class Whole(Kind):
    """A whole number; in an address its digits.

    >>> Whole(1, 200).check("50", "limit"), Whole(1, 200).check(50, "limit")
    (50, 50)
    """

    def __init__(self, least=0, most=2**31 - 1, **options):
        super().__init__(**options)
        self.least, self.most = least, most

    def _read(self, value, field):
        if isinstance(value, str) and _WHOLE.fullmatch(value):
            value = int(value)
        if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int) or not self.least <= value <= self.most:
            self._refuse(field, f"a whole number from {self.least} to {self.most}")
        return value

    def _describe(self):
        return {"type": "integer", "minimum": self.least, "maximum": self.most}


class Number(Kind):
    """A number: an amount of money, a share."""

    def __init__(self, least=-1e12, most=1e12, **options):
        super().__init__(**options)
        self.least, self.most = least, most

    def _read(self, value, field):
        sound = isinstance(value, (int, float)) and not isinstance(value, bool)
        if not sound or not math.isfinite(value) or not self.least <= value <= self.most:
            self._refuse(field, "a number within its bounds")
        return float(value)

    def _describe(self):
        return {"type": "number", "minimum": self.least, "maximum": self.most}


class Flag(Kind):
    """True or false; in an address ``true`` and ``false``."""

    def _read(self, value, field):
        value = {"true": True, "false": False}.get(value, value) if isinstance(value, str) else value
        if not isinstance(value, bool):
            self._refuse(field, "true or false")
        return value

    def _describe(self):
        return {"type": "boolean"}


class Day(Kind):
    """A date without a time."""

    def _read(self, value, field):
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        try:
            if not isinstance(value, str) or not _DAY.fullmatch(value):
                raise ValueError
            return date.fromisoformat(value)
        except ValueError:
            self._refuse(field, "a date such as 2028-02-29")

    def _describe(self):
        return {"type": "string", "format": "date"}


class Instant(Kind):
    """A moment with its offset; naive UTC in Python.

    >>> Instant().check("2028-02-29T10:00:00+08:00", "since")
    datetime.datetime(2028, 2, 29, 2, 0)
    """

    def _read(self, value, field):
        if isinstance(value, datetime):
            return value
        try:
            moment = datetime.fromisoformat(value.replace("Z", "+00:00"))
            if not moment.tzinfo:
                raise ValueError
            return moment.astimezone(timezone.utc).replace(tzinfo=None)
        except (ValueError, AttributeError, OverflowError, TypeError):
            self._refuse(field, "a moment such as 2028-02-29T10:00:00Z")

    def _describe(self):
        return {"type": "string", "format": "date-time"}


class Listing(Kind):
    """A list of values of one kind."""

    def __init__(self, item, least=0, most=1000, **options):
        super().__init__(**options)
        self.item, self.least, self.most = item, least, most

    def _read(self, value, field):
        if not isinstance(value, list) or not self.least <= len(value) <= self.most:
            self._refuse(field, f"a list of {self.least} to {self.most} entries")
        return [self.item.check(each, f"{field}[{number}]") for number, each in enumerate(value)]

    def _describe(self):
        return {
            "type": "array", "items": self.item.describe(), "minItems": self.least, "maxItems": self.most,
        }  # fmt: skip


class Record(Kind):
    """An object of named fields; a field that nobody knows is refused, for it would be lost silently."""

    def __init__(self, fields, **options):
        super().__init__(**options)
        self.fields = fields

    def _read(self, value, field):
        if not isinstance(value, dict):
            self._refuse(field or "body", "an object")
        inside = f"{field}." if field else ""
        for name in value:
            if name not in self.fields:
                shown = inside + re.sub(r"[^\x21-\x7e]", "?", str(name)[:40])
                raise ApiError(f"“{shown}” is not a field here.", field=shown)
        return {
            name: kind.check(value.get(name), inside + name)
            for name, kind in self.fields.items()
            if name in value or not kind.optional
        }

    def _describe(self):
        required = [name for name, kind in self.fields.items() if not kind.optional]
        return {
            "type": "object",
            "properties": {name: kind.describe() for name, kind in self.fields.items()},
            "additionalProperties": False,
            **({"required": required} if required else {}),
        }


class Anything(Kind):
    """A JSON value whose shape is the business of what takes it."""

    def _read(self, value, field):
        return value

    def _describe(self):
        return {}
