"""What guests answer is counted once, graded, and opens a case where it is low."""

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .survey_common import SurveyCase


@tagged("post_install", "-at_install")
class TestAnswers(SurveyCase):
    def _make_answer(self, **answers):
        guest = self._make_surveyed()
        return self._answer(self._make_link(self.rule, self._make_departed(guest)), **answers)

    def test_an_answer_says_what_the_guest_said(self):
        answer = self._make_answer(nps=9, overall=4, cleanliness=5, food=3, comment="Breakfast was cold and stale")
        self.assertEqual((answer.nps, answer.nps_group), (9, "promoter"))
        self.assertEqual(answer.satisfaction, 75)
        self.assertEqual(answer.grade_id.name, "Satisfied")
        self.assertEqual(answer.category_id, self._get_category("food"))
        self.assertEqual(answer.language, "en")
        self.assertEqual(answer.visit_count, 1)
        scores = {score.aspect_id.code: score.score for score in answer.score_ids}
        self.assertEqual(scores, {"cleanliness": 100, "food": 50})
        department = answer.score_ids.filtered(lambda score: score.aspect_id.code == "cleanliness").department_id
        self.assertEqual(department, self.housekeeping)
        self.assertFalse(answer.case_id)

    def test_zero_is_an_answer(self):
        answer = self._make_answer(nps=0, overall=5)
        self.assertTrue(answer.has_nps)
        self.assertEqual((answer.nps, answer.nps_group), (0, "detractor"))
        self.assertTrue(answer.case_id)

    def test_what_was_not_asked_does_not_count(self):
        self.rule.survey_id = self.env.ref("hotel_crm_service.survey_in_stay")
        answer = self._make_answer(overall=5)
        self.assertFalse(answer.has_nps)
        self.assertFalse(answer.nps_group)
        self.assertEqual(answer.satisfaction, 100)

    def test_a_low_answer_opens_a_case(self):
        answer = self._make_answer(nps=3, overall=2, comment="Hair in the bathtub and stained sheets, disgusting")
        case = answer.case_id
        self.assertEqual((case.source, case.kind), ("survey", "complaint"))
        self.assertEqual(case.partner_id, answer.partner_id)
        self.assertEqual(case.stay_id, answer.stay_id)
        self.assertEqual(case.category_id, self._get_category("cleanliness"))
        self.assertEqual(case.department_id, self.housekeeping)
        self.assertIn("3", case.subject)

    def test_a_low_aspect_without_a_word_goes_to_its_department(self):
        answer = self._make_answer(nps=9, overall=5, cleanliness=1)
        self.assertEqual(answer.case_id.category_id, self._get_category("cleanliness"))
        self.assertEqual(answer.case_id.department_id, self.housekeeping)

    def test_thresholds_are_the_rules_own(self):
        self.rule.write({"case_nps": -1, "case_rating": -1})
        self.assertFalse(self._make_answer(nps=0, overall=1, cleanliness=1).case_id)

    def test_marked_twice_it_counts_once(self):
        answer = self._make_answer(nps=2, overall=1)
        answer.user_input_id._mark_done()
        self.assertEqual(self.env["hotel.survey.answer"].search_count([("partner_id", "=", answer.partner_id.id)]), 1)
        self.assertEqual(self.env["hotel.case"].search_count([("partner_id", "=", answer.partner_id.id)]), 1)

    def test_a_test_of_the_survey_does_not_count(self):
        link = self._make_link(self.rule, self._make_departed(self._make_surveyed()))
        link.test_entry = True
        self.assertFalse(self._answer(link, nps=1, overall=1))

    def test_answers_reach_the_guests_figures(self):
        answer = self._make_answer(nps=8, overall=4)
        self.env["hotel.guest.metric"]._refresh_partners(answer.partner_id.ids)
        metric = self.env["hotel.guest.metric"].search([("partner_id", "=", answer.partner_id.id)])
        self.assertEqual((metric.survey_count, metric.survey_nps, metric.survey_satisfaction), (1, 8, 75.0))

    def test_grades_follow_one_another(self):
        standard = self.env.ref("hotel_crm_service.satisfaction_standard_default")
        grades = {score: standard._get_grade(score).name for score in (0, 39.9, 40, 89.99, 90, 100)}
        self.assertEqual(grades[0], grades[39.9])
        self.assertEqual((grades[40], grades[89.99], grades[90]), ("Dissatisfied", "Satisfied", "Very Satisfied"))
        self.assertEqual(grades[100], "Very Satisfied")
        with self.assertRaises(ValidationError):
            standard.grade_ids[0].score_from = 95
            standard._check_grades_cover()

    def test_a_question_that_cannot_give_figures_is_refused(self):
        survey = self.env.ref("hotel_crm_service.survey_nps")
        for values in (
            {"question_type": "text_box", "hotel_metric": "nps"},
            {"question_type": "scale", "hotel_metric": "nps", "scale_min": 1, "scale_max": 5},
            {"question_type": "scale", "hotel_metric": "aspect"},
            {"question_type": "scale", "hotel_metric": "comment"},
        ):
            with self.assertRaises(ValidationError):
                self.env["survey.question"].create({"survey_id": survey.id, "title": "?", **values})

    def test_a_choice_of_numbers_counts_too(self):
        survey = self.env.ref("hotel_crm_service.survey_nps").copy()
        question = survey.question_ids.filtered(lambda one: one.hotel_metric == "nps")
        choices = [(0, 0, {"value": str(value), "sequence": value}) for value in range(11)]
        question.write({"question_type": "simple_choice", "suggested_answer_ids": choices})
        self.rule.survey_id = survey
        link = self._make_link(self.rule, self._make_departed(self._make_surveyed()))
        link._save_lines(question, str(question.suggested_answer_ids[4].id))
        link._mark_done()
        self.assertEqual(link.hotel_answer_ids.nps, 4)

    def test_privacy(self):
        answer = self._make_answer(nps=8, overall=4, comment="My name is Ana")
        guest = answer.partner_id
        copy = guest._hotel_export()["Survey Answers"]
        self.assertEqual(copy[0]["Comment"], "My name is Ana")
        guest._hotel_anonymize()
        self.assertFalse(answer.comment)
        self.assertFalse(answer.partner_id)
        self.assertFalse(answer.user_input_id.exists())

    def test_one_link_per_stay(self):
        stay = self._make_departed(self._make_surveyed())
        self._make_link(self.rule, stay)
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            self._make_link(self.rule, stay)

    def test_managers_design_guest_surveys_and_see_no_other(self):
        manager = self._make_user("manager")
        surveys = self.env["survey.survey"].with_user(manager)
        other = self.env["survey.survey"].create({"title": "Staff survey"})
        self.assertNotIn(other, surveys.search([]))
        survey = surveys.create({"title": "Spa", "survey_type": "hotel", "access_mode": "token"})
        question = {"title": "Quiet?", "question_type": "scale", "hotel_metric": "overall"}
        survey.question_and_page_ids = [(0, 0, question)]
        with self.assertRaises(AccessError):
            other.with_user(manager).read(["title"])
        with self.assertRaises(AccessError):
            surveys.with_user(self._make_user("front_office")).create({"title": "Mine", "survey_type": "hotel"})
        with self.assertRaises(AccessError):
            self.env["survey.user_input"].with_user(manager).search([])
