"""Look-up keys of a guest: under which short strings he or she is found.

Plain Python, no Odoo. What is typed is folded alike (`query.parse_query`), so
that look-up is a comparison of strings: an equal one, or a prefix.

>>> fold('  Łukasz  NGUYỄN-Đặng '), fold("O’Brien, Seán"), fold('Ｗａｎｇ　伟')
('lukasz nguyen dang', 'obrien sean', 'wang 伟')
>>> [token for kind, token in tokens('王桂兰') if kind != TEXT]
['王桂兰', 'wangguilan', 'guilanwang', '王', '桂兰', 'wang', 'guilan', 'wgl', '兰']
>>> [token for kind, token in tokens('Nguyen Van Minh') if kind == WHOLE]
['nguyen van minh', 'van minh nguyen', 'minh nguyen van', 'nguyenvanminh']
>>> tokens('', phone='+8613912345678')
[('phone', '13912345678'), ('phone', '8613912345678'), ('tail', '8765432193168')]
"""
import re
import unicodedata
from itertools import chain

from . import hanzi

#: Kinds of tokens. `text` is one per guest: all that can be found inside it.
TEXT, WHOLE, WORD, INNER = "text", "whole", "word", "inner"
PHONE, TAIL, EMAIL, CODE = "phone", "tail", "email", "code"
#: How the kinds of short tokens are stored.
KIND_NUMBERS = {WHOLE: 1, WORD: 2, INNER: 3, PHONE: 4, TAIL: 5, EMAIL: 6, CODE: 7}

#: Longest token, and longest `text`, in characters; what is longer is cut.
MAX_TOKEN, MAX_TEXT = 64, 240
#: Names of more words than this are found by their beginning and their words.
MAX_ROTATED = 5

_LETTERS = {
    "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th",
    "ħ": "h", "ı": "i", "ŋ": "n", "ŧ": "t", "ə": "e", "ɓ": "b", "ɗ": "d", "ƙ": "k",
    "ĸ": "k", "ʼ": "", "ʻ": "", "ʹ": "", "ʾ": "", "ʿ": "", "ˈ": "",
}  # fmt: skip
#: What stands inside a word without parting it.
_JOINERS = frozenset("'`´‘’‛′＇\u200b\u200c\u200d\u2060\ufeff\u00ad")
#: Marks that are not folded away: without them it is another syllable.
_KEPT_MARKS = frozenset("\u3099\u309a")
_MARKS = re.compile(
    "[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
)

#: Country calling codes of one and two digits; all others have three (ITU E.164).
_CALLING_CODES = frozenset(
    "1 7 20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61"
    " 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98".split()
)


