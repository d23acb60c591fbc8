"""What members have, and what it is worth: counted ready, since a view over millions of lots takes too long."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

LOCK = "hotel_loyalty_liability_report"


class HotelLoyaltyLiabilityReport(models.Model):
    """Outstanding points of one month of issue and of expiry, hotel and tier: what a company owes to members.

    As of the last count, which a job makes every hour. The value is exact in 1/10000; breakage is not deducted, see
    the breakage analysis and the closings.
    """

    _name = "hotel.loyalty.liability.report"
    _inherit = ["hotel.report.mixin"]
    _description = "Points Liability"
    _log_access = False
    _order = "expiry_date, issue_date, id"
    _rec_name = "issue_date"

    program_id = fields.Many2one(
        "loyalty.program", string="Programme", required=True, readonly=True, ondelete="cascade"
    )
    tier_id = fields.Many2one(
        "hotel.loyalty.tier", readonly=True, ondelete="set null", help="That the members have now."
    )
    property_id = fields.Many2one(
        "hotel.property", readonly=True, ondelete="cascade", help="That issued the points."
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, ondelete="cascade", help="That owes the points."
    )
    currency_id = fields.Many2one("res.currency", readonly=True, ondelete="cascade")
    issue_date = fields.Date(string="Month of Issue", readonly=True, help="Its first day.")
    expiry_date = fields.Date(string="Month of Expiry", readonly=True, help="Its first day.")
    is_pending = fields.Boolean(string="Pending", readonly=True, help="Cannot be used yet.")
    points = fields.Integer(string="Outstanding Points", readonly=True)
    lots = fields.Integer(readonly=True)
    point_value = fields.Float(string="Value of a Point", digits=(16, 8), readonly=True, aggregator="avg")
    value = fields.Monetary(string="Fair Value", readonly=True)
    counted_at = fields.Datetime(string="Counted", readonly=True)

    def _get_ratios(self):
        return {**super()._get_ratios(), "point_value": ("value", "points", 1)}

    @api.model
    def _cron_refresh(self):
        """Count again; a job of the hour."""
        self._refresh()

    @api.model
    def action_refresh(self):
        """Count again now. Callable by finance and managers.

        :raises AccessError: for everybody else
        :raises UserError: it is being counted at the moment
        """
        if not self.env.user.has_group("hotel_crm_base.group_finance"):
            raise AccessError(self.env._("Points are counted again by finance."))
        # the whole ledger is counted, whoever asks
        if not self.sudo()._refresh():
            raise UserError(self.env._("The points are being counted at the moment."))

    @api.model
    def _refresh(self):
        """Count what remains in all lots, in the running transaction.

        :returns: whether it was counted; not where another transaction does so
        :rtype: bool
        """
        self.env.flush_all()
        if not self.env.execute_query(SQL("SELECT pg_try_advisory_xact_lock(hashtext(%s))", LOCK))[0][0]:
            return False
        self._query_spare_compiling()
        self._query_refresh()
        self.invalidate_model()
        return True

    @api.model
    def _query_refresh(self):
        """Replace all rows; SQL because there are millions of lots."""
        self.env.cr.execute("SET LOCAL work_mem = '64MB'")
        self.env.cr.execute("DELETE FROM hotel_loyalty_liability_report")
        self.env.execute_query(
            SQL(
                """WITH ranges AS MATERIALIZED (%(ranges)s),
                   summed AS (
                     SELECT card.program_id, card.hotel_tier_id AS tier_id, lot.property_id, lot.earned_date,
                            date_trunc('month', lot.expiry_date)::date AS expiry_date,
                            NOT lot.is_available AS is_pending, sum(lot.remaining) AS points, count(*) AS lots
                       FROM hotel_loyalty_lot lot JOIN loyalty_card card ON card.id = lot.card_id
                      WHERE lot.remaining > 0
                      GROUP BY 1, 2, 3, 4, 5, 6),
                   owed AS (
                     SELECT summed.*, %(carrier)s AS company_id
                       FROM summed JOIN loyalty_program program ON program.id = summed.program_id
                       LEFT JOIN hotel_property hotel ON hotel.id = summed.property_id),
                   valued AS (
                     SELECT owed.program_id, owed.tier_id, owed.property_id, owed.company_id, owed.expiry_date,
                            date_trunc('month', owed.earned_date)::date AS issue_date, owed.is_pending,
                            sum(owed.points) AS points, sum(owed.lots) AS lots,
                            round(COALESCE(sum(owed.points * range.amount), 0), 4) AS value
                       FROM owed
                       LEFT JOIN ranges range ON range.program_id = owed.program_id
                            AND range.company_id = owed.company_id
                            AND owed.earned_date >= range.start_date AND owed.earned_date < range.end_date
                      GROUP BY 1, 2, 3, 4, 5, 6, 7)
                   INSERT INTO hotel_loyalty_liability_report (program_id, tier_id, property_id, company_id,
                        currency_id, issue_date, expiry_date, is_pending, points, lots, value, point_value, counted_at)
                   SELECT program_id, tier_id, property_id, company_id, company.currency_id, issue_date, expiry_date,
                          is_pending, points, lots, value, value / points, %(now)s
                     FROM valued JOIN res_company company ON company.id = company_id RETURNING 1""",
                ranges=self.env["hotel.loyalty.point.value"]._get_ranges(),
                carrier=self.env["loyalty.program"]._get_hotel_carrier("hotel"),
                now=fields.Datetime.now(),
            )
        )

    def action_view_lots(self):
        """Return the action that shows the lots behind a row; whoever may read them."""
        self.ensure_one()
        after = fields.Date.add(self.issue_date, months=1)
        domain = [
            ("card_id.program_id", "=", self.program_id.id),
            ("card_id.hotel_tier_id", "=", self.tier_id.id),
            ("property_id", "=", self.property_id.id),
            ("remaining", ">", 0),
            ("earned_date", ">=", self.issue_date),
            ("earned_date", "<", after),
        ]
        if self.expiry_date:
            until = fields.Date.add(self.expiry_date, months=1)
            domain += [("expiry_date", ">=", self.expiry_date), ("expiry_date", "<", until)]
        else:
            domain.append(("expiry_date", "=", False))
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Lots"),
            "res_model": "hotel.loyalty.lot",
            "views": [[False, "list"], [False, "form"]],
            "domain": domain,
        }
