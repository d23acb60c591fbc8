"""What tests of surveys share."""

from datetime import timedelta

from odoo import fields

from ..case_common import ServiceCase


class SurveyMakers:
    """Makers of rules, stays that have ended, and answers."""

    @classmethod
    def _make_rule(cls, **values):
        """Make a rule for guests of the first hotel after their stay."""
        return cls.env["hotel.survey.rule"].create(
            {
                "name": "After the stay",
                "survey_id": cls.env.ref("hotel_crm_service.survey_post_stay").id,
                "company_id": cls.hotel.company_id.id,
                "property_ids": cls.hotel.ids,
                "occasion": "check_out",
                **values,
            }
        )

    @classmethod
    def _make_surveyed(cls, name="Ana Costa", **values):
        """Make a guest with an address who has agreed to surveys."""
        number = cls.env["res.partner"].search_count([("is_hotel_guest", "=", True)])
        guest = cls._make_guest(name, **{"email": f"asked{number}@example.com", **values})
        guest.hotel_record_consent("survey", "any", "given")
        return guest

    @classmethod
    def _make_departed(cls, guest, hours=10, **values):
        """Make a stay that ended so many hours ago."""
        today = fields.Date.today()
        ended = fields.Datetime.now() - timedelta(hours=hours)
        facts = {"source_system": "test", "state": "departed", "checked_out_at": ended}
        return cls._make_stay(guest, arrival=today - timedelta(days=2), **{**facts, **values})

    @classmethod
    def _make_link(cls, rule, stay):
        """Make the link of a stay as the job does, without sending it."""
        return rule._make_inputs(stay)

    @classmethod
    def _answer(cls, link, nps=None, overall=None, comment=None, **aspects):
        """Answer a survey through the lines that the survey's page saves, and complete it."""
        link._mark_in_progress()
        values = {"nps": nps, "overall": overall, "comment": comment}
        for question in link.survey_id.question_ids:
            value = values.get(question.hotel_metric)
            if question.hotel_metric == "aspect":
                value = aspects.get(question.hotel_aspect_id.code)
            if value is not None:
                link._save_lines(question, str(value))
        link._mark_done()
        return link.hotel_answer_ids

    def _count_answers(self):
        """Let the job count what guests have sent."""
        self._patch(self.env.registry["ir.cron"], "_commit_progress", lambda *args, **options: 60.0)
        self.env["survey.user_input"]._cron_count()


class SurveyCase(SurveyMakers, ServiceCase):
    """A rule of the first hotel."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["hotel.survey.rule"].search([]).active = False
        cls.rule = cls._make_rule()

    def _run_job(self, batch=200):
        self._patch(self.env.registry["ir.cron"], "_commit_progress", lambda *args, **options: 60.0)
        self.env["hotel.survey.rule"]._cron_send(batch)

    def _get_links(self, **values):
        return self.env["survey.user_input"].search([("hotel_rule_id", "=", self.rule.id)])

    def _get_messages(self, guest):
        return self.env["hotel.message"].search([("partner_id", "=", guest.id), ("purpose", "=", "survey")])
