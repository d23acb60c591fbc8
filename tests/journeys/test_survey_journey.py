"""A survey's story: a guest leaves, is asked, answers on a phone, a low answer opens a case, the manager reads why."""

from datetime import timedelta

from journey_browser import DESKTOP, PHONE, JourneyCase

from odoo import fields
from odoo.tests import new_test_user, tagged

from odoo.addons.hotel_crm_service.tests.case_common import CaseMakers
from odoo.addons.hotel_crm_service.tests.survey.survey_common import SurveyMakers

#: action -> what is to be seen
LISTS = {
    "hotel_survey_report_action": ".o_graph_view canvas",
    "hotel_survey_score_action": ".o_graph_view canvas",
    "hotel_survey_rule_action": ".o_list_view",
    "survey_survey_action_hotel": ".o_list_view",
    "hotel_classifier_action": ".o_action_manager > *",
    "hotel_improvement_action": ".o_action_manager > *",
}


@tagged("post_install", "-at_install")
class TestSurveyJourney(CaseMakers, SurveyMakers, JourneyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context=dict(cls.env.context, tracking_disable=True))
        cls.env["res.lang"]._activate_lang("zh_CN")
        cls._make_hotels()
        cls.env["hotel.survey.rule"].search([]).active = False
        cls.rule = cls._make_rule(delay_hours=0, throttle_days=0)
        cls.housekeeping = cls._make_department("Housekeeping", ["cleanliness", "smell"])
        cls._make_department("Front Desk", ["front_desk"], is_fallback=True)
        new_test_user(cls.env, "surveymanager", "hotel_crm_base.group_manager", hotel_property_ids=cls.hotel.ids)

    def _see(self, page, name):
        self.assertFalse(page.is_wider_than_screen(), name)
        page.shoot(name, whole=True)

    def _leave(self, name, lang):
        """Let a guest check out, and the job ask."""
        guest = self._make_surveyed(name, lang=lang)
        arrival = fields.Date.today() - timedelta(days=2)
        stay = self._make_stay(guest, arrival=arrival, source_system="test", state="in_house")
        stay.state = "departed"
        self._patch(self.env.registry["ir.cron"], "_commit_progress", lambda *args, **options: 60.0)
        stay.checked_out_at = fields.Datetime.now() - timedelta(minutes=5)
        self.env["hotel.survey.rule"]._cron_send()
        return self.env["survey.user_input"].search([("hotel_stay_id", "=", stay.id)])

    def _pick(self, page, question, value):
        page.evaluate(f"document.querySelector(\"input[name='{question.id}'][value='{value}']\").click()")

    def _answer_on_phone(self, link, scores, comment, name):
        questions = {(one.hotel_metric, one.hotel_aspect_id.code): one for one in link.survey_id.question_ids}
        with self._browse(None, link.get_start_url(), size=PHONE) as page:
            page.wait(".o_survey_form")
            page.wait("button[value=finish]:not(.disabled)")
            self._see(page, f"survey_{name}_1_opened")
            for (metric, aspect), value in scores.items():
                self._pick(page, questions[metric, aspect], value)
            field = f".o_survey_form textarea[name='{questions['comment', False].id}']"
            page.evaluate(f"document.querySelector(\"{field}\").value = {comment!r}")
            self._see(page, f"survey_{name}_2_answered")
            page.click_until("button[value=finish]:not(.disabled)", ".modal-footer .btn-primary")
            page.click(".modal-footer .btn-primary")
            page.wait(".o_survey_finished")
            self._see(page, f"survey_{name}_3_done")
        self._count_answers()
        return link.hotel_answer_ids

    def _read_improvements(self):
        """Guests read on their phones what was changed."""
        words = {
            "said": ("It was loud at night.", "晚上太吵了。"),
            "did": ("We hung thick curtains.", "我们换了厚窗帘。"),
        }
        measure = self.env["hotel.improvement"].create(
            {
                "name": "Curtains",
                "property_id": self.hotel.id,
                "category_id": self.env.ref("hotel_crm_service.hotel_case_category_noise").id,
                "due_date": fields.Date.today(),
                "is_published": True,
                **{f"published_{name}": texts[0] for name, texts in words.items()},
            }
        )
        chinese = measure.with_context(lang="zh_CN")
        chinese.write({f"published_{name}": texts[1] for name, texts in words.items()})
        for lang, place in (("en_US", 0), ("zh_CN", 1)):
            with self._browse(None, f"{self.hotel._get_page_url()}/improvements?lang={lang}", size=PHONE) as page:
                page.wait(".o_hotel_improvement", words["did"][place])
                self._see(page, f"improvements_{lang}")

    def test_from_check_out_to_the_report(self):
        self.rule.write({"case_nps": 6})
        for number in range(24):
            room = number % 5 + 1
            other = self._make_link(self.rule, self._make_departed(self._make_surveyed(f"Guest {number}")))
            self._answer(other, nps=(2, 6, 8, 9, 10)[room - 1], overall=room, facilities=room, food=number % 3 + 3)
        low = {("nps", False): 3, ("overall", False): 2, ("aspect", "cleanliness"): 1, ("aspect", "staff"): 5}
        answer = self._answer_on_phone(
            self._leave("Ana Costa", "en_US"), low, "Hair in the bathtub and stained sheets", "en"
        )
        self.assertEqual(answer.case_id.department_id, self.housekeeping)
        scores = {("nps", False): 2, ("overall", False): 1}
        chinese = self._answer_on_phone(self._leave("王伟", "zh_CN"), scores, "隔音太差", "zh")
        self.assertEqual(chinese.category_id.code, "noise")
        with self._browse("surveymanager", f"/odoo/hotel-cases/{answer.case_id.id}", size=DESKTOP) as page:
            page.wait(".o_form_view")
            page.shoot("survey_4_case")
        action = self.env.ref("hotel_crm_service.hotel_survey_summary_action")
        with self._browse("surveymanager", f"/odoo/action-{action.id}", size=DESKTOP) as page:
            page.wait(".o_hotel_survey_summary")
            page.shoot("survey_5_report", whole=True)
        with self._browse("surveymanager", "/odoo/hotel-survey-answers", size=DESKTOP) as page:
            page.wait(".o_list_view .o_data_row")
            page.shoot("survey_6_answers")
            for xmlid, selector in LISTS.items():
                page.open(f"hotel_crm_service.{xmlid}")
                page.wait(selector)
                page.shoot(f"survey_7_{xmlid}")
        self._read_improvements()
