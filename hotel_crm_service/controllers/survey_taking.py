"""Odoo's own routes of a survey that is being answered: guests see all questions at once, and answer once."""

from odoo.http import request, route
from odoo.tools import is_html_empty

from odoo.addons.hotel_crm_base.controllers.booking_tools import check_limit
from odoo.addons.survey.controllers.main import Survey

from ..models.survey.survey_user_input_gather import GATHERED, Gathered

#: seconds for which a browser remembers that somebody has answered
MARKED_FOR = 90 * 86400


def get_cookie(survey):
    """Return the name of what a browser keeps when somebody has answered a survey by its open link."""
    return f"hotel_answered_{survey.id}"


class SurveyTaking(Survey):
    @route()
    def survey_start(self, survey_token, answer_token=None, email=False, **post):
        mark = answer_token or request.cookies.get(f"survey_{survey_token}")
        survey, answer = self._fetch_from_access_token(survey_token, mark)
        if survey.survey_type == "hotel" and not answer and request.env.user._is_public():
            if survey.hotel_is_once and request.cookies.get(get_cookie(survey)):
                return request.render("hotel_crm_service.survey_answered", {"survey": survey})
            check_limit("survey")
        return super().survey_start(survey_token, answer_token, email, **post)

    @route()
    def survey_retry(self, survey_token, answer_token, **post):
        survey, answer = self._fetch_from_access_token(survey_token, answer_token)
        if survey.survey_type == "hotel" and answer and not answer.test_entry:
            # each is asked once; Odoo makes as many further answers as somebody asks for
            return request.render("hotel_crm_service.survey_answered", {"survey": survey})
        return super().survey_retry(survey_token, answer_token, **post)

    @route()
    def survey_submit(self, survey_token, answer_token, **post):
        # where one answer is refused none is kept, and the page sends all of them again (Odoo keeps the others, and
        # refuses them then: they "cannot be overwritten")
        request.update_context(**{GATHERED: Gathered(), "tracking_disable": True})
        return super().survey_submit(survey_token, answer_token, **post)

    def _prepare_question_html(self, survey_sudo, answer_sudo, **post):
        if answer_sudo._is_hotel_over() and survey_sudo.hotel_is_once and survey_sudo.access_mode == "public":
            options = {"max_age": MARKED_FOR, "httponly": True, "samesite": "Lax"}
            request.future_response.set_cookie(get_cookie(survey_sudo), "1", **options)
        return super()._prepare_question_html(survey_sudo, answer_sudo, **post)

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
