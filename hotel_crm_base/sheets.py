"""Lists as spreadsheets (XLSX). Plain Python, no Odoo.

What a guest typed stays text: nothing becomes a formula or a link.

>>> content = make_book("House", [("Guest", 30), ("Arrival", 12), ("Balance", 12)],
...     [["=1+1", datetime.date(2028, 2, 29), 12.5]])
>>> content[:2]
b'PK'
"""

import datetime
import io
import re

import xlsxwriter

LONGEST = 32767   # characters of a cell
NAME = re.compile(r"[\[\]:*?/\\']")


def make_book(title: str, columns: list[tuple[str, int]], rows) -> bytes:
    """A workbook of one sheet with a header that stays in sight.

    :param title: name of the sheet; what a sheet's name may not hold is left out
    :param columns: header and width in characters
    :param rows: lists of cells: text, numbers, dates, or None
    """
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(stream, options) as book:
        sheet = book.add_worksheet(NAME.sub(" ", title)[:31] or "List")
        bold = book.add_format({"bold": True, "bottom": 1})
        day = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
        money = book.add_format({"num_format": "#,##0.00"})
        sheet.freeze_panes(1, 0)
        for column, (header, width) in enumerate(columns):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, header, bold)
        for line, row in enumerate(rows, 1):
            for column, cell in enumerate(row):
                _write(sheet, line, column, cell, day, money)
        sheet.autofilter(0, 0, max(line for line in (1, len(rows))), len(columns) - 1)
    return stream.getvalue()


def _write(sheet, line, column, cell, day, money):
    if cell is None or cell is False or cell == "":
        return
    if isinstance(cell, datetime.date):
        sheet.write_datetime(line, column, datetime.datetime.combine(cell, datetime.time()), day)
    elif isinstance(cell, float):
        sheet.write_number(line, column, cell, money)
    elif isinstance(cell, int):
        sheet.write_number(line, column, cell)
    else:
        sheet.write_string(line, column, str(cell)[:LONGEST])
