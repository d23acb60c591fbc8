from odoo import api, fields, models
from odoo.tools import SQL

AGGREGATORS = ("avg", "sum", "sum_currency")


class HotelReportMixin(models.AbstractModel):
    """Measures that are right in every group and total of graph, pivot and dashboard.

    * Rates are ratios of sums: the average daily rate of a year is its revenue by its nights,
      never the mean of the months'.
    * Money of several companies is added up in the currency of the first one, at today's rate;
      what a single company sees is in its own currency and not converted.
    """

    _name = "hotel.report.mixin"
    _description = "Measures of Reports"

    @api.model
    def _get_ratios(self):
        """Hook: return the measures of this model that are ratios.

        Such a field has ``aggregator="avg"``, so that clients offer it as a measure.

        :rtype: dict[str, tuple[str, str, int]]: field to (field above the line, field below,
            multiplier); both are aggregated as their own aggregator says
        """
        return {}

    def _read_group(self, *args, **kwargs):
        self._query_spare_compiling()
        return super()._read_group(*args, **kwargs)

    def _read_grouping_sets(self, *args, **kwargs):
        self._query_spare_compiling()
        return super()._read_grouping_sets(*args, **kwargs)

    def _query_spare_compiling(self):
        """Switch JIT off for this transaction: it takes longer than the query. A setting has no model."""
        self.env.cr.execute("SET LOCAL jit = off")

    def _read_group_select(self, aggregate_spec, query):
        name, _colon, aggregator = aggregate_spec.partition(":")
        ratio = self._get_ratios().get(name) if aggregator in AGGREGATORS else None
        if ratio:
            above, below, factor = ratio
            return SQL(
                "%s::numeric * %s / NULLIF(%s, 0)",
                self._read_group_select(f"{above}:{self._fields[above].aggregator}", query),
                factor,
                self._read_group_select(f"{below}:{self._fields[below].aggregator}", query),
            )
        if aggregate_spec == "currency_id:array_agg_distinct" and self._get_company_rates():
            return SQL("ARRAY[%s]", self.env.company.currency_id.id)
        if self._is_company_money(name) and aggregator in ("sum", "sum_currency") and self._get_company_rates():
            return SQL("SUM(%s * %s)", self._field_to_sql(self._table, name, query), self._get_rate_case(query))
        return super()._read_group_select(aggregate_spec, query)

    def _is_company_money(self, name):
        """Return whether a field is an amount in the company's currency."""
        field = self._fields.get(name)
        return bool(field) and field.type == "monetary" and field.get_currency_field(self) == "currency_id"

    def _get_company_rates(self):
        """Return what an amount in each currency is worth in the first company's, today.

        :rtype: dict[int, float]: empty where all companies at work have the same currency
        """
        if len(self.env.companies.currency_id) < 2:
            return {}
        today = fields.Date.context_today(self)
        # a currency is no secret, and rows of other companies are for the record rules
        currencies = self.env["res.company"].sudo().search([]).currency_id
        return {
            currency.id: currency._get_conversion_rate(
                currency, self.env.company.currency_id, self.env.company, today
            )
            for currency in currencies
        }

    def _get_rate_case(self, query):
        """Return the rate of the row's currency, as an expression."""
        cases = (SQL("WHEN %s THEN %s", key, rate) for key, rate in self._get_company_rates().items())
        return SQL("CASE %s %s END", self._field_to_sql(self._table, "currency_id", query), SQL(" ").join(cases))
