"""A booking as coupons see it: before it is made and afterwards alike. Plain Python, no Odoo.

>>> from .discounts import Charge
>>> night = Charge(("room 1", date(2026, 5, 1)), 11000, product=7, net=10000)
>>> rooms = (Room(2, date(2026, 5, 1), date(2026, 5, 3)),)
>>> wanted = Booking(1, frozenset({5}), date(2026, 4, 1), (night, night), rooms)
>>> wanted.total, wanted.net, wanted.nights, wanted.arrival_date
(22000, 20000, 2, datetime.date(2026, 5, 1))
"""

from datetime import date
from typing import NamedTuple


class Room(NamedTuple):
    """One room of a booking; ids of the property's room type and rate plan."""

    room_type_id: int
    arrival_date: date
    departure_date: date
    rate_plan_id: int | None = None
    adults: int = 1
    children: int = 0

    @property
    def nights(self) -> int:
        """Return the number of nights; 0 for day use."""
        return (self.departure_date - self.arrival_date).days


class Booking(NamedTuple):
    """What a condition of a coupon may ask about. Amounts are in the smallest coin of the property's currency."""

    property_id: int
    partner_ids: frozenset  #: whose personal coupons may be used: the booker, who sleeps there, their company
    day: date  #: today by the clock of the property
    charges: tuple = ()  #: the nights, a Charge each
    rooms: tuple = ()  #: a Room each
    channel: str = ""  #: code of hotel.channel
    reservation_id: int | None = None  #: None before it is booked

    @property
    def total(self) -> int:
        """Return the price of all nights, with tax."""
        return sum(charge.amount for charge in self.charges)

    @property
    def net(self) -> int:
        """Return the price of all nights, without tax."""
        return sum(charge.net for charge in self.charges)

    @property
    def nights(self) -> int:
        """Return how many nights are charged, of all rooms."""
        return len(self.charges)

    @property
    def arrival_date(self) -> date | None:
        """Return the first day of arrival."""
        return min((room.arrival_date for room in self.rooms), default=None)
