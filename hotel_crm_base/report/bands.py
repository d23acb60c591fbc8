"""Bands that reports sort numbers into: ``("100", 100)`` holds 100 and more, up to the next band.

>>> [key for key, _start in AMOUNTS]
['0', '100', '500', '1000', '5000', '10000']
>>> place(AMOUNTS, 499.99)
'100'
>>> place(AMOUNTS, -5)
'0'
>>> place(LEAD_DAYS, 400)
'366'
>>> case(COUNTS, "x")
"CASE WHEN x >= 10 THEN '10' WHEN x >= 5 THEN '5' WHEN x >= 2 THEN '2' WHEN x >= 1 THEN '1' ELSE '0' END"
"""

# in the currency of the company
AMOUNTS = tuple((str(start), start) for start in (0, 100, 500, 1000, 5000, 10000))
COUNTS = tuple((str(start), start) for start in (0, 1, 2, 5, 10))
LEAD_DAYS = tuple((str(start), start) for start in (0, 1, 8, 31, 91, 366))
AMOUNT_LABELS = [
    ("0", "Under 100"),
    ("100", "100 to 499"),
    ("500", "500 to 999"),
    ("1000", "1,000 to 4,999"),
    ("5000", "5,000 to 9,999"),
    ("10000", "10,000 and more"),
]
AGES = tuple((str(start), start) for start in (0, 18, 25, 35, 45, 55, 65))


def place(bands, value):
    """Return the key of the band that a number falls into; the lowest takes all below it."""
    return next((key for key, start in reversed(bands[1:]) if value >= start), bands[0][0])


def case(bands, expression):
    """Return the SQL text that places an expression, as ``place`` does.

    :param str expression: SQL, trusted
    """
    steps = " ".join(f"WHEN {expression} >= {start} THEN '{key}'" for key, start in reversed(bands[1:]))
    return f"CASE {steps} ELSE '{bands[0][0]}' END"
