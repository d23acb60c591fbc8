"""Row layouts of the bulk loader (``hotel.bulk.loader``).

A row is a tuple (or list) of validated values in the order given here, or a dict with these
keys (missing keys are ``None``). ``*_id`` values are database ids. Empty is ``None``. Dates are
``date``, instants are naive UTC ``datetime``, money and rates are ``Decimal`` (or float).

``source_ref`` is the number of the record in the system it comes from; together with the
``source_system`` given to the loader it makes a second load of the same row change nothing.

>>> as_tuple(GUEST, {"source_ref": "7", "name": "Ana"})[:3]
('7', 'Ana', None)
>>> as_tuple(GUEST, ("7", "Ana"))
Traceback (most recent call last):
    ...
ValueError: a row of this layout has 21 values, not 2
>>> as_tuple(CONSUMPTION, {"sourceref": "7"})
Traceback (most recent call last):
    ...
ValueError: unknown columns: sourceref
"""

from typing import NamedTuple

# One guest. The required ones are source_ref and name.
GUEST = (
    "source_ref",  # str: number of the guest in the source
    "name",  # str, 1..256 characters, trimmed
    "email",  # str: checked address
    "phone",  # str: E.164, such as +351912345678
    "gender",  # str: male, female, other
    "birth_date",  # date
    "nationality_id",  # int: res.country
    "lang",  # str: code of an installed language, such as en_US
    "street",  # str
    "street2",  # str
    "zip",  # str
    "city",  # str
    "state_id",  # int: res.country.state
    "country_id",  # int: res.country
    "vip_code_id",  # int: hotel.vip.code
    "registered_at",  # datetime: when the guest became one; None = now
    "comment",  # str: plain text note
    "document_type",  # str: kind of identity document
    "document_number",  # str: stored encrypted only
    "document_country_id",  # int: res.country that issued it
    "guest_code",  # str: member number of an existing guest, only used to match
)

# One stay. Required: source_ref, property_id, arrival_date, departure_date, state.
STAY = (
    "source_ref",  # str: number of the stay in the source
    "guest_ref",  # str: source_ref of the guest; None = no guest known
    "property_id",  # int: hotel.property
    "room_type_id",  # int: hotel.room.type (where the guest sleeps or slept)
    "booked_room_type_id",  # int: hotel.room.type that was sold
    "room_id",  # int: hotel.room
    "arrival_date",  # date of the property
    "departure_date",  # date of the property; equal to arrival_date = day use
    "state",  # str: booked, in_house, departed, cancelled, no_show
    "adults",  # int >= 0
    "children",  # int >= 0
    "infants",  # int >= 0
    "rate",  # Decimal: average per night, in the property's currency
    "guest_country_id",  # int: res.country; for figures where no guest is known
    "channel_id",  # int: hotel.channel
    "market_segment_id",  # int: hotel.market.segment
    "rate_plan_id",  # int: hotel.rate.plan
    "booked_at",  # datetime UTC
    "checked_in_at",  # datetime UTC
    "checked_out_at",  # datetime UTC
    "cancelled_at",  # datetime UTC
)

# One charge. Required: source_ref, property_id, kind, business_date, amount_gross.
CONSUMPTION = (
    "source_ref",  # str: number of the charge in the source
    "guest_ref",  # str: source_ref of the guest; None = the guest of the stay
    "stay_ref",  # str: source_ref of the stay; None = no stay known
    "property_id",  # int: hotel.property
    "outlet_id",  # int: hotel.outlet
    "kind",  # str: kind of consumption
    "business_date",  # date of the property
    "bill_ref",  # str: number of the bill
    "description",  # str: what was consumed
    "quantity",  # Decimal; None = 1
    "amount_gross",  # Decimal with tax
    "amount_net",  # Decimal without tax; None = the same as gross
    "currency_id",  # int: res.currency; None = the property's
    "reversal_of_ref",  # str: source_ref of the charge that this one takes back
)

# One thing that was done for a guest. Required: source_ref, property_id, kind_id, served_at, and a guest.
SERVICE = (
    "source_ref",  # str: number of the record in the source
    "guest_ref",  # str: source_ref of the guest; None = the guest of the stay
    "stay_ref",  # str: source_ref of the stay; None = no stay known
    "property_id",  # int: hotel.property
    "kind_id",  # int: hotel.service.kind
    "served_at",  # datetime UTC
    "outcome",  # str: done, partly, failed
    "note",  # str
    "outcome_note",  # str
)


def as_tuple(layout, row):
    """Return ``row`` as a tuple in the order of ``layout``.

    :param tuple layout: names of the columns
    :param row: dict by name, or sequence of as many values
    :raise ValueError: for unknown names or a wrong number of values
    """
    if isinstance(row, dict):
        unknown = set(row) - set(layout)
        if unknown:
            raise ValueError(f"unknown columns: {', '.join(sorted(unknown))}")
        return tuple(map(row.get, layout))
    if len(row) != len(layout):
        raise ValueError(f"a row of this layout has {len(layout)} values, not {len(row)}")
    return tuple(row)


class LoadResult(NamedTuple):
    """What the loader did with its rows; ``new + same + changed + len(refused)`` are all of them."""

    new: int
    same: int  #: there already, with these values
    changed: int
    refused: list  #: (index of the row, column of the layout, problems.Bad)
    ids: list  #: database id per row; None where refused
    kinds: list  #: 'new', 'same' or 'changed' per row; None where refused
