"""Opens an uploaded file: CSV of any delimiter and usual encoding, gzipped or not, or XLSX."""

import codecs
import csv
import gzip
import io
import re

from .problems import Bad

#: a file that unpacks to more than this is refused
MAX_BYTES = 1 << 30
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "gb18030", "cp1252")
DELIMITERS = (",", ";", "\t", "|")
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_UTF8_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_GB_PAIR = re.compile(rb"[\xa1-\xf7][\xa1-\xfe]")
_BINARY = re.compile("[\0-\x08\x0e-\x1f]")
_HIGH = re.compile(rb"[\x80-\xff]")


class FileError(ValueError):
    """The file as a whole cannot be read; ``code`` is a key of FILE_ERRORS."""

    def __init__(self, code):
        super().__init__(FILE_ERRORS[code])
        self.code = code


FILE_ERRORS = {
    "empty": "The file is empty.",
    "no_header": "The first row must name the columns.",
    "no_rows": "The file has a header but no rows.",
    "too_big": "The file is too big to be read in one piece.",
    "bad_gzip": "The compressed file is damaged.",
    "bad_sheet": "The spreadsheet is damaged, protected by a password or of an old format.",
    "bad_csv": "The file is no table of text.",
}


class Table:
    """The rows of a file, read lazily and as often as asked.

    ``header`` are the names of the columns, made unique. :meth:`rows` yields
    ``(number, cells)``: the number in the file (the header's line being 1 or later) and as many
    texts as the header has; a cell may be a :class:`Bad`. Rows without any text are left out.

    >>> table = read(b"name;born\\nAna;1.2.1990\\n\\nBo;", "guests.csv")
    >>> table.header, table.delimiter, table.encoding
    (['name', 'born'], ';', 'utf-8')
    >>> list(table.rows())
    [(2, ['Ana', '1.2.1990']), (4, ['Bo', ''])]
    """

    def __init__(self, make_rows, kind, encoding=None, delimiter=None):
        self._make_rows = make_rows
        self.kind, self.encoding, self.delimiter = kind, encoding, delimiter
        self.header, self.header_line = [], 0
        for number, cells in enumerate(make_rows(), 1):
            if any(cells):
                self.header, self.header_line = unique_names(cells), number
                break
        if not any(self.header):
            raise FileError("no_header")

    def rows(self):
        """Yield ``(number, cells)`` of each row below the header."""
        width = len(self.header)
        for number, cells in enumerate(self._make_rows(), 1):
            if number <= self.header_line or not any(cells):
                continue
            if len(cells) != width:
                cells = fit(cells, width)
            yield number, cells

    def count(self):
        """Return how many rows there are."""
        return sum(1 for _row in self.rows())


def fit(cells, width):
    """Return ``cells`` with ``width`` items; what is too much spoils the last one.

    >>> fit(["a"], 2), fit(["a", "b", ""], 2)
    (['a', ''], ['a', 'b'])
    >>> fit(["a", "b", "c"], 2)
    ['a', Bad('too_many_cells', '')]
    """
    if len(cells) < width:
        return [*cells, *[""] * (width - len(cells))]
    if any(cells[width:]):
        return [*cells[: width - 1], Bad("too_many_cells")]
    return list(cells[:width])


def unique_names(cells):
    """Return header names: trimmed, on one line, numbered where the same stands twice.

    >>> unique_names(["a", " a ", "", "b\\nc"])
    ['a', 'a (2)', '', 'b c']
    """
    seen, names = {}, []
    for cell in cells:
        name = " ".join(str(cell).split())[:128]
        seen[name] = seen.get(name, 0) + 1
        names.append(f"{name} ({seen[name]})" if name and seen[name] > 1 else name)
    while names and not names[-1]:
        names.pop()
    return names


def read(data, filename="", encoding=None, delimiter=None, decimal="."):
    """Open a file.

    :param bytes data: the whole file
    :param str filename: only its extension counts, and only where the content does not tell
    :param encoding: one of ENCODINGS, or None to find out
    :param delimiter: one character, or None to find out
    :param decimal: decimal mark in which numbers of a spreadsheet are given
    :rtype: Table
    :raise FileError: when it cannot be read at all
    """
    if data[:2] == b"\x1f\x8b":
        data = _unzip(data)
    if not data.strip():
        raise FileError("empty")
    if data[:4] == b"PK\x03\x04":
        from .sheet import read_sheet  # noqa: PLC0415  (the spreadsheet reader loads only here)

        return read_sheet(data, decimal)
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise FileError("bad_sheet")
    return _read_text(data, encoding or detect_encoding(data), delimiter)


