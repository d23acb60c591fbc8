"""The key figures of guests: read from hotel.guest.metric, searched without leaving SQL."""

import operator as operators

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

READERS = ",".join(
    f"hotel_crm_base.group_{role}"
    for role in ("front_office", "food_beverage", "finance", "marketing", "service", "call_agent")
)
# field of the guest -> column of hotel.guest.metric, how companies are put together
FIGURES = {
    "hotel_stay_count": ("stay_count", "sum"),
    "hotel_night_count": ("night_count", "sum"),
    "hotel_cancel_count": ("cancel_count", "sum"),
    "hotel_no_show_count": ("no_show_count", "sum"),
    "hotel_spend": ("spend_gross", "sum"),
    "hotel_first_arrival_date": ("first_arrival_date", "min"),
    "hotel_last_departure_date": ("last_departure_date", "max"),
}
#: relative error that shares and rates may have
ROUNDING = 1e-9
# what a guest's row must not fulfil, where the absence of rows matches
NEGATIVE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "in": "not in"}
# comparisons that hold for the greatest (least) date as soon as they hold for any
SURE = {"max": (">", ">="), "min": ("<", "<=")}
COMPARE = {
    "<": operators.lt,
    "<=": operators.le,
    ">": operators.gt,
    ">=": operators.ge,
}
SIGNS = {"<": SQL("<"), "<=": SQL("<="), ">": SQL(">"), ">=": SQL(">=")}


