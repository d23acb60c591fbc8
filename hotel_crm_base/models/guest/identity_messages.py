"""What identity.py says, in the words that are translated."""

from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

# the sentences of identity.MESSAGES, for translation
MESSAGES = {
    "empty": _lt("Please enter the number of the document."),
    "characters": _lt("A document number holds letters A to Z and digits only."),
    "kind": _lt("This kind of document is not known."),
    "cn_id_old": _lt(
        "Numbers of 15 digits ended in 2013: please take the 18 characters of the"
        " guest's present card."
    ),
    "cn_id_length": _lt("An identity card number has 18 characters."),
    "cn_id_form": _lt("An identity card number is 17 digits, then a digit or X."),
    "check_digit": _lt(
        "The last character does not fit the rest: please read the number again."
    ),
    "birth_date": _lt("Positions 7 to 14 of the number are no birth date."),
    "cn_residence_form": _lt("The number of a residence permit begins with 81, 82 or 83."),
    "cn_id_residence": _lt(
        "Numbers that begin with 81, 82 or 83 stand on residence permits of"
        " residents of Hong Kong, Macao and Taiwan: please choose that kind."
    ),
    "hk_mo_permit_form": _lt(
        "A travel permit of a resident of Hong Kong or Macao is H or M, then 8 digits."
    ),
    "tw_permit_form": _lt("A travel permit of a resident of Taiwan has 8 digits."),
    "cn_permanent_form": _lt(
        "A permanent resident card has 18 characters beginning with 9, or, in"
        " its old form, 3 letters and 12 digits."
    ),
    "passport_form": _lt(
        "A passport number has 6 to 9 letters and digits, at least three of them digits."
    ),
    "passport_form_cn": _lt(
        "A Chinese passport is E, a letter or digit and 7 digits; or G and 8"
        " digits; or D, S or P, E where there is one, and 7 digits."
    ),
    "licence_form": _lt("A driver's licence has 5 to 20 letters and digits."),
    "other_form": _lt("A document number has 5 to 30 letters and digits."),
}
