from odoo import fields, models

from .survey_question import as_number


class SurveyUserInputLine(models.Model):
    _inherit = "survey.user_input.line"

    # written with the line, not by an UPDATE of each line after it
    survey_id = fields.Many2one(related="user_input_id.survey_id", precompute=True)
    question_sequence = fields.Integer(related="question_id.sequence", precompute=True)

    def _get_hotel_value(self):
        """Return the number of an answer, None where it is none.

        :rtype: float | None
        """
        if self.answer_type == "scale":
            return float(self.value_scale)
        if self.answer_type == "numerical_box":
            return self.value_numerical_box
        # the language of the guest changes words, not numbers
        return as_number(self.suggested_answer_id.value) if self.suggested_answer_id else None
