"""What the text of a look-up box can be: name, number, address or document.

Plain Python, no Odoo. Keys of guests are made in `names`.
"""
import re
import unicodedata
from dataclasses import dataclass

from . import hanzi
from .names import MAX_TOKEN, digits_of, fold

#: Longest text that is looked up: nothing that is asked for is longer.
MAX_QUERY = 100


@dataclass(frozen=True)
class Query:
    """What a typed text asks for; a part that it cannot be is empty."""

    #: the folded text, and the same without spaces
    name: str = ""
    joined: str = ""
    #: e-mail address, or the beginning of one, lower case
    email: str = ""
    #: digits of a telephone number as typed, with country code or not
    digits: str = ""
    is_international: bool = False
    #: member number as in `code_tokens`
    code: str = ""
    #: number of an identity document, upper case, no separators
    document: str = ""

    @property
    def words(self) -> list[str]:
        """The words of the name, runs of Chinese characters each one word."""
        return hanzi.find_runs(self.name)

    @property
    def has_cjk(self) -> bool:
        """Whether there is a character of a script without spaces."""
        return bool(hanzi.has_cjk(self.name))


_PHONE = re.compile(r"\+?[\d\s().\-/–]+").fullmatch
_DOCUMENT = re.compile(r"[A-Z]{0,3}\d{5,18}[0-9A-Z]?").fullmatch


def parse_query(text: str | None) -> Query:
    """Return what the text of a look-up box can be; more than one is possible.

    >>> parse_query('王伟').name, parse_query('Wei  WANG').joined
    ('王伟', 'weiwang')
    >>> query = parse_query('+86 139-1234 5678'); query.digits, query.is_international, query.name
    ('8613912345678', True, '')
    >>> query = parse_query('e1234 5678'); query.document, query.code, query.name
    ('E12345678', 'e12345678', 'e1234 5678')
    >>> parse_query('Wang.Wei@Ex').email, parse_query('11010519491231002x').document
    ('wang.wei@ex', '11010519491231002X')
    >>> parse_query("'; %_\\\\ \\x00"), parse_query(None) == parse_query('')
    (Query(name='', joined='', email='', digits='', is_international=False, code='', document=''), True)
    """
    text = unicodedata.normalize("NFKC", (text or "")[:MAX_QUERY]).replace("\0", " ").strip()
    text = text[:MAX_QUERY]
    if "@" in text:
        return Query(email="".join(text.lower().split())[:MAX_TOKEN])
    name = fold(text)[:MAX_TOKEN].strip()
    if not name:
        return Query()
    joined = name.replace(" ", "")
    compact = joined.upper()
    document = compact if _DOCUMENT(compact) else ""
    code = joined if joined.isascii() and any(map(str.isdigit, joined)) else ""
    if _PHONE(text):
        digits = digits_of(text)
        international = text.startswith(("+", "00"))
        digits = digits.lstrip("0") if international else digits
        return Query("", "", "", digits, international, code, "" if international else document)
    # a local part of an address keeps the signs that a name loses
    email = text.lower()[:MAX_TOKEN] if " " not in text and text.isascii() else ""
    return Query(name, joined, email, "", False, code, document)
