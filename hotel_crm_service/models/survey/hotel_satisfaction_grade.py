from odoo import fields, models


class HotelSatisfactionGrade(models.Model):
    """One grade of a standard, such as Satisfied, with the range of scores that it stands for."""

    _name = "hotel.satisfaction.grade"
    _description = "Satisfaction Grade"
    _order = "standard_id, score_from desc"

    standard_id = fields.Many2one("hotel.satisfaction.standard", required=True, index=True, ondelete="cascade")
    name = fields.Char(required=True, translate=True)
    score_from = fields.Float(string="From", required=True, digits=(5, 2), aggregator=None)
    score_below = fields.Float(string="Below", required=True, digits=(5, 2), aggregator=None)

    _range = models.Constraint(
        "CHECK (score_from >= 0 AND score_below > score_from AND score_below <= 101)",
        "A range goes from 0 up to below 101.",
    )
