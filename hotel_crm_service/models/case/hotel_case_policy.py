from typing import NamedTuple

from odoo import api, fields, models, tools
from odoo.tools import SQL

from .hotel_case import KINDS, SEVERITIES


class Policy(NamedTuple):
    """What a line of deadlines says; what is False fits all."""

    id: int
    property_id: int | bool
    kind: str | bool
    severity: str | bool
    tier_ids: frozenset[int]
    answer_minutes: int
    solve_minutes: int


class HotelCasePolicy(models.Model):
    """How fast cases of a kind, severity and tier are answered and solved; the first that fits counts."""

    _name = "hotel.case.policy"
    _inherit = ["hotel.cached.mixin"]
    _description = "Deadlines of Cases"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    property_id = fields.Many2one(
        "hotel.property", string="Hotel", ondelete="cascade", index="btree_not_null", help="Empty: all hotels."
    )
    company_id = fields.Many2one(related="property_id.company_id", store=True)
    kind = fields.Selection(KINDS, help="Empty: all kinds.")
    severity = fields.Selection(SEVERITIES, help="Empty: all severities.")
    tier_ids = fields.Many2many("hotel.loyalty.tier", string="Tiers", help="Empty: all guests.")
    answer_minutes = fields.Integer(
        string="Answer Within (min)", required=True, default=60,
        help="Working minutes of the department; 0: no deadline.",
    )  # fmt: skip
    solve_minutes = fields.Integer(
        string="Solve Within (min)", required=True, default=1440,
        help="Working minutes of the department; 0: no deadline.",
    )  # fmt: skip

    _minutes_range = models.Constraint(
        "CHECK (answer_minutes BETWEEN 0 AND 100000 AND solve_minutes BETWEEN 0 AND 100000)",
        "Deadlines are between 0 and 100,000 minutes.",
    )

    @api.model
    @tools.ormcache()
    def _get_lines(self):
        """Return the lines in use, in their order.

        :rtype: list[Policy]
        """
        return [
            Policy(
                line.id, line.property_id.id, line.kind, line.severity, frozenset(line.tier_ids.ids),
                line.answer_minutes, line.solve_minutes,
            )
            for line in self.sudo().search([])
        ]  # fmt: skip

    @api.model
    def _get_policies(self, cases):
        """Return what counts for each of these cases; cases for which nothing does are left out.

        :param hotel.case cases: with sudo
        :rtype: dict[hotel.case, Policy]
        """
        lines = self._get_lines()
        tiers = self._query_tiers(cases.partner_id.ids) if any(line.tier_ids for line in lines) else {}
        found = {case: self._pick(lines, case, tiers.get(case.partner_id.id, ())) for case in cases}
        return {case: line for case, line in found.items() if line}

    @api.model
    def _pick(self, lines, case, tier_ids):
        for line in lines:
            fits = (
                line.property_id in (case.property_id.id, False)
                and line.kind in (case.kind, False)
                and line.severity in (case.severity, False)
                and (not line.tier_ids or line.tier_ids & set(tier_ids))
            )
            if fits:
                return line
        return None

    @api.model
    def _query_tiers(self, partner_ids):
        """Return the tiers of guests, by guest; SQL because staff who take cases in need not see cards.

        :rtype: dict[int, list[int]]
        """
        self.env["loyalty.card"].flush_model(["partner_id", "hotel_tier_id", "active"])
        rows = self.env.execute_query(
            SQL(
                """SELECT partner_id, array_agg(hotel_tier_id) FROM loyalty_card
                    WHERE partner_id = ANY(%s) AND hotel_tier_id IS NOT NULL AND active GROUP BY partner_id""",
                partner_ids,
            )
        )
        return dict(rows)
