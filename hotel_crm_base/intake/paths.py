"""A small language that says where a value stands in a JSON document of another system. No code, no loops.

================================ ====================================================================
written                          means
================================ ====================================================================
``guest.name``                   the member ``name`` of the member ``guest`` of the row
``["first name"]``               a member whose name is no word
``phones[0]``, ``phones[-1]``    an entry of a list, from the front or the end
``items[*].text``                of each entry; a filter makes one value of them
``^.number``                     of the entry one list further out; ``^^`` two lists
``$.hotel``                      of the whole document
``"PMS-"``                       this text
``a ~ " " ~ b``                  one behind the other; nothing where all paths are empty
``a | b``                        the first that is not empty
``a -> filter``                  the value changed by a filter; filters may follow one another
================================ ====================================================================

Filters: ``date(DD.MM.YY)`` (forms of YYYY, YY, MM, DD, HH, mm, SS), ``cents`` (a hundredth), ``negate``,
``sum``, ``count``, ``join(, )``, ``upper``, ``lower``, ``digits``, ``first(8)``, ``before(-)``,
``after(-)``, ``is(A, B)`` and ``isnot(A, B)`` (the value where it is, or is none, of these).

>>> document = {"hotel": "H1", "bookings": [{"no": 7, "when": "01.05.26", "lines": [{"c": 1250}, {"c": 350}]}]}
>>> def read(text, *numbers): return Path(text).read(Path("bookings[*].lines[*]").rows(document)[0])
>>> [read(text) for text in ("c", "c -> cents", "^.no", "$.hotel ~ '-' ~ ^.no", "x | ^.no", "^.when -> date(DD.MM.YY)")]
[1250, '12.5', 7, 'H1-7', 7, '2026-05-01']
>>> booking = Path("bookings[*]").rows(document)[0]
>>> Path("lines[*].c -> sum").read(booking), Path("lines[-1].c").read(booking), Path("no -> is(7, 8)").read(booking)
('1600', 350, 7)
>>> for wrong in ("a..b", "a | ", "a -> eval", "__import__('os')", "a.'b'"):
...     try: Path(wrong)
...     except PathError as error: print(error)
What is “.” doing here?
Something is missing: a path, or what stands beside | or ~.
There is no filter eval.
What is “('os')”?
What is “b” doing here?
"""

import re
from decimal import Decimal, InvalidOperation

LONGEST = 500
_TOKEN = re.compile(
    r"""\s*(?:(?P<text>"[^"]*"|'[^']*')|(?P<arrow>->)\s*(?P<filter>\w+)(?:\((?P<argument>[^)]*)\))?
    |(?P<each>\[\*\])|\[(?P<entry>-?\d{1,6})\]|\[(?P<member>"[^"]*"|'[^']*')\]
    |(?P<root>\$)|(?P<outer>\^+)|(?P<name>[\w@#:-]*\w)|(?P<mark>[.|~]))""",
    re.VERBOSE,
)
_FORMS = {
    "YYYY": r"(?P<Y>\d{4})", "YY": r"(?P<y>\d\d)", "MM": r"(?P<m>\d{1,2})", "DD": r"(?P<d>\d{1,2})",
    "HH": r"(?P<H>\d{1,2})", "mm": r"(?P<M>\d\d)", "SS": r"(?P<S>\d\d)",
}  # fmt: skip
_FORM = re.compile("|".join(_FORMS))


class PathError(ValueError):
    """A text that is no path; the message is a sentence."""


