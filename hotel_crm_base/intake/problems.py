"""What can be wrong with a row, in words for the person who mends it."""

from typing import NamedTuple


class Problem(NamedTuple):
    """One reason why a row is refused (or, as a note, loaded with a remark)."""

    row: int  #: number of the row in the file, the header being row 1
    column: str  #: header of the column, or name of the target where none was mapped
    value: str  #: what stood there, shortened
    code: str  #: key of REASONS or NOTES
    detail: str = ""  #: fills %s in the reason


class Bad:
    """A value that could not be read; stands in a parsed column instead of the value.

    >>> Bad("too_long", "256").code
    'too_long'
    """

    __slots__ = ("code", "detail")

    def __init__(self, code, detail=""):
        self.code = code
        self.detail = detail

    def __repr__(self):
        return f"Bad({self.code!r}, {self.detail!r})"


#: code -> English sentence; the Odoo layer translates by code
REASONS = {
    "required": "A value is required here",
    "too_long": "Longer than %s characters",
    "broken_text": "Broken characters: the file was saved or opened in another encoding",
    "open_quote": "A quotation mark is never closed, so the rest of the file landed in this cell",
    "formula": "A formula instead of a value",
    "formula_no_value": "A formula without a stored value: open the file in a spreadsheet and save it",
    "sheet_error": "An error value of a spreadsheet",
    "too_many_cells": "The row has more cells than the header, so values have moved",
    "bad_date": "Not a date in the form %s",
    "far_date": "A date outside 1900 to 2100",
    "future_birth": "A birth date in the future",
    "bad_number": "Not a number",
    "bad_integer": "Not a whole number",
    "too_large": "Larger than %s",
    "negative": "Less than zero",
    "bad_boolean": "Neither yes nor no",
    "bad_choice": "Not one of: %s",
    "bad_country": "No such country",
    "bad_email": "Not an e-mail address",
    "bad_phone": "Not a telephone number (numbers without +country code need a default country)",
    "bad_currency": "No such currency, or not in use",
    "bad_lang": "This language is not installed",
    "bad_document": "The document number is wrong: %s",
    "no_property": "No such property, or it is not one of yours",
    "no_room_type": "No such room type in this property",
    "no_room": "No such room in this property",
    "no_outlet": "No such outlet in this property",
    "no_code": "Not in the list of codes",
    "no_guest": "No guest with this number from the same source system",
    "no_stay": "No stay with this number from the same source system",
    "no_reversed": "The charge that is taken back was not found",
    "reversal_amount": "A reversal takes back exactly the amount, property and currency of its charge",
    "departure_first": "The departure is before the arrival",
    "long_stay": "A stay of more than %s nights",
    "dates_differ": "Arrival, departure and nights do not fit together",
    "negative_rate": "A negative rate (the job can accept them as corrections)",
    "same_reference": "Row %s of this file has the same reference",
    "state_back": "The stay has begun already and cannot be booked again",
    "changed": "This charge was loaded before with another %s; correct it by a reversal",
    "ambiguous": "Several guests match",
    "reference_blocked": "This guest was erased on request",
    "no_person_named": "Nobody is named: give a guest, or a stay that has one",
    "other_property": "This number belongs to a stay of a property that is not one of yours",
    "unknown_field": "There is no field %s",
    "bad_type": "Neither a text nor a number nor true or false",
    "database": "Refused by the database: %s",
}

#: remarks on rows that are loaded all the same
NOTES = {
    "day_use": "No nights: loaded as day use",
    "no_person": "No person at all: loaded with nobody counted",
    "negative_rate_kept": "Negative rate kept",
    "no_guest_given": "No guest: the stay is anonymous",
    "empty_count": "Number of persons empty: counted as none",
}


def shorten(value, limit=120):
    """Return text for display, at most ``limit`` characters.

    >>> shorten("x" * 500, 10)
    'xxxxxxxxx…'
    >>> shorten(None)
    ''
    """
    text = "" if value is None else str(value)
    return text if len(text) <= limit else text[: limit - 1] + "…"


def describe(problem):
    """Return the English sentence of a problem.

    >>> describe(Problem(3, "name", "xx", "too_long", "256"))
    'Longer than 256 characters'
    """
    text = REASONS.get(problem.code) or NOTES[problem.code]
    return text % problem.detail if "%s" in text else text
