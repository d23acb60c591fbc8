"""Endpoints that take rows of other systems in batches."""

from ..intake import feed
from ..intake.targets import BY_KIND
from .endpoint import Endpoint
from .errors import ApiError
from .schema import Anything, Flag, Kind, Listing, Record, Text, Whole

#: rows of a batch, bytes of a body
MOST_ROWS, MAX_BODY = 1000, 4 * 1024 * 1024
#: what is to be said of a field beside its name in the import
ABOUT = {
    "source_ref": "The number of the record in your system; the same number again is the same record.",
    "property": "Code of the property. May be left out where the client has one property only.",
    "guest_ref": "The number of the guest in your system.",
    "stay_ref": "The number of the stay in your system.",
    "guest_code": "Member number of a guest who is known already; only used to find him or her.",
    "state": "booked, in_house, departed, cancelled or no_show.",
    "kind": "Of consumption: room, food, beverage, minibar, spa, event, shop, service, fee or other. Of a service:"
    " code or name of the kind.",
    "reversal_of_ref": "Takes a charge back: the number of that charge; the amounts are its amounts, negative.",
    "amount_gross": "Tax included, in the currency of the property where no other is said.",
    "amount_net": "Tax not included; where it is missing, the same as with tax.",
    "outcome": "done, partly or failed.",
}
FORMS = {
    "date": ". Such as 2028-02-29",
    "instant": ". Such as 2028-02-29T15:04:05+08:00",
    "money": ". Such as 120.50",
}
NEEDED = {
    "guests": ("source_ref",),
    "stays": ("source_ref", "arrival_date", "state"),
    "consumption": ("source_ref", "kind", "business_date", "amount_gross"),
    "services": ("source_ref", "kind", "served_at"),
}


class Rows(Kind):
    """Rows of one kind. What a row holds is checked row by row: what cannot be taken waits, and fails no other.

    >>> Rows("guests").check([{"source_ref": "7"}], "rows")
    [{'source_ref': '7'}]
    >>> try: Rows("guests").check([{}, 7], "rows")
    ... except ApiError as error: print(error.as_dict())
    {'code': 'invalid_request', 'message': '“rows[1]” is an object.', 'field': 'rows[1]', 'row': 1}
    """

    def __init__(self, kind, **options):
        super().__init__(**options)
        self.kind = kind

    def _read(self, value, field):
        if not isinstance(value, list) or not 0 < len(value) <= MOST_ROWS:
            self._refuse(field, f"a list of 1 to {MOST_ROWS} rows")
        for number, row in enumerate(value):
            if not isinstance(row, dict):
                raise ApiError(f"“{field}[{number}]” is an object.", field=f"{field}[{number}]", row=number)
        return value

    def _describe(self):
        fields = {
            name: {"description": _about(self.kind, name)} for name in feed.fields_of(self.kind)
        }
        needed = (
            "Values are texts, numbers, true, false or null. What a row needs to be taken: "
            + ", ".join(NEEDED[self.kind])
            + ". Rows that cannot be taken wait, also those with other values and fields."
        )
        row = {"type": "object", "description": needed, "properties": fields}
        return {"type": "array", "minItems": 1, "maxItems": MOST_ROWS, "items": row}


def _about(kind, name):
    """Return what is said of a field.

    >>> _about("guests", "email"), _about("stays", "arrival_date")
    ('E-mail', 'Arrival. Such as 2028-02-29')
    """
    target = BY_KIND[kind][name]
    text = ABOUT.get(name) or target.label
    return text.rstrip(".") + FORMS.get(target.make, "." if name in ABOUT else "")


REASON = Record({"code": Text(), "field": Text(optional=True), "message": Text(most=1000)})
ROW = Record(
    {
        "source_ref": Text(optional=True, most=128),
        "status": Text(choices=("created", "updated", "unchanged", "staged", "refused")),
        "reasons": Listing(REASON, optional=True),
    }
)
COUNTS = {name: Whole() for name in ("received", "created", "updated", "unchanged", "staged", "refused")}
ANSWER = Record({**COUNTS, "rows": Listing(ROW)})


def _feed(kind, summary, about):
    return Endpoint(
        method="POST",
        path=kind,
        scope=f"{kind}.write",
        call=("hotel.feed", f"_api_{kind}"),
        summary=summary,
        about=about,
        tag="Records in",
        body=Record(
            {
                "rows": Rows(kind),
                "accrues_points": Flag(optional=True, about="false for history: programmes do not count it."),
            }
        ),
        answer=ANSWER,
        takes_key=True,
        is_serial=True,
        max_body=MAX_BODY,
    )


_AGAIN = (
    " Up to 1,000 rows; the same row again changes nothing. Rows that cannot be taken are put aside with their reasons"
    " (“staged”) and do not stop the others; send them again when they are right, or have them mended in the CRM."
)
ABOUTS = {
    "guests": "A guest who is known is filled up where something is missing; nothing is overwritten.",
    "stays": "A stay that is known is brought up to date. It may name its guest, who is made where unknown.",
    "consumption": "Charges are never changed: correct one by a reversal and a new one.",
    "services": "What was done for a guest; a record that is known is brought up to date.",
}
ENDPOINTS = [_feed(kind, f"Send {kind}", text + _AGAIN) for kind, text in ABOUTS.items()]
FOREIGN = Endpoint(
    method="POST",
    path="feeds/{mapping}",
    scope="",
    call=("hotel.feed.mapping", "_api_take"),
    summary="Send a document of another form",
    about="Takes a JSON document as another system makes it; a mapping of that code, which administrators edit, says"
    " what it means. Needs the rights of all kinds of rows that the mapping knows.",
    tag="Records in",
    params={"mapping": Text(most=64, example="pms-example")},
    body=Anything(),
    answer=Record({"mapping": Text(), "parts": Listing(Record({"kind": Text(), **COUNTS, "rows": Listing(ROW)}))}),
    errors=("forbidden",),
    takes_key=True,
    is_serial=True,
    max_body=MAX_BODY,
)
ENDPOINTS.append(FOREIGN)
