"""What the import says, in the words that are translated; the keys are those of intake/."""

from odoo.tools import LazyTranslate

from ...intake import problems
from ..guest.identity_messages import MESSAGES as DOCUMENT_MESSAGES

_lt = LazyTranslate(__name__)

#: models whose rules the database may object by
RULED = ("hotel.stay", "hotel.consumption", "hotel.service.record", "res.partner", "hotel.stay.night")

#: sentences of problems.REASONS
REASONS = {
    "required": _lt("A value is required here"),
    "too_long": _lt("Longer than %s characters"),
    "broken_text": _lt("Broken characters: the file was saved or opened in another encoding"),
    "open_quote": _lt("A quotation mark is never closed, so the rest of the file landed in this cell"),
    "formula": _lt("A formula instead of a value"),
    "formula_no_value": _lt("A formula without a stored value: open the file in a spreadsheet and save it"),
    "sheet_error": _lt("An error value of a spreadsheet"),
    "too_many_cells": _lt("The row has more cells than the header, so values have moved"),
    "bad_date": _lt("Not a date in the form %s"),
    "far_date": _lt("A date outside 1900 to 2100"),
    "future_birth": _lt("A birth date in the future"),
    "bad_number": _lt("Not a number"),
    "bad_integer": _lt("Not a whole number"),
    "too_large": _lt("Larger than %s"),
    "negative": _lt("Less than zero"),
    "bad_boolean": _lt("Neither yes nor no"),
    "bad_choice": _lt("Not one of: %s"),
    "bad_country": _lt("No such country"),
    "bad_email": _lt("Not an e-mail address"),
    "bad_phone": _lt("Not a telephone number (numbers without +country code need a default country)"),
    "bad_currency": _lt("No such currency, or not in use"),
    "bad_lang": _lt("This language is not installed"),
    "bad_document": _lt("The document number is wrong: %s"),
    "no_property": _lt("No such property, or it is not one of yours"),
    "no_room_type": _lt("No such room type in this property"),
    "no_room": _lt("No such room in this property"),
    "no_outlet": _lt("No such outlet in this property"),
    "no_code": _lt("Not in the list of codes"),
    "no_guest": _lt("No guest with this number from the same source system"),
    "no_stay": _lt("No stay with this number from the same source system"),
    "no_reversed": _lt("The charge that is taken back was not found"),
    "reversal_amount": _lt("A reversal takes back exactly the amount, property and currency of its charge"),
    "departure_first": _lt("The departure is before the arrival"),
    "long_stay": _lt("A stay of more than %s nights"),
    "dates_differ": _lt("Arrival, departure and nights do not fit together"),
    "negative_rate": _lt("A negative rate (the job can accept them as corrections)"),
    "same_reference": _lt("Row %s of this file has the same reference"),
    "state_back": _lt("The stay has begun already and cannot be booked again"),
    "changed": _lt("This charge was loaded before with another %s; correct it by a reversal"),
    "ambiguous": _lt("Several guests match"),
    "reference_blocked": _lt("This guest was erased on request"),
    "no_person_named": _lt("Nobody is named: give a guest, or a stay that has one"),
    "other_property": _lt("This number belongs to a stay of a property that is not one of yours"),
    "unknown_field": _lt("There is no field %s"),
    "bad_type": _lt("Neither a text nor a number nor true or false"),
    "database": _lt("Refused by the database: %s"),
}
#: sentences of problems.NOTES
NOTES = {
    "day_use": _lt("No nights: loaded as day use"),
    "no_person": _lt("No person at all: loaded with nobody counted"),
    "negative_rate_kept": _lt("Negative rate kept"),
    "no_guest_given": _lt("No guest: the stay is anonymous"),
    "empty_count": _lt("Number of persons empty: counted as none"),
}
#: sentences of reader.FILE_ERRORS
FILE_ERRORS = {
    "empty": _lt("The file is empty."),
    "no_header": _lt("The first row must name the columns."),
    "no_rows": _lt("The file has a header but no rows."),
    "too_big": _lt("The file is too big to be read in one piece."),
    "bad_gzip": _lt("The compressed file is damaged."),
    "bad_sheet": _lt("The spreadsheet is damaged, protected by a password or of an old format."),
    "bad_csv": _lt("The file is no table of text."),
}
#: sentences of plan.PLAN_ERRORS
PLAN_ERRORS = {
    "no_column": _lt("The file has no column %s."),
    "no_target": _lt("%s is not something this kind of import can take."),
    "twice": _lt("Two columns go to %s."),
    "missing": _lt("No column goes to %s."),
}


def explain(env, code, detail=""):
    """Return the sentence of a reason or note in the user's language.

    :param str code: key of problems.REASONS or NOTES
    :param str detail: fills the place in the sentence: a value, or the code of a sentence in it
    :rtype: str
    """
    known = REASONS if code in problems.REASONS else NOTES
    text = env._(known[code])
    if "%s" not in text:
        return text
    if code == "bad_document" and detail in DOCUMENT_MESSAGES:
        detail = env._(DOCUMENT_MESSAGES[detail])
    if code == "database":
        detail = explain_constraint(env, detail)
    return text % detail


def explain_constraint(env, name):
    """Return what a rule of the database says, in the user's language; its name where it says nothing.

    :param str name: of a constraint of the models that are loaded
    :rtype: str
    """
    # the sentences of rules are no secret
    rules = env["ir.model.constraint"].sudo()
    return rules.search([("name", "=", name), ("model.model", "in", RULED)], limit=1).message or name


def explain_plan(env, code, detail):
    """Return the sentence of what is wrong with a mapping, in the user's language.

    :param str code: key of plan.PLAN_ERRORS
    :param str detail: fills the place in the sentence
    :rtype: str
    """
    text = env._(PLAN_ERRORS[code])
    return text % detail
