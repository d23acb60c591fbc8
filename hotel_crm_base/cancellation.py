"""What a cancellation costs: plain calculation, no record and no clock.

A policy says until how many hours before the check-in time of the day of arrival a booking is
free of charge, and what is due afterwards: the first nights, or a percentage of the booking.

>>> rates = [100.0, 120.0, 140.0]
>>> get_fee("nights", 1, rates), get_fee("nights", 5, rates), get_fee("nights", 1.5, rates)
(100.0, 360.0, 160.0)
>>> get_fee("percent", 50, rates), get_fee("percent", 150, rates), get_fee("none", 3, rates)
(180.0, 360.0, 0.0)
>>> get_fee("nights", 1, [])
0.0

Hours are hours that pass, whatever the clocks of the property do meanwhile. In Lisbon they go
forward in the night to the 26th of March 2028: 24 hours before 15:00 is 14:00 of the day before.

>>> from datetime import datetime
>>> get_free_until(datetime(2028, 3, 26, 14), 24)  # 15:00 of summer time is 14:00 UTC
datetime.datetime(2028, 3, 25, 14, 0)
>>> is_free(datetime(2028, 3, 25, 14), datetime(2028, 3, 25, 14))
True
>>> is_free(datetime(2028, 3, 25, 14, 0, 1), datetime(2028, 3, 25, 14)), is_free(datetime(2028, 1, 1), None)
(False, True)
"""

from collections.abc import Sequence
from datetime import datetime, timedelta


def get_free_until(check_in_at: datetime, hours: int) -> datetime:
    """Return the last moment at which a booking is cancelled free of charge.

    :param check_in_at: instant from which the room of the first night may be used
    :param hours: hours before that
    """
    return check_in_at - timedelta(hours=hours)


def is_free(now: datetime, free_until: datetime | None) -> bool:
    """Return whether a cancellation is free now; without terms it always is."""
    return free_until is None or now <= free_until


def get_fee(kind: str, value: float, rates: Sequence[float]) -> float:
    """Return what is due for rooms that are given up late; never more than the whole booking.

    :param kind: ``none``, ``nights`` or ``percent``
    :param value: number of first nights, parts of one counted in proportion; or percent of the total
    :param rates: what each night costs, in order
    """
    total = sum(rates)
    if kind == "percent":
        return min(total, total * value / 100)
    if kind == "nights":
        whole = int(value)
        part = rates[whole] * (value - whole) if whole < len(rates) else 0.0
        return sum(rates[:whole]) + part
    return 0.0
