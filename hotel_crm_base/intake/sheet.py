"""Reads the first sheet of an XLSX file; numbers and dates become text that the parsers know."""

import io
import re
import zipfile
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineError, CalamineWorkbook

from .problems import Bad
from .reader import MAX_BYTES, FileError, Table

_FORMULA = re.compile(rb"<c\b([^>]*)>\s*<f\b(?:[^>]*/>|[^>]*>.*?</f>)\s*(<v\s*/>|<v>\s*</v>)?\s*</c>", re.DOTALL)
_REFERENCE = re.compile(rb'\br="([A-Z]{1,3})(\d+)"')


def read_sheet(data, decimal="."):
    """Open a spreadsheet.

    Formulas count by the value that was stored with them; one without a stored value becomes
    ``Bad("formula_no_value")`` in its cell.

    :param bytes data: the file
    :param str decimal: decimal mark of the job, in which numbers are written out
    :rtype: Table
    :raise FileError: when it is no readable workbook, or unpacks to too much
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if sum(part.file_size for part in package.infolist()) > MAX_BYTES:
                raise FileError("too_big")
            empty_formulas = _find_empty_formulas(package)
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0)
        start = sheet.start
    except FileError:
        raise
    except (CalamineError, zipfile.BadZipFile, IndexError, OSError, ValueError, KeyError) as error:
        raise FileError("bad_sheet") from error
    if start is None:
        raise FileError("empty")

    def make_rows():
        for number, values in enumerate(sheet.iter_rows()):
            cells = [to_text(value, decimal) for value in values]
            for column in empty_formulas.get(number, ()):
                if column - start[1] < len(cells):  # empty columns on the left are not read
                    cells[column - start[1]] = Bad("formula_no_value")
            yield cells

    return Table(make_rows, "xlsx")


def to_text(value, decimal="."):
    """Return the text of a cell as the parsers read it.

    >>> to_text(75.0), to_text(75.5, ","), to_text(True), to_text(date(2015, 7, 1)), to_text(" x ")
    ('75', '75,5', 'TRUE', '2015-07-01', ' x ')
    >>> to_text(datetime(2015, 7, 1)), to_text(datetime(2015, 7, 1, 14, 5)), to_text(0.1 + 0.2)
    ('2015-07-01', '2015-07-01 14:05:00', '0.3')
    """
    if isinstance(value, str):
        return value.replace("\0", "\ufffd")
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        if value == int(value) and abs(value) < 1e15:
            return str(int(value))
        text = f"{value:.15g}"
        return text.replace(".", decimal) if "e" not in text else text
    if isinstance(value, datetime):
        return str(value.date()) if value.time() == time() else str(value)[:19]
    if isinstance(value, (date, time, timedelta)):
        return str(value)
    return "" if value is None else str(value)


def _find_empty_formulas(package):
    """Return {row index: [column indexes]} of formulas without a stored value in the first sheet."""
    names = sorted(
        (name for name in package.namelist() if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name)),
        key=lambda name: int(re.sub(r"\D", "", name)),
    )
    found = {}
    if not names:
        return found
    xml = package.read(names[0])
    if b"<f" not in xml:
        return found
    for match in _FORMULA.finditer(xml):
        place = _REFERENCE.search(match[1])
        if place:
            found.setdefault(int(place[2]) - 1, []).append(column_index(place[1].decode()))
    return found


def column_index(letters):
    """Return the index of a column given by letters.

    >>> column_index("A"), column_index("AB")
    (0, 27)
    """
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1
