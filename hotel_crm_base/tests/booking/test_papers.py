"""Papers of the desk: real PDFs, pages for guests, spreadsheets; signed once, read by whom they concern."""

import base64
import io
import time
import unicodedata

from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tests.common import JsonRpcException
from odoo.tools import mute_logger

from odoo.addons.hotel_crm_base import chromium

from ..common import ROLES
from .folio_common import FolioCase

CARD, FOLIO = "hotel_crm_base.hotel_registration_card", "hotel_crm_base.hotel_folio"
# one pixel
PNG = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


class PapersCase(FolioCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.guest.write({"hotel_nationality_id": cls.env.ref("base.pt").id, "phone": "+351912345678"})
        cls.companion = cls._make_guest("王小明")
        cls.reservation = cls._make_in_house(nights=2)
        cls.stay = cls.reservation.stay_ids
        cls.stay.companion_ids = cls.companion
        cls.clerk = cls._make_user("front_office")

    def _need_browser(self):
        if not self.env["ir.actions.report"]._get_print_browser():
            self.skipTest("outside: Chromium, or a patched wkhtmltopdf is here")

    def _print(self, report, records, user=None):
        reports = self.env["ir.actions.report"].with_user(user or self.clerk).with_context(force_report_rendering=True)
        content, kind = reports._render_qweb_pdf(report, records.ids)
        self.assertEqual((kind, content[:5]), ("pdf", b"%PDF-"))
        return PdfReader(io.BytesIO(content))

    def _read(self, content):
        return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


@tagged("post_install", "-at_install")
class TestPrint(PapersCase):
    def test_a_registration_card_is_a_pdf_in_two_scripts(self):
        self._need_browser()
        pdf = self._print(CARD, self.stay)
        # extraction names some characters by their radical
        text = unicodedata.normalize("NFKC", " ".join(page.extract_text() for page in pdf.pages))
        for part in ("Registration Card", "Ana Costa", "王小明", "Harbour Hotel", "Portugal", self.stay.room_id.name):
            self.assertIn(part, text)
        width, height = (float(pdf.pages[0].mediabox[side]) for side in (2, 3))
        self.assertAlmostEqual(width, 595, delta=2)
        self.assertAlmostEqual(height, 842, delta=2)

    def test_chinese_is_printed_with_a_chinese_font(self):
        self._need_browser()
        self.env["res.lang"]._activate_lang("zh_CN")
        self.guest.lang = "zh_CN"
        pdf = self._print(CARD, self.stay)
        fonts = [font.get_object() for page in pdf.pages for font in page["/Resources"].get("/Font", {}).values()]
        names = {str(font["/FontDescriptor"]["/FontName"]) for font in fonts if "/FontDescriptor" in font}
        names |= {str(font["/BaseFont"]) for font in fonts if "/BaseFont" in font}
        self.assertTrue(any(mark in name for name in names for mark in ("CJK", "Hei", "Song", "Han")), names)

    def test_every_page_has_its_number_and_every_card_its_own_header(self):
        self._need_browser()
        pdf = self._print(CARD, self.stay | self._make_in_house(stays=2).stay_ids)
        self.assertEqual(len(pdf.pages), 3)
        for number in range(3):
            self.assertRegex(pdf.pages[number].extract_text(), r"1\s*/\s*1")

    def test_a_long_folio_numbers_its_pages(self):
        self._need_browser()
        for number in range(60):
            self.stay._post_charge(self.restaurant, "food", f"Dinner {number}", 20.0)
        pdf = self._print(FOLIO, self.reservation)
        pages = len(pdf.pages)
        self.assertGreater(pages, 1)
        for number in range(pages):
            self.assertRegex(pdf.pages[number].extract_text(), rf"{number + 1}\s*/\s*{pages}")
        self.assertIn("Dinner 59", pdf.pages[-1].extract_text() + pdf.pages[-2].extract_text())

    def test_a_print_fetches_nothing_and_runs_nothing(self):
        self._need_browser()
        browser = self.env["ir.actions.report"]._get_print_browser()
        body = """<html><head></head><body>Before
            <script>document.body.textContent = 'changed'</script>
            <img src="http://127.0.0.1:9/x.png"/><iframe src="file:///etc/passwd"></iframe>
            <object data="file:///etc/hostname"></object>After</body></html>"""
        html = chromium.enclose(self.env["ir.actions.report"]._inline_pictures(body), chromium.Sheet(210, 297))
        for part in ("<script", "<iframe", "<object", "<img"):
            self.assertNotIn(part, html)
        text = PdfReader(io.BytesIO(chromium.print_pdf(browser, html))).pages[0].extract_text()
        self.assertIn("Before", text)
        self.assertIn("After", text)
        self.assertNotIn("root:", text)
        # the policy alone is enough, should something pass the first filter
        raw = "<html><head>%s</head><body>Here<script>document.body.textContent='changed'</script></body></html>"
        raw %= f'<meta http-equiv="Content-Security-Policy" content="{chromium.POLICY}">'
        text = PdfReader(io.BytesIO(chromium.print_pdf(browser, raw))).pages[0].extract_text()
        self.assertEqual(text.replace(" ", ""), "Here")

    def test_a_browser_that_hangs_is_ended(self):
        folder = self.env["ir.actions.report"]._get_print_browser() and "/bin/sleep"
        begin = time.monotonic()
        with self.assertRaisesRegex(chromium.PrintError, "within 1 seconds"):
            self._patch(chromium, "SHELL", "exec sleep 900")
            chromium.print_pdf(folder or "sleep", "<html/>", timeout=1)
        self.assertLess(time.monotonic() - begin, 600, "it was not waited for")

    @mute_logger("odoo.addons.hotel_crm_base.models.border.ir_actions_report_chromium")
    def test_a_print_that_fails_says_so_in_a_sentence(self):
        reports = self.env["ir.actions.report"]
        self._patch(type(reports), "_get_print_browser", lambda reports: "/bin/false")
        with self.assertRaisesRegex(UserError, "could not be made"):
            self._print(CARD, self.stay)

    def test_without_any_engine_nothing_but_the_print_is_missing(self):
        reports = self.env["ir.actions.report"]
        self._patch(type(reports), "_get_print_browser", lambda reports: None)
        html, _kind = reports.with_user(self.clerk)._render_qweb_html(CARD, self.stay.ids)
        self.assertIn("Ana Costa", html.decode())
        html, _kind = reports.with_user(self.clerk)._render_qweb_html(FOLIO, self.reservation.ids)
        self.assertIn("230.00", html.decode())

    @mute_logger("odoo.addons.hotel_crm_base.models.border.ir_actions_report_chromium")
    def test_pictures_of_modules_and_records_are_inside_the_page(self):
        self.guest.image_1920 = PNG
        reports = self.env["ir.actions.report"].with_user(self.clerk)
        html = reports._inline_pictures(
            f'<div><img src="/web/static/img/logo.png"/><img src="/web/image/res.partner/{self.guest.id}/image_128"/>'
            '<img src="/web/static/../../../etc/passwd"/><img src="/report/barcode/QR/hello"/></div>'
        )
        self.assertGreaterEqual(html.count("data:image/"), 1 + bool(self.guest.image_128))
        self.assertNotIn("passwd", html)


@tagged("post_install", "-at_install")
class TestLists(PapersCase):
    def test_the_day_end_and_the_house_list_are_spreadsheets(self):
        self.guest.name = "=1+1"
        house = self._read(self.hotel.with_user(self.clerk)._make_house_list())
        self.assertEqual(house[0][:3], ["Room", "Guest", "Companions"])
        self.assertEqual(house[1][1:3], ["=1+1", "王小明"])
        day_end = self.hotel._run_day_end(self.hotel.business_date).with_user(self.clerk)
        rows = self._read(day_end._make_xlsx())
        [balance] = [row for row in rows if row[0] == "Open Balance"]
        self.assertEqual((balance[2], balance[4]), ("=1+1", self.reservation.balance))
        exports = self.env["hotel.access.log"].search([("action", "=", "export"), ("partner_id", "=", self.guest.id)])
        self.assertTrue(exports)

    def test_who_gets_the_lists(self):
        day_end = self.hotel._run_day_end(self.hotel.business_date)
        for role in ROLES:
            user = self._make_user(role)
            for call, allowed in (
                (self.hotel.with_user(user)._make_house_list, {"front_office", "manager", "admin"}),
                (day_end.with_user(user)._make_xlsx, {"front_office", "finance", "manager", "admin"}),
            ):
                if role in allowed:
                    self.assertTrue(call())
                else:
                    with self.assertRaises(AccessError, msg=role):
                        call()


@tagged("post_install", "-at_install")
class TestRegistrationPage(PapersCase, HttpCase):
    def setUp(self):
        super().setUp()
        self.url = self.stay._get_registration_url()
        self.path = self.url.split("?")[0]

    def _sign(self, url=None, **values):
        url = url or self.url.replace("?", "/sign?")
        values = {"name": "Ana  Costa", "signature": PNG, **values}
        return self.make_jsonrpc_request(url, values)

    def test_a_guest_signs_once_by_the_link(self):
        response = self.url_open(self.url)
        self.assertEqual(response.status_code, 200)
        self.assertIn("Registration Card", response.text)
        self.assertIn("portal.signature_form", response.text)
        self.assertEqual(response.headers["Cache-Control"], "no-store")
        self.assertIn("redirect_url", self._sign())
        self.assertEqual(self.stay.registration_signed_by, "Ana Costa")
        self.assertTrue(self.stay.registration_signed_at)
        signature = self.stay.registration_signature
        self.assertIn("signed already", self._sign(name="Somebody Else")["error"])
        self.assertEqual((self.stay.registration_signed_by, self.stay.registration_signature), ("Ana Costa", signature))
        page = self.url_open(self.url).text
        self.assertIn("Signed by", page)
        self.assertNotIn("portal.signature_form", page)

    def test_what_is_no_signature_is_refused(self):
        jpeg = base64.b64encode(b"\xff\xd8\xff\xe0" + b"x" * 50).decode()
        large = base64.b64encode(base64.b64decode(PNG) + b"0" * 400_000).decode()
        wrong = [{"signature": signature} for signature in ("", "%%%", jpeg, large)]
        for values in (*wrong, {"name": "  "}):
            self.assertIn("error", self._sign(**values), str(values)[:40])
        self.assertFalse(self.stay.registration_signed_at)

    @mute_logger("odoo.http")
    def test_strangers_see_and_sign_nothing(self):
        other = self._make_in_house(guest=self._make_guest("Rui Pinto"))
        crossed = self.url.replace(f"registration/{self.stay.id}", f"registration/{other.stay_ids.id}")
        for url in (f"{self.path}?access_token=wrong", crossed):
            self.assertEqual(self.url_open(url).status_code, 404)
        self.authenticate(None, None)
        self.assertIn("/web/login", self.url_open(self.path).url)
        with self.assertRaises(JsonRpcException):
            self._sign(crossed.replace("?", "/sign?"))
        self.assertFalse((self.stay | other.stay_ids).filtered("registration_signed_at"))

    def test_the_receipt_is_a_page_too(self):
        token = self.reservation._portal_ensure_token()
        text = self.url_open(f"/my/reservations/{self.reservation.id}/receipt?access_token={token}").text
        self.assertIn("Receipt", text)
        self.assertIn("230.00", text)

    def test_lists_are_downloaded_by_those_who_may(self):
        day_end = self.hotel._run_day_end(self.hotel.business_date)
        self.authenticate(self.clerk.login, self.clerk.login)
        for url in (f"/hotel/day_end/{day_end.id}/report.xlsx", f"/hotel/property/{self.hotel.id}/house_list.xlsx"):
            response = self.url_open(url)
            self.assertEqual((response.status_code, response.content[:2]), (200, b"PK"))
        keeper = self._make_user("housekeeping")
        self.authenticate(keeper.login, keeper.login)
        for url in (f"/hotel/day_end/{day_end.id}/report.xlsx", f"/hotel/property/{self.hotel.id}/house_list.xlsx"):
            self.assertEqual(self.url_open(url).status_code, 404)
        for url in ("/hotel/day_end/0/report.xlsx", "/hotel/property/0/house_list.xlsx", "/hotel/import/0/refused.csv"):
            self.assertEqual(self.url_open(url).status_code, 404, "there is no record 0")
