"""What a visitor of the booking pages sends: read, bounded and cleaned, never trusted.

Plain Python, no Odoo, no clock. What is wrong is a code, which the pages turn into a sentence.

>>> from datetime import date
>>> today = date(2028, 2, 27)
>>> search = read_search({"arrival": "2028-02-28", "departure": "2028-03-01", "adults": "2"}, today, 365)
>>> search.nights, search.problem, search.query["departure"]
(2, '', '2028-03-01')
>>> read_search({"arrival": "2028-02-26", "departure": "2028-03-01"}, today, 365).problem
'arrival_past'
>>> read_search({"arrival": "2028-13-26", "departure": "x"}, today, 365).problem
'dates_wrong'
"""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from . import contact

#: most persons of a kind in a room, most rooms, most nights that are searched for at once
MAX_ADULTS, MAX_CHILDREN, MAX_ROOMS, MAX_NIGHTS = 10, 8, 9, 90
#: longest texts, in characters
MAX_NAME, MAX_NOTE, MAX_CODE = 128, 1000, 64
#: a field that people do not see and programs fill in
TRAP = "company_website"


@dataclass(frozen=True)
class Pick:
    """One room that was chosen: its type, its rate plan (None for the public rates) and who sleeps in it."""

    type_id: int
    plan_id: int | None
    adults: int
    children: int = 0

    def __str__(self) -> str:
        return f"{self.type_id}.{self.plan_id or 0}.{self.adults}.{self.children}"


@dataclass(frozen=True)
class Search:
    """Dates, persons in each room, and rooms. ``problem`` is a code, empty where all is well.

    Rooms are alike, or chosen one after the other: then ``picks`` are those chosen so far, and the persons
    are those of the room that is chosen next.
    """

    arrival_date: date | None = None
    departure_date: date | None = None
    adults: int = 2
    children: int = 0
    rooms: int = 1
    problem: str = ""
    is_each: bool = False
    picks: tuple[Pick, ...] = ()

    @property
    def nights(self) -> int:
        """Number of nights; 0 without dates."""
        dated = self.arrival_date and self.departure_date
        return (self.departure_date - self.arrival_date).days if dated else 0

    @property
    def is_ready(self) -> bool:
        """Whether rooms can be searched for."""
        return bool(self.nights) and not self.problem

    @property
    def query(self) -> dict:
        """What the address of a page says about it; nothing in it is about a person.

        >>> Search(date(2028, 2, 28), date(2028, 3, 1), children=1).query
        {'arrival': '2028-02-28', 'departure': '2028-03-01', 'adults': 2, 'children': 1, 'rooms': 1}
        >>> Search(rooms=2, is_each=True, picks=(Pick(7, 3, 2, 1), Pick(8, None, 1))).query
        {'adults': 2, 'children': 0, 'rooms': 2, 'each': 1, 'picks': '7.3.2.1-8.0.1.0'}
        """
        dates = {}
        if self.arrival_date and self.departure_date:
            dates = {"arrival": self.arrival_date.isoformat(), "departure": self.departure_date.isoformat()}
        each = {"each": 1} if self.is_each else {}
        picks = {"picks": "-".join(map(str, self.picks))} if self.picks else {}
        return {**dates, "adults": self.adults, "children": self.children, "rooms": self.rooms, **each, **picks}

    @property
    def is_complete(self) -> bool:
        """Whether every room was chosen, where rooms are chosen one after the other."""
        return self.is_each and len(self.picks) == self.rooms

    def picked(self, *picks: Pick) -> "Search":
        """Return the same search with these rooms chosen, one after the other."""
        return replace(self, is_each=True, picks=picks)

    def of_room(self, pick: Pick) -> "Search":
        """Return the search of one room for who sleeps in a room that was chosen.

        >>> Search(rooms=2).of_room(Pick(7, 3, 1, 2)).query
        {'adults': 1, 'children': 2, 'rooms': 1}
        """
        return replace(self, adults=pick.adults, children=pick.children, rooms=1, is_each=False, picks=())

    def moved(self, days: int) -> "Search":
        """Return the same search some days later; earlier where the number is negative.

        >>> Search(date(2028, 2, 28), date(2028, 3, 1)).moved(-1).query["departure"]
        '2028-02-29'
        """
        shift = timedelta(days=days)
        return replace(self, arrival_date=self.arrival_date + shift, departure_date=self.departure_date + shift)


