"""The privacy desk: who asks, who answers, by when, and what the guest gets."""

import io
import json
import re
import zipfile
from datetime import date, timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from ..booking.portal_common import PortalMakers
from ..common import HotelCase

TODAY = "2026-06-01 10:00:00"


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestPrivacyDesk(HotelCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.guest = cls._make_guest("Ana Costa", email="ana@example.com")
        cls.manager = cls._make_user("manager+identity")
        cls.clerk = cls._make_user("front_office")

    def _ask(self, kind="erasure", **values):
        return self.env["hotel.privacy.request"].create({"partner_id": self.guest.id, "kind": kind, **values})

    def test_a_request_has_a_deadline_and_stands_on_a_managers_list(self):
        self.env["ir.config_parameter"].set_param("hotel_crm_base.privacy_days", "20")
        request = self._ask()
        self.assertEqual(request.deadline_date, date(2026, 6, 21))
        activity = request.activity_ids
        self.assertEqual(activity.date_deadline, date(2026, 6, 18))
        self.assertTrue(activity.user_id.has_group("hotel_crm_base.group_manager"))
        self.assertFalse(request.is_overdue)
        with freeze_time("2026-06-22"):
            request.invalidate_recordset()
            late = self.env["hotel.privacy.request"].search([("is_overdue", "=", True)])
            self.assertIn(request, late)
            self.assertTrue(request.is_overdue)

    def test_nothing_is_answered_before_it_is_known_who_asks(self):
        request = self._ask()
        with self.assertRaises(UserError):
            request.with_user(self.manager).action_answer()
        with self.assertRaises(AccessError):
            request.with_user(self.clerk).write({"state": "open"})
        request.with_user(self.clerk).action_confirm_document()
        self.assertEqual((request.state, request.identity_way), ("open", "document"))
        with self.assertRaises(AccessError):
            request.with_user(self.clerk).action_answer()
        self.assertEqual(request.state, "open")

    def test_staff_notes_a_request_and_cannot_smuggle_its_state(self):
        request = self.env["hotel.privacy.request"].with_user(self.clerk).create(
            {"partner_id": self.guest.id, "kind": "copy", "source": "letter", "state": "open", "identity_way": "login"}
        )  # fmt: skip
        self.assertEqual((request.state, request.identity_way), ("unconfirmed", False))

    def test_the_guest_confirms_by_a_link_once(self):
        request = self._ask("copy")
        request.with_user(self.clerk).action_send_link()
        message = self.env["hotel.message"].search([("partner_id", "=", self.guest.id)], order="id desc", limit=1)
        token = re.search(rf"/hotel/privacy/{request.id}/([\w-]+)", message.content_id.body)[1]
        self.assertNotIn(token, request.confirm_digest)
        self.assertFalse(request._confirm("wrong"))
        with freeze_time("2026-06-20"):
            self.assertFalse(request._confirm(token), "the link ends")
        self.assertTrue(request._confirm(token))
        self.assertEqual((request.state, request.identity_way), ("open", "link"))
        self.assertFalse(request._confirm(token), "it counts once")

    def test_the_desk_answers_an_erasure_and_the_job_does_it(self):
        request = self._ask()
        request.with_user(self.clerk).action_confirm_document()
        request.with_user(self.manager).action_answer()
        self.assertEqual((request.state, self.guest.name), ("queued", "Ana Costa"))
        farewell = self.env["hotel.message"].search([("partner_id", "=", self.guest.id)])
        self.assertEqual((farewell.purpose, farewell.state), ("transaction", "queued"))
        self.env["hotel.privacy.request"]._find_queued()._erase_guests()
        self.assertEqual(self.guest.name, "Ana Costa", "the farewell leaves first")
        farewell.state = "sent"
        self.env["hotel.privacy.request"]._find_queued()._erase_guests()
        self.env.invalidate_all()
        self.assertEqual((request.state, self.guest.name), ("answered", "Erased Guest"))
        self.assertEqual(request.user_id, self.manager)
        self.assertFalse(request.activity_ids)

    def test_what_stands_against_an_erasure_is_said(self):
        self.env["hotel.privacy.hold"].create({"partner_id": self.guest.id, "reason": "Lawsuit"})
        request = self._ask()
        self.assertIn("legal hold", request.obstacle_text)
        request.action_confirm_document()
        with self.assertRaisesRegex(UserError, "legal hold"):
            request.with_user(self.manager).action_answer()

    def test_a_refusal_has_a_reason_that_the_guest_is_told(self):
        request = self._ask()
        with self.assertRaisesRegex(UserError, "why"):
            request.with_user(self.manager).action_refuse()
        request.with_user(self.manager).refusal = "We need your data for the lawsuit."
        request.with_user(self.manager).action_refuse()
        self.assertEqual(request.state, "refused")
        messages = self.env["hotel.message"].search([("partner_id", "=", self.guest.id)])
        self.assertIn("lawsuit", messages.content_id.body)

    def test_a_copy_is_handed_over_by_those_who_may_read_numbers_and_it_is_logged(self):
        request = self._ask("copy")
        request.action_confirm_document()
        plain = self._make_user("manager")
        request.with_user(plain).action_answer()
        with self.assertRaises(AccessError):
            request.with_user(plain).action_hand_over()
        self.assertIn(str(request.id), request.with_user(self.manager).action_hand_over()["url"])
        request.with_user(self.manager)._fetch()
        entry = self.env["hotel.access.log"].search([("action", "=", "export"), ("guest_id", "=", self.guest.id)])
        self.assertEqual(entry.user_id, self.manager)

    def test_a_guest_asks_for_the_same_once(self):
        first = self.env["hotel.privacy.request"]._ask(self.guest, "erasure")
        self.assertEqual(self.env["hotel.privacy.request"]._ask(self.guest, "erasure"), first)


@tagged("post_install", "-at_install")
class TestOwnPrivacy(PortalMakers, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls._make_portal_user("portal_ana", name="Ana Costa", email="ana@example.com")
        cls.other = cls._make_portal_user("portal_bo", name="Bo Lin", email="bo@example.com")

    def _post(self, path, **values):
        page = self.url_open("/my/profile").text
        token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
        return self.url_open(path, data={"csrf_token": token, **values})

    def test_a_guest_without_a_membership_gets_the_copy_and_only_the_own_one(self):
        self.authenticate("portal_ana", "portal_ana")
        self.assertIn("Ask for a copy", self.url_open("/my/profile").text)
        answer = self._post("/my/privacy", kind="copy")
        request = self.env["hotel.privacy.request"].search([("partner_id", "=", self.user.partner_id.id)])
        self.assertEqual((request.state, request.kind, request.identity_way), ("answered", "copy", "login"))
        self.assertIn(f"/my/privacy/copy/{request.id}", answer.text)
        got = self.url_open(f"/my/privacy/copy/{request.id}")
        self.assertEqual((got.status_code, got.headers["Cache-Control"]), (200, "no-store"))
        with zipfile.ZipFile(io.BytesIO(got.content)) as packed:
            self.assertEqual(json.loads(packed.read("guest.json"))["guest"], "Ana Costa")
        self.assertEqual(request.fetch_count, 1)
        self.authenticate("portal_bo", "portal_bo")
        self.assertEqual(self.url_open(f"/my/privacy/copy/{request.id}").status_code, 404)
        self.assertEqual(self.url_open(f"/hotel/privacy/copy/{request.id}").status_code, 404)
        self.authenticate(None, None)
        self.assertIn("login", self.url_open(f"/my/privacy/copy/{request.id}").url)
        request.link_until = fields.Datetime.now() - timedelta(seconds=1)
        self.authenticate("portal_ana", "portal_ana")
        self.assertEqual(self.url_open(f"/my/privacy/copy/{request.id}").status_code, 404)

    def test_an_erasure_is_asked_for_with_a_tick_and_can_be_withdrawn(self):
        self.authenticate("portal_ana", "portal_ana")
        self.assertEqual(self._post("/my/privacy", kind="erasure").status_code, 422)
        self._post("/my/privacy", kind="erasure", agreed="1")
        request = self.env["hotel.privacy.request"].search([("partner_id", "=", self.user.partner_id.id)])
        self.assertEqual((request.state, request.kind), ("open", "erasure"))
        self.authenticate("portal_bo", "portal_bo")
        self.assertEqual(self._post("/my/privacy/withdraw", request=request.id).status_code, 422)
        self.assertEqual(request.state, "open")
        self.authenticate("portal_ana", "portal_ana")
        self._post("/my/privacy/withdraw", request=request.id)
        self.assertEqual(request.state, "cancelled")
        self.assertEqual(self._post("/my/privacy", kind="everything").status_code, 422)

    def test_the_link_of_an_email_asks_before_it_counts(self):
        request = self.env["hotel.privacy.request"].create({"partner_id": self.user.partner_id.id, "kind": "copy"})
        request.action_send_link()
        message = self.env["hotel.message"].search([("partner_id", "=", self.user.partner_id.id)], limit=1)
        path = re.search(rf"/hotel/privacy/{request.id}/[\w-]+", message.content_id.body)[0]
        page = self.url_open(path)
        self.assertEqual(request.state, "unconfirmed")
        token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)[1]
        self.assertIn("it is confirmed", self.url_open(path, data={"csrf_token": token}).text)
        self.assertEqual(request.state, "open")
        self.assertIn("not valid any more", self.url_open(path).text)
