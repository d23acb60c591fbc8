"""What makes a password too easy to guess, beside its length.

By NIST SP 800-63B (2017, with updates to 2020), section 5.1.1.2: no composition of kinds of characters is asked for
and no change by the calendar, but words that belong to the user or the place, and repeated or sequential characters,
are refused.
"""

import re

#: a word of the user's own counts from this length on
OWN_WORD = 4
#: what sits on a keyboard or in the alphabet in a row
ROWS = ("abcdefghijklmnopqrstuvwxyz", "0123456789", "qwertyuiop", "asdfghjkl", "zxcvbnm")
#: what is tried first
COMMON = ("password", "passw0rd", "mima", "letmein", "welcome", "iloveyou", "hotel123", "admin")
#: different characters that a password has at least
DIFFERENT = 5


def find_weakness(password, own=()):
    """Say what makes a password easy to guess.

    >>> find_weakness("lantern-rice-42", ["Wang Wei", "wwei@jadelake.example"]) is None
    True
    >>> find_weakness("jadelake-2026!", ["desk@jadelake.example"])
    'own'
    >>> find_weakness("aaaaaaaaaabbbb")
    'repeated'
    >>> find_weakness("qwertyuiop12345")
    'row'
    >>> find_weakness("9876543210abcdef")
    'row'
    >>> find_weakness("password2026password")
    'common'

    :param str password: as typed
    :param own: names, logins and addresses that somebody who knows the user would try
    :type own: Iterable[str]
    :return: ``own``, ``common``, ``repeated``, ``row``, or None where nothing is found
    :rtype: str | None
    """
    text = password.casefold()
    if any(word in text for word in _words(own)):
        return "own"
    if any(word in text for word in COMMON):
        return "common"
    if len(set(text)) < DIFFERENT:
        return "repeated"
    if _longest_row(text) * 2 > len(text):
        return "row"
    return None


def _words(own):
    """Return the words of names and addresses.

    >>> sorted(_words(["Wang Wei", "wwei@jadelake.example"]))
    ['example', 'jadelake', 'wang', 'wwei']
    """
    parts = {part for text in own for part in re.split(r"[\W_]+", (text or "").casefold())}
    return {part for part in parts if len(part) >= OWN_WORD}


def _longest_row(text):
    """Return how many characters in a row stand so on a keyboard or in the alphabet, either way.

    >>> _longest_row("xx4321yy"), _longest_row("rewq"), _longest_row("")
    (4, 4, 0)
    """
    pairs = {pair for row in ROWS for pair in zip(row, row[1:], strict=False)}
    longest = run = {1: 0, -1: 0}
    longest = 1 if text else 0
    for before, after in zip(text, text[1:], strict=False):
        for way, pair in ((1, (before, after)), (-1, (after, before))):
            run[way] = run[way] + 1 if pair in pairs else 0
            longest = max(longest, run[way] + 1)
    return longest
