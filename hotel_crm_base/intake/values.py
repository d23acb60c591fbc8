"""Parsers: the text of one cell -> a value, ``None`` for empty, or a :class:`Bad`.

Each parser is made once per column with the options of the job and called once per distinct
text (the engine remembers), so it may take its time.
"""

import re
from decimal import Decimal, InvalidOperation

from .. import contact
from . import words
from .problems import Bad

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffd\ud800-\udfff]")
_QUOTED_BY_EXCEL = re.compile(r'="([^"]*)"')


def clean(text):
    """Return the cell trimmed and free of what spreadsheets add, or Bad.

    >>> clean('  ="0042" '), clean("'+49 30"), clean("=1+1"), clean("a\\ufffdb"), clean("#REF!")
    ('0042', '+49 30', Bad('formula', ''), Bad('broken_text', ''), Bad('sheet_error', ''))
    """
    text = text.strip()
    if not text:
        return text
    first = text[0]
    if first == "=":
        quoted = _QUOTED_BY_EXCEL.fullmatch(text)
        if not quoted:
            return Bad("formula")
        text = quoted[1]
    elif first == "'" and text[1:2] in ("=", "+", "-", "@"):
        text = text[1:]
    elif first == "#" and text.upper() in words.SHEET_ERRORS:
        return Bad("sheet_error")
    if _CONTROL.search(text):
        return Bad("open_quote" if text.count("\n") > 100 else "broken_text")
    return text


def make_text(limit=256, names=False, lines=False):
    """Return a parser of text of at most ``limit`` characters.

    Emoji and any script are kept; runs of white space become one blank unless ``lines``.
    In names only words that no one is called mean "empty".

    >>> name = make_text(10, names=True)
    >>> name(" 王  伟 😀 "), name("Null"), name("NULL"), name("x" * 11)
    ('王 伟 😀', 'Null', None, Bad('too_long', '10'))
    >>> make_text()("undefined") is None
    True
    """

    def parse(text):
        text = clean(text)
        if isinstance(text, Bad):
            return text
        if not lines:
            text = " ".join(text.split())
        if (text in words.EMPTY_NAMES) if names else words.is_empty(text):
            return None
        if len(text) > limit:
            return Bad("open_quote") if text.count("\n") > 100 else Bad("too_long", str(limit))
        return text

    return parse


def given(parse):
    """Wrap a parser of non-empty clean text."""

    def outer(text):
        text = clean(text)
        if isinstance(text, Bad):
            return text
        return None if words.is_empty(text) else parse(text)

    return outer


def make_decimal(point=".", lowest=None, highest=Decimal("1e9")):
    """Return a parser of decimal numbers with ``point`` as decimal mark.

    Thousands marks (the other one of . and , an apostrophe, blanks) and a currency sign or code
    around the number are left out; parentheses and a trailing minus mean negative.

    >>> euro, plain = make_decimal(","), make_decimal()
    >>> euro("1.234,50 €"), plain("1,234.50"), plain("(6.38)"), plain("6.38-"), plain("75")
    (Decimal('1234.50'), Decimal('1234.50'), Decimal('-6.38'), Decimal('-6.38'), Decimal('75'))
    >>> plain("1,5"), plain("12a"), plain("1e3"), plain("inf"), make_decimal(lowest=0)("-1").code
    (Bad('bad_number', ''), Bad('bad_number', ''), Bad('bad_number', ''), Bad('bad_number', ''), 'negative')
    """
    group = "." if point == "," else ","
    grouped = rf"\d{{1,3}}(?:[{group}'’ \u00a0\u202f]\d{{3}})+(?:[{point}]\d+)?"
    number = re.compile(rf"{grouped}|\d+(?:[{point}]\d*)?|[{point}]\d+")
    sign = re.compile(r"^(?:[A-Z]{3}\s?|[€$£¥￥]\s?)|(?:\s?[A-Z]{3}|\s?[€$£¥￥元])$")

    def parse(text):
        bare = sign.sub("", text.replace("−", "-")).strip()
        minus = False
        if bare[:1] == "(" and bare[-1:] == ")":
            minus, bare = True, bare[1:-1]
        elif bare[:1] in "+-" or bare[-1:] == "-":
            minus, bare = "-" in bare, bare.strip("+-")
        bare = bare.strip()
        if not number.fullmatch(bare):
            return Bad("bad_number")
        digits = re.sub(rf"[^\d{point}]", "", bare).replace(point, ".")
        try:
            value = Decimal(digits)
        except InvalidOperation:
            return Bad("bad_number")
        value = -value if minus else value
        if value > highest:
            return Bad("too_large", f"{highest:f}")
        if lowest is not None and value < lowest:
            return Bad("negative")
        return value

    return given(parse)


def make_integer(highest=1000, point="."):
    """Return a parser of whole numbers from 0 to ``highest``.

    >>> make_integer()("2"), make_integer()("2.0"), make_integer()("1.5").code, make_integer()("NA")
    (2, 2, 'bad_integer', None)
    >>> make_integer()("-1").code, make_integer(9)("10")
    ('negative', Bad('too_large', '9'))
    """
    decimal = make_decimal(point)

    def parse(text):
        value = decimal(text)
        if isinstance(value, Bad) or value is None:
            return value
        if value != value.to_integral_value():
            return Bad("bad_integer")
        if value < 0:
            return Bad("negative")
        return int(value) if value <= highest else Bad("too_large", str(highest))

    return parse


def make_boolean():
    """Return a parser of yes and no in English and Chinese.

    >>> make_boolean()("Yes"), make_boolean()("否"), make_boolean()("maybe").code
    (True, False, 'bad_boolean')
    """
    return given(lambda text: words.BOOLEANS.get(text.casefold(), Bad("bad_boolean")))


def make_choice(choices, synonyms=None):
    """Return a parser of coded words.

    >>> make_choice(["booked", "no_show"], {"no-show": "no_show"})("No-Show")
    'no_show'
    >>> make_choice(["booked"])("sold")
    Bad('bad_choice', 'booked')
    """
    known = {choice.casefold(): choice for choice in choices} | (synonyms or {})
    listed = ", ".join(choices)
    return given(lambda text: known.get(text.casefold(), Bad("bad_choice", listed)))


def make_country():
    """Return a parser of countries to ISO alpha-2 codes.

    >>> make_country()("PRT"), make_country()("NULL"), make_country()("Atlantis").code
    ('PT', None, 'bad_country')
    """
    return given(lambda text: words.country(text) or Bad("bad_country"))


def make_phone(region=None):
    """Return a parser of telephone numbers to E.164, as a guest's page keeps them.

    >>> make_phone("CN")("138 0013 8000"), make_phone()("+351 912 345 678"), make_phone()("912345678").code
    ('+8613800138000', '+351912345678', 'bad_phone')
    """
    return given(lambda text: _contact(contact.normalise_phone, "bad_phone", text, region))


def make_email():
    """Return a parser of e-mail addresses (form only, nothing is asked from the network).

    >>> make_email()(" Ana.Silva@Example.COM "), make_email()("ana@"), make_email()("a@b@c.pt").code
    ('Ana.Silva@example.com', Bad('bad_email', ''), 'bad_email')
    """
    return given(lambda text: _contact(contact.normalise_email, "bad_email", text))


def _contact(normalise, code, *values):
    try:
        return normalise(*values) or None
    except contact.ContactError:
        return Bad(code)
