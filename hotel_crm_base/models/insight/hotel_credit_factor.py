"""What counts for and against a payer's credit."""

from odoo import api, fields, models

from ... import credit

FACTORS = [
    ("start", "To Begin With"),
    ("stay", "Stays"),
    ("spend", "Spend"),
    ("month", "Months Known"),
    ("survey", "Investigation"),
    ("no_show", "No-Shows"),
    ("late_cancel", "Late Cancellations"),
    ("overdue", "Overdue Invoices"),
    ("damage", "Damage"),
]
#: factor, points, for each, at most
USUAL = [
    ("start", 50, 1, 50),
    ("stay", 2, 1, 20),
    ("spend", 1, 1000, 20),
    ("month", 1, 6, 10),
    ("survey", 20, 50, 20),
    ("no_show", -8, 1, 40),
    ("late_cancel", -4, 1, 20),
    ("overdue", -15, 1, 60),
    ("damage", -10, 1, 40),
]


class HotelCreditFactor(models.Model):
    """The weight of one factor in the credit score of a company's payers."""

    _name = "hotel.credit.factor"
    _description = "Credit Factor"
    _order = "company_id, sequence, id"
    _rec_name = "factor"

    sequence = fields.Integer(default=10)
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    factor = fields.Selection(FACTORS, required=True)
    points = fields.Float(required=True, help="Below 0: it counts against the payer.")
    per = fields.Float(
        string="For Each",
        required=True,
        default=1.0,
        help="So many stays, events or months, or so much spend in the company's currency. An investigation"
        " counts by how far its score is from 50.",
    )
    limit = fields.Float(string="At Most", required=True, default=100.0, help="Points, either way.")

    _factor_unique = models.UniqueIndex("(company_id, factor)", "This factor has a weight already.")
    _per_positive = models.Constraint('CHECK (per > 0 AND "limit" >= 0)', "Units are above 0, limits not negative.")

    @api.model
    def _load_usual(self, companies):
        """Give companies without factors the usual ones."""
        known = self.sudo().search([("company_id", "in", companies.ids)]).company_id
        amount = self.env["hotel.credit.standard"]._get_round_amount
        self.sudo().create(  # as with the standards
            [
                {
                    "company_id": company.id,
                    "sequence": sequence,
                    "factor": factor,
                    "points": points,
                    "per": amount(per, company) if factor == "spend" else per,
                    "limit": limit,
                }
                for company in companies - known
                for sequence, (factor, points, per, limit) in enumerate(USUAL)
            ]
        )

    def _get_weights(self):
        """Return these factors as the engine takes them.

        :rtype: list[credit.Weight]
        """
        return [credit.Weight(factor.factor, factor.points, factor.per, factor.limit) for factor in self]
