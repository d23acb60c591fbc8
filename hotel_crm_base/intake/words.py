"""Words that files use for the same thing: nothing, yes, woman, March, Portugal."""

from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global

#: case-folded words that mean "no value"
EMPTY_WORDS = frozenset(
    ["", "null", "(null)", "none", "na", "n/a", "#n/a", "nan", "nil", "undefined", "unknown", "\\n"]
    + ["-", "--", "—", "无", "未知", "不详", "空"]
)
#: people may be called Null, None or Na: in names only what no one is called means nothing
EMPTY_NAMES = frozenset(["", "NULL", "(null)", "N/A", "n/a", "#N/A", "NaN", "\\N", "-", "--"])

BOOLEANS = dict.fromkeys(["1", "true", "t", "yes", "y", "x", "on", "是", "有", "真"], True) | dict.fromkeys(
    ["0", "false", "f", "no", "n", "off", "否", "没有", "假"], False
)

GENDERS = (
    dict.fromkeys(["m", "male", "man", "mr", "mr.", "sir", "男", "男性", "先生", "1"], "male")
    | dict.fromkeys(
        ["f", "female", "woman", "mrs", "mrs.", "ms", "ms.", "miss", "madam", "w", "女", "女性", "女士", "小姐", "2"],
        "female",
    )
    | dict.fromkeys(["o", "x", "other", "diverse", "d", "其他", "9"], "other")
    | dict.fromkeys(["u", "unspecified", "0", "保密"])
)

#: errors that a spreadsheet leaves in a cell
SHEET_ERRORS = frozenset(["#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"])


def is_empty(text):
    """Tell whether a cell says that there is no value.

    >>> [is_empty(t) for t in ("NULL", " n/a", "Undefined", "0", "Na")]
    [True, True, True, False, True]
    """
    return text.strip().casefold() in EMPTY_WORDS


@lru_cache
def months():
    """Return case-folded month names and short names of English and Chinese -> 1..12.

    >>> months()["july"], months()["sep"], months()["七月"], months()["7月"], months()["07"]
    (7, 9, 7, 7, 7)
    """
    found = {}
    for code in ("en", "zh"):
        for width in ("wide", "abbreviated"):
            for number, name in Locale(code).months["format"][width].items():
                found[name.casefold().rstrip(".")] = number
    found["sept"] = 9
    for number in range(1, 13):
        found[str(number)] = found[f"{number:02d}"] = found[f"{number}月"] = number
    return found


@lru_cache
def _country_names():
    names = {}
    for code in ("zh_Hant", "zh", "pt", "es", "fr", "de", "en"):
        try:
            territories = Locale.parse(code).territories
        except UnknownLocaleError:  # an installation without that locale
            continue
        for key, name in territories.items():
            if len(key) == 2 and key.isalpha():
                names[name.casefold()] = key
    names |= {
        "usa": "US", "u.s.a.": "US", "united states of america": "US", "uk": "GB", "great britain": "GB",
        "england": "GB", "korea": "KR", "republic of korea": "KR", "russian federation": "RU", "czech republic": "CZ",
        "viet nam": "VN", "macau": "MO", "macao": "MO", "hong kong": "HK", "taiwan": "TW", "香港": "HK", "澳门": "MO",
        "中华人民共和国": "CN", "prc": "CN", "holland": "NL", "turkey": "TR", "ivory coast": "CI",
    }  # fmt: skip
    return names


@lru_cache(maxsize=4096)
def country(text):
    """Return the ISO 3166 alpha-2 code of a country given by alpha-2, alpha-3 or name, or None.

    Retired codes give today's country. Alpha-3 codes and names are CLDR's.

    >>> country("PRT"), country("pt"), country("Portugal"), country("中国"), country("TMP")
    ('PT', 'PT', 'PT', 'CN', 'TL')
    >>> country("Atlantis") is None
    True
    """
    text = text.strip()
    code = text.upper()
    if len(code) == 2 and code.isascii():
        if code in ("EU", "UN", "EZ", "ZZ", "XA", "XB", "QO"):
            return None
        if code in Locale("en").territories:
            return code
    if code.isascii() and len(code) in (2, 3):
        today = get_global("territory_aliases").get(code)
        if today and len(today[0]) == 2:
            return today[0]
    return _country_names().get(text.casefold())
