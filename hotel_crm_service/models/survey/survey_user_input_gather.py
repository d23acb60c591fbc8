"""Answers of one page of a guest survey: looked up once and written together, not one by one as Odoo does."""

from odoo import models

from .survey_survey_page import PLAIN

#: key of a context; only code can make what stands there
GATHERED = "hotel_gathered_lines"


class Gathered:
    """Values of lines that are still to be written; two of these are never equal, so neither are their contexts."""

    def __init__(self):
        self.lines = []

    def keep(self, env):
        """Write them."""
        lines, self.lines = self.lines, []
        if lines:
            # guests answer with the rights of nobody; whose survey it is was asked of the token
            env["survey.user_input.line"].sudo().create(lines)


def is_gathering(env):
    """Return whether a guest is waiting: answers of a page are being taken in."""
    return isinstance(env.context.get(GATHERED), Gathered)


class SurveyUserInput(models.Model):
    _inherit = "survey.user_input"

    def _save_lines(self, question, answer, comment=None, overwrite_existing=True):
        gathered = self.env.context.get(GATHERED)
        if not isinstance(gathered, Gathered) or not self._is_gathered(question):
            return super()._save_lines(question, answer, comment, overwrite_existing)
        gathered.lines.append(self._get_line_answer_values(question, answer, question.question_type))
        return None

    def _is_gathered(self, question):
        """Return whether nothing but this answer follows from it, and it is the first one."""
        return (
            self.survey_id.survey_type == "hotel"
            and question.question_type in PLAIN
            and not (question.save_as_email or question.save_as_nickname)
            and not self._has_conditions()
            and question not in self.user_input_line_ids.question_id
        )

    def _has_conditions(self):
        """Return whether some questions are asked only after certain answers.

        :rtype: bool
        """
        return self.survey_id._get_hotel_facts(self.survey_id.id).has_conditions

    def _keep_gathered(self):
        gathered = self.env.context.get(GATHERED)
        if isinstance(gathered, Gathered):
            gathered.keep(self.env)

    def _get_inactive_conditional_questions(self):
        if self.survey_id.survey_type == "hotel" and not self._has_conditions():
            return self.env["survey.question"]
        return super()._get_inactive_conditional_questions()

    def _clear_inactive_conditional_answers(self):
        self._keep_gathered()
        return super()._clear_inactive_conditional_answers()

    def _mark_done(self):
        self._keep_gathered()
        return super()._mark_done()

    def _is_hotel_over(self):
        """Return whether a guest has answered a survey, of which nothing but thanks is shown.

        :rtype: bool
        """
        survey = self.survey_id
        return self.state == "done" and survey.survey_type == "hotel" and survey.scoring_type == "no_scoring"

    def _get_skipped_questions(self):
        if self._is_hotel_over() and self.survey_id.questions_layout == "one_page":
            # what had to be answered was, or it would not be over
            return self.env["survey.question"]
        return super()._get_skipped_questions()

    def _get_hotel_page(self, lang):
        """Return the questions that a guest sees as soon as the link is opened.

        :param str lang: code
        :rtype: tuple[Markup, list[tuple[str, str]]] | None: as of ``survey.survey``
        """
        survey = self.survey_id
        if self.state != "new" or survey.survey_type != "hotel" or self.is_session_answer or self.test_entry:
            return None
        page = survey._get_hotel_page(survey.id, lang)
        # whose link is older than a question is not asked it
        return page if page and self.predefined_question_ids == survey.question_ids else None
