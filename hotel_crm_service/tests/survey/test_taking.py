"""The page of a survey: what is answered at once is written at once, as Odoo would have written it one by one."""

from odoo.tests import HttpCase, tagged

from odoo.addons.hotel_crm_base.tests.common import HotelMakers

from ...models.survey.survey_user_input_gather import GATHERED, Gathered
from ..case_common import CaseMakers
from .survey_common import SurveyCase, SurveyMakers

KEPT = ["question_id", "question_sequence", "survey_id", "skipped", "answer_type", "value_scale", "value_text_box"]


@tagged("post_install", "-at_install")
class TestGathering(SurveyCase):
    def _make_values(self, survey):
        """Return answers to all questions; the last aspect is left out, as a guest does."""
        values = {}
        for question in survey.question_ids:
            values[question] = {"comment": "早餐很好"}.get(question.hotel_metric, "4")
        values[survey.question_ids.filtered(lambda one: one.hotel_metric == "aspect")[-1:]] = ""
        return values

    def _save(self, link, values, gathered=None):
        link = link.with_context(**{GATHERED: gathered}) if gathered else link
        for question, value in values.items():
            link._save_lines(question, value)

    def test_the_lines_are_those_that_odoo_writes(self):
        links = [self._make_link(self.rule, self._make_departed(self._make_surveyed())) for _number in range(2)]
        values = self._make_values(self.rule.survey_id)
        self._save(links[0], values)
        gathered = Gathered()
        self._save(links[1], values, gathered)
        self.assertFalse(links[1].user_input_line_ids)
        gathered.keep(self.env)
        lines = [link.user_input_line_ids.read(KEPT, load=None) for link in links]
        for line in [*lines[0], *lines[1]]:
            line.pop("id")
        self.assertEqual(*lines)
        self.assertEqual(len(lines[0]), len(values))

    def test_many_questions_ask_the_database_as_often_as_few(self):
        values = self._make_values(self.rule.survey_id)

        def count(number):
            link = self._make_link(self.rule, self._make_departed(self._make_surveyed()))
            self.env.flush_all()
            self.env.invalidate_all()
            before, gathered = self.env.cr.sql_log_count, Gathered()
            self._save(link, dict(list(values.items())[:number]), gathered)
            gathered.keep(self.env)
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        few = count(3)
        self.assertLessEqual(count(10), few)

    def test_what_a_condition_hangs_on_is_written_at_once(self):
        survey = self.rule.survey_id.copy()
        choice = self.env["survey.question"].create(
            {"survey_id": survey.id, "title": "Was all well?", "question_type": "simple_choice",
             "suggested_answer_ids": [(0, 0, {"value": "Yes"}), (0, 0, {"value": "No"})]}
        )  # fmt: skip
        asked = survey.question_ids.filtered(lambda one: one.hotel_metric == "comment")
        asked.triggering_answer_ids = choice.suggested_answer_ids[1]
        self.rule.survey_id = survey
        link = self._make_link(self.rule, self._make_departed(self._make_surveyed()))
        self.assertEqual(link._get_inactive_conditional_questions(), asked)
        gathered = Gathered()
        self._save(link, {choice: str(choice.suggested_answer_ids[1].id), asked: "No towels"}, gathered)
        self.assertFalse(gathered.lines)
        self.assertFalse(link._get_inactive_conditional_questions())

    def test_followers_of_a_survey_are_told(self):
        follower = self._make_user("service").partner_id
        self.rule.survey_id.message_subscribe(
            follower.ids, self.env.ref("survey.mt_survey_survey_user_input_completed").ids
        )
        link = self._make_link(self.rule, self._make_departed(self._make_surveyed()))
        self._answer(link, nps=9)
        self.assertTrue(link.message_ids)


@tagged("post_install", "-at_install")
class TestTaking(SurveyMakers, CaseMakers, HotelMakers, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_hotels()
        cls.env["hotel.survey.rule"].search([]).active = False
        cls.rule = cls._make_rule()

    def test_the_link_of_a_message_opens_the_page_in_the_guests_language_at_once(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        for lang, words in (("en_US", "Your stay with us"), ("zh_CN", "您的入住体验")):
            link = self._make_link(self.rule, self._make_departed(self._make_surveyed(lang=lang)))
            response = self.url_open(link._get_hotel_url(), allow_redirects=False)
            self.assertEqual(response.status_code, 200, lang)
            self.assertIn(words, response.text)

    def test_a_refused_answer_is_asked_again_and_all_count_once(self):
        link = self._make_link(self.rule, self._make_departed(self._make_surveyed()))
        tokens = f"{link.survey_id.access_token}/{link.access_token}"
        self.assertEqual(self.url_open(link.get_start_url()).status_code, 200)
        answers = {str(question.id): "4" for question in link.survey_id.question_ids}
        self.make_jsonrpc_request(f"/survey/begin/{tokens}", {})
        nps = link.survey_id.question_ids.filtered(lambda one: one.hotel_metric == "nps")
        refused = self.make_jsonrpc_request(f"/survey/submit/{tokens}", {**answers, str(nps.id): ""})
        self.assertEqual((refused[1]["error"], list(refused[1]["fields"])), ("validation", [str(nps.id)]))
        self.assertFalse(link.user_input_line_ids)
        self.make_jsonrpc_request(f"/survey/submit/{tokens}", {**answers, str(nps.id): "9"})
        link.invalidate_recordset()
        self.assertEqual((link.state, len(link.user_input_line_ids)), ("done", len(answers)))
        self.assertEqual((link.hotel_answer_ids.nps, link.hotel_answer_ids.satisfaction), (9, 75))
        self.assertEqual(self.make_jsonrpc_request(f"/survey/submit/{tokens}", answers)[1]["error"], "unauthorized")
