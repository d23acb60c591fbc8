"""Scans of documents: encrypted bytes, shown once for a reason, re-encrypted, gone with the guest."""

import base64
from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.hotel_crm_base.models.guest import hotel_guest_document_scan

from ..common import HotelCase
from ..security_common import PIXEL
from .document_case import EVERYBODY, MAY_READ_DOCUMENTS, REFUSED, DocumentSecurityCase
from .identity_numbers import WANG
from .key_files import OLD, OwnKeyFile

PICTURE = base64.b64decode(PIXEL)
REASON = "Police registration"


@tagged("post_install", "-at_install")
class TestDocumentScans(DocumentSecurityCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.scan = cls._make_scan(cls.document.with_user(cls.clerk))

    @classmethod
    def _make_scan(cls, document, content=PIXEL, **values):
        return document.env["hotel.guest.document.scan"].create(
            {"document_id": document.id, "content_input": content, **values}
        )

    def test_the_database_and_its_files_hold_no_picture(self):
        self.env.flush_all()
        self.env.cr.execute("SELECT content_enc FROM hotel_guest_document_scan WHERE id = %s", [self.scan.id])
        stored = bytes(self.env.cr.fetchone()[0])
        for form in (PICTURE, base64.b64encode(PICTURE), PICTURE[:8]):
            self.assertNotIn(form, stored)
            self.assertNotIn(form, base64.b64decode(stored, validate=False) if stored[:1] != b"v" else b"")
        self.assertFalse(self.env["ir.attachment"].search([("res_model", "=", "hotel.guest.document.scan")]))
        self.assertEqual((self.scan.mimetype, self.scan.size), ("image/png", len(PICTURE)))

    def test_the_same_picture_twice_is_two_cipher_texts(self):
        other = self._make_scan(self.document)
        self.assertNotEqual(self.scan.sudo().content_enc, other.sudo().content_enc)

    def test_the_identity_group_sees_it_for_a_reason_that_is_logged(self):
        self.assertEqual(self.scan.with_user(self.reader)._show(f"  {REASON} "), PICTURE)
        entry = self._get_log("identity", user_id=self.reader.id)
        self.assertEqual((entry.reason, entry.field_names), (REASON, "document.scan"))

    def test_no_reason_no_scan(self):
        for reason in ("", "  a ", None, 5):
            with self.assertRaises(UserError):
                self.scan.with_user(self.reader)._show(reason)
        self.assertFalse(self._get_log("identity"))

    def test_nobody_reads_the_bytes_any_other_way(self):
        for role in EVERYBODY:
            scan = self.scan.with_user(self.users[role])
            for name in ("content_enc", "content_input"):
                if role not in MAY_READ_DOCUMENTS or name == "content_enc":
                    with self.assertRaises(AccessError, msg=f"{role} {name}"):
                        scan.read([name])
                else:
                    self.assertFalse(scan.read([name])[0][name])
            try:
                exported = scan.export_data(["content_enc"])["datas"]
            except REFUSED:
                exported = []
            self.assertFalse([cell for row in exported for cell in row if cell])
            if not role.endswith("+identity"):
                with self.assertRaises(AccessError, msg=role):
                    scan._show(REASON)

    def test_the_desk_adds_scans_and_deletes_none(self):
        with self.assertRaises(AccessError):
            self.scan.with_user(self.clerk).unlink()
        with self.assertRaises(AccessError):
            self._make_scan(self.document.with_user(self.users["marketing"]))
        self.scan.with_user(self.users["manager"]).unlink()

    def test_only_files_are_written(self):
        for name, value in (("content_enc", "abc"), ("mimetype", "text/html"), ("size", 3), ("key_version", 9)):
            with self.assertRaises(AccessError, msg=name):
                self.scan.with_user(self.clerk).write({name: value})

    def test_kinds_and_sizes_are_limited(self):
        html = base64.b64encode(b"<html><script>alert(1)</script></html>").decode()
        svg = base64.b64encode(b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"></svg>').decode()
        for wrong in (html, svg, "", "no base64 %", base64.b64encode(b"MZ" + b"x" * 100).decode()):
            with self.assertRaises(UserError):
                self._make_scan(self.document, wrong)
        with patch.object(hotel_guest_document_scan, "SIZE_LIMIT", 10), self.assertRaisesRegex(UserError, "larger"):
            self._make_scan(self.document)
        for _number in range(5):
            self._make_scan(self.document)
        with self.assertRaisesRegex(UserError, "at most"):
            self._make_scan(self.document)

    def test_showing_is_limited_per_user(self):
        self.env["ir.config_parameter"].set_param("hotel_crm_base.identity_reveal_limit", "2")
        scans = [self._make_scan(self.document) for _number in range(3)]
        for scan in scans[:2]:
            scan.with_user(self.reader)._show(REASON)
        with self.assertRaisesRegex(UserError, "2 times"):
            scans[2].with_user(self.reader)._show(REASON)

    def test_a_question_is_answered_once_soon_and_to_who_asked(self):
        questions = self.env["hotel.guest.document.scan.show"].with_user(self.reader)
        question = questions.create({"scan_id": self.scan.id, "reason": REASON})
        with self.assertRaises(AccessError):
            question._take()
        question.action_show()
        with self.assertRaises(AccessError):
            question.with_user(self.users["marketing+identity"])._take()
        self.assertEqual(question._take(), (PICTURE, "image/png"))
        with self.assertRaises(AccessError):
            question._take()
        question.action_show()
        with freeze_time(fields.Datetime.now() + timedelta(minutes=2)), self.assertRaises(AccessError):
            question._take()
        with self.assertRaises(AccessError):
            self.env["hotel.guest.document.scan.show"].with_user(self.clerk).create(
                {"scan_id": self.scan.id, "reason": REASON}
            )

    def test_a_scan_goes_with_its_guest(self):
        self.guest._hotel_anonymize()
        self.env.flush_all()
        self.env.cr.execute("SELECT count(*) FROM hotel_guest_document_scan WHERE id = %s", [self.scan.id])
        self.assertEqual(self.env.cr.fetchone()[0], 0)


@tagged("post_install", "-at_install")
class TestScanPage(HttpCase, HotelCase):
    @mute_logger("odoo.http")
    def test_the_picture_is_sent_once_and_kept_by_nobody(self):
        self.env["hotel.data.key"]._get_keyring()
        document = self._make_document(self._make_guest("Wang Wei"), WANG)
        scan = self.env["hotel.guest.document.scan"].create({"document_id": document.id, "content_input": PIXEL})
        reader = self._make_user("front_office+identity")
        question = self.env["hotel.guest.document.scan.show"].with_user(reader).create(
            {"scan_id": scan.id, "reason": REASON}
        )
        url = question.action_show()["url"]
        clerk = self._make_user("manager")
        self.authenticate(clerk.login, clerk.login)
        self.assertEqual(self.url_open(url).status_code, 404)
        self.authenticate(reader.login, reader.login)
        response = self.url_open(url)
        self.assertEqual((response.status_code, response.content), (200, PICTURE))
        self.assertEqual(response.headers["Cache-Control"], "no-store")
        self.assertEqual(response.headers["X-Content-Type-Options"], "nosniff")
        self.assertEqual(self.url_open(url).status_code, 404)


@tagged("post_install", "-at_install")
class TestScanRotation(OwnKeyFile, HotelCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._use_own_key_file()
        cls.keys = cls.env["hotel.data.key"]
        cls.env["hotel.guest.document"].search([]).unlink()
        cls.keys.search([]).unlink()
        with patch.object(cls.registry, "ready", False):  # in this transaction, as while installing
            cls.keys._get_wrapped_keys()
        cls.document = cls._make_document(cls._make_guest(), WANG)
        cls.scans = cls.env["hotel.guest.document.scan"].create(
            [{"document_id": cls.document.id, "content_input": PIXEL} for _number in range(3)]
        )

    def setUp(self):
        super().setUp()
        self.addCleanup(self._set_key_file, OLD)

    def test_scans_move_to_the_key_in_use_before_the_old_one_retires(self):
        self.keys.with_user(self._make_user("admin")).action_replace_data_key()
        old = self.keys.search([("purpose", "=", "data"), ("version", "=", 1)])
        self.assertEqual((old.state, old.pending_count), ("retiring", 4))  # a number and three scans
        job = self.env.ref("hotel_crm_base.ir_cron_reencrypt")
        with self.enter_registry_test_mode():
            job.method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(self.scans.mapped("key_version"), [2, 2, 2])
        self.assertEqual((old.state, old.pending_count), ("retired", 0))
        for scan in self.scans:
            self.assertEqual(scan._open_sealed(), PICTURE)

    def test_bytes_that_were_moved_or_changed_are_refused(self):
        scan = self.scans[0].sudo()
        sealed = base64.b64decode(scan.content_enc)
        changed = base64.b64encode(sealed[:-1] + bytes([sealed[-1] ^ 1]))
        self.env.cr.execute("UPDATE hotel_guest_document_scan SET content_enc = %s WHERE id = %s", [changed, scan.id])
        scan.invalidate_recordset()
        reader = self._make_user("front_office+identity")
        with mute_logger("odoo.addons.hotel_crm_base.models.guest.hotel_data_key"), self.assertRaises(UserError):
            scan.with_user(reader).sudo(False)._show(REASON)
