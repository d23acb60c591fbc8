from odoo import api, fields, models
from odoo.tools import SQL

from ..models.survey.hotel_survey_answer import CAME_BY


class HotelSurveyReport(models.Model):
    """One answered survey with the facts of its stay, for graphs and tables."""

    _name = "hotel.survey.report"
    _inherit = ["hotel.report.mixin"]
    _description = "Surveys Analysis"
    _auto = False
    _order = "answered_at desc, id desc"
    _rec_name = "survey_id"
    _depends = {
        "hotel.survey.answer": [
            "survey_id", "occasion", "property_id", "company_id", "answered_at", "has_nps", "nps", "nps_group",
            "has_satisfaction", "satisfaction", "grade_id", "visit_count", "category_id", "case_id", "stay_id",
            "came_by",
        ],
        "hotel.stay": ["room_type_id", "market_segment_id", "channel_id"],
    }  # fmt: skip

    survey_id = fields.Many2one("survey.survey", readonly=True)
    came_by = fields.Selection(CAME_BY, readonly=True)
    occasion = fields.Selection([("in_stay", "During the Stay"), ("check_out", "After the Stay")], readonly=True)
    property_id = fields.Many2one("hotel.property", string="Hotel", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    answered_at = fields.Datetime(readonly=True)
    nps_group = fields.Selection(
        [("promoter", "Promoter"), ("passive", "Passive"), ("detractor", "Detractor")],
        string="NPS Group", readonly=True,
    )
    grade_id = fields.Many2one("hotel.satisfaction.grade", readonly=True)
    category_id = fields.Many2one("hotel.case.category", string="Comment Is About", readonly=True)
    room_type_id = fields.Many2one("hotel.room.type", readonly=True)
    market_segment_id = fields.Many2one("hotel.market.segment", readonly=True)
    channel_id = fields.Many2one("hotel.channel", readonly=True)
    is_returning = fields.Boolean(string="Returning Guest", readonly=True)
    answers = fields.Integer(readonly=True)
    nps_answers = fields.Integer(string="Recommendations", readonly=True)
    nps_balance = fields.Integer(string="Promoters less Detractors", readonly=True)
    cases = fields.Integer(string="Cases Opened", readonly=True)
    nps_score = fields.Float(
        string="Net Promoter Score", readonly=True, aggregator="avg", help="Of 100 answers, promoters less detractors."
    )
    satisfaction = fields.Float(readonly=True, aggregator="avg", help="Mean, 0 to 100.")

    @api.model
    def _get_ratios(self):
        return {**super()._get_ratios(), "nps_score": ("nps_balance", "nps_answers", 100)}

    @property
    def _table_query(self):
        return SQL(
            """SELECT answer.id, answer.survey_id, answer.came_by, answer.occasion, answer.property_id,
                      answer.company_id, answer.answered_at, answer.nps_group, answer.grade_id, answer.category_id,
                      stay.room_type_id, stay.market_segment_id, stay.channel_id,
                      answer.visit_count > 1 AS is_returning,
                      1 AS answers,
                      answer.has_nps::int AS nps_answers,
                      (CASE answer.nps_group WHEN 'promoter' THEN 1 WHEN 'detractor' THEN -1 ELSE 0 END) AS nps_balance,
                      (answer.case_id IS NOT NULL)::int AS cases,
                      (CASE answer.nps_group WHEN 'promoter' THEN 100 WHEN 'passive' THEN 0
                            WHEN 'detractor' THEN -100 END) AS nps_score,
                      CASE WHEN answer.has_satisfaction THEN answer.satisfaction END AS satisfaction
                 FROM hotel_survey_answer answer
                 LEFT JOIN hotel_stay stay ON stay.id = answer.stay_id"""
        )