class Path:
    """A path, read once and applied often."""

    def __init__(self, text):
        self.text = text or ""
        if len(self.text) > LONGEST:
            raise PathError(f"A path has {LONGEST} characters at most.")
        self.choices = [_Chain(part) for part in _split(_tokens(self.text), "|")]

    def read(self, scope):
        """Return the value for a row, None where there is nothing.

        :param list scope: the document, and the entries of lists that lead to the row, outermost first
        """
        for chain in self.choices:
            value = chain.read(scope)
            if value is not None and value != "" and value != []:
                return value
        return None

    def rows(self, document):
        """Return the scope of each row that this path leads to.

        >>> [scope[-1] for scope in Path("a[*]").rows({"a": [1, 2]})], len(Path("$").rows({})), Path("b").rows({})
        ([1, 2], 1, [])
        """
        [chain] = self.choices[:1]
        if len(self.choices) > 1 or len(chain.parts) > 1 or chain.filters or not isinstance(chain.parts[0], list):
            raise PathError("The path to rows is a plain one, such as bookings[*].lines[*].")
        found = [([document], document)]
        for kind, name in chain.parts[0]:
            if kind == "each":
                lists = [(scope, value) for scope, value in found if isinstance(value, list)]
                found = [([*scope, entry], entry) for scope, value in lists for entry in value]
            else:
                found = [(scope, _step(scope, value, kind, name)) for scope, value in found]
        return [scope if scope[-1] is value else [*scope, value] for scope, value in found if value is not None]


class _Chain:
    """Texts and paths one behind the other, and the filters behind them."""

    def __init__(self, tokens):
        self.filters = [(kind[1], kind[2]) for kind in tokens if kind[0] == "filter"]
        rest = [token for token in tokens if token[0] != "filter"]
        if any(token[0] == "filter" for token in tokens[: len(rest)]):
            raise PathError("Filters stand at the end.")
        for name, argument in self.filters:
            if name not in FILTERS:
                raise PathError(f"There is no filter {name}.")
            if (argument is not None) != (name in WITH_ARGUMENT):
                raise PathError(f"How {name} is written: see the list of filters.")
        self.parts = [_part(part) for part in _split(rest, "~")]

    def read(self, scope):
        values = [part if isinstance(part, str) else _follow(scope, part) for part in self.parts]
        if len(values) == 1:
            value = values[0]
        else:
            found = [None if isinstance(part, str) else v for part, v in zip(self.parts, values, strict=True)]
            value = None if all(v in (None, "") for v in found) else "".join(map(_text, values))
        for name, argument in self.filters:
            value = FILTERS[name](value, argument)
        return value


def _tokens(text):
    """Return the tokens of a path: tuples of kind and values."""
    found, at = [], 0
    while text[at:].strip():
        match = _TOKEN.match(text, at)
        if not match or match.end() == at:
            raise PathError(f"What is “{text[at:].strip()[:20]}”?")
        at, parts = match.end(), match.groupdict()
        if parts["arrow"]:
            found.append(("filter", parts["filter"], parts["argument"]))
        elif parts["member"]:
            found.append(("name", parts["member"][1:-1]))
        elif parts["text"]:
            found.append(("text", parts["text"][1:-1]))
        else:
            kind = next(name for name in ("each", "entry", "root", "outer", "name", "mark") if parts[name] is not None)
            found.append((kind, parts[kind]))
    return found


def _split(tokens, mark):
    parts = [[]]
    for token in tokens:
        if token == ("mark", mark):
            parts.append([])
        else:
            parts[-1].append(token)
    if not all(parts):
        raise PathError("Something is missing: a path, or what stands beside | or ~.")
    return parts


def _part(tokens):
    """Return a constant, or the steps of a path."""
    if tokens[0][0] == "text":
        if len(tokens) > 1:
            raise PathError("Behind a text stands ~, | or ->.")
        return tokens[0][1]
    steps, is_open = [], True
    for kind, value in tokens:
        if kind == "mark" and value == "." and not is_open:
            is_open = True
            continue
        fits = {
            "root": not steps,
            "outer": not steps,
            "name": is_open or not steps,
            "entry": bool(steps) and not is_open,
            "each": not steps or not is_open,
        }
        if not fits.get(kind):
            raise PathError(f"What is “{value}” doing here?")
        steps.append((kind, value))
        is_open = False
    if is_open:
        raise PathError("A path does not end with a dot.")
    return steps


