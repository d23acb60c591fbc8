"""Credit standards: the grades of a company, and what each of them allows."""

from odoo import api, fields, models

from ... import credit

#: what a new company starts with: points from, deposit, pays later, amounts, months of spend
USUAL = [
    ("A", 80, "none", True, 2000, 20000, 2.0),
    ("B", 65, "none", True, 0, 2000, 1.0),
    ("C", 40, "usual", False, 0, 0, 0.0),
    ("D", 0, "full", False, 0, 0, 0.0),
]


class HotelCreditStandard(models.Model):
    """A credit grade of a company: from how many points, and what the payer is trusted with."""

    _name = "hotel.credit.standard"
    _description = "Credit Standard"
    _order = "company_id, min_score desc, id"

    name = fields.Char(string="Grade", required=True, translate=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    currency_id = fields.Many2one(related="company_id.currency_id")
    min_score = fields.Integer(string="Points From", help="0 to 100.")
    deposit_rule = fields.Selection(
        [("none", "No Deposit"), ("usual", "As Booked"), ("full", "All in Advance")],
        string="Deposit",
        required=True,
        default="usual",
        help="What confirms a booking, whatever its rate asks for.",
    )
    is_pay_later_allowed = fields.Boolean(string="Pays Later", help="Bills may be sent instead of paid at departure.")
    amount_min = fields.Monetary(string="Amount From", help="Least that is granted to payers of this grade.")
    amount_max = fields.Monetary(string="Amount Up To", help="Most that is granted: open bills never exceed it.")
    spend_months = fields.Float(
        string="Months of Spend", default=1.0, help="The amount proposed is what the payer spends in so many months."
    )
    valid_months = fields.Integer(string="Valid for Months", default=12, required=True)

    _score_unique = models.UniqueIndex(
        "(company_id, min_score) WHERE active", "Two grades of a company cannot begin at the same points."
    )
    _score_is_share = models.Constraint("CHECK (min_score BETWEEN 0 AND 100)", "Points are between 0 and 100.")
    _amounts_in_order = models.Constraint(
        "CHECK (amount_min >= 0 AND amount_max >= amount_min)", "Amounts go from low to high, and are not negative."
    )
    _month_positive = models.Constraint(
        "CHECK (valid_months BETWEEN 1 AND 120 AND spend_months BETWEEN 0 AND 120)", "Months are between 1 and 120."
    )

    @api.model
    def _load_usual(self, companies=None):
        """Give companies without standards or factors the usual ones, in amounts of their currency.

        :param res.company companies: default all that have a property
        """
        if companies is None:
            companies = self.env["hotel.property"].sudo().search([]).company_id | self.env.ref("base.main_company")
        known = self.sudo().with_context(active_test=False).search([("company_id", "in", companies.ids)]).company_id
        values = []
        for company in companies - known:
            for name, points, deposit, later, least, most, months in USUAL:
                least, most = (self._get_round_amount(amount, company) for amount in (least, most))
                values.append(
                    {
                        "name": name,
                        "company_id": company.id,
                        "min_score": points,
                        "deposit_rule": deposit,
                        "is_pay_later_allowed": later,
                        "amount_min": least,
                        "amount_max": most,
                        "spend_months": months,
                    }
                )
        self.sudo().create(values)  # whoever opens a property need not be of finance
        self.env["hotel.credit.factor"]._load_usual(companies)

    @api.model
    def _get_round_amount(self, dollars, company):
        """Return an amount of dollars in a company's currency, with one digit that is not 0."""
        dollar = self.env.ref("base.USD")
        amount = dollar._convert(dollars, company.currency_id, company, fields.Date.today(), round=False)
        return float(f"{amount:.0e}")

    def _get_grades(self):
        """Return these standards as the engine takes them.

        :rtype: list[credit.Grade]
        """
        return [
            credit.Grade(grade, grade.min_score, grade.amount_min, grade.amount_max, grade.spend_months)
            for grade in self
        ]
