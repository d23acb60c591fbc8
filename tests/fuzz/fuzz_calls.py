"""What is sent to a route: good values where a name asks for one, and bad ones everywhere.

No database in here: a route is its rule, its methods and the names of its parameters.
"""

from typing import NamedTuple
from urllib.parse import quote

from hypothesis import strategies as st

from odoo.addons.hotel_crm_base.intake import feed

#: what is looked for in answers that show too much: what belongs to the one guest, and to the other
OWN, MARK = "zq7ananas", "zq7marker"
#: a tag that must come back as text, if at all
TAG = "<zq7tag>"
LARGE = (0, -1, 1, 2, 2**31 - 1, 2**31, 2**63, 10**30)
NASTY = (
    *("", " ", "0", "-1", "1e309", "NaN", "null", "None", "True", "[]", "{}", "%", "%s", "{0}", "\\", "'", '"'),
    *(TAG, f'"{TAG}', "';--", "\x00", "a\x00b", "\x1b[0m", "\ud7ff", "\u202e", "王伟", "🏨" * 3, "é" * 300, "x" * 5000),
    *("2028-02-30", "9999-12-31", "0000-00-00", "2028-02-29", "10000-01-01", "1/2/3", "12:61", "99999999999999999999"),
    *("-99999999999999999999", "0x10", "\uff11\uff12", "1_000", "+", "a@b", "a@b.c\nBcc: x@y.z", "../../etc"),
    *("javascript:alert(1)", "//evil.example"),
)  # fmt: skip
#: good values of fields of rows
ROWS = {
    "source_ref": ("1", "2", 3), "property": ("HARB", "THIR"), "arrival_date": ("2028-02-28",),
    "departure_date": ("2028-03-01",), "state": ("booked", "in_house", "departed", "cancelled"),
    "kind": ("food", "spa"), "business_date": ("2028-02-28",), "amount_gross": (10, "12.50", -3),
    "guest_ref": ("1", "G9"), "name": ("Bea Nova",), "guest_name": ("王伟",), "served_at": ("2028-02-28T10:00:00Z",),
}  # fmt: skip


class Call(NamedTuple):
    method: str
    path: str
    query: dict
    body: dict
    form: str  # form, json or raw


class Pool(NamedTuple):
    """What the hotel of the test knows."""

    numbers: tuple[int, ...]  #: of records, the guest's own and others'
    words: dict[str, tuple[str, ...]]  #: good values by the name of a parameter
    codes: tuple[str, ...]  #: slugs, codes, tokens: for parts of an address


def make_text():
    """Return texts: known trouble, and what hypothesis thinks of."""
    return st.sampled_from(NASTY) | st.text(max_size=20)


def make_json():
    """Return JSON values of any shape."""
    plain = st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats() | make_text()

    def nest(inner):
        return st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)

    return st.recursive(plain, nest, max_leaves=6)


def make_value(pool, name):
    """Return values for a parameter, more often a good one."""
    good = pool.words.get(name, ())
    numbers = st.sampled_from(pool.numbers).map(str)
    if not good:
        return numbers | make_text()
    return st.sampled_from(good) | st.sampled_from(good) | numbers | make_text()


def make_path(rule, pool):
    """Return addresses of a rule of werkzeug."""
    parts = []
    for is_dynamic, data in rule._trace:
        if not is_dynamic:
            parts.append(st.just(data))
            continue
        converter = rule._converters[data]
        items = getattr(converter, "items", None)
        good = [st.sampled_from(pool.words[data]).map(str)] * 2 if pool.words.get(data) else []
        if items:
            parts.append(st.sampled_from(sorted(items)))
        elif getattr(converter, "num_convert", None) is int:
            parts.append(st.one_of(*good, st.sampled_from([*pool.numbers, *LARGE]).map(str)))
        else:
            texts = st.sampled_from(pool.codes) | st.sampled_from(pool.codes) | make_text().filter(bool)
            texts = st.one_of(*good, texts)
            parts.append(texts.map(lambda text: quote(text.encode("utf-8", "replace"), safe="")))
    return st.tuples(*parts).map(lambda found: "".join(found).split("|")[-1])


@st.composite
def make_call(draw, rule, names, pool, kind):
    """Return calls of a route.

    :param rule: of werkzeug
    :param names: of the parameters it may take
    :param Pool pool: what the hotel knows
    :param str kind: of the route: http, jsonrpc, hotel_api ...
    """
    methods = sorted((rule.methods or {"GET", "POST"}) - {"HEAD", "OPTIONS"})
    method = draw(st.sampled_from(methods or ["GET"]))
    chosen = draw(st.lists(st.sampled_from(sorted(names)), max_size=10, unique=True))
    values = {name: draw(make_value(pool, name)) for name in chosen}
    path = draw(make_path(rule, pool))
    if kind == "http":
        in_body = method == "POST"
        return Call(method, path, {} if in_body else values, values if in_body else {}, "form")
    if draw(st.integers(0, 4)) == 0:
        values = {name: draw(make_json()) for name in chosen}
    return Call(method, path, {} if method == "POST" else values, values, "json")


@st.composite
def make_api_call(draw, endpoint, base, pool):
    """Return calls of an endpoint of API v1: with numbers of guests in its address, and anything else in the rest."""
    numbers = st.sampled_from([*pool.numbers, *LARGE]).map(str)
    path = base + "/" + endpoint.path
    for name in endpoint.params:
        part = draw(numbers | numbers | make_text().filter(bool)).encode("utf-8", "replace")
        path = path.replace(f"{{{name}}}", quote(part, safe=""))
    query = {name: draw(make_value(pool, name)) for name in endpoint.query if draw(st.booleans())}
    return Call(endpoint.method, path, query, draw(make_api_body(endpoint.body, pool)), "json")


@st.composite
def make_api_body(draw, body, pool):
    """Return bodies of an endpoint: of the fields that it has, or anything where it takes anything."""
    if body is None:
        return {}
    if not hasattr(body, "fields"):
        return draw(make_json())
    return {
        name: draw(make_rows(kind.kind, pool) if hasattr(kind, "kind") else make_value(pool, name) | make_json())
        for name, kind in body.fields.items()
        if draw(st.integers(0, 4))
    }


@st.composite
def make_rows(draw, kind, pool):
    """Return rows of a batch: fields that rows of this kind have, with good, bad and odd values."""
    names = st.sampled_from(feed.fields_of(kind))
    rows = []
    for _row in range(draw(st.integers(0, 4))):
        row = {name: draw(make_value(pool, name) | make_json()) for name in draw(st.lists(names, max_size=8))}
        good = {name: draw(st.sampled_from(values)) for name, values in ROWS.items() if draw(st.integers(0, 3))}
        rows.append({**good, **row})
    return rows
