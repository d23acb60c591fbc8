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
    "hotel_first_arrival_date": ("first_arrival", "min"),
    "hotel_last_departure_date": ("last_departure", "max"),
}
COMPARE = {
    "<": operators.lt,
    "<=": operators.le,
    ">": operators.gt,
    ">=": operators.ge,
}


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
            rows = model._query_hotel_figure_rows(name, operator, wanted, negate=with_nothing)
            return SQL(
                "%s (SELECT 1 FROM (%s) figure WHERE figure.partner_id = %s)",
                SQL("NOT EXISTS") if with_nothing else SQL("EXISTS"),
                rows,
                SQL.identifier(alias, "id"),
            )

        return Domain.custom(
            to_sql=to_sql,
            predicate=lambda partner: bool(partner.filtered_domain([(name, operator, value)])),
        )

    def _query_hotel_figure_rows(self, name, operator, value, negate):
        """Return the SELECT of guests whose figure matches, or with ``negate`` does not.

        SQL, because figures of several companies are added up before they are compared. One
        company, the usual case, needs no grouping, so that indexes and semi-joins serve.

        :rtype: SQL
        """
        column, how = FIGURES[name]
        companies = self.env.companies
        figure = SQL.identifier("m", column)
        grouped = len(companies) > 1
        if grouped and column == "spend_gross":
            figure = SQL("%s * %s", figure, self._get_hotel_figure_rate_sql())
        if grouped:
            figure = SQL("%s(%s)", SQL(how), figure)
        condition = self._get_hotel_figure_condition(figure, operator, value)
        return SQL(
            "SELECT m.partner_id FROM hotel_guest_metric m WHERE m.company_id IN %s %s %s",
            tuple(companies.ids),
            SQL("GROUP BY m.partner_id HAVING") if grouped else SQL("AND"),
            SQL("NOT (%s)", condition) if negate else SQL("(%s)", condition),
        )

    @api.model
    def _get_hotel_figure_condition(self, figure, operator, value):
        """Return the comparison of a figure with a value.

        An empty number need not be read as 0 here: where 0 matches, the rows that do not match
        are asked for, and nothing compared with a number is neither.

        :param SQL figure: an expression over the row
        :rtype: SQL
        """
        if operator != "in":
            return SQL("%s %s %s", figure, SQL(operator), value)
        known = tuple(item for item in value if item is not False)
        parts = [SQL("%s IN %s", figure, known)] if known else []
        if False in value:
            parts.append(SQL("%s IS NULL", figure))
        return SQL(" OR ").join(parts) if parts else SQL("FALSE")

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
    def _get_hotel_figure_rate_sql(self):
        """Return the rates above as an SQL expression over the row's company."""
        rates = self._get_hotel_figure_rates()
        if set(rates.values()) == {1.0}:
            return SQL("1")
        cases = (SQL("WHEN %s THEN %s", company_id, rate) for company_id, rate in rates.items())
        return SQL("(CASE m.company_id %s END)", SQL(" ").join(cases))
