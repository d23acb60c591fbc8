"""Places in a list that is read page by page: opaque to others, and checked when they come back."""

import base64
import binascii
import json

from .errors import ApiError


def encode(values):
    """Return a cursor of the last row of a page.

    :param list values: what the list is sorted by: whole numbers and texts

    >>> encode([7, "2028-02-29"])
    'WzcsIjIwMjgtMDItMjkiXQ'
    """
    text = json.dumps(values, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decode(text, kinds):
    """Return the values of a cursor.

    :param str text: as it came back, or None for the first page
    :param list kinds: Kind of each value
    :rtype: list, or None
    :raises ApiError: it is none of this list

    >>> from .schema import Day, Whole
    >>> decode('WzcsIjIwMjgtMDItMjkiXQ', [Whole(), Day()]), decode(None, [Whole()])
    ([7, datetime.date(2028, 2, 29)], None)
    >>> for wrong in ("x", "WzcsIjIwMjgtMDItMjkiXQ", "WyJhIl0", "é"):
    ...     try: decode(wrong, [Whole()])
    ...     except ApiError as error: print(error.code)
    invalid_cursor
    invalid_cursor
    invalid_cursor
    invalid_cursor
    """
    if not text:
        return None
    try:
        values = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        if not isinstance(values, list) or len(values) != len(kinds):
            raise ValueError
        return [kind.check(value, "cursor") for kind, value in zip(kinds, values, strict=True)]
    except (ValueError, binascii.Error, RecursionError):
        raise ApiError("The cursor is none of this list.", "invalid_cursor", field="cursor") from None
