from odoo import api, fields, models
from odoo.exceptions import ValidationError

METRICS = [
    ("nps", "Recommendation (0 to 10)"),
    ("overall", "Satisfaction Overall"),
    ("aspect", "Satisfaction with an Aspect"),
    ("comment", "Comment"),
]
NUMBERS = ("scale", "numerical_box", "simple_choice")


class SurveyQuestion(models.Model):
    _name = "survey.question"
    _inherit = ["survey.question", "hotel.cached.mixin"]

    hotel_metric = fields.Selection(
        METRICS, string="Hotel Figure", help="What the answer counts for in the hotel's figures."
    )
    hotel_aspect_id = fields.Many2one(
        "hotel.case.category", string="Aspect", ondelete="restrict", index="btree_not_null",
        help="What the guest rates: the same list as what cases are about.",
    )  # fmt: skip

    @api.constrains("hotel_metric", "hotel_aspect_id", "question_type", "scale_min", "scale_max")
    def _check_hotel_metric(self):
        for question in self.filtered("hotel_metric"):
            kind, metric = question.question_type, question.hotel_metric
            if metric == "comment" and kind not in ("text_box", "char_box"):
                raise ValidationError(self.env._("A comment is a text."))
            if metric != "comment" and kind not in NUMBERS:
                raise ValidationError(self.env._("Figures come from scales, numbers or a choice of numbers."))
            if metric == "nps" and kind == "scale" and (question.scale_min, question.scale_max) != (0, 10):
                raise ValidationError(self.env._("Recommendation is asked for on a scale from 0 to 10."))
            if metric == "aspect" and not question.hotel_aspect_id:
                raise ValidationError(self.env._("Say which aspect is rated."))

    def _get_hotel_range(self):
        """Return the least and the greatest value of a rating.

        :rtype: tuple[float, float]
        """
        if self.question_type == "scale":
            return self.scale_min, self.scale_max
        if self.question_type == "numerical_box" and self.validation_max_float_value > self.validation_min_float_value:
            return self.validation_min_float_value, self.validation_max_float_value
        values = [value for value in map(as_number, self.suggested_answer_ids.mapped("value")) if value is not None]
        return (min(values), max(values)) if values else (0, 10)


def as_number(text):
    """Return the number that a choice stands for, None for other texts.

    >>> as_number(" 7 "), as_number("10 - excellent"), as_number("seven")
    (7.0, 10.0, None)
    """
    first = (text or "").split()[:1]
    try:
        return float(first[0]) if first else None
    except ValueError:
        return None
