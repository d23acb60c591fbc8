from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.hotel_crm_base.selections import same_as

#: measure -> kinds of moves; those that take points are shown as positive numbers
MEASURES = {
    "earned": (1, "('earn', 'bonus')"),
    "adjusted": (1, "('post')"),
    "burnt": (-1, "('redeem', 'return')"),
    "reversed": (-1, "('reverse', 'settle')"),
    "expired": (-1, "('expire')"),
}


class HotelLoyaltyMoveReport(models.Model):
    """Points of one day that were earned, burnt, expired, taken back or adjusted, of one kind, hotel and tier."""

    _name = "hotel.loyalty.move.report"
    _inherit = ["hotel.report.mixin"]
    _description = "Points Analysis"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "date"
    _depends = {
        "hotel.loyalty.figure.day": [
            "date", "program_id", "property_id", "company_id", "currency_id", "tier_id", "kind", "origin", "moves",
            "points", "debt", "value",
        ],
    }  # fmt: skip

    date = fields.Date(readonly=True)
    program_id = fields.Many2one("loyalty.program", string="Programme", readonly=True)
    property_id = fields.Many2one("hotel.property", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    tier_id = fields.Many2one("hotel.loyalty.tier", readonly=True, help="That the members had then.")
    kind = fields.Selection(same_as("hotel.loyalty.move", "kind"), readonly=True)
    origin = fields.Selection(same_as("hotel.loyalty.figure.day", "origin"), readonly=True)
    moves = fields.Integer(string="Movements", readonly=True)
    earned = fields.Integer(string="Points Earned", readonly=True, help="Of stays, consumption and bonuses.")
    adjusted = fields.Integer(
        string="Points Adjusted", readonly=True, help="Bought, given, transferred, adjusted or brought in."
    )
    burnt = fields.Integer(string="Points Burnt", readonly=True, help="Redeemed, less returned ones.")
    reversed = fields.Integer(string="Points Reversed", readonly=True, help="Taken back after a refund.")
    expired = fields.Integer(string="Points Expired", readonly=True)
    points = fields.Integer(string="Net Change", readonly=True, help="What members have more than before.")
    debt = fields.Integer(string="New Debt", readonly=True, help="Points that members owe more than before.")
    earned_value = fields.Monetary(string="Value Earned", readonly=True)
    burnt_value = fields.Monetary(string="Value Burnt", readonly=True)
    expired_value = fields.Monetary(string="Value Expired", readonly=True)
    value = fields.Monetary(string="Net Value", readonly=True)
    earn_moves = fields.Integer(string="Credits", readonly=True, help="Number of times that points were earned.")
    burn_moves = fields.Integer(string="Debits", readonly=True, help="Number of lots that points were redeemed from.")
    redemption_rate = fields.Float(
        string="Redemption Rate %", readonly=True, aggregator="avg", help="Points burnt per 100 points earned."
    )
    earn_average = fields.Float(string="Average Earn", readonly=True, aggregator="avg", help="Points per credit.")
    burn_average = fields.Float(string="Average Burn", readonly=True, aggregator="avg", help="Points per debit.")

    @api.model
    def _get_ratios(self):
        return {
            **super()._get_ratios(),
            "redemption_rate": ("burnt", "earned", 100),
            "earn_average": ("earned", "earn_moves", 1),
            "burn_average": ("burnt", "burn_moves", 1),
        }

    @property
    def _table_query(self):
        measures = [
            SQL(
                "CASE WHEN kind IN %s THEN %s * points ELSE 0 END AS %s",
                SQL(kinds),  # pylint: disable=sql-injection
                sign,
                SQL.identifier(name),
            )
            for name, (sign, kinds) in MEASURES.items()
        ] + [
            SQL(
                "CASE WHEN kind IN %s THEN %s * value ELSE 0 END AS %s",
                SQL(kinds),  # pylint: disable=sql-injection
                sign,
                SQL.identifier(f"{name}_value"),
            )
            for name, (sign, kinds) in MEASURES.items()
            if f"{name}_value" in self._fields
        ]
        return SQL(
            """SELECT id, date, program_id, property_id, company_id, currency_id, tier_id, kind, origin, moves, points,
                      debt, value, %(measures)s,
                      CASE WHEN kind IN %(earn)s THEN moves ELSE 0 END AS earn_moves,
                      CASE WHEN kind = 'redeem' THEN moves ELSE 0 END AS burn_moves,
                      NULL::numeric AS redemption_rate,
                      CASE WHEN kind IN %(earn)s THEN points::numeric / NULLIF(moves, 0) END AS earn_average,
                      CASE WHEN kind = 'redeem' THEN -points::numeric / NULLIF(moves, 0) END AS burn_average
                 FROM hotel_loyalty_figure_day""",
            measures=SQL(", ").join(measures),
            earn=SQL(MEASURES["earned"][1]),
        )

    def action_view_moves(self):
        """Return the action that shows the movements behind a row; whoever may read them."""
        self.ensure_one()
        domain = [
            ("date", "=", self.date),
            ("kind", "=", self.kind),
            ("card_id.program_id", "=", self.program_id.id),
        ]
        if self.property_id:
            domain.append(("property_id", "=", self.property_id.id))
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Movements"),
            "res_model": "hotel.loyalty.move",
            "views": [[False, "list"], [False, "form"]],
            "domain": domain,
        }