class _Folding(dict):
    """What each character becomes, worked out at its first use."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = self._fold(chr(code))
        return folded

    @staticmethod
    def _fold(character: str) -> str:
        if character in _JOINERS:
            return ""
        text = unicodedata.normalize("NFKD", character.casefold()).casefold()
        text = _MARKS.sub("", text) if character not in _KEPT_MARKS else text
        text = "".join(_LETTERS.get(letter, letter) for letter in text)
        text = unicodedata.normalize("NFC", text)
        return "".join(part if unicodedata.category(part)[0] in "LNM" else " " for part in text)


_FOLDING = _Folding()


def fold(text: str | None) -> str:
    """Return text in the form in which names are compared.

    Lower case, full-width and compatibility forms made plain, accents gone,
    whatever is neither letter nor digit a space, one space between words.

    >>> fold('Straße'), fold('ÅSE Øvergård'), fold('Œuvré'), fold('İSTANBUL'), fold('Жолобова Ё.')
    ('strasse', 'ase overgard', 'oeuvre', 'istanbul', 'жолобова е')
    >>> fold('玛丽·居里'), fold('ガｶﾞが'), fold('김민수'), fold(None), fold('🦄 \\x00 %_')
    ('玛丽 居里', 'ガガが', '김민수', '', '')
    """
    if not text:
        return ""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return " ".join(text.translate(_FOLDING).split())


def tokens(name, phone=None, email=None, code=None) -> list[tuple[str, str]]:
    """Return the look-up tokens of a guest as (kind, token), without repeats.

    :param name: the name as written, of any script and order
    :param phone: the number in E.164 ('+8613912345678'); another form is
        found by its digits
    :param email: the address
    :param code: the member number
    """
    found = name_tokens(name)
    found += phone_tokens(phone)
    if email and "@" in email:
        found.append((EMAIL, "".join(email.lower().split())[:MAX_TOKEN]))
    if code:
        found += code_tokens(code)
    return found


def name_tokens(name: str | None) -> list[tuple[str, str]]:
    """Return the tokens of a name as (kind, token).

    ======  ==========================================================
    whole   the whole name, in any order of its words, in any writing
    word    one word of it, family or given name; the initials
    inner   what begins inside a name in Chinese characters
    text    all of it in one line, each word after a space,
            two spaces between pieces
    ======  ==========================================================

    >>> dict.fromkeys(kind for kind, token in name_tokens('王伟 David Wang'))
    {'whole': None, 'word': None, 'text': None}
    >>> name_tokens('🦄')
    []
    """
    folded = fold(name)
    if not folded:
        return []
    words, chunks = [], []
    for run in hanzi.find_runs(folded[:MAX_TEXT]):
        (chunks if hanzi.has_cjk(run) else words).append(run)
    wholes, singles, inners, lines = [], [], [], []
    if words:
        _add_words(words, wholes, singles, lines)
    if chunks:
        _add_characters(chunks, wholes, singles, inners, lines)
    if words and chunks:
        wholes.insert(0, folded)
    known = set(" ".join(lines).split())
    more = (token for token in chain(wholes, singles, inners) if " " not in token)
    lines.extend(dict.fromkeys(token for token in more if token not in known))
    found = dict.fromkeys((WHOLE, token[:MAX_TOKEN]) for token in wholes)
    found.update(dict.fromkeys((WORD, token[:MAX_TOKEN]) for token in singles))
    found.update(dict.fromkeys((INNER, token[:MAX_TOKEN]) for token in inners))
    # two spaces between pieces: no text goes on from one piece to the next
    return [*found, (TEXT, f" {'  '.join(lines)}"[:MAX_TEXT])]


def _add_words(words, wholes, singles, lines):
    """Add what a name of spaced words is found by."""
    count = len(words)
    full = " ".join(words)
    wholes.append(full)
    if 1 < count <= MAX_ROTATED:
        turned = words + words
        wholes.extend(" ".join(turned[at : at + count]) for at in range(1, count))
        wholes.append("".join(words))
        if count == 2:
            wholes.append("".join(reversed(words)))
        # the words once more, so that each rotation stands in the line
        full = " ".join(turned[:-1])
    if count > 1:
        lines.append(full)
        singles.extend(words)
        singles.append("".join(word[0] for word in words))
    else:
        singles.append(words[0])


def _add_characters(chunks, wholes, singles, inners, lines):
    """Add what a name in Chinese, Japanese or Korean characters is found by."""
    whole = "".join(chunks)
    wholes.append(whole)
    if hanzi.is_personal(chunks):
        _add_chinese(whole, wholes, singles, lines)
    elif hanzi.is_han(whole):
        reading, initials = hanzi.read_text(whole[:MAX_TOKEN])
        wholes.extend([reading] if reading else [])
        singles.extend([initials] if initials else [])
    if len(chunks) > 1:
        singles.extend(chunks)
        lines.append(" ".join(chunks))
    known = {*wholes, *singles}
    tails = (whole[at:] for at in range(1, min(len(whole), MAX_TOKEN)))
    inners.extend(tail for tail in tails if tail not in known)


def _add_chinese(whole, wholes, singles, lines):
    """Add family name, given name, pinyin and initials."""
    surname, given = hanzi.split_chinese(whole)
    singles += surname, given
    initials = []
    for family, name, initial in hanzi.read_name(whole):
        wholes += family + name, name + family
        singles += family, name
        initials.append(initial)
        # the words once more, so that either order stands in the line
        lines.append(f"{family} {name} {family}")
    singles += initials


def phone_tokens(phone: str | None) -> list[tuple[str, str]]:
    """Return the number without and with its country code, and reversed.

    A tail of the number, with or without country code, is a prefix of the
    reversed number.

    >>> phone_tokens('+1 (415) 555-0100')
    [('phone', '4155550100'), ('phone', '14155550100'), ('tail', '00105555141')]
    >>> phone_tokens('020 7946 0000'), phone_tokens('n/a')
    ([('phone', '2079460000'), ('tail', '00006497020')], [])
    """
    digits = digits_of(phone)[:MAX_TOKEN]
    if not digits:
        return []
    international = phone.strip().startswith(("+", "＋"))
    forms = [strip_calling_code(digits), digits] if international else [digits.lstrip("0")]
    return [(PHONE, form) for form in forms if form] + [(TAIL, digits[::-1])]


def code_tokens(code: str) -> list[tuple[str, str]]:
    """Return the member number as it is compared, and its digits alone.

    >>> code_tokens('G-000123'), code_tokens('000123')
    ([('code', 'g000123'), ('code', '123')], [('code', '000123'), ('code', '123')])
    """
    plain = fold(code).replace(" ", "")[:MAX_TOKEN]
    number = digits_of(plain).lstrip("0")
    return [(CODE, token) for token in dict.fromkeys((plain, number)) if token]


def digits_of(text: str | None) -> str:
    """Return the decimal digits of a text, of any script, as 0 to 9.

    >>> digits_of('+44 ٢٠ ７９４６')
    '44207946'
    """
    return "".join(str(unicodedata.decimal(sign)) for sign in text or "" if sign.isdecimal())


def strip_calling_code(digits: str) -> str:
    """Return an international number's digits without its country code.

    >>> strip_calling_code('8613912345678'), strip_calling_code('35312345678')
    ('13912345678', '12345678')
    """
    for length in (1, 2):
        if digits[:length] in _CALLING_CODES:
            return digits[length:]
    return digits[3:]
