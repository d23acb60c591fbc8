"""Members as audiences: by tier, points and whatever else the card says."""

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.hotel_crm_base.models.insight.hotel_segment_criteria import Criterion
from odoo.addons.hotel_crm_base.segments import Comparison


class HotelSegment(models.Model):
    _inherit = "hotel.segment"

    @api.model
    def _get_criteria(self):
        """Members, and how many points they have."""
        return {
            **super()._get_criteria(),
            "member": Criterion(
                self.env._("Loyalty Member"), frozenset({"domain"}), self._get_member_domain, "loyalty.card"
            ),
            "points": Criterion(
                self.env._("Points"),
                frozenset({"domain", "compare"}),
                self._get_points_domain,
                "loyalty.card",
                unit=self.env._("points"),
            ),
        }

    def _search_members(self, rule):
        """Return the query of cards that a rule is about, with the rights of the segment's owner."""
        cards = self._get_guests().env["loyalty.card"]
        own = [("hotel_managed", "=", True), ("hotel_state", "=", "active"), ("partner_id", "!=", False)]
        return cards._search(Domain(own) & rule._read_filter())

    def _get_member_domain(self, rule):
        return self._get_guests_of(self._get_ids(self._search_members(rule), "partner_id"))

    def _get_points_domain(self, rule):
        """Return the guests whose points, of all cards that the filter leaves, compare as the rule says.

        Where none at all is enough too, those are left out whose points say otherwise.
        """
        comparison = Comparison(rule.operator, rule.number, rule.number_to)
        is_direct = not comparison.holds(0)
        domain = self._get_guests_of(
            self._query_points(rule, comparison.condition() if is_direct else comparison.inverse())
        )
        return domain if is_direct else ~domain

    def _query_points(self, rule, condition):
        """Return a SELECT of the guests whose points fulfil a condition; SQL because of volume."""
        found = self._search_members(rule)
        if found.is_empty():
            return self._get_ids(found, "partner_id")
        template, values = condition
        guest, points = (SQL.identifier(found.table, name) for name in ("partner_id", "points"))
        amount = SQL("sum(%s)", points)
        return SQL(
            "SELECT %(guest)s FROM %(tables)s WHERE %(where)s GROUP BY %(guest)s HAVING %(condition)s",
            guest=guest,
            tables=found.from_clause,
            where=found.where_clause or SQL("TRUE"),
            condition=SQL(template, *[part for value in values for part in (amount, value)]),
        )

    @api.model
    def _get_guests_of(self, values):
        """Return the domain of the guests whose ids a SELECT gives."""
        return Domain.custom(to_sql=lambda model, alias, query: SQL("%s IN (%s)", SQL.identifier(alias, "id"), values))
