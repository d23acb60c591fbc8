"""Guest surveys of one page: what is the same for all guests is made once for each language, and kept in memory."""

from types import SimpleNamespace
from typing import NamedTuple

from odoo import api, models, tools
from odoo.tools import is_html_empty

#: questions whose place on the page depends on nothing
PLAIN = ("scale", "numerical_box", "text_box", "char_box")
#: and those whose choices are texts
CHOICES = ("simple_choice", "multiple_choice")


class Facts(NamedTuple):
    """What a survey consists of."""

    page_ids: tuple[int, ...]
    question_ids: tuple[int, ...]
    has_conditions: bool
    has_background: bool


class SurveySurvey(models.Model):
    _name = "survey.survey"
    _inherit = ["survey.survey", "hotel.cached.mixin"]

    @api.model
    @tools.ormcache("survey_id")
    def _get_hotel_facts(self, survey_id):
        """Return what a survey consists of.

        :rtype: Facts
        """
        survey = self.sudo().browse(survey_id).with_context(bin_size=True)
        parts = survey.question_and_page_ids
        pages = parts.filtered("is_page")
        has_conditions = bool(parts.triggering_answer_ids)
        return Facts(pages._ids, (parts - pages)._ids, has_conditions, bool(survey.background_image))

    def _is_kept(self):
        """Return whether what is kept in memory may be taken for these: only where nobody's rights are asked.

        :rtype: bool
        """
        return self.env.su and all(isinstance(one.id, int) and one.survey_type == "hotel" for one in self)

    @api.depends("question_and_page_ids")
    def _compute_page_and_question_ids(self):
        if not self._is_kept():
            return super()._compute_page_and_question_ids()
        parts = self.env["survey.question"]
        for survey in self:
            facts = self._get_hotel_facts(survey.id)
            survey.page_ids, survey.question_ids = parts.browse(facts.page_ids), parts.browse(facts.question_ids)
            survey.question_count = len(facts.question_ids)
        return None

    @api.depends("background_image", "access_token")
    def _compute_background_image_url(self):
        if not self._is_kept() or any(self._get_hotel_facts(one.id).has_background for one in self):
            return super()._compute_background_image_url()
        self.background_image_url = False
        return None

    @api.depends("question_and_page_ids.triggering_answer_ids")
    def _compute_has_conditional_questions(self):
        if not self._is_kept():
            return super()._compute_has_conditional_questions()
        for survey in self:
            survey.has_conditional_questions = self._get_hotel_facts(survey.id).has_conditions
        return None

    def _is_shown_at_once(self):
        """Return whether guests see the questions as soon as they open their link.

        Not where what they see depends on who they are, on time or on chance.

        :rtype: bool
        """
        return (
            self.survey_type == "hotel"
            and self.questions_layout == "one_page"
            and self.questions_selection == "all"
            and not (self.is_time_limited or self.users_login_required or self.certification)
            and self.scoring_type == "no_scoring"
            and not self._get_hotel_facts(self.id).has_conditions
            and all(
                question.question_type in PLAIN
                or (question.question_type in CHOICES and not any(question.suggested_answer_ids.mapped("value_image")))
                for question in self.question_ids
            )
        )

    @api.model
    @tools.ormcache("survey_id", "lang", cache="templates.cached_values")
    def _get_hotel_page(self, survey_id, lang):
        """Return the questions of a survey as every guest sees them who has not answered yet.

        :param str lang: code
        :returns: content (Markup) and languages (code and name); None where it is not shown at once
        :rtype: tuple[Markup, list[tuple[str, str]]] | None
        """
        nobody = self.env.ref("base.public_user")
        survey = self.with_env(self.env(user=nobody.id, su=True, context={"lang": lang})).browse(survey_id)
        if not survey._is_shown_at_once():
            return None
        blank = SimpleNamespace(
            state="in_progress", access_token="", is_session_answer=False, question_time_limit_reached=False,
            survey_first_submitted=False, predefined_question_ids=survey.question_ids,
            user_input_line_ids=survey.env["survey.user_input.line"],
        )  # fmt: skip
        values = {"survey": survey, "answer": blank, "is_html_empty": is_html_empty, "survey_last": True}
        content = survey.env["ir.qweb"]._render("hotel_crm_service.survey_at_once", values)
        languages = self.env["res.lang"]
        codes = survey._get_supported_lang_codes()
        return content, [(code, languages._get_data(code=code).name) for code in codes]
