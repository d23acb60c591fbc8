from odoo import api, fields, models
from odoo.exceptions import ValidationError


class HotelSatisfactionStandard(models.Model):
    """What counts as satisfied: grades with their ranges of the satisfaction score (0 to 100)."""

    _name = "hotel.satisfaction.standard"
    _inherit = ["hotel.code.mixin"]
    _description = "Satisfaction Standard"

    grade_ids = fields.One2many("hotel.satisfaction.grade", "standard_id", string="Grades", copy=True)

    @api.constrains("grade_ids")
    def _check_grades_cover(self):
        """Each score has one grade: ranges follow one another from 0 to 100."""
        for standard in self.filtered("grade_ids"):
            ends = [(grade.score_from, grade.score_below) for grade in standard.grade_ids.sorted("score_from")]
            borders = [end for pair in ends for end in pair]
            meets = all(below == start for (_from, below), (start, _below) in zip(ends, ends[1:], strict=False))
            if borders[0] != 0 or borders[-1] <= 100 or not meets:
                raise ValidationError(
                    self.env._("The ranges of the grades follow one another, from 0 up to below 101.")
                )

    def _get_grade(self, score):
        """Return the grade of a score.

        :param float score: 0 to 100
        :rtype: hotel.satisfaction.grade
        """
        return self.grade_ids.filtered(lambda grade: grade.score_from <= score < grade.score_below)[:1]