def _unzip(data):
    try:
        with gzip.open(io.BytesIO(data)) as packed:
            data = packed.read(MAX_BYTES + 1)
    except (OSError, EOFError) as error:
        raise FileError("bad_gzip") from error
    if len(data) > MAX_BYTES:
        raise FileError("too_big")
    return data


def _read_text(data, encoding, delimiter):
    start = next((len(bom) for bom, name in _BOMS if data.startswith(bom) and name == "utf-8-sig"), 0)
    codec = "utf-8" if encoding == "utf-8-sig" else encoding

    def lines():
        stream = io.BytesIO(data)
        stream.seek(start)
        return io.TextIOWrapper(stream, codec, errors="replace", newline="")

    sample = lines().read(100_000)
    if len(_BINARY.findall(sample)) > 10 + len(sample) // 50:
        raise FileError("bad_csv")
    said = re.match(r"sep=(.)\r?\n", sample)
    skip = bool(said)
    delimiter = delimiter or (said[1] if said else detect_delimiter(sample))
    if csv.field_size_limit() < 1 << 24:
        csv.field_size_limit(1 << 24)

    def make_rows():
        text = lines()
        if skip:
            next(text)
        source = (line.replace("\0", "\ufffd") for line in text) if b"\0" in data else text
        try:
            yield from csv.reader(source, delimiter=delimiter)
        except csv.Error as error:
            raise FileError("bad_csv") from error

    return Table(make_rows, "csv", encoding, delimiter)


def detect_encoding(data):
    r"""Return the likely encoding of text.

    Valid UTF-8 is UTF-8, also where a few bytes are broken; else mostly pairs of high bytes are
    Chinese, lone high bytes are Western.

    >>> [detect_encoding("Ana;José;王伟".encode(code)) for code in ("utf-8", "utf-8-sig", "utf-16", "gb18030")]
    ['utf-8', 'utf-8-sig', 'utf-16', 'gb18030']
    >>> detect_encoding("José García".encode("cp1252")), detect_encoding("é".encode() * 30 + b"\xff")
    ('cp1252', 'utf-8')
    >>> detect_encoding("name,born".encode("utf-16-le"))
    'utf-16-le'
    """
    for bom, name in _BOMS:
        if data.startswith(bom):
            return name
    if data[:4000].count(0) * 4 >= min(len(data), 4000):
        return _detect_utf16(data)
    if _is_utf8(data):
        return "utf-8"
    high = len(_HIGH.findall(data))
    in_utf8 = sum(map(len, _UTF8_SEQUENCE.findall(data)))
    if in_utf8 > 0.8 * high:
        return "utf-8"
    if 2 * len(_GB_PAIR.findall(data)) > 0.8 * high:
        return "gb18030"
    return "cp1252"


def _is_utf8(data):
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _detect_utf16(data):
    even, odd = data[0:4000:2].count(0), data[1:4000:2].count(0)
    return "utf-16-be" if even > odd else "utf-16-le"


def detect_delimiter(sample):
    """Return the delimiter that cuts the first lines into the most equal columns.

    >>> [detect_delimiter(text) for text in ('a;b;c\\n"1,5";2;x\\n', "a\\tb\\n1,2\\t3\\n", "name\\nAna\\n")]
    [';', '\\t', ',']
    """
    best, best_score = ",", 0
    lines = sample.splitlines(keepends=True)[:50]
    if len(lines) > 1 and not lines[-1].endswith(("\n", "\r")) and len(sample) >= 100_000:
        lines.pop()  # cut off in the middle
    for delimiter in DELIMITERS:
        try:
            widths = [len(row) for row in csv.reader(lines, delimiter=delimiter) if row]
        except csv.Error:
            continue
        if not widths or widths[0] < 2:
            continue
        score = widths[0] * sum(width == widths[0] for width in widths) / len(widths)
        if score > best_score:
            best, best_score = delimiter, score
    return best
