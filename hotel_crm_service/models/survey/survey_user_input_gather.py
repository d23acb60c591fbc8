"""Answers of one page of a guest survey: looked up once and written together, not one by one as Odoo does."""

from odoo import models

#: key of a context; only code can make what stands there
GATHERED = "hotel_gathered_lines"
#: questions whose answer is one line
PLAIN = ("scale", "numerical_box", "text_box", "char_box")


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
        return bool(self.survey_id.question_ids.triggering_answer_ids)

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

    def _notify_new_participation_subscribers(self):
        """Followers of a survey are told; that there are none is known without asking whom each of them follows."""
        followed = self.filtered(
            lambda one: one.survey_id.survey_type != "hotel" or one.survey_id.sudo().message_follower_ids
        )
        return super(SurveyUserInput, followed)._notify_new_participation_subscribers()
