"""Whether a measure helped."""

import math

from odoo import models
from odoo.fields import Domain

from ...satisfaction import Z

#: fewer answers on a side say nothing
ANSWERS_AT_LEAST = 10


class HotelImprovement(models.Model):
    _inherit = "hotel.improvement"

    def _compute_figures(self):
        for measure in self:
            before, after = (measure._get_side(*period) for period in measure._get_periods())
            measure.update(
                {
                    "count_before": before[0],
                    "count_after": after[0],
                    "score_before": before[1],
                    "score_after": after[1],
                    "case_count_before": before[3],
                    "case_count_after": after[3],
                    "effect": compare(before, after),
                }
            )

    def _get_side(self, first, last):
        """Return number of answers, their mean, their variance, and the number of cases in some days.

        :rtype: tuple[int, float, float, int]
        """
        period = Domain("answered_at", ">=", first) & Domain("answered_at", "<", last)
        here = Domain("property_id", "=", self.property_id.id)
        # whoever sees a measure of a hotel may see its figures
        if self.category_id:
            rows = self.env["hotel.survey.score"].sudo()._read_group(
                here & period & Domain("aspect_id", "=", self.category_id.id), ["score"], ["__count"]
            )
        else:
            rows = self.env["hotel.survey.answer"].sudo()._read_group(
                here & period & Domain("has_satisfaction", "=", True), ["satisfaction"], ["__count"]
            )
        cases = Domain("create_date", ">=", first) & Domain("create_date", "<", last) & Domain("kind", "=", "complaint")
        if self.category_id:
            cases &= Domain("category_id", "=", self.category_id.id)
        count = sum(number for _value, number in rows)
        mean = sum(value * number for value, number in rows) / count if count else 0.0
        spread = sum((value - mean) ** 2 * number for value, number in rows) / (count - 1) if count > 1 else 0.0
        return count, mean, spread, self.env["hotel.case"].sudo().search_count(here & cases)


def compare(before, after):
    """Return what became of a mean, by the normal approximation of the difference of two means.

    :param tuple before: number of answers, mean, variance, ...
    :param tuple after: the same

    >>> compare((50, 60.0, 400.0), (50, 80.0, 400.0)), compare((50, 60.0, 400.0), (50, 62.0, 400.0))
    ('better', 'same')
    >>> compare((50, 80.0, 400.0), (50, 60.0, 400.0)), compare((5, 80.0, 400.0), (50, 60.0, 400.0))
    ('worse', 'unknown')
    """
    if min(before[0], after[0]) < ANSWERS_AT_LEAST:
        return "unknown"
    difference = after[1] - before[1]
    half = Z * math.sqrt(before[2] / before[0] + after[2] / after[0])
    return "same" if abs(difference) <= half else "better" if difference > 0 else "worse"
