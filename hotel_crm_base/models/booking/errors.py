"""What can stand against a booking: a sentence for people, a code for other systems.

All are user errors: the web client and the portal show the sentence, the API answers with the code.
"""

from odoo.exceptions import UserError


class BookingError(UserError):
    """A booking, a change or a cancellation that cannot be."""

    code = "booking_refused"


class InvalidTerms(BookingError):
    """What was asked for makes no sense, such as a departure before the arrival."""

    code = "invalid_terms"


class SoldOut(BookingError):
    """There is no room of this type for all of these nights, or this very room is taken."""

    code = "sold_out"


class NotForSale(BookingError):
    """Closed for sale, closed to arrival or departure, or a length of stay that is not sold."""

    code = "not_for_sale"


class HoldExpired(BookingError):
    """The room was held for a while and is held no more."""

    code = "hold_expired"


class PriceChanged(BookingError):
    """The price is not the one that was shown."""

    code = "price_changed"


class GuestRefused(BookingError):
    """The hotel does not take bookings of this guest; the sentence for guests is a polite one."""

    code = "guest_refused"


class CodeRefused(BookingError):
    """The code of an offer cannot be used for this booking."""

    code = "code_refused"


class NotChangeable(BookingError):
    """The terms or the state of the booking allow no such change."""

    code = "not_changeable"


class Busy(BookingError):
    """So many are booking that the turn did not come in time."""

    code = "try_again"
