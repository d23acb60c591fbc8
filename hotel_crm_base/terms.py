"""What somebody wants to book, as the booking page, the desk and other systems say it.

Values only: no record, no query. The models check them and turn them into reservations.

>>> from datetime import date
>>> wish = RoomWish(7, date(2028, 2, 28), date(2028, 3, 1), adults=2)
>>> wish.nights, [night.day for night in wish.dates]
(2, [28, 29])
>>> wish.persons
2
"""

from dataclasses import dataclass, field
from datetime import date, timedelta


@dataclass(frozen=True)
class RoomWish:
    """One room for one range of dates; the dates are the property's, the last one is the departure."""

    room_type_id: int
    arrival_date: date
    departure_date: date
    adults: int = 1
    children: int = 0
    infants: int = 0
    rate_plan_id: int | None = None
    room_id: int | None = None
    guest_id: int | None = None

    @property
    def nights(self) -> int:
        """Number of nights; 0 for day use, negative where the dates are the wrong way round."""
        return (self.departure_date - self.arrival_date).days

    @property
    def dates(self) -> list[date]:
        """The nights, each by the date of its evening; the departure day is none."""
        return [self.arrival_date + timedelta(days=number) for number in range(self.nights)]

    @property
    def persons(self) -> int:
        """How many people sleep in the room; infants are not counted."""
        return self.adults + self.children


@dataclass(frozen=True)
class BookingTerms:
    """A whole booking: who books, what, through which channel, and at which price he or she was told.

    ``partner_id`` is the booker, ``payer_id`` who pays the rooms where it is somebody else.
    ``channel`` and ``market_segment`` are codes. ``expected_total`` is the total with tax that was
    shown, in the property's currency; a booking at another price is refused.
    ``source_system`` and ``source_ref`` name the request: the same request twice is one booking.
    """

    property_id: int
    rooms: tuple[RoomWish, ...]
    partner_id: int
    payer_id: int | None = None
    channel: str = "direct"
    market_segment: str | None = None
    code: str = ""
    note: str = ""
    expected_total: float | None = None
    source_system: str | None = None
    source_ref: str | None = None
    extra: dict = field(default_factory=dict)