def _follow(scope, steps):
    """Return what a path leads to; a list of values where it goes through each entry of one."""
    values, is_many = [scope[-1]], False
    for kind, name in steps:
        if kind == "each":
            values = [entry for value in values if isinstance(value, list) for entry in value]
            is_many = True
        else:
            values = [_step(scope, value, kind, name) for value in values]
    return [value for value in values if value is not None] if is_many else values[0]


def _step(scope, value, kind, name):
    if kind == "root":
        return scope[0]
    if kind == "outer":
        return scope[-1 - len(name)] if len(name) < len(scope) else None
    if kind == "name":
        return value.get(name) if isinstance(value, dict) else None
    number = int(name)
    return value[number] if isinstance(value, list) and -len(value) <= number < len(value) else None


# ---- filters --------------------------------------------------------------------------------


def _text(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None or isinstance(value, (list, dict)) else str(value)


def _number(value):
    """Return a number, None where it is none.

    >>> _number("1.50"), _number([1]), _number(True), _plain(_number("1e-999999"))
    (Decimal('1.50'), None, None, '0')
    """
    if isinstance(value, (bool, list, dict)) or value is None:
        return None
    try:
        number = Decimal(str(value).strip())
    except InvalidOperation:
        return None
    if not number.is_finite() or abs(number) >= Decimal("1e15"):
        return None
    # nobody counts in smaller parts, and a text of a million zeros is no amount
    return number.quantize(Decimal("1e-10")) if number.as_tuple().exponent < -10 else number


def _plain(number):
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _calculate(make):
    """Return a filter of numbers; what is no number stays, and the import says so."""

    def apply(value, _argument):
        number = _number(value)
        return value if number is None else _plain(make(number))

    return apply


def _sum(value, _argument):
    numbers = [_number(each) for each in (value if isinstance(value, list) else [value])]
    return None if not numbers or None in numbers else _plain(sum(numbers))


def _date(value, form):
    """Return a date in ISO 8601; what is written otherwise stays, and the import says so.

    >>> _date("20260501 2359", "YYYYMMDD HHmm"), _date("5/1/2026", "MM/DD/YYYY"), _date("soon", "DD.MM.YYYY")
    ('2026-05-01T23:59:00', '2026-05-01', 'soon')
    """
    text = _text(value).strip()
    pattern, at = "", 0
    for found in _FORM.finditer(form):
        pattern += re.escape(form[at : found.start()]) + _FORMS[found[0]]
        at = found.end()
    try:
        match = re.fullmatch(pattern + re.escape(form[at:]), text)
    except re.error:
        match = None
    if not match:
        return value
    parts = match.groupdict()
    year = parts.get("Y") or f"20{parts.get('y')}"
    day = f"{year}-{int(parts['m']):02d}-{int(parts['d']):02d}" if {"m", "d"} <= set(parts) else text
    clock = f"T{int(parts['H']):02d}:{parts.get('M') or '00'}:{parts.get('S') or '00'}" if parts.get("H") else ""
    return day + clock


def _among(argument):
    return {part.strip() for part in argument.split(",")}


FILTERS = {
    "date": _date,
    "cents": _calculate(lambda number: number / 100),
    "negate": _calculate(lambda number: -number),
    "sum": _sum,
    "count": lambda value, _argument: len(value) if isinstance(value, list) else int(value is not None),
    "join": lambda value, mark: mark.join(map(_text, value)) if isinstance(value, list) else value,
    "upper": lambda value, _argument: _text(value).upper(),
    "lower": lambda value, _argument: _text(value).lower(),
    "digits": lambda value, _argument: re.sub(r"\D", "", _text(value)),
    "first": lambda value, count: _text(value)[: int(count)] if count.isdecimal() else value,
    "before": lambda value, mark: _text(value).partition(mark)[0] if mark else value,
    "after": lambda value, mark: _text(value).partition(mark)[2] if mark else value,
    "is": lambda value, words: value if _text(value) in _among(words) else None,
    "isnot": lambda value, words: None if _text(value) in _among(words) else value,
}
WITH_ARGUMENT = {"date", "join", "first", "before", "after", "is", "isnot"}
