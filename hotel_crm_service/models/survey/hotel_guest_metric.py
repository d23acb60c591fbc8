from odoo import api, fields, models
from odoo.tools import SQL


class HotelGuestMetric(models.Model):
    _inherit = "hotel.guest.metric"

    survey_count = fields.Integer(string="Surveys Answered")
    survey_satisfaction = fields.Float(
        string="Satisfaction", digits=(5, 2), aggregator="avg", help="Mean of the guest's answers, 0 to 100."
    )
    survey_nps = fields.Integer(string="Last Recommendation", aggregator="avg", help="0 to 10; -1 where never asked.")
    survey_last_date = fields.Date(string="Last Survey")

    @api.model
    def _get_metric_queries(self):
        """Count what guests answered, too, at the company of the hotel."""
        return {
            **super()._get_metric_queries(),
            "survey": SQL(
                """SELECT answer.partner_id, answer.company_id,
                          count(*) AS survey_count,
                          avg(answer.satisfaction) FILTER (WHERE answer.has_satisfaction) AS survey_satisfaction,
                          COALESCE((array_agg(answer.nps ORDER BY answer.answered_at DESC, answer.id DESC)
                                    FILTER (WHERE answer.has_nps))[1], -1) AS survey_nps,
                          max(answer.answered_at)::date AS survey_last_date
                     FROM hotel_survey_answer answer
                    WHERE answer.partner_id IS NOT NULL AND answer.company_id IS NOT NULL
                    GROUP BY answer.partner_id, answer.company_id"""
            ),
        }
