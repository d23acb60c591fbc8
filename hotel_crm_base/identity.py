"""Identity documents: which kinds there are, what their numbers look like and tell.

Plain Python, no Odoo. Sources: GB 11643-1999 (18-digit number of residents: place,
birth date, order number whose parity gives the gender, check digit of ISO 7064
MOD 11-2), checked by python-stdnum; forms of the travel permits as printed by the
National Immigration Administration; passports after ICAO Doc 9303 (at most nine
letters and digits).

>>> facts = check("cn_id", "11010519491231002x")
>>> facts.number, facts.birth_date.isoformat(), facts.gender
('11010519491231002X', '1949-12-31', 'female')
>>> check("cn_id", "110105194912310021")  # doctest: +IGNORE_EXCEPTION_DETAIL
Traceback (most recent call last):
...
IdentityError: The last character does not fit the rest: please read the number again.
>>> check("hk_mo_permit", "H12345678 01").number
'H12345678'
"""

import datetime
import re
import unicodedata
from typing import NamedTuple

from stdnum.cn import ric
from stdnum.exceptions import ValidationError

#: kind of document -> country that issues it (ISO 3166), None where it varies
KINDS = {
    "cn_id": "CN",  # 居民身份证
    "cn_residence": "CN",  # 港澳台居民居住证
    "hk_mo_permit": "CN",  # 港澳居民来往内地通行证
    "tw_permit": "CN",  # 台湾居民来往大陆通行证
    "cn_permanent": "CN",  # 外国人永久居留身份证
    "passport": None,
    "driver_licence": None,
    "other": None,
}

#: code of a refusal -> sentence for the person at the desk
MESSAGES = {
    "empty": "Please enter the number of the document.",
    "characters": "A document number holds letters A to Z and digits only.",
    "kind": "This kind of document is not known.",
    "cn_id_old": "Numbers of 15 digits ended in 2013: please take the 18 characters of the"
    " guest's present card.",
    "cn_id_length": "An identity card number has 18 characters.",
    "cn_id_form": "An identity card number is 17 digits, then a digit or X.",
    "check_digit": "The last character does not fit the rest: please read the number again.",
    "birth_date": "Positions 7 to 14 of the number are no birth date.",
    "cn_residence_form": "The number of a residence permit begins with 81, 82 or 83.",
    "cn_id_residence": "Numbers that begin with 81, 82 or 83 stand on residence permits of"
    " residents of Hong Kong, Macao and Taiwan: please choose that kind.",
    "hk_mo_permit_form": "A travel permit of a resident of Hong Kong or Macao is H or M, then"
    " 8 digits.",
    "tw_permit_form": "A travel permit of a resident of Taiwan has 8 digits.",
    "cn_permanent_form": "A permanent resident card has 18 characters beginning with 9, or, in"
    " its old form, 3 letters and 12 digits.",
    "passport_form": "A passport number has 6 to 9 letters and digits, at least three of them"
    " digits.",
    "passport_form_cn": "A Chinese passport is E, a letter or digit and 7 digits; or G and 8"
    " digits; or D, S or P, E where there is one, and 7 digits.",
    "licence_form": "A driver's licence has 5 to 20 letters and digits.",
    "other_form": "A document number has 5 to 30 letters and digits.",
}

_CN_PASSPORT = re.compile(r"E[0-9A-HJ-NP-Z]\d{7}|G\d{8}|[DSP]E?\d{7}|[DSP]\d{8}|1[45]\d{7}")
_RESIDENT_FORM = re.compile(r"\d{17}[\dX]")
_RESIDENCE_PREFIX = ("81", "82", "83")
EARLIEST = 1890  # nobody born before lives


class IdentityError(ValueError):
    """A number that no document of its kind can bear; ``code`` is a key of MESSAGES."""

    def __init__(self, code: str):
        super().__init__(MESSAGES[code])
        self.code = code


class Facts(NamedTuple):
    """What a number says: normalised form; birth date and gender where it tells them."""

    number: str
    birth_date: datetime.date | None = None
    gender: str | None = None


class Candidate(NamedTuple):
    """A text that may be a document number: forms to look for, and how sure that is."""

    forms: tuple[str, ...]
    is_certain: bool


def normalise(number: str) -> str:
    """One form for all ways to write a number: full width, spaces, hyphens, case.

    >>> normalise(" h 1234-5678 "), normalise("Ｅ１２３４５６７８"), normalise("–")
    ('H12345678', 'E12345678', '')
    """
    folded = unicodedata.normalize("NFKC", number or "").upper()
    return "".join(character for character in folded if character.isalnum())


def issuer(kind: str) -> str | None:
    """ISO code of the only country that issues this kind; None where it varies."""
    return KINDS.get(kind)


def check(
    kind: str, number: str, country: str | None = None, today: datetime.date | None = None
) -> Facts:
    """Read a number as the given kind of document.

    :param kind: a key of KINDS
    :param number: as typed
    :param country: ISO code of the issuing country, for passports
    :param today: of the property; births after it are refused
    :raise IdentityError: no document of that kind bears such a number
    """
    value = normalise(number)
    if not value:
        raise IdentityError("empty")
    if not value.isascii():
        raise IdentityError("characters")
    reader = _READERS.get(kind)
    if reader is None:
        raise IdentityError("kind")
    return reader(value, (country or "").upper(), today or datetime.date.max)


