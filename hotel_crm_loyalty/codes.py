"""How codes of coupons are read, however they were typed. Plain Python, no Odoo.

New codes have no I and O and no 0 and 1 (see ``loyalty.card._generate_code``); whoever takes one for the other,
types small or wide letters, spaces or hyphens means the same code.

>>> read_code(" 7kq2-9fhm x4tb "), read_code("vip–abc"), read_code("ＶＩＰ　ＡＢＣ"), read_code("o0 il1")
('7KQ29FHMX4TB', 'V1PABC', 'V1PABC', '00111')
"""

import unicodedata

#: longer than any code: what is longer is none
MOST = 64
_ALIKE = str.maketrans("OIL", "011")


def read_code(text: str | None) -> str:
    """Return what a code is known by; empty for what is none.

    >>> read_code(None), read_code("x" * 65), read_code("新年 2026"), read_code("-")
    ('', '', '新年2026', '')
    """
    if not text or len(text) > MOST:
        return ""
    letters = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).upper())
    key = "".join(letter for letter in letters if letter.isalnum()).translate(_ALIKE)
    # one sign may stand for many
    return key if len(key) <= MOST else ""
