"""Telephone numbers and e-mail addresses of guests: checked, and written in one form.

Plain Python, no Odoo. What people type or paste is taken as it comes: spaces of any
kind, the full-width signs of Chinese keyboards, a country code with 00, + or nothing.

>>> normalise_phone("１３９　１２３４　５６７８", "CN"), normalise_phone("(0)20 7946 0018", "GB")
('+8613912345678', '+442079460018')
>>> normalise_email(" Ana.Silva＠Example。COM ")
'Ana.Silva@example.com'
>>> normalise_phone("912 345 67", "PT")  # doctest: +IGNORE_EXCEPTION_DETAIL
Traceback (most recent call last):
...
ContactError: phone_short
"""

import re
import unicodedata

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from phonenumbers import PhoneNumberFormat, ValidationResult

#: code of a refusal -> sentence for the person at the desk; both may name the value
MESSAGES = {
    "phone_signs": "“%(value)s” is not a phone number: it may hold digits, spaces and a + only.",
    "phone_country": "“%(value)s” does not say its country: choose one, or begin with + and the country code.",
    "phone_code": "“%(value)s” begins with a country code that no country has.",
    "phone_short": "The phone number “%(value)s” is too short: some digits are missing.",
    "phone_long": "The phone number “%(value)s” has too many digits. One from another country begins with +"
    " and the country code.",
    "phone_unknown": "“%(value)s” is not a phone number that exists in its country. Is it from another one?"
    " Then choose that country, or begin with + and the country code.",
    "phone_extension": "Please note the extension in “%(value)s” elsewhere and keep the number itself here.",
    "email_many": "Please keep one e-mail address here: “%(value)s” holds several.",
    "email_at": "The e-mail address “%(value)s” needs one @ between name and domain, as in name@example.com.",
    "email_domain": "The e-mail address “%(value)s” ends in something that is not a domain such as example.com.",
    "email_wrong": "The e-mail address “%(value)s” cannot exist as it is written. Please read it again.",
}

#: longest text that is looked at, in characters
MAX_LENGTH = 254

_REASONS = {
    ValidationResult.TOO_SHORT: "phone_short",
    ValidationResult.TOO_LONG: "phone_long",
    ValidationResult.INVALID_COUNTRY_CODE: "phone_code",
}
_PHONE = re.compile(r"\+?[\d\s().\-/]+(?:(?:ext\.?|x|#)\s*\d+)?", re.IGNORECASE)
_DASHES = re.compile("[\u2010-\u2015\u2212\u30fc\u00b7\uff0d]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_ANGLE = re.compile(r"[^<>]*<\s*([^<>\s]+)\s*>")


class ContactError(ValueError):
    """What was typed cannot be used; ``code`` is a key of MESSAGES, ``value`` the text."""

    def __init__(self, code: str, value: str):
        super().__init__(code)
        self.code = code
        self.value = value


def clean(text: str | None) -> str:
    """Return text in plain signs: no full-width forms, no invisible ones, single spaces.

    >>> clean("　+８６ \\u200e139\\xa01234 "), clean(None)
    ('+86 139 1234', '')
    """
    if not text:
        return ""
    text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text[: 4 * MAX_LENGTH]))
    return " ".join(text.split())


def clean_name(text: str | None) -> str:
    """Return a name in plain spacing; its characters stay as they are, full-width letters apart.

    >>> clean_name(" Ｗａｎｇ　\\u200bWei\\n"), clean_name("﨑山"), clean_name("O’Neil\\x00")
    ('Wang Wei', '﨑山', 'O’Neil')
    """
    plain = _INVISIBLE.sub("", text or "").translate(_FULL_WIDTH)
    return " ".join("".join(sign if sign.isprintable() else " " for sign in plain).split())


def guess_kind(text: str | None) -> str:
    """Return what a typed text is most likely meant to be: 'phone', 'email' or 'name'.

    >>> [guess_kind(text) for text in ("139 1234 5678", "ana@ex", "王伟", "", "007 Bond", "12-3")]
    ['phone', 'email', 'name', 'name', 'name', 'name']
    """
    text = clean(text)
    if "@" in text:
        return "email"
    digits = sum(character.isdecimal() for character in text)
    return "phone" if digits >= 5 and _PHONE.fullmatch(_DASHES.sub("-", text)) else "name"