def read_search(params, today: date, horizon_days: int) -> Search:
    """Return what is searched for; without any date a search that is not ready and has no problem.

    :param params: as they came with the request
    :param today: the date at the property
    :param horizon_days: how many days ahead rooms are sold

    >>> read_search({"adults": "999", "rooms": "-1"}, date(2028, 2, 27), 365)
    Search(arrival_date=None, departure_date=None, adults=10, children=0, rooms=1, problem='', is_each=False, picks=())
    >>> day = date(2028, 2, 27)
    >>> [read_search({"arrival": a, "departure": d}, day, 30).problem for a, d in (
    ...     ("2028-03-01", "2028-03-01"), ("2028-03-02", "2028-03-01"), ("2028-03-02", ""),
    ...     ("2028-03-02", "2028-07-01"), ("2028-03-27", "2028-03-30"))]
    ['dates_order', 'dates_order', 'dates_wrong', 'too_long', 'too_far']
    """
    counts = {
        "adults": read_number(params.get("adults"), 1, MAX_ADULTS, 2),
        "children": read_number(params.get("children"), 0, MAX_CHILDREN, 0),
        "rooms": read_number(params.get("rooms"), 1, MAX_ROOMS, 1),
    }
    counts["is_each"] = counts["rooms"] > 1 and params.get("each") in ("1", 1)
    counts["picks"] = read_picks(params.get("picks"), counts["rooms"]) if counts["is_each"] else ()
    if not (params.get("arrival") or params.get("departure")):
        return Search(**counts)
    arrival, departure = read_date(params.get("arrival")), read_date(params.get("departure"))
    problem = _check_dates(arrival, departure, today, horizon_days)
    return Search(arrival, departure, **counts, problem=problem)


def _check_dates(arrival, departure, today, horizon_days):
    """Return the code of what is wrong with two dates, or an empty text."""
    if not arrival or not departure:
        return "dates_wrong"
    if departure <= arrival:
        return "dates_order"
    if arrival < today:
        return "arrival_past"
    if (departure - arrival).days > MAX_NIGHTS:
        return "too_long"
    return "too_far" if (departure - today).days > horizon_days else ""


