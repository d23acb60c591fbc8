"""Measures: their figures before and after, and what guests are told."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import ValidationError
from odoo.tests import HttpCase, tagged

from .survey_common import SurveyCase


@tagged("post_install", "-at_install")
class TestImprovement(SurveyCase, HttpCase):
    def _make_measure(self, **values):
        today = fields.Date.today()
        return self.env["hotel.improvement"].create(
            {
                "name": "Thicker curtains",
                "property_id": self.hotel.id,
                "category_id": self._get_category("noise").id,
                "due_date": today + timedelta(days=30),
                **values,
            }
        )

    def _make_ratings(self, count, rating, days_ago):
        """Let so many guests rate the quiet, some days ago."""
        self.rule.write({"case_nps": -1, "case_rating": -1})
        answers = self.env["hotel.survey.answer"]
        for _guest in range(count):
            link = self._make_link(self.rule, self._make_departed(self._make_surveyed()))
            answers |= self._answer(link, overall=rating, noise=rating)
        answers.answered_at = fields.Datetime.now() - timedelta(days=days_ago)
        self.env.flush_all()

    def test_figures_before_and_after(self):
        today = fields.Date.today()
        self._make_ratings(11, 2, 60)
        self._make_ratings(11, 5, 5)
        measure = self._make_measure(start_date=today - timedelta(days=40), done_date=today - timedelta(days=20))
        self.assertEqual((measure.count_before, measure.count_after), (11, 11))
        self.assertEqual((measure.score_before, measure.score_after), (25, 100))
        self.assertEqual(measure.effect, "better")

    def test_few_answers_say_nothing(self):
        self._make_ratings(3, 2, 60)
        self.assertEqual(self._make_measure().effect, "unknown")

    def test_it_goes_its_way(self):
        measure = self._make_measure().with_user(self._make_user("service"))
        measure.action_begin()
        measure.action_done()
        self.assertEqual((measure.state, measure.done_date), ("done", fields.Date.context_today(measure)))
        late = self._make_measure(due_date=fields.Date.today() - timedelta(days=1))
        self.assertTrue(late.is_overdue)
        late.action_cancel()
        self.assertFalse(late.is_overdue)

    def test_nothing_is_shown_to_guests_without_words(self):
        with self.assertRaises(ValidationError):
            self._make_measure(is_published=True)

    def test_it_stays_with_its_hotel(self):
        department = self.env["hotel.department"].create(
            {"name": "Elsewhere", "code": "E", "property_id": self.other_hotel.id}
        )
        with self.assertRaises(ValidationError):
            self._make_measure(department_id=department.id)

    def test_guests_read_what_was_published_and_no_more(self):
        words = {"published_said": "It was loud at night.", "published_did": "We hung thicker curtains."}
        self._make_measure(is_published=True, **words)
        self._make_measure(name="Secret plan", published_said="Unspoken", published_did="Hidden")
        self.env.flush_all()
        page = self.url_open(f"{self.hotel._get_page_url()}/improvements")
        self.assertEqual(page.status_code, 200)
        self.assertIn("We hung thicker curtains.", page.text)
        self.assertNotIn("Hidden", page.text)
        self.assertNotIn("Thicker curtains</", page.text, "the hotel's own name of it")
        self.assertEqual(self.url_open("/hotel/no-such-house/improvements").status_code, 404)
