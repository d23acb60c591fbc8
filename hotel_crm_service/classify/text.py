"""A text cut into clauses, and the language it is written in."""

import re

#: how much of a text is judged: more adds time, not knowledge
AT_MOST = 4000
CHINESE = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
LATIN = re.compile(r"[A-Za-z]")
#: what comes after is the hotel's answer, not the guest's complaint
HOTEL_ANSWER = re.compile(r"宾馆反馈|酒店回复|酒店反馈")
SENTENCE = {
    "zh": re.compile(r"[^。！？!?；;\n]+[。！？!?；;\n]*"),
    "en": re.compile(r"(?:[^.!?;\n]|\.(?=\d))+[.!?;\n]*"),
}
CLAUSE = {
    "zh": re.compile(r"[,，、:：~()（）.\s]+"),
    "en": re.compile(
        r"(?:,|:|\(|\)|\s-+\s|--+|\bbut\b|\bhowever\b|\balthough\b|\bthough\b|\bexcept\b|\bunfortunately\b)+",
        re.IGNORECASE,
    ),
}


def language_of(text):
    """Tell the language by its letters.

    :rtype: str, "zh", "en", or "" for neither

    >>> language_of("房间wifi太慢"), language_of("Cold shower"), language_of("123 !")
    ('zh', 'en', '')
    """
    chinese, latin = len(CHINESE.findall(text)), len(LATIN.findall(text))
    if not chinese and not latin:
        return ""
    # a character of Chinese says as much as four letters or so
    return "zh" if chinese * 4 >= latin else "en"


def tame(text):
    """Return the part of a text that is judged, half-width."""
    text = HOTEL_ANSWER.split((text or "")[:AT_MOST], maxsplit=1)[0]
    return "".join(chr(ord(c) - 0xFEE0) if "\uff10" <= c <= "\uff5a" else c for c in text)


def clauses_of(text, language):
    """Yield (number of the sentence, clause, marks at its sentence's end).

    >>> list(clauses_of("房间小，很吵！不错", "zh"))
    [(0, '房间小', '！'), (0, '很吵', '！'), (1, '不错', '')]
    """
    for number, match in enumerate(SENTENCE[language].finditer(text)):
        body = match[0].rstrip("。！？!?；;\n.")
        marks = match[0][len(body) :]
        for clause in CLAUSE[language].split(body):
            if clause.strip():
                yield number, clause.strip(), marks