def read_date(text) -> date | None:
    """Return the date of a text such as 2028-02-29, or None.

    >>> read_date("2028-02-29"), read_date("2027-02-29"), read_date(None), read_date("2028-2-29 ")
    (datetime.date(2028, 2, 29), None, None, None)
    """
    if not isinstance(text, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def read_number(text, least: int, most: int, default: int) -> int:
    """Return a whole number between two bounds; the default where there is none.

    >>> [read_number(text, 1, 9, 2) for text in ("3", "0", "12", "x", None, "", "²", "9" * 5000)]
    [3, 1, 9, 2, 2, 2, 2, 9]
    """
    text = str(text if text is not None else "").strip()
    if not re.fullmatch(r"-?\d+", text, re.ASCII):
        return default
    return max(least, min(most, int(text[:12])))


def read_id(text) -> int | None:
    """Return the id of a record, or None where this cannot be one.

    >>> [read_id(text) for text in ("7", 7, "-7", "0", "99999999999", "7 or 1=1", None)]
    [7, 7, None, None, None, None, None]
    """
    text = str(text if text is not None else "")
    found = int(text) if re.fullmatch(r"\d{1,10}", text, re.ASCII) else 0
    return found if 0 < found < 2**31 else None


def read_picks(text, most: int) -> tuple[Pick, ...]:
    """Return the rooms that were chosen, as an address says them; those before the first that cannot be.

    >>> read_picks("7.3.2.1-8.0.1.0", 9)
    (Pick(type_id=7, plan_id=3, adults=2, children=1), Pick(type_id=8, plan_id=None, adults=1, children=0))
    >>> [len(read_picks(text, 2)) for text in ("7.3.2.1-x", "7.3.2", "7.3.99.0", None, "7.3.2.1-" * 5000, "7.3.²1.0")]
    [1, 0, 0, 0, 2, 0]
    """
    picks = []
    for part in str(text or "")[: 40 * most].split("-")[:most]:
        match = re.fullmatch(r"(\d{1,10})\.(\d{1,10})\.(\d{1,2})\.(\d{1,2})", part, re.ASCII)
        type_id, plan_id, adults, children = map(int, match.groups()) if match else (0, 0, 0, 0)
        if not read_id(type_id) or not 1 <= adults <= MAX_ADULTS or children > MAX_CHILDREN:
            break
        picks.append(Pick(type_id, read_id(plan_id), adults, children))
    return tuple(picks)


def read_text(text, most: int) -> str:
    """Return a text of several lines without signs that nobody types, cut to a length.

    >>> read_text(" Late,\\r\\n\\x00please\\u202e ", 20), read_text(None, 5), read_text("abcdef", 3)
    ('Late,\\nplease', '', 'abc')
    """
    lines = (contact.clean_name(line) for line in str(text or "")[: 4 * most].splitlines())
    return "\n".join(lines).strip()[:most]


def read_form(values, rooms: int, region: str | None) -> tuple[dict, dict]:
    """Return what a visitor wrote, and what is wrong: field to code or ContactError.

    :param values: as they came with the request
    :param rooms: number of rooms; each may have the name of who sleeps there
    :param region: country of telephone numbers without a country code

    >>> facts, problems = read_form({"name": " Ana ", "phone": "912 345 678", "agreed": "1"}, 1, "PT")
    >>> facts["name"], facts["phone"], facts["email"], problems
    ('Ana', '+351912345678', '', {})
    >>> read_form({"name": "7", "email": "ana@"}, 1, "PT")[1]["email"].code
    'email_domain'
    >>> sorted(read_form({"arrival_hour": "25"}, 1, "PT")[1].items())
    [('agreed', 'not_agreed'), ('email', 'contact_missing'), ('name', 'name_missing')]
    """
    problems = {}
    facts = {
        "name": contact.clean_name(str(values.get("name") or ""))[:MAX_NAME],
        "note": read_text(values.get("note"), MAX_NOTE),
        "code": contact.clean(str(values.get("code") or ""))[:MAX_CODE],
        "guests": [
            contact.clean_name(str(values.get(f"guest_{number}") or ""))[:MAX_NAME]
            for number in range(1, rooms + 1)
        ],
        "arrival_hour": read_number(values.get("arrival_hour"), -1, 23, -1),
        "phone": _read_contact(contact.normalise_phone, values, "phone", problems, region),
        "email": _read_contact(contact.normalise_email, values, "email", problems),
    }
    if not any(sign.isalpha() for sign in facts["name"]):
        problems["name"] = "name_missing"
    if not (facts["email"] or facts["phone"] or {"email", "phone"} & set(problems)):
        problems["email"] = "contact_missing"
    if not values.get("agreed"):
        problems["agreed"] = "not_agreed"
    return facts, problems


def _read_contact(normalise, values, name, problems, *arguments):
    """Return a number or an address as it is stored, or note why it cannot be right."""
    try:
        return normalise(str(values.get(name) or ""), *arguments)
    except contact.ContactError as error:
        problems[name] = error
        return ""


def is_trapped(values) -> bool:
    """Return whether a program filled in what people do not see.

    >>> is_trapped({TRAP: "http://spam.example"}), is_trapped({TRAP: " "}), is_trapped({})
    (True, False, False)
    """
    return bool(str(values.get(TRAP) or "").strip())
