from odoo import fields, models


class SurveySurvey(models.Model):
    _inherit = "survey.survey"

    survey_type = fields.Selection(selection_add=[("hotel", "Guest Survey")], ondelete={"hotel": "cascade"})
    hotel_standard_id = fields.Many2one(
        "hotel.satisfaction.standard", string="Satisfaction Standard", ondelete="restrict",
        help="Grades of what guests answer.",
    )  # fmt: skip
