"""Endpoints that other systems ask: guests, stays and consumption. No identity numbers, and no name in an address."""

from .endpoint import Endpoint
from .schema import Day, Flag, Instant, Listing, Number, Record, Text, Whole

#: rows of a page, where nothing is said, and at most
PAGE, PAGE_MOST = 100, 500
GUESTS, STAYS, CONSUMPTION = "guests.read", "stays.read", "consumption.read"

NUMBER = Whole(1)
GUEST_ID = {"id": Whole(1, about="Number of the guest, as events and lists give it.")}
PROPERTY = Text(most=64, about="Code of the property.", example="HARB")
LONG = Text(least=0, most=4096, optional=True)
CHANGED = Instant(about="When it was last changed.")

REFERENCE = Record({"source_system": Text(least=0), "source_ref": Text(least=0)})
GUEST = Record(
    {
        "id": NUMBER,
        "code": Text(least=0, optional=True, about="Member number."),
        "name": LONG,
        "email": LONG,
        "phone": LONG,
        "birth_date": Day(optional=True),
        "gender": Text(optional=True),
        "nationality": Text(optional=True, about="Country, ISO 3166.", example="CN"),
        "language": Text(optional=True, example="zh_CN"),
        "city": LONG,
        "country": Text(optional=True),
        "vip": LONG,
        "is_blocked": Flag(about="No new bookings are taken of this guest."),
        "state": Text(
            choices=("active", "archived", "merged", "erased"),
            about="Of a merged guest “merged_into_id” goes on; of an erased one nothing is left but the number.",
        ),
        "merged_into_id": Whole(1, optional=True),
        "references": Listing(REFERENCE, about="Numbers of this guest in other systems."),
        "changed_at": CHANGED,
    }
)
HIT = Record(
    {
        "id": NUMBER,
        "code": Text(least=0, optional=True),
        "name": LONG,
        "email": LONG,
        "phone": LONG,
        "birth_date": Day(optional=True),
        "match": Text(choices=("exact", "prefix", "part")),
        "last_stay": Day(optional=True, about="Last arrival at the properties of the key."),
        "in_house": Flag(),
    }
)
STAY = Record(
    {
        "id": NUMBER,
        "guest_id": Whole(1, optional=True),
        "property": PROPERTY,
        "booking": LONG,
        "state": Text(choices=("held", "booked", "in_house", "departed", "cancelled", "no_show")),
        "arrival": Day(),
        "departure": Day(),
        "room_type": LONG,
        "room": LONG,
        "rate_plan": LONG,
        "channel": LONG,
        "checked_in_at": Instant(optional=True),
        "checked_out_at": Instant(optional=True),
        "source_system": LONG,
        "source_ref": LONG,
        "changed_at": CHANGED,
    }
)
CHARGE = Record(
    {
        "id": NUMBER,
        "guest_id": Whole(1, optional=True),
        "stay_id": Whole(1, optional=True),
        "property": PROPERTY,
        "outlet": LONG,
        "kind": Text(),
        "business_date": Day(),
        "bill_ref": LONG,
        "amount_gross": Number(),
        "amount_net": Number(),
        "currency": Text(example="CNY"),
        "reversal_of_id": Whole(1, optional=True),
        "source_system": LONG,
        "source_ref": LONG,
        "changed_at": CHANGED,
    }
)
FLAG = Record({"level": Text(choices=("danger", "warning", "info")), "text": Text(least=0, most=4096)})

PAGING = {
    "cursor": Text(most=512, optional=True, about="What the page before gave as “next_cursor”."),
    "changed_since": Instant(optional=True, about="Begin with what was changed then; not beside a cursor."),
    "limit": Whole(1, PAGE_MOST, optional=True, about=f"Rows of a page; {PAGE} where nothing is said."),
}
LISTS = (
    "Oldest change first. Ask again with “next_cursor”, also after the last page (“more” is false): what is changed"
    " later comes then. Nothing is left out, also of what others are just writing; a row that is changed comes again."
)


def make_list(name, row, scope, call, summary, tag):
    """Return the endpoint of a list of what was changed."""
    answer = {
        name: Listing(row, most=PAGE_MOST),
        "next_cursor": Text(most=512, optional=True),
        "more": Flag(about="Whether there is another page already."),
    }
    more = {"query": PAGING, "errors": ("invalid_cursor",), "about": LISTS, "tag": tag}
    return Endpoint("GET", name, scope, call, summary, Record(answer), **more)


def make_guest_endpoint(path, call, summary, answer, scope=GUESTS, about="", tag="Guests"):
    """Return the endpoint of something that belongs to one guest."""
    return Endpoint("GET", f"guests/{{id}}/{path}", scope, call, summary, answer, params=GUEST_ID, about=about, tag=tag)


MODEL = "hotel.api.reading"
ENDPOINTS = [
    Endpoint(
        "POST",
        "guests/lookup",
        GUESTS,
        (MODEL, "_api_lookup"),
        "Look guests up",
        Record({"guests": Listing(HIT, most=80)}),
        body=Record(
            {
                "query": Text(
                    most=200,
                    about="A name or a part of it in any script and order, pinyin or initials; a telephone number or"
                    " its last digits; an e-mail address; a member number.",
                ),
                "limit": Whole(1, 80, optional=True, about="12 where nothing is said."),
            }
        ),
        about="As the front desk finds guests, the best match first; numbers of identity documents find nobody.",
        tag="Guests",
    ),
    Endpoint(
        "GET",
        "guests/by-reference",
        GUESTS,
        (MODEL, "_api_by_reference"),
        "A guest by the number in another system",
        GUEST,
        query={
            "source_ref": Text(about="Number of the guest in the other system."),
            "source_system": Text(optional=True, about="Its name; that of the key where nothing is said."),
        },
        about="Of a guest who was merged it is the one who stayed.",
        tag="Guests",
    ),
    Endpoint("GET", "guests/{id}", GUESTS, (MODEL, "_api_guest"), "A guest", GUEST, params=GUEST_ID, tag="Guests"),
    make_guest_endpoint(
        "flags",
        (MODEL, "_api_flags"),
        "What everybody who meets a guest must know",
        Record({"flags": Listing(FLAG)}),
        about="Block, VIP, allergies, open cases, tier: as the front desk shows them.",
    ),
    make_list("guests", GUEST, GUESTS, (MODEL, "_api_guests"), "Guests that were changed", "Guests"),
    make_list("stays", STAY, STAYS, (MODEL, "_api_stays"), "Stays that were changed", "Stays"),
    make_list(
        "consumption", CHARGE, CONSUMPTION, (MODEL, "_api_consumption"), "Consumption that was posted", "Consumption"
    ),
]
