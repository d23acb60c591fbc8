"""What happened to members: the input of the evaluation. Values only.

Amounts are ``Decimal`` (or whole numbers) in the programme's currency, net of tax. Points are whole
numbers. Dates are business dates of the property. The ``key`` of a fact is unique within its member, whatever
its kind; a fact that is given twice counts once.

>>> from decimal import Decimal
>>> stay = Stay("s1", date(2026, 5, 1), date(2026, 5, 4), spend=(("room", Decimal(900)),))
>>> stay.nights, stay.on, Stay("s2", date(2026, 5, 1), date(2026, 5, 4), is_no_show=True).on
(3, datetime.date(2026, 5, 4), datetime.date(2026, 5, 1))
>>> [member.key for member in group([("b", date(2026, 1, 1), stay), ("a", date(2026, 1, 2), None)])]
['a', 'b']
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple


class Stay(NamedTuple):
    """One stay from arrival to departure, in one room or more. It counts on its departure."""

    key: str
    arrival: date
    departure: date
    spend: tuple = ()  #: pairs (revenue group, amount net of tax), of all rooms together
    property_code: str = ""
    brand: str = ""
    rate: str = ""
    channel: str = ""
    segment: str = ""
    rooms: int = 1
    booked: date | None = None
    is_own: bool = True  #: the member slept there; False: booked for somebody else
    is_award: bool = False  #: nights paid with points
    is_no_show: bool = False  #: nobody came: counts on the day of arrival, as a no-show only
    nights_cut: int = 0  #: nights taken back by refunds

    kind = "stay"
    outlet = ""
    event = ""

    @property
    def nights(self) -> int:
        """Nights of one room; 0 for day use."""
        return max((self.departure - self.arrival).days - self.nights_cut, 0)

    @property
    def on(self) -> date:
        """The day on which the stay becomes a fact."""
        return self.arrival if self.is_no_show else self.departure


class Purchase(NamedTuple):
    """Spend without a stay: a dinner, a banquet, the shop."""

    key: str
    on: date
    spend: tuple = ()  #: pairs (revenue group, amount net of tax)
    property_code: str = ""
    brand: str = ""
    outlet: str = ""
    channel: str = ""
    segment: str = ""
    event: str = ""  #: what several bills of one banquet or meeting have in common
    is_own: bool = True

    kind = "purchase"
    rate = ""
    rooms = 1
    nights = 0
    is_award = is_no_show = False
    booked = None
    arrival = departure = None


class Posting(NamedTuple):
    """Points that come or go by themselves: see ``POSTINGS``. ``lots`` is what arrives with dates of its own."""

    key: str
    on: date
    kind: str
    points: int
    expires: date | None = None
    status_points: int = 0
    lots: tuple = ()  #: of a transfer from another member: pairs (points, date on which they expire or None)
    note: str = ""


#: kinds of a Posting -> the activity that it is (see ``Expiry.activities``), or None
POSTINGS = {"partner": "earn", "buy": "buy", "transfer": "transfer", "gift": "gift", "adjust": None, "opening": None}


class Redemption(NamedTuple):
    """Points spent. A redemption that was cancelled gives them back on that day."""

    key: str
    on: date
    points: int
    reward: str = ""
    cancelled: date | None = None


class Refund(NamedTuple):
    """Money given back for a stay or a purchase, or a departure that was earlier than billed.

    Without ``spend`` and ``nights`` the whole stay or purchase is taken back.
    """

    key: str
    on: date
    target: str
    spend: tuple = ()  #: pairs (revenue group, amount net of tax that was given back)
    nights: int = 0


class Grant(NamedTuple):
    """A tier that was not earned: bought, gifted, matched or by invitation."""

    key: str
    on: date
    tier: str
    kind: str = "gifted"
    until: date | None = None  #: last day; None: as if the tier had been earned that day


class Extension(NamedTuple):
    """Points live at least until a day: those of one lot, or all that are open."""

    key: str
    on: date
    until: date
    lot: str = ""


class Choice(NamedTuple):
    """What the member took of the options of a milestone."""

    key: str
    on: date
    milestone: str  #: key of the decision that offered it
    option: str


class Member(NamedTuple):
    """A member with everything that happened, in any order."""

    key: str
    joined: date
    facts: tuple = ()


def group(rows: Iterable[tuple]) -> Iterator[Member]:
    """Turn flat rows (member key, day of joining, fact or None) into members, ordered by key."""
    joined, facts = {}, {}
    for key, day, fact in rows:
        joined[key] = min(day, joined.get(key, day))
        found = facts.setdefault(key, [])
        if fact is not None:
            found.append(fact)
    for key in sorted(facts):
        yield Member(key, joined[key], tuple(facts[key]))
