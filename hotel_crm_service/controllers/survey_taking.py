"""Odoo's own routes of a survey that is being answered: guests see all questions at once, and answer once."""

from odoo.http import request, route
from odoo.tools import is_html_empty

from odoo.addons.survey.controllers.main import Survey

from ..models.survey.survey_user_input_gather import GATHERED, Gathered


class SurveyTaking(Survey):
    @route()
    def survey_submit(self, survey_token, answer_token, **post):
        # where one answer is refused none is kept, and the page sends all of them again (Odoo keeps the others, and
        # refuses them then: they "cannot be overwritten")
        request.update_context(**{GATHERED: Gathered(), "tracking_disable": True})
        return super().survey_submit(survey_token, answer_token, **post)

    def _prepare_survey_data(self, survey_sudo, answer_sudo, **post):
        if answer_sudo._is_hotel_over():
            return self._prepare_survey_finished_values(survey_sudo, answer_sudo)
        page = answer_sudo._get_hotel_page(request.env.lang)
        if not page:
            return super()._prepare_survey_data(survey_sudo, answer_sudo, **post)
        content, languages = page
        return {
            "survey": survey_sudo,
            "answer": answer_sudo,
            "is_html_empty": is_html_empty,
            "hotel_content": content,
            "languages": languages,
            "lang_code": request.env.lang,
            "triggering_answers_by_question": {},
            "triggered_questions_by_answer": {},
            "selected_answers": [],
            "survey_last": True,
        }
