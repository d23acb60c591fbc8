"""PDF from HTML by a browser without a window. Plain Python, no Odoo.

The page is a whole: its styles and pictures are inside it. It runs no script, reaches no network
and no file, whatever somebody has written into it: the page says so by a content policy, the
browser is started with its network shut. Each print is a process of its own with its own folder,
and is ended after a time.

Headers and footers are printed as a second document of as many pages, laid over the first.

>>> sheet = Sheet(210, 297, top=40, right=7, bottom=20, left=7)
>>> sheet.turned().width
297
>>> page = enclose('<html><head><base href="http://x/"><script>evil()</script></head><body>Hi</body></html>', sheet)
>>> 'evil' in page, '<base' in page, 'size: 210mm 297mm' in page, "default-src 'none'" in page
(False, False, True, True)
>>> layout = '<html><body class="box wide"><div id="minimal_layout_report_headers"><b>Hotel</b></div></body></html>'
>>> 'class="p_header box wide"' in stamp(1, 0, sheet, {"header": layout, "footer": None})  # margins of the body
True
>>> local_fonts_only("@font-face{font-family:A;src:url(http://x/a.woff)} b{c:d}")
' b{c:d}'
"""

import contextlib
import copy
import dataclasses
import io
import os
import re
import shutil
import signal
import subprocess
import tempfile
import threading

import lxml.html
from pypdf import PdfReader, PdfWriter

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
#: millimetres
FORMATS = {
    "A3": (297, 420), "A4": (210, 297), "A5": (148, 210), "A6": (105, 148), "B5": (176, 250),
    "Letter": (215.9, 279.4), "Legal": (215.9, 355.6), "Tabloid": (279.4, 431.8), "Ledger": (431.8, 279.4),
}
TIMEOUT = 60   # seconds
#: browsers at a time in this process; each needs some 200 MB
AT_ONCE = threading.BoundedSemaphore(2)
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:"
FLAGS = (
    "--headless", "--disable-gpu", "--disable-dev-shm-usage", "--disable-extensions", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--disable-default-apps", "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND", "--proxy-server=127.0.0.1:9",
    "--proxy-bypass-list=<-loopback>", "--no-pdf-header-footer", "--hide-scrollbars",
)
#: Odoo limits its own address space; a browser reserves far more than it uses
SHELL = 'ulimit -S -v "$(ulimit -H -v)" 2>/dev/null; exec "$0" "$@"'
#: what the browser learns of the server
ENVIRONMENT = ("PATH", "LANG", "FONTCONFIG_PATH", "FONTCONFIG_FILE")
FONT_FACE = re.compile(r"@font-face\s*\{[^}]*\}")


class PrintError(Exception):
    """There is no PDF; the message says why, without anything of the page."""


@dataclasses.dataclass(frozen=True)
class Sheet:
    """Paper and its margins, in millimetres."""

    width: float
    height: float
    top: float = 10
    right: float = 10
    bottom: float = 10
    left: float = 10

    def turned(self) -> "Sheet":
        """The same paper, landscape."""
        return dataclasses.replace(self, width=self.height, height=self.width)


def find(wanted: str | None = None) -> str | None:
    """Path of a browser: the one that was asked for, else the first known; None where there is none."""
    for name in (wanted,) if wanted else NAMES:
        path = shutil.which(name)
        if path:
            return path
    return None


def local_fonts_only(css: str) -> str:
    """Styles without fonts that would have to be fetched; the system's take their place."""
    return FONT_FACE.sub(lambda face: face[0] if "data:" in face[0] else "", css)


def enclose(html: str, sheet: Sheet, styles: str = "", language: str = "") -> str:
    """Make a document that needs nothing from outside.

    :param language: as in HTML, such as zh-CN: the same Chinese character is drawn by it
    """
    doc = lxml.html.document_fromstring(html)
    if language:
        doc.set("lang", language)
    _strip(doc)
    _add_styles(
        doc, styles, f"@page {{ size: {sheet.width}mm {sheet.height}mm; margin: {sheet.top}mm {sheet.right}mm"
        f" {sheet.bottom}mm {sheet.left}mm; }} html, body {{ height: auto !important; overflow: visible !important; }}"
        " body.container { max-width: none !important; }",
    )
    return _write(doc)


def stamp(pages: int, index: int, sheet: Sheet, parts: dict[str, str | None], styles: str = "") -> str | None:
    """A document of headers and footers, one sheet for each page; None where there are none.

    :param index: which of the documents that were gathered in one it is for
    :param parts: header and footer, as Odoo's layout wraps them
    """
    boxes, doc = {}, None
    for kind, html in parts.items():
        if html:
            doc = lxml.html.document_fromstring(html)
            found = doc.xpath(f"//*[@id='minimal_layout_report_{kind}s']")
            children = list(found[0]) if found else []
            if index < len(children):
                boxes[kind] = children[index]
    if not boxes:
        return None
    _strip(doc)
    _add_styles(doc, styles, _stamp_styles(sheet))
    body = doc.find("body")
    del body[:]
    body.text = None
    for number in range(1, pages + 1):
        body.append(_make_stamp(boxes, number, pages, body.get("class", "")))
    return _write(doc)


