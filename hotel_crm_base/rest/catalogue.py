"""Endpoints that every client has."""

from .endpoint import Endpoint
from .schema import Instant, Listing, Record, Text

PROPERTY = Record(
    {
        "code": Text(),
        "name": Text(),
        "time_zone": Text(example="Asia/Shanghai"),
        "currency": Text(example="CNY"),
        "business_date": Text(optional=True),
    }
)
CLIENT = Endpoint(
    method="GET",
    path="client",
    scope="",
    call=("hotel.api.client", "_api_show"),
    summary="Who am I?",
    about="Says which client a key belongs to, for which hotels it may write and read, and what its rights are.",
    tag="Client",
    is_readonly=True,
    answer=Record(
        {
            "name": Text(),
            "source_system": Text(),
            "key_until": Instant(optional=True, about="When the key ends."),
            "rights": Listing(Text()),
            "properties": Listing(PROPERTY),
        }
    ),
)
ENDPOINTS = [CLIENT]
