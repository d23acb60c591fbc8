"""The screens of surveys and of case sorting open for whoever has their menus."""

from odoo.tests import tagged

from odoo.addons.hotel_crm_base.tests.specification import open_view

from .survey_common import SurveyCase

SCREENS = (
    "hotel_survey_answer_action",
    "hotel_survey_rule_action",
    "survey_survey_action_hotel",
    "hotel_satisfaction_standard_action",
    "hotel_survey_report_action",
    "hotel_survey_score_action",
    "hotel_survey_summary_action",
    "hotel_improvement_action",
    "hotel_classifier_action",
    "hotel_case_correction_action",
)


@tagged("post_install", "-at_install")
class TestScreens(SurveyCase):
    def test_each_screen_opens_and_reads_what_it_shows(self):
        link = self._make_link(self.rule, self._make_departed(self._make_surveyed()))
        self._answer(link, nps=2, overall=1, noise=1, comment="Too loud")
        for role in ("front_office", "service", "marketing", "manager"):
            user = self._make_user(role)
            for name in SCREENS:
                action = self.env.ref(f"hotel_crm_service.{name}")
                model = self.env[action.res_model].with_user(user)
                if not model.has_access("read"):
                    continue
                with self.subTest(role=role, screen=name):
                    self._open(action, model)

    def _open(self, action, model):
        for view_id, view_type in action.views:
            if view_type not in ("list", "form"):
                model.get_views([(view_id, view_type)])
                continue
            specification = open_view(model, view_id, view_type)
            if model._transient:
                model.onchange({}, [], specification)
            else:
                model.web_search_read([], specification, limit=5)
        model.get_views([(action.search_view_id.id, "search")])
