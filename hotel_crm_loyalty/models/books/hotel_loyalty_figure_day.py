"""Figures of points per day, kept ready so that reports and dashboards open at once."""

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.hotel_crm_base.selections import same_as

ORIGINS = [
    ("stay", "Stay"),
    ("bill", "Outlet"),
    ("refund", "Refund"),
    ("redeem", "Redemption"),
    ("partner", "Partner"),
    ("buy", "Bought"),
    ("transfer", "Transfer"),
    ("gift", "Gift"),
    ("adjust", "Adjustment"),
    ("opening", "Opening Balance"),
    ("rule", "Rules"),
]
#: origin of a row ``move``: the kind of the fact behind it, or the rules alone (expiry, milestone, joining)
ORIGIN = SQL(
    """CASE WHEN move.kind = 'post' AND move.reason_code LIKE 'posted\\_%%' THEN substr(move.reason_code, 8)
            WHEN move.kind IN ('redeem', 'return') THEN 'redeem'
            WHEN move.origin ~ '^(stay|bill|refund):' THEN split_part(move.origin, ':', 1)
            WHEN move.origin ~ '(^|/)refund:' THEN 'refund'
            ELSE 'rule' END"""
)


class HotelLoyaltyFigureDay(models.Model):
    """Points that moved on one day: of one kind and origin, one hotel and the tier that the members then had.

    Points are those of lots, with their sign; the debt of members is counted beside them. The value is in the
    currency of the hotel's company, of what a point was worth when its lot was earned.
    """

    _name = "hotel.loyalty.figure.day"
    _inherit = ["hotel.report.mixin", "hotel.loyalty.figure.mixin"]
    _description = "Daily Loyalty Figures"
    _order = "date desc, program_id, property_id"
    _log_access = False
    _figure_queue = "hotel.loyalty.figure.queue"
    _figure_batch = 100
    _rec_name = "date"

    date = fields.Date(required=True, readonly=True)
    program_id = fields.Many2one(
        "loyalty.program", string="Programme", required=True, readonly=True, ondelete="cascade"
    )
    property_id = fields.Many2one("hotel.property", readonly=True, ondelete="cascade")
    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="cascade")
    currency_id = fields.Many2one("res.currency", required=True, readonly=True, ondelete="cascade")
    tier_id = fields.Many2one("hotel.loyalty.tier", readonly=True, ondelete="set null")
    kind = fields.Selection(same_as("hotel.loyalty.move", "kind"), required=True, readonly=True)
    origin = fields.Selection(ORIGINS, required=True, readonly=True)
    moves = fields.Integer(readonly=True)
    points = fields.Integer(readonly=True, help="Into lots, or out of them where negative.")
    debt = fields.Integer(readonly=True, help="Points that members owe more than before.")
    value = fields.Monetary(readonly=True)

    _date_idx = models.Index("(date)")
    _property_date_idx = models.Index("(property_id, date)")

    @api.model
    def _refresh_taken(self, taken):
        self._refresh_days(taken)

    @api.model
    def _refresh_days(self, days):
        """Compute the figures of these days now, in the running transaction.

        :param list[date] days: any
        """
        if days:
            self.env.flush_all()
            self._query_spare_compiling()
            self._query_refresh_days(list(days))
            self.invalidate_model()

    @api.model
    def _query_queue_all(self):
        """Queue every day that has a move; SQL because there are years of them."""
        self.env["hotel.loyalty.figure.queue"]._query_add(
            SQL("SELECT date FROM hotel_loyalty_move GROUP BY date UNION SELECT date FROM hotel_loyalty_figure_day")
        )

    @api.model
    def _query_refresh_days(self, days):
        """Replace the figures of some days; SQL because of volume."""
        self.env.execute_query(SQL("DELETE FROM hotel_loyalty_figure_day WHERE date = ANY(%s) RETURNING 1", days))
        self.env.execute_query(
            SQL(
                """WITH ranges AS MATERIALIZED (%(ranges)s)
                   INSERT INTO hotel_loyalty_figure_day (date, program_id, property_id, company_id, currency_id,
                        tier_id, kind, origin, moves, points, debt, value)
                   SELECT move.date, program.id, hotel.id, company.id, company.currency_id, tier.tier_id, move.kind,
                          %(origin)s, count(*),
                          COALESCE(sum(move.points) FILTER (WHERE move.lot_id IS NOT NULL), 0),
                          -COALESCE(sum(move.points) FILTER (WHERE move.lot_id IS NULL), 0),
                          round(COALESCE(sum(move.points * range.amount) FILTER (WHERE move.lot_id IS NOT NULL), 0), 4)
                     FROM hotel_loyalty_move move
                     JOIN loyalty_card card ON card.id = move.card_id
                     JOIN loyalty_program program ON program.id = card.program_id
                     LEFT JOIN hotel_loyalty_lot lot ON lot.id = move.lot_id
                     LEFT JOIN hotel_property hotel ON hotel.id = COALESCE(move.property_id, lot.property_id)
                     JOIN res_company company ON company.id = %(carrier)s
                     LEFT JOIN ranges range ON range.program_id = program.id AND range.company_id = company.id
                          AND lot.earned_date >= range.start_date AND lot.earned_date < range.end_date
                     CROSS JOIN LATERAL (SELECT %(tier)s AS tier_id) tier
                    WHERE move.date = ANY(%(days)s)
                    GROUP BY move.date, program.id, hotel.id, company.id, tier.tier_id, move.kind, %(origin)s
                   RETURNING 1""",
                ranges=self.env["hotel.loyalty.point.value"]._get_ranges(),
                origin=ORIGIN,
                carrier=self.env["loyalty.program"]._get_hotel_carrier("hotel"),
                tier=self._get_tier_on_day(),
                days=days,
            )
        )

    @api.model
    def _get_tier_on_day(self):
        """Return the tier of the card of a row ``move`` on its day: by the last decision that held then, else the
        one that everybody has."""
        return SQL(
            """COALESCE(
                 (SELECT decision.tier_id FROM hotel_loyalty_decision decision
                   WHERE decision.card_id = move.card_id AND decision.kind IN ('gain', 'keep', 'downgrade')
                     AND decision.effective_date <= move.date AND decision.is_void IS NOT TRUE
                   ORDER BY decision.effective_date DESC, decision.id DESC LIMIT 1),
                 (SELECT base.id FROM hotel_loyalty_tier base
                   WHERE base.program_id = card.program_id AND base.active ORDER BY base.rank, base.id LIMIT 1))"""
        )
