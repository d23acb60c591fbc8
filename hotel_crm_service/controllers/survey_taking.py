"""Odoo's own routes of a survey that is being answered: what is answered on one page is kept at once."""

from odoo.http import request, route

from odoo.addons.survey.controllers.main import Survey

from ..models.survey.survey_user_input_gather import GATHERED, Gathered


class SurveyTaking(Survey):
    @route()
    def survey_submit(self, survey_token, answer_token, **post):
        # where one answer is refused none is kept, and the page sends all of them again (Odoo keeps the others, and
        # refuses them then: they "cannot be overwritten")
        request.update_context(**{GATHERED: Gathered()})
        return super().survey_submit(survey_token, answer_token, **post)
