"""Searches by counts over several companies: by the sums that stand ready, checked where they say too much."""

from odoo import api, models
from odoo.tools import SQL

from .hotel_guest_metric_chain import CHAIN
from .res_partner_figures import FIGURES


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _get_hotel_figure_whole_condition(self, condition, name, operator, value):
        """Return what a row fulfils whose guest's counts, put together, compare so with a value.

        At all companies of the chain the sum stands in the row. At some of them it is a bound: counts
        are not negative, so that the sum at some companies is never above it, and no count of a
        company is above the sum. The bound has an index and statistics, which spares the adding up
        of guests who cannot match.
        """
        column = FIGURES[name][0]
        if column not in CHAIN:
            return super()._get_hotel_figure_whole_condition(condition, name, operator, value)
        if operator == "not in" and set(value) == {0}:
            return SQL("%s <> 0", SQL.identifier("m", column))
        total = SQL.identifier("m", CHAIN[column])
        if self._is_hotel_chain_whole():
            return self._get_hotel_figure_condition(total, operator, value)
        whole = super()._get_hotel_figure_whole_condition(condition, name, operator, value)
        if operator in (">", ">="):
            return SQL("%s AND %s", self._get_hotel_figure_condition(total, operator, value), whole)
        if operator == "in":
            return SQL(
                "%s >= %s AND %s BETWEEN %s AND %s AND %s",
                total,
                min(value),
                SQL.identifier("m", column),
                min(value) / len(self.env.companies),
                max(value),
                whole,
            )
        return whole

    @api.model
    def _is_hotel_chain_whole(self):
        """Return whether the user works in all companies that have hotels.

        :rtype: bool
        """
        # which companies there are is no secret in SQL, and nothing of them is told
        hotels = self.env["hotel.property"].sudo().with_context(active_test=False)
        companies = {company.id for [company] in hotels._read_group([], ["company_id"])}
        return companies <= set(self.env.companies.ids)