def _read_resident_form(value: str, today: datetime.date, length_code: str, form_code: str) -> Facts:
    """Read 18 characters with birth date, gender and check digit.

    The place code is not refused when unknown: counties were merged and renamed by
    the hundred, and a guest stands at the desk with a valid card.
    """
    if len(value) != 18:
        raise IdentityError(length_code)
    if not _RESIDENT_FORM.fullmatch(value):
        raise IdentityError(form_code)
    if ric.calc_check_digit(value) != value[-1]:
        raise IdentityError("check_digit")
    try:
        born = ric.get_birth_date(value)
    except (ValidationError, ValueError):
        raise IdentityError("birth_date") from None
    if born > today or born.year < EARLIEST:
        raise IdentityError("birth_date")
    return Facts(value, born, "male" if int(value[16]) % 2 else "female")


def _read_cn_id(value: str, _country: str, today: datetime.date) -> Facts:
    if len(value) == 15 and value.isdigit():
        raise IdentityError("cn_id_old")
    if len(value) == 18 and value.startswith(_RESIDENCE_PREFIX):
        raise IdentityError("cn_id_residence")
    return _read_resident_form(value, today, "cn_id_length", "cn_id_form")


def _read_cn_residence(value: str, _country: str, today: datetime.date) -> Facts:
    if not value.startswith(_RESIDENCE_PREFIX):
        raise IdentityError("cn_residence_form")
    return _read_resident_form(value, today, "cn_id_length", "cn_id_form")


def _read_cn_permanent(value: str, _country: str, today: datetime.date) -> Facts:
    if re.fullmatch(r"[A-Z]{3}\d{12}", value):
        return Facts(value)
    if not value.startswith("9"):
        raise IdentityError("cn_permanent_form")
    return _read_resident_form(value, today, "cn_permanent_form", "cn_permanent_form")


def _read_hk_mo_permit(value: str, _country: str, _today: datetime.date) -> Facts:
    """H or M and 8 digits; the two digits that older cards add count the renewals."""
    if not re.fullmatch(r"[HM]\d{8}(\d{2})?", value):
        raise IdentityError("hk_mo_permit_form")
    return Facts(value[:9])


def _read_tw_permit(value: str, _country: str, _today: datetime.date) -> Facts:
    if not re.fullmatch(r"\d{8}", value):
        raise IdentityError("tw_permit_form")
    return Facts(value)


def _read_passport(value: str, country: str, _today: datetime.date) -> Facts:
    if country == "CN" and not _CN_PASSPORT.fullmatch(value):
        raise IdentityError("passport_form_cn")
    if not re.fullmatch(r"[A-Z0-9]{6,9}", value) or len(re.findall(r"\d", value)) < 3:
        raise IdentityError("passport_form")
    return Facts(value)


def _read_driver_licence(value: str, _country: str, _today: datetime.date) -> Facts:
    if not 5 <= len(value) <= 20:
        raise IdentityError("licence_form")
    return Facts(value)


def _read_other(value: str, _country: str, _today: datetime.date) -> Facts:
    if not 5 <= len(value) <= 30:
        raise IdentityError("other_form")
    return Facts(value)


_READERS = {
    "cn_id": _read_cn_id,
    "cn_residence": _read_cn_residence,
    "hk_mo_permit": _read_hk_mo_permit,
    "tw_permit": _read_tw_permit,
    "cn_permanent": _read_cn_permanent,
    "passport": _read_passport,
    "driver_licence": _read_driver_licence,
    "other": _read_other,
}


def mask(number: str) -> str:
    """What everybody at the desk may see: length and the last characters.

    Two of 18, since the birth date beside them and the check digit give most of the
    rest away; three of the shorter ones; two or less of the shortest.

    >>> mask("11010519491231002X"), mask("E12345678"), mask("AB123"), mask("")
    ('****************2X', '******678', '****3', '')
    """
    value = normalise(number)
    length = len(value)
    shown = 3 if 8 <= length < 15 else 2 if length > 5 else 1
    return "*" * (length - shown) + value[-shown:] if length else ""


def as_candidate(text: str) -> Candidate | None:
    """Whether what was typed into the look-up box may be a document number.

    Certain are only the 18 characters with a right check digit. Anything else of 5 to
    30 letters and digits with at least four digits is a maybe: telephone and member
    numbers look like that too.

    >>> as_candidate("11010519491231002x").is_certain, as_candidate("13800138000").is_certain
    (True, False)
    >>> as_candidate("H1234567801").forms
    ('H1234567801', 'H12345678')
    >>> as_candidate("王伟"), as_candidate("li@example.com"), as_candidate("room 12")
    (None, None, None)
    """
    if "@" in text or len(text) > 60:
        return None
    value = normalise(text)
    digits = sum(character.isdigit() for character in value)
    if not value.isascii() or not 5 <= len(value) <= 30 or digits < 4:
        return None
    if len(value) == 18 and _RESIDENT_FORM.fullmatch(value):
        if ric.calc_check_digit(value) != value[-1]:
            return None
        return Candidate((value,), True)
    if re.fullmatch(r"[HM]\d{10}", value):
        return Candidate((value, value[:9]), False)
    return Candidate((value,), False)
