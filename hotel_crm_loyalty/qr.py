"""QR codes as SVG, made on the server: sharp at any size, nothing is asked of another machine.

Plain Python: ReportLab, which Odoo brings, lays out the code; drawing it needs no picture library.

>>> image = draw("123456783")
>>> image.startswith("<svg"), image.count("<path"), "viewBox=\\"0 0 29 29\\"" in image
(True, 1, True)
"""

from functools import lru_cache

from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel

#: empty modules around the code that ISO/IEC 18004 asks for
QUIET = 4


def get_modules(text: str) -> list:
    """Return the rows of a code's modules, True where it is dark; a quarter may be soiled and is still read (level Q).

    :raises ValueError: there is no text

    >>> rows = get_modules("123456783")
    >>> len(rows), [int(dark) for dark in rows[0][:8]]
    (21, [1, 1, 1, 1, 1, 1, 1, 0])
    """
    if not text:
        raise ValueError("there is nothing to encode")
    code = QRCode(None, QRErrorCorrectLevel.Q)
    code.addData(text)
    code.make()
    return [[bool(dark) for dark in row] for row in code.modules]


@lru_cache(1024)
def draw(text: str) -> str:
    """Return an SVG image of a text, dark on white whatever the page's colours are.

    It has no name of its own: who shows it says what it is.
    """
    rows = get_modules(text)
    size = len(rows) + 2 * QUIET
    path = "".join(_draw_row(number + QUIET, row) for number, row in enumerate(rows))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" shape-rendering="crispEdges">'
        f'<rect width="{size}" height="{size}" fill="#fff"/><path d="{path}" fill="#000"/></svg>'
    )


def _draw_row(y, row):
    """Return the path of a row: one bar for each run of dark modules.

    >>> _draw_row(4, [True, True, False, True])
    'M4 4h2v1h-2zM7 4h1v1h-1z'
    """
    parts, start = [], None
    for x, dark in enumerate([*row, False]):
        if dark and start is None:
            start = x
        elif not dark and start is not None:
            parts.append(f"M{start + QUIET} {y}h{x - start}v1h-{x - start}z")
            start = None
    return "".join(parts)
