"""Reports whose rows are nights: sums of them are read from what is kept per day."""

from odoo import api, models
from odoo.fields import Domain
from odoo.orm.domains import DomainBool, DomainCondition, DomainNary, DomainNot
from odoo.tools import SQL

from odoo.addons.hotel_crm_base.models.insight.hotel_figure_night import PART, PARTS
from odoo.addons.hotel_crm_base.models.insight.hotel_report_mixin import AGGREGATORS

#: what the rows of every part have
COMMON = {"date", "property_id", "company_id", "currency_id", "property_currency_id", "state", "is_capacity"}
#: aggregates of dimensions that do not change where equal nights are one row
DISTINCT = {"count_distinct", "array_agg_distinct", "min", "max", "bool_and", "bool_or"}
SUMS = {"sum", "sum_currency"}


class HotelNightReportMixin(models.AbstractModel):
    """Groups and totals of nights from the part of ``hotel.figure.night`` that has what they ask for.

    What no part has (guests, two dimensions at once, averages of single nights) is counted from the
    nights themselves, as lists are. The figures are the same.
    """

    _name = "hotel.night.report.mixin"
    _inherit = ["hotel.report.mixin"]
    _description = "Nights in Reports"

    def _read_group(self, domain, groupby=(), aggregates=(), having=(), offset=0, limit=None, order=None):
        part = None if having else self._get_night_part(domain, groupby, aggregates)
        report = self.with_context(**{PART: part})
        rows = super(HotelNightReportMixin, report)._read_group(
            domain, groupby, aggregates, having=having, offset=offset, limit=limit, order=order
        )
        return self._with_own_env(rows)

    def _read_grouping_sets(self, domain, grouping_sets, aggregates=(), order=None):
        groups = [spec for groups in grouping_sets for spec in groups]
        report = self.with_context(**{PART: self._get_night_part(domain, groups, aggregates)})
        sets = super(HotelNightReportMixin, report)._read_grouping_sets(domain, grouping_sets, aggregates, order=order)
        return [self._with_own_env(rows) for rows in sets]

    def _with_own_env(self, rows):
        """Return rows whose records do not carry the part into what is asked through them."""
        return [
            tuple(value.with_env(self.env) if isinstance(value, models.BaseModel) else value for value in row)
            for row in rows
        ]

    def _read_group_select(self, aggregate_spec, query):
        if aggregate_spec == "__count":
            # a row may be many nights
            return SQL("COALESCE(SUM(%s), 0)::bigint", SQL.identifier(self._table, "row_count"))
        return super()._read_group_select(aggregate_spec, query)

    @api.model
    def _get_night_measures(self):
        """Hook: return the fields that are added up.

        :rtype: set[str]
        """
        return set()

    @api.model
    def _get_night_ratios(self):
        """Hook: return the fields that are ratios of those.

        :rtype: set[str]
        """
        return set(self._get_ratios())

    @api.model
    def _get_night_part(self, domain, groupby, aggregates):
        """Return the part of ``PARTS`` that answers a question, None where none does.

        :rtype: str | None
        """
        names = self._get_domain_names(domain)
        if names is None:
            return None
        names |= {spec.partition(":")[0].partition(".")[0] for spec in groupby}
        for spec in aggregates:
            name, _colon, aggregator = spec.partition(":")
            if spec == "__count" or (name in self._get_night_measures() and aggregator in SUMS):
                continue
            if name in self._get_night_ratios() and aggregator in AGGREGATORS:
                continue
            if aggregator not in DISTINCT:
                return None
            names.add(name)
        asked = names - COMMON
        return next((part for part, name in PARTS.items() if asked <= {name}), None)

    @api.model
    def _get_domain_names(self, domain):
        """Return the fields that a domain and the record rules ask for, None where that cannot be told.

        :rtype: set[str] | None
        """
        names, waiting = set(), [Domain(domain)]
        if not self.env.su:
            waiting.append(Domain(self.env["ir.rule"]._compute_domain(self._name, "read")))
        while waiting:
            part = waiting.pop()
            if isinstance(part, DomainNary):
                waiting.extend(part.children)
            elif isinstance(part, DomainNot):
                waiting.append(part.child)
            elif isinstance(part, DomainCondition):
                names.add(part.field_expr.partition(".")[0])
            elif not isinstance(part, DomainBool):
                return None
        return names
