import sys

from odoo.tests import HttpCase, tagged


@tagged("post_install", "-at_install")
class TestFilesOfNonsense(HttpCase):
    """Odoo's own pictures and bar codes, asked for by anybody."""

    def test_what_no_page_asks_for_is_refused(self):
        for path in (
            "/web/image/1?width=wide",
            "/web/image/1?height=",
            "/web/image/1?download=perhaps",
            "/web/image/1?crop=%E4%B8%AD",
            "/web/image/1/9223372036854775808x-1",
            "/web/image/1?access_token=%E4%B8%AD",
            "/web/content?id=one",
            "/web/assets/%00/web.assets_frontend.min.js",
            "/report/barcode/Hieroglyph/1",
            "/report/barcode/QR/1?width=100000&height=100000",
            "/report/barcode",
        ):
            with self.subTest(path):
                answer = self.url_open(path)
                self.assertIn(answer.status_code, (400, 404))
                self.assertNotIn("Traceback", answer.text)

    def test_what_pages_ask_for_comes(self):
        asked = ["/web/image/0/16x16", "/web/image/1?crop=center"]
        if sys.version_info < (3, 13):  # there is nothing to draw them with
            asked += ["/report/barcode/QR/Room 7?width=200&height=200", "/report/barcode/EAN13/5901234123457"]
        for path in asked:
            with self.subTest(path):
                answer = self.url_open(path)
                self.assertEqual((answer.status_code, answer.headers["Content-Type"]), (200, "image/png"))
