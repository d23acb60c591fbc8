from datetime import date

from odoo.tests import tagged

from .member_common import MemberCase


@tagged("post_install", "-at_install")
class TestMemberPages(MemberCase):
    def test_the_programme_is_open_to_everybody(self):
        answer = self._get("/hotel/club")
        self.assertEqual(answer.status_code, 200)
        text = self._text(answer)
        for word in ("Silver", "Gold", "100", "Join"):
            self.assertIn(word, text)
        self.assertEqual(self._get("/hotel/club/nothing").status_code, 404)
        self.assertEqual(self._get(f"/hotel/club/{self.program.hotel_code}").status_code, 200)

    def test_the_card_says_where_a_member_stands(self):
        self._earn(self.card, 500, date(2026, 10, 10), nights=6)
        self._log_in("ana")
        answer = self._get("/my/club")
        self.assertEqual(answer.status_code, 200)
        text = self._text(answer)
        for words in ("Ana Costa", self.ana.partner_id.hotel_guest_code, "600 to use now", "Silver", "4 nights to go"):
            self.assertIn(words, text)
        self.assertTrue(answer.page.find_class("o_hotel_qr")[0].findall(".//path"))

    def test_who_is_no_member_is_led_to_the_programme(self):
        self._log_in("eva")
        answer = self.url_open("/my/club", allow_redirects=False)
        self.assertEqual(answer.status_code, 303)
        self.assertTrue(answer.headers["Location"].endswith("/hotel/club"))

    def test_the_history_tells_points_and_decisions_with_their_reasons(self):
        self._earn(self.card, 500, date(2026, 10, 10), nights=12)
        self._log_in("ana")
        text = self._text(self._get("/my/club/history"))
        for words in ("500 points for a spend of 500", "Silver was reached", "Harbour Hotel"):
            self.assertIn(words, text)
        self.assertNotIn("Silver was reached", self._text(self._get("/my/club/history", kind="earned")))
        file = self.url_open("/my/club/history.csv")
        self.assertIn("500 points for a spend of 500", file.content.decode("utf-8-sig"))
        self.assertIn("2026-09-28,2026-10-10", file.text)

    def test_odoos_own_history_leads_here(self):
        self._log_in("ana")
        answer = self.url_open(f"/my/loyalty_card/{self.card.id}/history", allow_redirects=False)
        self.assertIn("/my/club/history", answer.headers["Location"])
        answer = self.url_open(f"/my/loyalty_card/{self.other_card.id}/history", allow_redirects=False)
        self.assertNotIn("club", answer.headers["Location"])

    def test_profile(self):
        self._log_in("eva")
        self.assertEqual(self._get("/my/profile").status_code, 200)
        self.assertEqual(self._get("/my/home").status_code, 200)

    def test_transfer_form(self):
        self._log_in("ana")
        self.assertEqual(self._get("/my/club/transfer").status_code, 200)
        self.assertEqual(self._get("/my/club/milestones").status_code, 200)
