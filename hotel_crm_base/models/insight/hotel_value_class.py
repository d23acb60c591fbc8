from odoo import api, fields, models

#: number of the band in a cell, field of the class that takes it in; as in lifetime.valuation
BANDS = (
    ("active", "is_active_band"),
    ("cooling", "is_cooling_band"),
    ("at_risk", "is_at_risk_band"),
    ("lost", "is_lost_band"),
)
LEAST, MOST = 3, 15


class HotelValueClass(models.Model):
    """A part of the matrix of value (rows) and chance to come back (columns), with a name of its own."""

    _name = "hotel.value.class"
    _description = "Value Class"
    _order = "sequence, id"

    name = fields.Char(string="Value Class", required=True, translate=True)
    sequence = fields.Integer(default=10, help="Where classes overlap, the first one takes the guest.")
    color = fields.Integer(string="Colour")
    active = fields.Boolean(string="In Use", default=True)
    advice = fields.Char(translate=True, help="What to do for these guests.")
    score_from = fields.Integer(
        required=True, default=LEAST, help="Sum of the three scores, 3 to 15."
    )
    score_until = fields.Integer(required=True, default=MOST)
    is_active_band = fields.Boolean(string="Warm")
    is_cooling_band = fields.Boolean(string="Cooling")
    is_at_risk_band = fields.Boolean(string="At Risk")
    is_lost_band = fields.Boolean(string="Lost")

    _score_check = models.Constraint(
        "CHECK (score_from >= 3 AND score_until <= 15 AND score_from <= score_until)",
        "Scores run from 3 to 15, from the lower to the higher one.",
    )
    _band_check = models.Constraint(
        "CHECK (COALESCE(is_active_band, FALSE) OR COALESCE(is_cooling_band, FALSE)"
        " OR COALESCE(is_at_risk_band, FALSE) OR COALESCE(is_lost_band, FALSE))",
        "A value class takes in one column of the matrix at least.",
    )

    @api.model
    def _get_cells(self):
        """Return which class each cell of the matrix belongs to; cells of none are left out.

        A cell is ten times the sum of scores plus the number of the band: so a class is cut
        anew without touching a guest.

        :rtype: dict[int, int]: cell to id of the class
        """
        # a list that all staff read; guests' pages and reports need it whole
        return {
            score * 10 + number: group.id
            for group in reversed(self.sudo().search([]))
            for number, (_band, name) in enumerate(BANDS)
            if group[name]
            for score in range(group.score_from, group.score_until + 1)
        }