def normalise_phone(text: str | None, region: str | None = None) -> str:
    """Return a telephone number in E.164, or '' where nothing was typed.

    :param text: as typed
    :param region: country (ISO 3166, two letters) of numbers without a country code
    :raise ContactError: there is no such number

    >>> normalise_phone("0086 139-1234-5678"), normalise_phone("8613912345678", "PT")
    ('+8613912345678', '+8613912345678')
    >>> normalise_phone(" ", "CN"), normalise_phone("+86 139 1234 5678", "PT")
    ('', '+8613912345678')
    """
    typed = clean(text)
    plain = _DASHES.sub("-", typed)
    if not plain:
        return ""
    if len(plain) > MAX_LENGTH or not _PHONE.fullmatch(plain):
        raise ContactError("phone_signs", typed)
    problem = "phone_unknown"
    for number, country in _readings(plain, region):
        found, code = _read_phone(number, country)
        if found:
            return found
        problem = code if problem == "phone_unknown" else problem
    raise ContactError(problem, typed)


def _readings(plain, region):
    """Yield what the number may be as (text, country), the likeliest first."""
    digits = re.sub(r"\D", "", plain)
    if plain.startswith("+"):
        yield plain, None
        return
    yield plain, region
    if digits.startswith("00"):
        yield "+" + plain.lstrip("0"), None
    elif len(digits) >= 10:
        yield "+" + plain, None


def _read_phone(number, region):
    """Return (E.164, None), or (None, code of the problem)."""
    try:
        parsed = phonenumbers.parse(number, region)
    except phonenumbers.NumberParseException as error:
        codes = {error.INVALID_COUNTRY_CODE: "phone_code" if region or number[0] == "+" else "phone_country"}
        short = (error.TOO_SHORT_NSN, error.TOO_SHORT_AFTER_IDD, error.NOT_A_NUMBER)
        codes.update(dict.fromkeys(short, "phone_short"))
        return None, codes.get(error.error_type, "phone_long")
    reason = phonenumbers.is_possible_number_with_reason(parsed)
    if not phonenumbers.is_valid_number(parsed):
        return None, _REASONS.get(reason, "phone_unknown")
    if parsed.extension:
        return None, "phone_extension"
    return phonenumbers.format_number(parsed, PhoneNumberFormat.E164), None


def join_address(text):
    r"""Return the lines of an address in one, without those that nobody filled in.

    :param text: lines of an address, which may end in a comma or hold nothing else
    :rtype: str

    >>> join_address("1 Lake Road\nChina, \n, 杭州 ")
    '1 Lake Road, China, 杭州'
    >>> join_address("")
    ''
    """
    parts = re.split(r"[,\n]", text or "")
    return ", ".join(" ".join(part.split()) for part in parts if part.strip())


def normalise_email(text: str | None) -> str:
    """Return one e-mail address with its domain in lower case, or '' where nothing was typed.

    Whether the domain receives mail is not asked: a desk works without the internet too.

    :raise ContactError: this is not one address

    >>> normalise_email("Ana Silva <ana@example.com>"), normalise_email("mailto:li.lei@例子.中国")
    ('ana@example.com', 'li.lei@例子.中国')
    >>> for text in ("a@b.pt, c@d.pt", "ana.example.com", "a@b@c.pt", "ana@example", "a b@c.pt"):
    ...     try: normalise_email(text)
    ...     except ContactError as error: print(error.code)
    email_many
    email_at
    email_at
    email_domain
    email_wrong
    """
    typed = clean(text)
    plain = re.sub(r"^mailto:\s*", "", typed, flags=re.IGNORECASE)
    named = _ANGLE.fullmatch(plain)
    plain = (named[1] if named else plain).replace("。", ".").rstrip(".,;")
    if not plain:
        return ""
    if len(re.findall(r"\S@\S", plain)) > 1 and re.search(r"[,; ]", plain):
        raise ContactError("email_many", typed)
    if plain.count("@") != 1 or plain[0] == "@":
        raise ContactError("email_at", typed)
    if "." not in plain.rpartition("@")[2].strip("."):
        raise ContactError("email_domain", typed)
    try:
        return validate_email(plain, check_deliverability=False, test_environment=True).normalized
    except EmailNotValidError:
        raise ContactError("email_wrong", typed) from None
