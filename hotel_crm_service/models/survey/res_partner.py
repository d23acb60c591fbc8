"""What a guest's record has to do with surveys."""

from odoo import api, fields, models
from odoo.tools import SQL


class ResPartner(models.Model):
    _inherit = "res.partner"

    hotel_survey_input_ids = fields.One2many(
        "survey.user_input", "partner_id", string="Surveys Sent", groups="hotel_crm_base.group_service"
    )
    hotel_survey_answer_ids = fields.One2many("hotel.survey.answer", "partner_id", string="Survey Answers")

    @api.model
    def _get_hotel_satisfaction_query(self):
        return SQL(
            """SELECT partner_id, property_id, answered_at, satisfaction::float AS satisfaction
                 FROM hotel_survey_answer
                WHERE has_satisfaction AND partner_id IS NOT NULL AND property_id IS NOT NULL"""
        )

    def _hotel_merge_map(self):
        return {
            **super()._hotel_merge_map(),
            "hotel.survey.answer": "partner_id",
            "survey.user_input": "partner_id",
        }

    def _hotel_anonymize(self):
        """Erase what the guest wrote; figures without a name stay."""
        # the privacy desk need not see surveys
        answers = self.env["hotel.survey.answer"].sudo().search([("partner_id", "in", self.ids)])
        answers.write({"comment": False, "partner_id": False})
        inputs = self.env["survey.user_input"].sudo().search([("partner_id", "in", self.ids)])
        inputs.filtered(lambda one: one.hotel_stay_id or one.survey_id.survey_type == "hotel").unlink()
        return super()._hotel_anonymize()

    def _hotel_export(self):
        data = super()._hotel_export()
        # the guest's own words
        answers = self.env["hotel.survey.answer"].sudo().search([("partner_id", "=", self.id)])
        data[self.env._("Survey Answers")] = [
            {
                self.env._("Answered"): fields.Datetime.to_string(answer.answered_at),
                self.env._("Survey"): answer.survey_id.title,
                self.env._("Recommendation"): answer.nps if answer.has_nps else "",
                self.env._("Satisfaction"): answer.satisfaction if answer.has_satisfaction else "",
                self.env._("Comment"): answer.comment or "",
            }
            for answer in answers
        ]
        return data
