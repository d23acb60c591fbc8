"""PDF through Chromium where no patched wkhtmltopdf is installed (see chromium.py)."""

import base64
import logging
import os
import re
from urllib.parse import parse_qs, unquote, urlsplit

import lxml.html

from odoo import api, fields, models
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.tools import config, file_open
from odoo.tools.mimetypes import guess_mimetype

from odoo.addons.base.models import ir_actions_report as core
from odoo.addons.hotel_crm_base import chromium

_logger = logging.getLogger(__name__)

#: where the administrator names the browser, else the first that is found
BROWSER_VARIABLE, BROWSER_OPTION = "HOTEL_CRM_BROWSER", "hotel_crm_browser"
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp")
RECORD_IMAGE = re.compile(r"/web/image/(?P<model>[a-z0-9_.]+)/(?P<record_id>\d+)(?:-\w+)?/(?P<field>\w+)")
BARCODE = re.compile(r"/report/barcode/(?P<type>\w+)/(?P<value>[^/]+)$")


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    @api.model
    def _get_print_browser(self):
        """Return the browser that prints here; None where wkhtmltopdf does, or where there is none.

        :rtype: str | None: path
        """
        if core._wkhtml().is_patched_qt:
            return None
        return chromium.find(os.environ.get(BROWSER_VARIABLE) or config.get(BROWSER_OPTION) or None)

    @api.model
    def get_wkhtmltopdf_state(self):
        return "ok" if self._get_print_browser() else super().get_wkhtmltopdf_state()

    @api.model
    def _run_wkhtmltopdf(self, bodies, report_ref=False, header=None, footer=None, landscape=False,
                         specific_paperformat_args=None, set_viewport_size=False):  # fmt: skip
        browser = self._get_print_browser()
        if not browser:
            return super()._run_wkhtmltopdf(
                bodies, report_ref, header, footer, landscape, specific_paperformat_args, set_viewport_size
            )
        sheet = self._get_print_sheet(report_ref, landscape, specific_paperformat_args or {})
        parts = {"header": header and self._inline_pictures(header), "footer": footer and self._inline_pictures(footer)}
        documents = []
        try:
            for index, body in enumerate(map(str, bodies)):
                styles = self._get_print_styles(body)
                page = chromium.enclose(self._inline_pictures(body), sheet, styles, self._get_print_language(body))
                below = chromium.print_pdf(browser, page)
                above = chromium.stamp(chromium.count_pages(below), index, sheet, parts, styles)
                documents.append((below, chromium.print_pdf(browser, above) if above else None))
        except chromium.PrintError as error:
            _logger.error("printing %s: %s", report_ref, error)
            raise UserError(
                self.env._("The PDF could not be made now (%(reason)s). The page can be printed instead.", reason=error)
            ) from None
        return chromium.lay_over(documents)

    @api.model
    def _get_print_sheet(self, report_ref, landscape, arguments):
        """Return the paper of a report.

        :param dict arguments: ``data-report-...`` of the template, which go before the paper format
        :rtype: chromium.Sheet
        """
        paper = self._get_report(report_ref).get_paperformat() if report_ref else self.get_paperformat()
        width, height = chromium.FORMATS.get(paper.format, (paper.page_width or 210, paper.page_height or 297))
        sheet = chromium.Sheet(
            width,
            height,
            top=float(arguments.get("data-report-margin-top") or paper.margin_top),
            right=paper.margin_right,
            bottom=float(arguments.get("data-report-margin-bottom") or paper.margin_bottom),
            left=paper.margin_left,
        )
        landscape = arguments.get("data-report-landscape") or landscape or paper.orientation == "Landscape"
        return sheet.turned() if landscape else sheet

    @api.model
    def _get_print_language(self, html):
        """Return the language of a page as HTML says it.

        :rtype: str
        """
        found = lxml.html.document_fromstring(html).xpath("//@data-oe-lang")
        return (found[0] if found else self.env.lang or "").replace("_", "-")

    @api.model
    def _get_print_styles(self, html):
        """Return the styles that a page links to, as text.

        :rtype: str
        """
        styles = []
        for link in lxml.html.document_fromstring(html).iterfind(".//link"):
            name = urlsplit(link.get("href") or "").path.rsplit("/", 1)[-1]
            if name.endswith(".css"):
                bundle, rtl, _kind, autoprefix = self.env["ir.asset"]._parse_bundle_name(name, False)
                assets = self.env["ir.qweb"]._get_asset_bundle(bundle, js=False, rtl=rtl, autoprefix=autoprefix)
                styles += [attachment.raw.decode() for attachment in assets.css().sudo()]
        return "\n".join(styles)

    # ---- pictures -----------------------------------------------------------------------------

    @api.model
    def _inline_pictures(self, html):
        """Put pictures into a page; what the user may not see, or comes from elsewhere, is left out.

        :rtype: str
        """
        doc = lxml.html.document_fromstring(str(html))
        for image in list(doc.iter("img")):
            source = image.get("src") or ""
            if not source.startswith("data:"):
                content = self._get_picture(urlsplit(source))
                if content:
                    kind = guess_mimetype(content)
                    image.set("src", f"data:{kind};base64,{base64.b64encode(content).decode()}")
                else:
                    image.drop_tree()
        return lxml.html.tostring(doc, encoding="unicode")

    @api.model
    def _get_picture(self, address):
        """Return a picture of this database or of a module.

        :param urllib.parse.SplitResult address: its address
        :rtype: bytes | None
        """
        path = unquote(address.path)
        try:
            if "/static/" in path:
                with file_open(path.lstrip("/"), "rb", filter_ext=PICTURES) as file:
                    return file.read()
            if found := RECORD_IMAGE.match(path):
                return self._get_record_picture(**found.groupdict())
            if path.startswith("/report/barcode"):
                return self._get_barcode(address)
        except (OSError, ValueError, KeyError, AccessError, MissingError):
            _logger.info("a picture is left out of a print")
        return None

    @api.model
    def _get_record_picture(self, model, record_id, field):
        """Return a picture of a record, with the rights of the user, also where the print has more.

        :rtype: bytes | None
        """
        record = self.env[model].sudo(False).browse(int(record_id))
        if not isinstance(record._fields[field], fields.Binary):
            return None
        return base64.b64decode(record[field] or b"") or None

    @api.model
    def _get_barcode(self, address):
        """Return the picture of a barcode, which Odoo draws at an address.

        :param urllib.parse.SplitResult address: of the barcode
        :rtype: bytes | None
        """
        found = BARCODE.match(unquote(address.path))
        named = found.groupdict() if found else {name: values[0] for name, values in parse_qs(address.query).items()}
        try:
            return self.barcode(named["type"], named["value"])
        except Exception:  # pylint: disable=broad-except
            # drawing needs parts that a server may lack: the paper is worth more than its barcode
            _logger.warning("a barcode is left out of a print", exc_info=True)
            return None
