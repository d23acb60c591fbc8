"""What a guest is worth, on the guest: read from hotel.guest.value, searched without leaving SQL."""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...lifetime import valuation
from .res_partner_figures import COMPARE, NEGATIVE, READERS, SIGNS

#: field of the guest -> column of hotel.guest.value
FIGURES = {
    "hotel_expected_stays": "expected_stays",
    "hotel_expected_value": "expected_value",
    "hotel_active_probability": "active_probability",
    "hotel_return_probability": "return_probability",
}


class ResPartner(models.Model):
    _inherit = "res.partner"

    hotel_value_class_id = fields.Many2one(
        "hotel.value.class",
        string="Value Class",
        compute="_compute_hotel_value",
        search="_search_hotel_value_class_id",
        groups=READERS,
    )
    hotel_churn_band = fields.Selection(
        [("active", "Warm"), ("cooling", "Cooling"), ("at_risk", "At Risk"), ("lost", "Lost")],
        string="Activity",
        compute="_compute_hotel_value",
        search="_search_hotel_churn_band",
        groups=READERS,
        help="By the chance to come back within 12 months.",
    )
    hotel_value_scores = fields.Char(
        string="Recency, Frequency, Spend",
        compute="_compute_hotel_value",
        groups=READERS,
        help="Three scores from 1 to 5; 5 is best.",
    )
    hotel_expected_stays = fields.Float(
        string="Expected Stays",
        digits=(16, 2),
        compute="_compute_hotel_value",
        search="_search_hotel_expected_stays",
        groups=READERS,
        help="Stays to expect within 12 months.",
    )
    hotel_expected_value = fields.Monetary(
        string="Expected Value",
        compute="_compute_hotel_value",
        search="_search_hotel_expected_value",
        currency_field="hotel_figures_currency_id",
        groups=READERS,
        help="Spend to expect within 12 months at the company you work in.",
    )
    hotel_active_probability = fields.Float(
        string="Probability Active",
        compute="_compute_hotel_value",
        search="_search_hotel_active_probability",
        groups=READERS,
        help="Chance that the guest has not left for good.",
    )
    hotel_return_probability = fields.Float(
        string="Chance to Return",
        compute="_compute_hotel_value",
        search="_search_hotel_return_probability",
        groups=READERS,
        help="Chance of a stay within 12 months.",
    )
    hotel_valued_date = fields.Date(string="Valued", compute="_compute_hotel_value", groups=READERS)

    @api.depends_context("allowed_company_ids")
    def _compute_hotel_value(self):
        """Read the rows of the company at work, in one query for all guests."""
        domain = [
            ("partner_id", "in", self.ids),
            ("company_id", "=", self.env.company.id),
            ("property_id", "=", False),
        ]
        rows = {row.partner_id.id: row for row in self.env["hotel.guest.value"].search_fetch(domain)}
        cells = self.env["hotel.value.class"]._get_cells() if rows else {}
        nothing = self.env["hotel.guest.value"]
        for partner in self:
            row = rows.get(partner._origin.id, nothing)
            partner.hotel_value_class_id = cells.get(row.cell, False)
            partner.hotel_churn_band = valuation.BANDS[row.cell % 10] if row else False
            scores = (row.recency_score, row.frequency_score, row.monetary_score)
            partner.hotel_value_scores = " – ".join(map(str, scores)) if row else False
            partner.hotel_valued_date = row.valued_date
            for name, column in FIGURES.items():
                partner[name] = row[column]

    # one search method per field, since the ORM does not say which field is searched for

    def _search_hotel_value_class_id(self, operator, value):
        self._check_field_access(self._fields["hotel_value_class_id"], "read")
        if operator not in ("in", "any") or isinstance(value, SQL):
            return NotImplemented
        groups = self.env["hotel.value.class"]
        if operator == "any":
            value = groups.search(Domain(value)).ids
        cells = [cell for cell, group_id in groups._get_cells().items() if group_id in value]
        return self._search_hotel_cells(cells, False in value)

    def _search_hotel_churn_band(self, operator, value):
        self._check_field_access(self._fields["hotel_churn_band"], "read")
        if operator != "in":
            return NotImplemented
        numbers = [number for number, band in enumerate(valuation.BANDS) if band in value]
        cells = [score * 10 + number for score in range(3, 16) for number in numbers]
        return self._search_hotel_cells(cells, False in value)

    def _search_hotel_cells(self, cells, with_nothing):
        """Return the domain of guests in some cells of the matrix.

        :param bool with_nothing: guests in no class, or not valued, as well
        """
        if with_nothing:
            others = set(self.env["hotel.value.class"]._get_cells()) - set(cells)
            return ~self._search_hotel_value_rows(SQL("value.cell = ANY(%s)", sorted(others)))
        return self._search_hotel_value_rows(SQL("value.cell = ANY(%s)", sorted(cells)))

    def _search_hotel_expected_stays(self, operator, value):
        return self._search_hotel_value_figure("hotel_expected_stays", operator, value)

    def _search_hotel_expected_value(self, operator, value):
        return self._search_hotel_value_figure("hotel_expected_value", operator, value)

    def _search_hotel_active_probability(self, operator, value):
        return self._search_hotel_value_figure("hotel_active_probability", operator, value)

    def _search_hotel_return_probability(self, operator, value):
        return self._search_hotel_value_figure("hotel_return_probability", operator, value)

    def _search_hotel_value_figure(self, name, operator, value):
        """Return the domain of guests whose figure compares so; it is 0 for guests who are not valued."""
        self._check_field_access(self._fields[name], "read")
        figure = SQL("COALESCE(%s, 0)", SQL.identifier("value", FIGURES[name]))
        if operator == "in":
            wanted = [item or 0 for item in value]
            with_nothing = 0 in wanted
            condition = SQL("%s = ANY(%s::float8[])", figure, wanted)
            opposite = SQL("NOT %s", condition)
        elif operator in COMPARE:
            with_nothing = COMPARE[operator](0, value or 0)
            condition = SQL("%s %s %s", SQL.identifier("value", FIGURES[name]), SIGNS[operator], value or 0)
            opposite = SQL("%s %s %s", figure, SIGNS[NEGATIVE[operator]], value or 0)
        else:
            return NotImplemented
        return ~self._search_hotel_value_rows(opposite) if with_nothing else self._search_hotel_value_rows(condition)

    def _search_hotel_value_rows(self, condition):
        """Return the domain of guests whose row at the company at work fulfils a condition on ``value``."""
        company_id = self.env.company.id
        rows = SQL(
            "SELECT value.partner_id FROM hotel_guest_value value"
            " WHERE value.company_id = %s AND value.property_id IS NULL AND %s",
            company_id,
            condition,
        )
        return Domain("id", "in", rows)
