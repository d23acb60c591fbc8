"""A guest with an account, and a guest with a link."""

# what people write needs no translation
# pylint: disable=translation-required

from odoo.tests import new_test_user, tagged

from .pages_common import PagesCase, draw_picture


@tagged("post_install", "-at_install")
class TestOwnCases(PagesCase):
    def test_a_guest_tells_something_and_reads_the_answer(self):
        self.authenticate("portal_ana", "portal_ana")
        response = self._send("/my/cases/new", "Wi-Fi is slow", hotel=self.hotel.id, kind="complaint")
        case = self._get_last()
        self.assertEqual((case.source, case.partner_id, case.stay_id), ("portal", self.ana.partner_id, self.stay))
        clerk = self._make_user("service")
        word, note = ({"message_type": "comment", "subtype_xmlid": f"mail.mt_{kind}"} for kind in ("comment", "note"))
        case.with_user(clerk).message_post(body="We look at it", **word)
        case.with_user(clerk).message_post(body="He always complains", **note)
        self.assertTrue(case.answered_at)
        response = self.url_open(f"/my/cases/{case.id}")
        self.assertIn("We look at it", response.text)
        self.assertNotIn("He always complains", response.text)
        self.assertIn("Wi-Fi is slow", self.url_open("/my/cases").text)
        self.assertEqual(self.url_open("/my").status_code, 200)

    def test_a_note_is_no_answer(self):
        case = self._make_case(partner_id=self.ana.partner_id.id)
        case.with_user(self._make_user("service")).message_post(
            body="Look", message_type="comment", subtype_xmlid="mail.mt_note"
        )
        self.assertFalse(case.answered_at)

    def test_a_word_of_the_guest_lets_the_case_go_on(self):
        case = self._make_case(partner_id=self.ana.partner_id.id, source="portal")
        self.authenticate("portal_ana", "portal_ana")
        for state in ("waiting", "solved"):
            case.state = state
            self._send(f"/my/cases/{case.id}", "Still\ncold", [("a.jpg", draw_picture(), "image/jpeg")])
            self.assertEqual(case.state, "assigned")
        self.assertEqual(case.reopen_count, 1)
        word = case.message_ids.filtered("body")[:1]
        self.assertIn("Still<br", word.body)
        self.assertEqual((word.author_id, len(word.attachment_ids)), (self.ana.partner_id, 1))
        self.assertFalse(case.answered_at)

    def test_others_get_nothing(self):
        case = self._make_case(partner_id=self.ana.partner_id.id, source="portal")
        case._portal_ensure_token()
        self.authenticate("portal_rui", "portal_rui")
        for path in (f"/my/cases/{case.id}", "/my/cases/999999", f"/my/cases/{case.id}?access_token=x"):
            self.assertEqual(self.url_open(path).status_code, 404, path)
        self.assertNotIn(case.subject, self.url_open("/my/cases").text)
        self.assertEqual(self.url_open(f"/my/cases/{case.id}?access_token={case.access_token}").status_code, 200)
        self.authenticate(None, None)
        self.assertIn("/web/login", self.url_open(f"/my/cases/{case.id}").url)

    def test_files_of_staff_are_not_shown(self):
        case = self._make_case(partner_id=self.ana.partner_id.id, source="portal")
        clerk = self._make_user("service")
        secret = self.env["ir.attachment"].with_user(clerk).create(
            {"name": "a.jpg", "raw": draw_picture(), "res_model": case._name, "res_id": case.id}
        )
        self.authenticate("portal_ana", "portal_ana")
        self.assertEqual(self.url_open(f"/my/cases/{case.id}/picture/{secret.id}").status_code, 404)

    def test_what_came_from_a_room_is_not_listed_in_the_account(self):
        case = self._make_case("A companion's words", partner_id=self.ana.partner_id.id, source="room_qr")
        self.authenticate("portal_ana", "portal_ana")
        self.assertNotIn("companion", self.url_open("/my/cases").text)
        self.assertEqual(self.url_open(f"/my/cases/{case.id}").status_code, 404)

    def test_a_hotel_where_the_guest_never_was_is_not_to_be_chosen(self):
        self.authenticate("portal_ana", "portal_ana")
        response = self._send("/my/cases/new", "Hello", hotel=self.other_hotel.id)
        self.assertEqual(response.status_code, 422)

    def test_codes_are_printed_for_rooms_that_one_sees(self):
        clerk = self._make_user("front_office", login="clerk_codes", password="clerk_codes")
        strange = self._make_room(self._make_room_type(self.other_hotel), name="X99")
        self.authenticate(clerk.login, "clerk_codes")
        text = self.url_open(f"/hotel/room-codes?ids={self.room.id},{strange.id},x").text
        self.assertIn("<svg", text)
        self.assertNotIn("X99", text)
        new_test_user(self.env, login="other_portal", groups="base.group_portal", password="other_portal")
        self.authenticate("other_portal", "other_portal")
        self.assertNotIn("<svg xmlns", self.url_open(f"/hotel/room-codes?ids={self.room.id}").text)
