"""The file of refused rows: the original columns and, behind them, what is wrong.

It is mended in a spreadsheet and loaded again: the columns that begin with ``#`` are known to
the reader and keep the reference of each row, so that a mended row is not taken for another.
"""

import csv
import io

import xlsxwriter

from .engine import OWN_COLUMNS
from .problems import Bad

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def harmless(text):
    """Return text that no spreadsheet runs as a formula; the reader takes the apostrophe away.

    >>> harmless("=1+1"), harmless("+49 30"), harmless("Ana"), harmless("-6.38")
    ("'=1+1", "'+49 30", 'Ana', '-6.38')
    """
    if not text.startswith(_DANGEROUS):
        return text
    is_number = text[0] == "-" and text[1:].replace(".", "", 1).isdigit()
    return text if is_number else "'" + text


def rows_of(header, refused):
    """Yield header and rows of the file.

    :param list header: of the original file
    :param refused: iterable of (number, cells, reference, [(column, value, reason), ...])
    """
    kept = [index for index, name in enumerate(header) if name not in OWN_COLUMNS]
    yield [header[index] for index in kept] + list(OWN_COLUMNS)
    for number, cells, reference, reasons in refused:
        own = [
            str(number),
            "; ".join(dict.fromkeys(column for column, _value, _reason in reasons)),
            "; ".join(dict.fromkeys(value for _column, value, _reason in reasons)),
            "; ".join(dict.fromkeys(reason for _column, _value, reason in reasons)),
            reference or "",
        ]
        yield ["" if type(cells[i]) is Bad else cells[i] for i in kept if i < len(cells)] + own


def to_csv(header, refused, delimiter=","):
    r"""Return the file as CSV in UTF-8 with a mark that Excel knows.

    >>> to_csv(["name", "phone"], [(7, ["=x", "+49"], "r-1", [("name", "=x", "A formula")])]).decode("utf-8-sig")
    "name,phone,#row,#column,#value,#reason,#reference\r\n'=x,'+49,7,name,'=x,A formula,r-1\r\n"
    """
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=delimiter)
    for row in rows_of(header, refused):
        writer.writerow([harmless(cell) for cell in row])
    return stream.getvalue().encode("utf-8-sig")


def to_xlsx(header, refused):
    """Return the file as XLSX; every cell is text.

    >>> to_xlsx(["name"], [(7, ["Ana"], "r-1", [])])[:2]
    b'PK'
    """
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as book:
        sheet = book.add_worksheet("Refused rows")
        bold = book.add_format({"bold": True})
        sheet.freeze_panes(1, 0)
        for line, row in enumerate(rows_of(header, refused)):
            for column, cell in enumerate(row):
                sheet.write_string(line, column, cell[:32767], bold if line == 0 else None)
    return stream.getvalue()
