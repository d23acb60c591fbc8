"""The report of surveys: its figures, who sees them, and its forms."""

import io
from datetime import timedelta

from openpyxl import load_workbook
from pypdf import PdfReader

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import HttpCase, tagged

from odoo.addons.hotel_crm_base.tests.common import HotelMakers

from .survey_common import SurveyCase, SurveyMakers


@tagged("post_install", "-at_install")
class TestReport(SurveyCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule.write({"case_nps": -1, "case_rating": -1, "throttle_days": 0})
        cls.answers = cls.env["hotel.survey.answer"]
        for number in range(24):
            room = number % 5 + 1
            nps = (2, 5, 7, 9, 10)[room - 1]
            link = cls._make_link(cls.rule, cls._make_departed(cls._make_surveyed()))
            cls.answers |= cls._answer(link, nps=nps, overall=room, facilities=room, food=number % 3 + 3)

    def _make_summary(self, user=None, **values):
        user = user or self._make_user("service")
        today = fields.Date.today()
        return self.env["hotel.survey.summary"].with_user(user).create(
            {"property_ids": self.hotel.ids, "from_date": today - timedelta(days=5), "until_date": today, **values}
        )

    def test_figures_are_those_of_the_answers(self):
        figures = self._make_summary()._get_figures()
        promoters = len(self.answers.filtered(lambda answer: answer.nps >= 9))
        detractors = len(self.answers.filtered(lambda answer: answer.nps <= 6))
        self.assertEqual(figures["count"], 24)
        self.assertEqual(figures["invited"], 24)
        self.assertAlmostEqual(figures["nps"].value, 100 * (promoters - detractors) / 24)
        self.assertTrue(figures["nps"].low < figures["nps"].value < figures["nps"].high)
        mean = sum(self.answers.mapped("satisfaction")) / 24
        self.assertAlmostEqual(figures["satisfaction"][0], mean, places=4)
        self.assertEqual(sum(line["count"] for line in figures["grades"]), 24)
        self.assertFalse(figures["nps_before"].count)

    def test_what_moves_the_score_stands_first(self):
        figures = self._make_summary()._get_figures()
        self.assertEqual(figures["aspects"][0]["label"], self._get_category("facilities").name)
        self.assertAlmostEqual(sum(line["importance"] for line in figures["aspects"]), 100)

    def test_the_page_says_it(self):
        body = self._make_summary().body
        self.assertIn("Net promoter score", body)
        self.assertIn(self._get_category("facilities").name, body)
        self.assertIn("too few answers", self._make_summary(until_date=fields.Date.today() - timedelta(days=5)).body)

    def test_a_stranger_sees_nothing_of_it(self):
        stranger = self._make_user("service", self.other_hotel)
        figures = self._make_summary(stranger, property_ids=False)._get_figures()
        self.assertEqual((figures["count"], figures["invited"]), (0, 0))
        with self.assertRaises(AccessError):
            self._make_summary(stranger)
        with self.assertRaises(AccessError):
            self._make_summary().with_user(stranger)._make_xlsx()

    def test_it_ends_after_it_begins(self):
        with self.assertRaises(ValidationError):
            self._make_summary(from_date=fields.Date.today() + timedelta(days=2))

    def test_it_is_a_spreadsheet(self):
        user = self._make_user("service")
        summary = self._make_summary(user)
        self.authenticate(user.login, user.login)
        response = self.url_open(summary.action_download()["url"])
        self.assertEqual(response.status_code, 200)
        rows = list(load_workbook(io.BytesIO(response.content)).active.values)
        self.assertEqual(rows[1][1], "NPS")
        self.assertEqual(rows[1][2], 24)
        other = self._make_summary()
        for number in (other.id, 0):
            self.assertEqual(self.url_open(f"/hotel/survey_summary/{number}/report.xlsx").status_code, 404)

    def test_it_is_printed(self):
        summary = self._make_summary()
        html, kind = self.env["ir.actions.report"].with_user(summary.create_uid)._render_qweb_html(
            "hotel_crm_service.survey_summary", summary.ids
        )
        self.assertEqual(kind, "html")
        self.assertIn("What guests say", html.decode())

    def test_it_is_a_pdf_in_two_languages(self):
        reports = self.env["ir.actions.report"]
        if not reports._get_print_browser():
            self.skipTest("outside: Chromium, or a patched wkhtmltopdf is here")
        summary = self._make_summary()
        reports = reports.with_user(summary.create_uid).with_context(force_report_rendering=True)
        content, kind = reports._render_qweb_pdf("hotel_crm_service.survey_summary", summary.ids)
        self.assertEqual(kind, "pdf")
        text = " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())
        for part in ("What guests say", self.hotel.name, "Net promoter score", "What moves the score", "LMG"):
            self.assertIn(part, text)

    def test_its_name_is_that_of_hotels_and_days(self):
        summary = self._make_summary()
        self.assertTrue(summary.display_name.startswith(f"{self.hotel.name}, "))
        self.assertNotIn("hotel.survey.summary", self._make_summary(property_ids=False).display_name)

    def test_graphs_say_the_same(self):
        rows = self.env["hotel.survey.report"].with_user(self._make_user("service"))._read_group(
            [], ["property_id"], ["nps_score:avg", "answers:sum", "satisfaction:avg"]
        )
        (_hotel, score, count, satisfaction) = rows[0]
        self.assertEqual(count, 24)
        self.assertAlmostEqual(float(score), self._make_summary()._get_figures()["nps"].value, places=6)
        self.assertAlmostEqual(satisfaction, sum(self.answers.mapped("satisfaction")) / 24, places=4)

    def test_queries_do_not_grow_with_the_answers(self):
        summary = self._make_summary()
        summary._get_figures()
        self.env.invalidate_all()
        with self.assertQueryCount(40):
            summary._get_figures()


@tagged("post_install", "-at_install")
class TestGuestPage(SurveyMakers, HotelMakers, HttpCase):
    """A guest answers over the web, with nothing but the link."""

    def test_a_guest_answers_by_the_link(self):
        self._make_hotels()
        rule = self._make_rule()
        link = self._make_link(rule, self._make_departed(self._make_surveyed()))
        page = self.url_open(link.get_start_url())
        self.assertEqual(page.status_code, 200)
        token = f"/survey/{{}}/{link.survey_id.access_token}/{link.access_token}"
        questions = {question.hotel_metric: question for question in link.survey_id.question_ids}
        said = {"nps": "2", "overall": "1", "comment": "太吵"}
        answers = {str(questions[metric].id): value for metric, value in said.items()}
        self.make_jsonrpc_request(token.format("submit"), answers)
        self.env.invalidate_all()
        self._count_answers()
        answer = link.hotel_answer_ids
        self.assertEqual((answer.nps, answer.comment), (2, "太吵"))
        self.assertEqual(answer.case_id.source, "survey")
        self.assertEqual(answer.category_id.code, "noise")

    def test_without_the_link_there_is_nothing(self):
        survey = self.env.ref("hotel_crm_service.survey_post_stay")
        page = self.url_open(f"/survey/start/{survey.access_token}")
        self.assertNotIn("recommend us", page.text)
