from odoo import api, fields, models


class HotelSurveyScore(models.Model):
    """How a guest rated one aspect of one stay."""

    _name = "hotel.survey.score"
    _description = "Rating of an Aspect"
    _order = "answer_id desc, aspect_id"
    _rec_name = "aspect_id"

    answer_id = fields.Many2one("hotel.survey.answer", required=True, readonly=True, index=True, ondelete="cascade")
    aspect_id = fields.Many2one("hotel.case.category", required=True, readonly=True, index=True, ondelete="restrict")
    score = fields.Float(readonly=True, digits=(5, 2), aggregator="avg", help="0 to 100 of the scale of the question.")
    department_id = fields.Many2one(
        "hotel.department", compute="_compute_department_id", store=True, precompute=True, readonly=True,
        index="btree_not_null", help="Which was responsible for the aspect then.",
    )  # fmt: skip
    property_id = fields.Many2one(related="answer_id.property_id", store=True, precompute=True, index=True)
    company_id = fields.Many2one(related="answer_id.company_id", store=True, precompute=True)
    answered_at = fields.Datetime(related="answer_id.answered_at", store=True, precompute=True)

    _once = models.UniqueIndex("(answer_id, aspect_id)", "An aspect is rated once in an answer.")
    _range = models.Constraint("CHECK (score BETWEEN 0 AND 100)", "Ratings are from 0 to 100.")

    @api.depends("aspect_id", "answer_id.property_id")
    def _compute_department_id(self):
        """Which department it was: kept as it was when the guest answered."""
        # a guest answers with nobody's rights
        departments = self.env["hotel.department"].sudo().search([("category_ids", "in", self.aspect_id.ids)])
        for score in self:
            score.department_id = score.department_id or departments.filtered(
                lambda one, score=score: one.property_id == score.answer_id.property_id
                and score.aspect_id in one.category_ids
            )[:1]