def _stamp_styles(sheet: Sheet) -> str:
    across = f"left: {sheet.left}mm; right: {sheet.right}mm"
    return (
        f"@page {{ size: {sheet.width}mm {sheet.height}mm; margin: 0; }} html, body {{ height: auto !important;"
        " margin: 0 !important; padding: 0 !important; max-width: none !important; overflow: visible !important;"
        f" background: transparent !important; }} .p_sheet {{ position: relative; width: {sheet.width}mm;"
        f" height: {sheet.height - 0.2}mm; overflow: hidden; break-after: page; }}"
        " .p_sheet:last-child { break-after: auto; }"
        f" .p_header {{ position: absolute; {across}; bottom: {sheet.height - sheet.top}mm;"
        f" max-height: {sheet.top}mm; }} .p_footer {{ position: absolute; {across}; bottom: 4mm; }}"
        " .p_header, .p_footer { margin: 0 !important; max-width: none !important; width: auto !important; }"
    )


def _make_stamp(boxes, number, pages, classes):
    """Return one sheet; header and footer are as wide as the body, whose classes say so, below it."""
    sheet = lxml.html.Element("div", {"class": "p_sheet"})
    for kind, part in boxes.items():
        part = copy.deepcopy(part)
        for name, value in (("page", number), ("topage", pages)):
            for element in part.xpath(f".//*[contains(concat(' ', @class, ' '), ' {name} ')]"):
                element.text = str(value)
        box = lxml.html.Element("div", {"class": f"p_{kind} {classes}".strip()})
        box.append(part)
        sheet.append(box)
    return sheet


def _strip(doc):
    """Take out whatever fetches or runs something."""
    for element in list(doc.iter("script", "base", "link", "iframe", "object", "embed", "meta")):
        element.drop_tree()
    for body in doc.iter("body"):
        body.attrib.pop("onload", None)


def _add_styles(doc, *styles):
    head = doc.find("head")
    if head is None:
        head = lxml.html.Element("head")
        doc.insert(0, head)
    head.insert(0, lxml.html.Element("meta", {"http-equiv": "Content-Security-Policy", "content": POLICY}))
    head.insert(0, lxml.html.Element("meta", {"charset": "utf-8"}))
    for text in styles:
        style = lxml.html.Element("style")
        # nothing in a style may end it
        style.text = local_fonts_only(text).replace("</", "<\\/")
        head.append(style)


def _write(doc) -> str:
    return "<!DOCTYPE html>" + lxml.html.tostring(doc, encoding="unicode")


def print_pdf(browser: str, html: str, timeout: int = TIMEOUT) -> bytes:
    """Print one enclosed document.

    :raise PrintError: no PDF within the time
    """
    if not AT_ONCE.acquire(timeout=timeout):
        raise PrintError("too many prints at once")
    try:
        with tempfile.TemporaryDirectory(prefix="hotel_print_", ignore_cleanup_errors=True) as folder:
            source, target = os.path.join(folder, "page.html"), os.path.join(folder, "page.pdf")
            with open(source, "w", encoding="utf-8") as file:
                file.write(html)
            _run(browser, folder, f"--print-to-pdf={target}", f"file://{source}", timeout)
            try:
                with open(target, "rb") as file:
                    return file.read()
            except FileNotFoundError:
                raise PrintError("the browser made no PDF") from None
    finally:
        AT_ONCE.release()


def _run(browser, folder, option, address, timeout):
    """Run the browser in a group of its own, so that nothing of it stays behind."""
    # a user who is root, as in a container, cannot have the browser's own sandbox
    sandbox = ("--no-sandbox",) if os.geteuid() == 0 else ()
    command = ["/bin/sh", "-c", SHELL, browser, *FLAGS, *sandbox, f"--user-data-dir={folder}/profile", option, address]
    kept = {name: os.environ[name] for name in ENVIRONMENT if name in os.environ}
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env={**kept, "HOME": folder, "TMPDIR": folder}, cwd=folder, start_new_session=True,
    ) as process:
        try:
            process.wait(timeout)
        except subprocess.TimeoutExpired:
            raise PrintError(f"no PDF within {timeout} seconds") from None
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


def lay_over(documents: list[tuple[bytes, bytes | None]]) -> bytes:
    """One PDF of documents, each with a second one laid over it page by page."""
    writer = PdfWriter()
    for below, above in documents:
        over = PdfReader(io.BytesIO(above)).pages if above else ()
        for number, page in enumerate(PdfReader(io.BytesIO(below)).pages):
            added = writer.add_page(page)
            if number < len(over):
                added.merge_page(over[number])
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def count_pages(pdf: bytes) -> int:
    """Number of pages of a PDF."""
    return len(PdfReader(io.BytesIO(pdf)).pages)