class ResPartner(models.Model):
    _inherit = "res.partner"

    hotel_stay_count = fields.Integer(
        string="Number of Stays",
        compute="_compute_hotel_figures",
        search="_search_hotel_stay_count",
        groups=READERS,
    )
    hotel_night_count = fields.Integer(
        string="Nights",
        compute="_compute_hotel_figures",
        search="_search_hotel_night_count",
        groups=READERS,
    )
    hotel_cancel_count = fields.Integer(
        string="Cancellations",
        compute="_compute_hotel_figures",
        search="_search_hotel_cancel_count",
        groups=READERS,
    )
    hotel_no_show_count = fields.Integer(
        string="No-Shows",
        compute="_compute_hotel_figures",
        search="_search_hotel_no_show_count",
        groups=READERS,
    )
    hotel_spend = fields.Monetary(
        string="Spend",
        compute="_compute_hotel_figures",
        search="_search_hotel_spend",
        currency_field="hotel_figures_currency_id",
        groups=READERS,
        help="Consumption at the companies you work in, tax included, in the currency of the"
        " first one.",
    )
    hotel_first_arrival_date = fields.Date(
        string="First Stay",
        compute="_compute_hotel_figures",
        search="_search_hotel_first_arrival_date",
        groups=READERS,
    )
    hotel_last_departure_date = fields.Date(
        string="Last Stay",
        compute="_compute_hotel_figures",
        search="_search_hotel_last_departure_date",
        groups=READERS,
    )
    hotel_figures_currency_id = fields.Many2one(
        "res.currency", string="Currency of Figures", compute="_compute_hotel_figures_currency_id"
    )

    @api.depends_context("allowed_company_ids")
    def _compute_hotel_figures(self):
        """Put the rows of the companies together, in one query for all guests."""
        rates = self._get_hotel_figure_rates()
        values = {name: {} for name in FIGURES}
        for guest, company, *figures in self.env["hotel.guest.metric"]._read_group(
            [("partner_id", "in", self.ids), ("company_id", "in", self.env.companies.ids)],
            ["partner_id", "company_id"],
            [f"{column}:{how}" for column, how in FIGURES.values()],
        ):
            for (name, (column, how)), figure in zip(FIGURES.items(), figures, strict=True):
                if column == "spend_gross":
                    figure = (figure or 0) * rates[company.id]
                parts = [part for part in (values[name].get(guest.id), figure) if part]
                merge = {"sum": sum, "min": min, "max": max}[how]
                values[name][guest.id] = merge(parts) if parts else figure
        for partner in self:
            for name in FIGURES:
                partner[name] = values[name].get(partner._origin.id) or False

    @api.depends_context("allowed_company_ids")
    def _compute_hotel_figures_currency_id(self):
        self.hotel_figures_currency_id = self.env.company.currency_id

    # one search method per field, since the ORM does not say which field is searched for

    def _search_hotel_stay_count(self, operator, value):
        return self._search_hotel_figure("hotel_stay_count", operator, value)

    def _search_hotel_night_count(self, operator, value):
        return self._search_hotel_figure("hotel_night_count", operator, value)

    def _search_hotel_cancel_count(self, operator, value):
        return self._search_hotel_figure("hotel_cancel_count", operator, value)

    def _search_hotel_no_show_count(self, operator, value):
        return self._search_hotel_figure("hotel_no_show_count", operator, value)

    def _search_hotel_spend(self, operator, value):
        return self._search_hotel_figure("hotel_spend", operator, value)

    def _search_hotel_first_arrival_date(self, operator, value):
        return self._search_hotel_figure("hotel_first_arrival_date", operator, value)

    def _search_hotel_last_departure_date(self, operator, value):
        return self._search_hotel_figure("hotel_last_departure_date", operator, value)

    def _search_hotel_figure(self, name, operator, value):
        """Return the domain of guests whose figure compares so with a value.

        A guest without any row has the number 0 and no date. Where such a guest matches,
        the domain says which guests must not have a row that does not match.

        :param str name: a key of FIGURES
        :param str operator: in, <, <=, > or >=; the ORM turns the others into these
        :param value: a number, a date, or a collection of these for ``in``
        :rtype: Domain
        """
        # the ORM checks the groups of a field only where no search method stands in its place
        self._check_field_access(self._fields[name], "read")
        is_date = self._fields[name].type == "date"
        if operator == "in":
            wanted = {item or (False if is_date else 0) for item in value}
            with_nothing = (False if is_date else 0) in wanted
        elif operator in COMPARE:
            with_nothing = not is_date and COMPARE[operator](0, value or 0)
            wanted = value
        else:
            return NotImplemented

        def to_sql(model, alias, query):
            rows = model._query_hotel_figure_rows(alias, name, operator, wanted, with_nothing)
            return SQL("NOT EXISTS (%s)", rows) if with_nothing else SQL("EXISTS (%s)", rows)

        return Domain.custom(
            to_sql=to_sql,
            predicate=lambda partner: bool(partner.filtered_domain([(name, operator, value)])),
        )

    def _query_hotel_figure_rows(self, alias, name, operator, value, negate):
        """Return the SELECT of a guest's row from which follows that the figure matches.

        SQL, because figures of several companies are put together before they are compared, and
        grouping a million rows takes seconds. So a row is looked for that a guest who matches must
        have (a sum of three figures reaches 30 only if one of them reaches 10), and the guest's
        figures are put together for such rows only. One company, the usual case, needs neither.

        :param str alias: of the guests
        :param bool negate: look for guests whose figure does not match
        :rtype: SQL
        """
        operator = NEGATIVE[operator] if negate else operator
        companies = self.env.companies
        condition = self._get_hotel_figure_condition(
            self._get_hotel_figure_sql("m", name), operator, value
        )
        if len(companies) > 1:
            condition = self._get_hotel_figure_whole_condition(condition, name, operator, value)
        return SQL(
            "SELECT 1 FROM hotel_guest_metric m WHERE m.partner_id = %s AND m.company_id IN %s AND %s",
            SQL.identifier(alias, "id"),
            tuple(companies.ids),
            condition,
        )

    def _get_hotel_figure_whole_condition(self, condition, name, operator, value):
        """Return what a row fulfils whose guest's figures, put together, compare so with a value.

        :param SQL condition: the same comparison for the row alone
        :rtype: SQL
        """
        how = FIGURES[name][1]
        if operator in SURE.get(how, ()) or (how != "sum" and value == {False}):
            return condition
        companies = self.env.companies
        whole = SQL(
            """(SELECT %s(%s) FROM hotel_guest_metric t
                 WHERE t.partner_id = m.partner_id AND t.company_id IN %s)""",
            SQL(how),
            self._get_hotel_figure_sql("t", name),
            tuple(companies.ids),
        )
        whole = self._get_hotel_figure_condition(whole, operator, value)
        if how != "sum":
            return SQL("%s AND %s", condition, whole)
        figure = self._get_hotel_figure_sql("m", name)
        if operator not in COMPARE:  # 0 is not among the values then
            return SQL("%s <> 0 AND %s", figure, whole)
        share = self._get_hotel_figure_share_condition(name, operator, value)
        if self._fields[name].type == "integer" and operator in (">", ">="):  # nothing is below 0
            return SQL("(%s OR (%s AND %s))", condition, share, whole)
        return SQL("%s AND %s", share, whole)

    def _get_hotel_figure_share_condition(self, name, operator, value):
        """Return what one row at least fulfils where the sum of a guest's rows does.

        The column stands alone, one amount for each company, so that PostgreSQL can estimate.

        :rtype: SQL
        """
        share = value / len(self.env.companies) * (1 - ROUNDING)
        figure = SQL.identifier("m", FIGURES[name][0])
        rates = self._get_hotel_figure_rates() if name == "hotel_spend" else {}
        if set(rates.values()) <= {1.0}:
            return SQL("%s %s %s", figure, SIGNS[operator], share)
        company = SQL.identifier("m", "company_id")
        parts = (
            SQL("(%s = %s AND %s %s %s)", company, company_id, figure, SIGNS[operator], share / rate)
            for company_id, rate in rates.items()
        )
        return SQL("(%s)", SQL(" OR ").join(parts))

    def _get_hotel_figure_sql(self, alias, name):
        """Return the figure of a row, in the currency of the first company, as an expression.

        :param str alias: of the row
        :rtype: SQL
        """
        figure = SQL.identifier(alias, FIGURES[name][0])
        if name != "hotel_spend" or len(self.env.companies) == 1:
            return figure
        return SQL("%s * %s", figure, self._get_hotel_figure_rate_sql(alias))

    @api.model
    def _get_hotel_figure_condition(self, figure, operator, value):
        """Return the comparison of a figure with a value.

        An empty number need not be read as 0 here: where 0 matches, the rows that do not match
        are asked for, and nothing compared with a number is neither.

        :param SQL figure: an expression
        :rtype: SQL
        """
        if operator in COMPARE:
            return SQL("%s %s %s", figure, SIGNS[operator], value)
        known = tuple(item for item in value if item is not False)
        if operator == "in":
            return SQL("%s IN %s", figure, known) if known else SQL("FALSE")
        # only where the absence of a figure is among the values
        return SQL("%s NOT IN %s", figure, known) if known else SQL("%s IS NOT NULL", figure)

    @api.model
    def _get_hotel_figure_rates(self):
        """Return what an amount of each company is worth in the currency of the first one today.

        :rtype: dict[int, float]
        """
        target, today = self.env.company.currency_id, fields.Date.context_today(self)
        return {
            company.id: self.env["res.currency"]._get_conversion_rate(
                company.currency_id, target, self.env.company, today
            )
            for company in self.env.companies
        }

    @api.model
    def _get_hotel_figure_rate_sql(self, alias):
        """Return the rates above as an SQL expression over the company of a row.

        :param str alias: of the row
        :rtype: SQL
        """
        rates = self._get_hotel_figure_rates()
        if set(rates.values()) == {1.0}:
            return SQL("1")
        cases = (SQL("WHEN %s THEN %s", company_id, rate) for company_id, rate in rates.items())
        company = SQL.identifier(alias, "company_id")
        return SQL("(CASE %s %s END)", company, SQL(" ").join(cases))
