"""What a guest has written, without signs that nobody types. Plain Python, no Odoo."""

import unicodedata

#: turn the direction of what follows: names and links could be made to look like others
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


def clean(text: str) -> str:
    """Return a text with its lines and its punctuation, without control signs.

    >>> clean(" 太吵了，\\r\\n\\x00没睡好\\u202e。 ")
    '太吵了，\\n没睡好。'
    >>> clean("👨\\u200d👩\\u200d👧 fine") == "👨\\u200d👩\\u200d👧 fine"
    True
    """
    lines = ("".join(sign for sign in line if _is_typed(sign)).rstrip() for line in text.splitlines())
    return "\n".join(lines).strip()


def _is_typed(sign):
    return sign == "\t" or (sign not in TURNING and unicodedata.category(sign) not in ("Cc", "Cs", "Cn", "Co"))
