"""The page of a survey: what is answered at once is written at once, as Odoo would have written it one by one."""

import re

from odoo.tests import HttpCase, tagged
from odoo.tools import is_html_empty

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
            asked = {question: values[question] for question in link.survey_id.question_ids[:number]}
            before, gathered = self.env.cr.sql_log_count, Gathered()
            self._save(link, asked, gathered)
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
class TestPages(SurveyCase):
    """What guests see of a survey of one page is made once; what is kept ends when somebody changes it."""

    def _get_content(self, lang="en_US"):
        link = self._make_link(self.rule, self._make_departed(self._make_surveyed()))
        page = link._get_hotel_page(lang)
        return page and str(page[0])

    def test_the_questions_are_those_that_odoo_shows(self):
        link = self._make_link(self.rule, self._make_departed(self._make_surveyed()))
        link._mark_in_progress()
        values = {"survey": link.survey_id, "answer": link, "is_html_empty": is_html_empty, "survey_last": True}
        stock = self.env["ir.qweb"].with_context(lang="en_US")._render("survey.survey_fill_form_in_progress", values)
        content = self._get_content()
        self.assertIn(str(stock).strip(), content)
        self.assertIn("It takes two minutes", content)

    def test_a_changed_or_translated_question_is_seen_at_once(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        question = self.rule.survey_id.question_ids[0]
        self.assertIn(question.title, self._get_content())
        question.title = "Would you come back?"
        self.assertIn("Would you come back?", self._get_content())
        question.update_field_translations("title", {"zh_CN": "您会再来吗？"})
        self.assertIn("您会再来吗？", self._get_content("zh_CN"))
        self.rule.survey_id.description = "One minute is enough."
        self.assertIn("One minute is enough.", self._get_content())
        question.unlink()
        self.assertNotIn("Would you come back?", self._get_content())

    def test_a_link_older_than_a_question_is_not_asked_it(self):
        survey = self.rule.survey_id
        link = self._make_link(self.rule, self._make_departed(self._make_surveyed()))
        self.assertTrue(link._get_hotel_page("en_US"))
        self.env["survey.question"].create({"survey_id": survey.id, "title": "Spa?", "question_type": "char_box"})
        self.assertFalse(link._get_hotel_page("en_US"))
        self.assertIn("Spa?", self._get_content())

    def test_what_depends_on_time_chance_or_answers_is_shown_as_odoo_does(self):
        survey = self.rule.survey_id
        for values in ({"questions_layout": "page_per_question"}, {"is_time_limited": True}):
            with self.subTest(values):
                before = {name: survey[name] for name in values}
                survey.write(values)
                self.assertFalse(self._get_content())
                survey.write(before)
        choice = self.env["survey.question"].create(
            {"survey_id": survey.id, "title": "Was all well?", "question_type": "simple_choice",
             "suggested_answer_ids": [(0, 0, {"value": "Yes"}), (0, 0, {"value": "No"})]}
        )  # fmt: skip
        self.assertIn("Was all well?", self._get_content())
        survey.question_ids[0].triggering_answer_ids = choice.suggested_answer_ids[1]
        self.assertFalse(self._get_content())

    def test_opening_a_link_asks_the_database_as_often_whatever_the_number_of_questions(self):
        def count():
            link = self._make_link(self.rule, self._make_departed(self._make_surveyed()))
            link._get_hotel_page("en_US")
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertTrue(link._get_hotel_page("en_US"))
            return self.env.cr.sql_log_count - before

        few = count()
        for number in range(8):
            values = {"survey_id": self.rule.survey_id.id, "title": f"Thing {number}?", "question_type": "scale"}
            self.env["survey.question"].create(values)
        self.assertEqual((few, count()), (3, 3), "the link, its survey, its questions")


@tagged("post_install", "-at_install")
class TestCounting(SurveyCase):
    """Guests do not wait for what is counted; whatever happens, it is."""

    def _send(self, number, **values):
        """Let guests answer over the web."""
        links = self._make_link(self.rule, self._make_departed(self._make_surveyed()))
        for _other in range(number - 1):
            links |= self._make_link(self.rule, self._make_departed(self._make_surveyed()))
        for link in links:
            self._answer(link.with_context(**{GATHERED: Gathered()}), **values)
        return links

    def test_a_low_answer_opens_a_case_when_the_job_comes(self):
        links = self._send(2, nps=2, overall=1)
        self.assertEqual(links.mapped("hotel_is_due"), [True, True])
        self.assertFalse(links.hotel_answer_ids)
        self._count_answers()
        self.assertEqual(links.mapped("hotel_is_due"), [False, False])
        self.assertEqual(len(links.hotel_answer_ids.case_id), 2)
        self._count_answers()
        self.assertEqual(len(links.hotel_answer_ids), 2)

    def test_one_that_cannot_be_counted_keeps_no_other_from_it(self):
        links, answers = self._send(3, nps=9), self.env.registry["hotel.survey.answer"]
        broken, prepare = links[1], answers._prepare_answer

        def fail(self, user_input, *args):
            if user_input == broken:
                raise ValueError("broken")
            return prepare(self, user_input, *args)

        self._patch(answers, "_prepare_answer", fail)
        with self.assertLogs("odoo.addons.hotel_crm_service", "ERROR"):
            self._count_answers()
        self.assertEqual(links.mapped("hotel_is_due"), [False, True, False])
        self._patch(answers, "_prepare_answer", prepare)
        self._count_answers()
        self.assertEqual(len(links.hotel_answer_ids), 3)

    def test_followers_of_a_survey_are_told_by_the_job(self):
        follower = self._make_user("service").partner_id
        self.rule.survey_id.message_subscribe(
            follower.ids, self.env.ref("survey.mt_survey_survey_user_input_completed").ids
        )
        link = self._send(1, nps=9)
        self.assertFalse(link.message_ids)
        self._count_answers()
        self.assertTrue(link.message_ids)

    def test_many_are_counted_with_few_more_questions_to_the_database(self):
        def count(number):
            self._send(number, nps=9, overall=5, cleanliness=5)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._count_answers()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        few = count(2)
        self.assertLessEqual(count(12), few + 4)


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
        self.assertNotIn("data-is-start-screen", self.url_open(link.get_start_url()).text)
        answers = {str(question.id): "4" for question in link.survey_id.question_ids}
        nps = link.survey_id.question_ids.filtered(lambda one: one.hotel_metric == "nps")
        refused = self.make_jsonrpc_request(f"/survey/submit/{tokens}", {**answers, str(nps.id): ""})
        self.assertEqual((refused[1]["error"], list(refused[1]["fields"])), ("validation", [str(nps.id)]))
        self.assertFalse(link.user_input_line_ids)
        self.make_jsonrpc_request(f"/survey/submit/{tokens}", {**answers, str(nps.id): "9"})
        link.invalidate_recordset()
        self.assertEqual((link.state, len(link.user_input_line_ids)), ("done", len(answers)))
        self.assertFalse(link.hotel_answer_ids, "no guest waits for the figures")
        self._count_answers()
        self.assertFalse(link.hotel_is_due)
        self.assertEqual((link.hotel_answer_ids.nps, link.hotel_answer_ids.satisfaction), (9, 75))
        self.assertEqual(self.make_jsonrpc_request(f"/survey/submit/{tokens}", answers)[1]["error"], "unauthorized")

    def _answer_openly(self, survey):
        """Open the open link and answer, as one browser does; return the text of the page, and what submitting said."""
        page = self.url_open(f"/survey/start/{survey.access_token}")
        token = re.search(r'data-answer-token="([^"]+)"', page.text)
        if not token:
            return page, None
        nps = survey.question_ids.filtered(lambda one: one.hotel_metric == "nps")
        answers = {str(question.id): "4" for question in survey.question_ids} | {str(nps.id): "9"}
        said = self.make_jsonrpc_request(f"/survey/submit/{survey.access_token}/{token[1]}", answers)
        return page, said

    def test_an_open_link_is_answered_once_for_each_browser(self):
        survey = self.rule.survey_id.copy({"access_mode": "public"})
        answered = [("survey_id", "=", survey.id), ("state", "=", "done")]
        _page, said = self._answer_openly(survey)
        self.assertIn("survey_content", said[1])
        page, said = self._answer_openly(survey)
        self.assertFalse(said)
        self.assertIn("you have answered already", page.text)
        self.assertEqual(self.env["survey.user_input"].search_count(answered), 1)
        token = self.env["survey.user_input"].search(answered).access_token
        self.assertIn("you have answered already", self.url_open(f"/survey/retry/{survey.access_token}/{token}").text)
        survey.hotel_is_once = False
        self.assertTrue(self._answer_openly(survey)[1], "a tablet that many share")
        self.assertEqual(self.env["survey.user_input"].search_count(answered), 2)

    def test_who_votes_on_and_on_is_stopped_and_links_of_stays_are_not(self):
        survey = self.rule.survey_id
        survey.access_mode = "public"
        self.env["ir.config_parameter"].set_param("hotel_crm_base.rate_limit_survey_address", "2")
        codes = []
        for _browser in range(4):
            self.opener.cookies.clear()
            cookies = {f"survey_{survey.access_token}": "forged"}
            codes.append(self.url_open(f"/survey/start/{survey.access_token}", cookies=cookies).status_code)
        self.assertEqual(codes, [200, 200, 429, 429])
        link = self._make_link(self.rule, self._make_departed(self._make_surveyed()))
        self.assertEqual(self.url_open(link.get_start_url()).status_code, 200)
