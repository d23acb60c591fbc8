"""The guest rates the handling by a link, without a login."""

from odoo.tests import tagged

from ..case.pages_common import PagesCase


@tagged("post_install", "-at_install")
class TestRating(PagesCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.head = cls._make_user("service")
        cls.department = cls._make_department("Desk", manager_id=cls.head.id)
        cls.case = cls._make_case(partner_id=cls.ana.partner_id.id, department_id=cls.department.id)
        cls.case._portal_ensure_token()

    def _rate(self, stars, case=None, **values):
        case = case or self.case
        token = f"access_token={case.access_token}"
        page = self.url_open(f"/my/cases/{case.id}?{token}")
        form = self._open_form(f"/my/cases/{case.id}?{token}")
        self.env.flush_all()
        data = {"csrf_token": form["csrf_token"], "access_token": case.access_token, "stars": stars, **values}
        response = self.url_open(f"/my/cases/{case.id}/rate", data=data)
        self.env.invalidate_all()
        return "o_hotel_rate" in page.text, response

    def test_a_low_rating_is_followed_up_by_the_head_of_the_department(self):
        self.case.action_solve()
        offered, response = self._rate(1, feedback="<b>Nobody came</b>")
        self.assertTrue(offered)
        self.assertIn("Thank you for your rating", response.text)
        self.assertEqual((self.case.rating_last_value, self.case.rating_last_feedback), (1, "<b>Nobody came</b>"))
        visit = self.case.follow_up_ids
        self.assertEqual((visit.user_id, visit.reason, visit.partner_id), (self.head, "rating", self.ana.partner_id))
        self.assertIn("Nobody came", visit.question)
        self.assertNotIn("Nobody came", str(self.case._get_talk()))
        self.assertEqual(self.case.state, "solved", "a rating opens nothing again")

    def test_it_is_rated_once_and_after_it_was_opened_again_once_more(self):
        self.case.action_solve()
        self._rate(5)
        self.assertFalse(self.case.follow_up_ids)
        offered, _response = self._rate(1)
        self.assertEqual((offered, self.case.rating_last_value), (False, 5))

    def test_what_is_not_solved_or_no_number_is_not_rated(self):
        for stars in (5,):
            offered, _response = self._rate(stars)
            self.assertFalse(offered)
        self.case.action_solve()
        for stars in (0, 6, "x", ""):
            self._rate(stars)
        self.assertEqual(self.case.rating_last_value, 0)

    def test_without_the_link_nobody_rates(self):
        self.case.action_solve()
        form = self._open_form(f"/my/cases/{self.case.id}?access_token={self.case.access_token}")
        self.env.flush_all()
        data = {"csrf_token": form["csrf_token"], "access_token": "x", "stars": 1}
        self.assertEqual(self.url_open(f"/my/cases/{self.case.id}/rate", data=data).status_code, 404)

    def test_the_guest_is_asked_once_through_the_gate(self):
        self.case.action_solve()
        message = self.env["hotel.message"].search([("res_model", "=", "hotel.case"), ("res_id", "=", self.case.id)])
        self.assertEqual((message.purpose, message.partner_id), ("survey", self.ana.partner_id))
        self.assertEqual(message.reason_code, "no_consent")
        self.case.state = "closed"
        self.case.action_reopen()
        self.case.action_solve()
        again = self.env["hotel.message"].search([("res_model", "=", "hotel.case"), ("res_id", "=", self.case.id)])
        self.assertEqual(len(again), 2)
