"""The page behind the code in a room, and what people try with it."""

import io
import struct
import zlib

from PIL import Image

from odoo.tests import tagged
from odoo.tools import mute_logger

from .pages_common import PagesCase, draw_picture

SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"


def draw_bomb(side=30000):
    """Return a PNG of a few kilobytes that unpacks to gigabytes."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    data = chunk(b"IDAT", zlib.compress(b"\0" * 100000)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + data


@tagged("post_install", "-at_install")
class TestRoomPage(PagesCase):
    def _post(self, text="The shower is cold", pictures=(), **values):
        return self._send(f"/hotel/room/{self.token}", text, pictures, **values)

    def test_what_is_written_in_a_room_is_a_case_of_the_stay_in_house(self):
        response = self._post("没有热水", [("a.png", draw_picture("PNG", (3000, 200)), "image/png")], kind="complaint")
        case = self._get_last()
        self.assertEqual(
            (case.source, case.stay_id, case.room_id, case.partner_id, case.description, case.kind),
            ("room_qr", self.stay, self.room, self.ana.partner_id, "没有热水", "complaint"),
        )
        self.assertIn(f"/my/cases/{case.id}", response.url)
        self.assertIn("没有热水", response.text)
        picture = self.env["ir.attachment"].search([("res_model", "=", case._name), ("res_id", "=", case.id)])
        made = Image.open(io.BytesIO(picture.raw))
        self.assertEqual((made.format, made.size, picture.mimetype), ("JPEG", (1920, 128), "image/jpeg"))
        shown = self.url_open(f"/my/cases/{case.id}/picture/{picture.id}?access_token={case.access_token}")
        self.assertEqual((shown.status_code, shown.headers["Content-Type"]), (200, "image/jpeg"))

    def test_neither_page_says_who_stays_there(self):
        response = self._post()
        for text in (self.url_open(f"/hotel/room/{self.token}").text, response.text):
            for secret in ("Ana", "ana@example.com", str(self.stay.departure_date)):
                self.assertNotIn(secret, text)

    def test_an_empty_room_makes_a_case_of_the_room(self):
        self.stay.write({"state": "departed"})
        self._post()
        self.assertEqual((self._get_last().room_id, self._get_last().stay_id.id), (self.room, False))

    def test_a_wrong_or_renewed_code_opens_nothing(self):
        for token in ("x", "A" * 28, self.token[:-2] + "AA", "%00", "é"):
            self.assertEqual(self.url_open(f"/hotel/room/{token}").status_code, 404)
        self.room.action_renew_service_code()
        self.assertEqual(self.url_open(f"/hotel/room/{self.token}").status_code, 404)
        self.token = self.room._get_service_token()
        self.assertEqual(self.url_open(f"/hotel/room/{self.token}").status_code, 200)

    def test_what_is_no_picture_is_refused_whatever_its_name(self):
        before = self._get_last()
        for name, content, kind in (
            ("run.jpg", b"#!/bin/sh\nrm -rf /", "image/jpeg"),
            ("a.jpg", b"<?php echo 1; ?>", "image/jpeg"),
            ("a.svg", SVG, "image/svg+xml"),
            ("a.jpg", SVG, "image/jpeg"),
            ("bomb.png", draw_bomb(), "image/png"),
            ("huge.jpg", draw_picture() + b"\0" * 20_000_000, "image/jpeg"),
            ("torn.png", draw_picture("PNG")[:40], "image/png"),
        ):
            with self.subTest(name):
                response = self._post(pictures=[(name, content, kind)])
                self.assertEqual(response.status_code, 422, name)
                self.assertIn("o_hotel_pictures_problem", response.text)
        self.assertEqual(self._get_last(), before)

    def test_nine_pictures_are_too_many(self):
        response = self._post(pictures=[(f"{number}.jpg", draw_picture(), "image/jpeg") for number in range(9)])
        self.assertEqual(response.status_code, 422)
        self.assertIn("8 pictures at most", response.text)

    def test_a_script_hidden_in_a_picture_does_not_survive(self):
        content = draw_picture("JPEG", comment=b"<script>alert(1)</script>")
        self._post(pictures=[("a.jpg", content + b"<?php system('id') ?>", "image/jpeg")])
        picture = self.env["ir.attachment"].search([("res_model", "=", "hotel.case")], order="id desc", limit=1)
        self.assertNotIn(b"script", picture.raw)
        self.assertNotIn(b"php", picture.raw)

    def test_long_texts_are_refused_and_html_is_only_text(self):
        response = self._post("x" * 10000)
        self.assertEqual(response.status_code, 422)
        self.assertIn("5000 characters", response.text)
        response = self._post("<img src=x onerror=alert(1)><b>bold</b>")
        self.assertEqual(self._get_last().description, "<img src=x onerror=alert(1)><b>bold</b>")
        self.assertIn("&lt;img src=x", response.text)
        self.assertNotIn("<img src=x", response.text)
        self.assertEqual(self._post(" ").status_code, 422)

    def test_fifty_in_a_minute_from_one_code_are_stopped(self):
        form = self._open_form(f"/hotel/room/{self.token}")
        self.env.flush_all()
        codes = []
        for number in range(50):
            data = {**form, "nonce": f"n{number}", "text": "again"}
            codes.append(self.url_open(f"/hotel/room/{self.token}", data=data, allow_redirects=False).status_code)
        self.assertEqual(codes[:1] + codes[-1:], [303, 429])
        made = self.env["hotel.case"].search_count([("room_id", "=", self.room.id)])
        self.assertLessEqual(made, 10)

    def test_a_form_sent_twice_counts_once(self):
        form = {**self._open_form(f"/hotel/room/{self.token}"), "text": "Towels please", "kind": "request"}
        self.env.flush_all()
        for _time in range(2):
            self.assertEqual(self.url_open(f"/hotel/room/{self.token}", data=form).status_code, 200)
        self.assertEqual(self.env["hotel.case"].search_count([("room_id", "=", self.room.id)]), 1)

    @mute_logger("odoo.http")
    def test_without_the_token_of_its_page_nothing_is_taken(self):
        response = self.url_open(f"/hotel/room/{self.token}", data={"text": "x"})
        self.assertEqual(response.status_code, 400)
