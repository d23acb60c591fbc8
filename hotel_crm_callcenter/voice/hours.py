"""Whether somebody answers now: opening hours by weekday, and holidays.

>>> from datetime import datetime
>>> week = [(day, 9.0, 18.0) for day in range(5)] + [(5, 22.0, 24.0)]
>>> get_opening(datetime(2026, 5, 4, 9, 0), week, [])
'open'
>>> get_opening(datetime(2026, 5, 4, 18, 0), week, []), get_opening(datetime(2026, 5, 10, 12, 0), week, [])
('closed', 'closed')
>>> from datetime import date
>>> get_opening(datetime(2026, 5, 4, 9, 0), week, [(date(2026, 5, 1), date(2026, 5, 5))])
'holiday'
>>> get_opening(datetime(2026, 5, 4, 9, 0), [], [])
'open'
"""


def get_opening(moment, week, holidays) -> str:
    """Return open, closed or holiday.

    :param datetime moment: local time of the hotel
    :param week: (weekday from 0 Monday, from, until) in hours; none at all: always open
    :param holidays: (first day, last day)
    """
    if any(first <= moment.date() <= last for first, last in holidays):
        return "holiday"
    hour = moment.hour + moment.minute / 60 + moment.second / 3600
    if not week or any(day == moment.weekday() and start <= hour < end for day, start, end in week):
        return "open"
    return "closed"
